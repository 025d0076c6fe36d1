"""News agencies and newspapers by all the names that copy calls them, with the short name that we print."""

import re
from functools import lru_cache

# canonical short name: other spellings; case, dots, spaces and hyphens do not count (see ``key``).
_SPELLINGS = {
    "AFP": "agence france presse, france presse, أ ف ب, أف ب, فرانس برس, وكالة فرانس برس, "
    "وكالة الصحافة الفرنسية, الصحافة الفرنسية, الفرنسية",
    "AP": "associated press, the associated press, أ ب, أسوشيتد برس, أسوشييتد برس, وكالة أسوشيتد برس, أسوشيتدبرس",
    "Reuters": "thomson reuters, رويترز, وكالة رويترز",
    "EPA": "epa efe, european pressphoto agency, إ ب أ, إ ب إ, أ ب أ, الأوروبية, وكالة الصور الأوروبية",
    "Getty Images": "getty, غيتي, جيتي, غيتي إيميجز, جيتي إيمدجز, غيتي إيمجز",
    "dpa": "deutsche presse agentur, german press agency, picture alliance dpa, picture alliance, "
    "د ب أ, الألمانية, وكالة الأنباء الألمانية",
    "Xinhua": "xinhua news agency, شينخوا, وكالة شينخوا, 新华社",
    "Anadolu": "anadolu agency, anadolu images, aa, anadolu ajansı, anadolu ajansi, "
    "الأناضول, وكالة الأناضول, وكالة أنباء الأناضول",
    "SPA": "saudi press agency, واس, وكالة الأنباء السعودية",
    "WAM": "emirates news agency, وام, وكالة أنباء الإمارات",
    "QNA": "qatar news agency, قنا, وكالة الأنباء القطرية",
    "KUNA": "kuwait news agency, كونا, وكالة الأنباء الكويتية",
    "BNA": "bahrain news agency, بنا, وكالة أنباء البحرين",
    "ONA": "oman news agency, وكالة الأنباء العمانية",
    "MENA": "middle east news agency, أ ش أ, وكالة أنباء الشرق الأوسط",
    "NNA": "national news agency, الوكالة الوطنية للإعلام",
    "SANA": "syrian arab news agency, سانا, وكالة سانا, الوكالة العربية السورية للأنباء",
    "INA": "iraqi news agency, واع, وكالة الأنباء العراقية",
    "IRNA": "islamic republic news agency, إرنا, وكالة إرنا",
    "ISNA": "إسنا",
    "Tasnim": "tasnim news agency, تسنيم, وكالة تسنيم",
    "Fars": "fars news agency, fars news, وكالة فارس",
    "Mehr": "mehr news agency, mna, وكالة مهر",
    "Petra": "jordan news agency, بترا, وكالة بترا",
    "WAFA": "وفا, وكالة وفا",
    "Saba": "سبأ, saba news agency, yemen news agency",
    "SUNA": "sudan news agency, سونا",
    "LANA": "libyan news agency, وال",
    "TAP": "tunis afrique presse, وات, وكالة تونس أفريقيا للأنباء",
    "APS": "algerie presse service, algeria press service, واج, وكالة الأنباء الجزائرية",
    "MAP": "maghreb arabe presse, ومع, وكالة المغرب العربي للأنباء",
    "Rudaw": "روداو",
    "TASS": "itar tass, تاس, وكالة تاس",
    "RIA Novosti": "ria, ria novosti, ريا نوفوستي, نوفوستي",
    "Sputnik": "سبوتنيك",
    "Interfax": "إنترفاكس",
    "Ukrinform": "",
    "EFE": "agencia efe, إفي, وكالة إفي",
    "Europa Press": "",
    "ANSA": "أنسا, وكالة أنسا",
    "LaPresse": "",
    "Adnkronos": "",
    "Belga": "belga news agency",
    "ANP": "",
    "NTB": "",
    "TT": "tt news agency, tt nyhetsbyrån",
    "Ritzau": "ritzau scanpix",
    "Lehtikuva": "",
    "Keystone": "keystone sda",
    "APA": "austria presse agentur",
    "PAP": "polish press agency",
    "CTK": "čtk",
    "MTI": "",
    "Lusa": "",
    "PA": "pa media, pa wire, pa images, press association, the press association",
    "Kyodo": "kyodo news, كيودو",
    "Jiji": "jiji press",
    "Yonhap": "yonhap news agency, يونهاب",
    "KCNA": "korean central news agency",
    "PTI": "press trust of india",
    "ANI": "asian news international",
    "IANS": "",
    "APP": "associated press of pakistan",
    "Antara": "",
    "Bernama": "",
    "VNA": "vietnam news agency",
    "AAP": "australian associated press",
    "Canadian Press": "the canadian press, cp",
    "UPI": "united press international",
    "NAN": "news agency of nigeria",
    "Bloomberg": "bloomberg news, بلومبرغ, بلومبيرغ",
    "Asharq Al-Awsat": "asharq alawsat, aawsat, asharq al awsat newspaper, "
    "الشرق الأوسط, الشرق الاوسط, صحيفة الشرق الأوسط",
    "Al Arabiya": "العربية, قناة العربية, al arabiya english, al arabiya news",
    "Al Jazeera": "الجزيرة, قناة الجزيرة, al jazeera english",
    "Al-Ahram": "ahram, الأهرام",
    "Arab News": "عرب نيوز",
    "The National": "",
    "Gulf News": "",
    "Khaleej Times": "",
    "The Daily Star": "daily star",
    "Haaretz": "",
    "Kurdistan 24": "",
    "BBC": "bbc news, british broadcasting corporation, بي بي سي",
    "CNN": "سي إن إن",
    "CBS": "cbs news",
    "ABC": "abc news",
    "NBC": "nbc news",
    "Fox News": "",
    "Sky News": "",
    "Sky News Arabia": "سكاي نيوز عربية",
    "France 24": "فرانس 24",
    "Deutsche Welle": "dw, دويتشه فيله",
    "RFI": "radio france internationale",
    "The New York Times": "new york times, nyt, نيويورك تايمز",
    "The Washington Post": "washington post, واشنطن بوست",
    "The Wall Street Journal": "wall street journal, wsj",
    "The Guardian": "guardian, الغارديان",
    "The Times": "",
    "The Independent": "independent",
    "Financial Times": "the financial times",
    "Le Monde": "لوموند",
    "Le Figaro": "",
    "El País": "el pais",
    "Der Spiegel": "spiegel",
    "The Hill": "",
    "Politico": "",
    "Axios": "",
    "NurPhoto": "",
    "Shutterstock": "",
    "Alamy": "alamy stock photo, alamy live news",
    "ZUMA Press": "zuma, zuma wire, zumapress",
    "SIPA": "sipa press, sipa usa",
    "Abaca": "abacapress, abaca press",
    "Imago": "imago images",
    "Middle East Images": "",
    "Flash90": "",
    "Magnum": "magnum photos",
    "Corbis": "",
    "iStock": "",
    "Wikimedia Commons": "wikimedia, wikipedia",
}

# Agencies that hand out other people's pictures: where several are named, theirs is the credit.
DISTRIBUTORS = frozenset({"AFP", "AP", "Reuters", "EPA", "Getty Images"})

_SEPARATORS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans("أإآٱىة", "ااااي" + "ه")
# Short names that are also words or initials count only as they are printed, in capitals.
_LOOSE_SHORT = frozenset({"afp", "ap", "epa", "dpa", "bbc", "cnn"})
_WORDS_TOO = frozenset({"map", "tap", "aa", "pa", "ria", "ina", "ani", "app", "aps", "nan", "cp", "dw", "tt", "abc"})


def key(name: str) -> str:
    """The form in which spellings of one agency are equal: letters and digits alone, Arabic alefs made one."""
    return _SEPARATORS.sub("", name.casefold()).translate(_LETTERS)


_CANONICAL = {}
for _name, _others in _SPELLINGS.items():
    for _spelling in (_name, *_others.split(", ")):
        if _spelling:
            _CANONICAL[key(_spelling)] = _name
del _CANONICAL["tt"]  # alone on a line it is the page's text-size widget


@lru_cache(maxsize=2048)  # copy names the same few, and asks for every word after a place
def agency(name: str) -> str:
    """The canonical short name of the agency or newspaper that ``name`` is a spelling of, or ""."""
    if not 1 < len(name) <= 60:
        return ""
    folded = key(name)
    found = _CANONICAL.get(folded, "")
    if not found or not folded.isascii() or len(folded) > 4 or folded in _LOOSE_SHORT:
        return found
    if folded in _WORDS_TOO and not name.isupper():
        return ""
    return "" if name.islower() and not found.islower() else found
