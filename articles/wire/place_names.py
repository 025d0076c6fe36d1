"""Places that datelines name, enough to tell "Cairo: …" from "Analysis: …". The gazetteer is ``places.py``."""

import re

from articles.crediting.agencies import key
from articles.crediting.names import has_ordinary_words, ordinary_capitals

_CITIES = """
Kabul, Tirana, Algiers, Andorra la Vella, Luanda, Buenos Aires, Yerevan, Canberra, Vienna, Baku, Nassau, Manama,
Dhaka, Bridgetown, Minsk, Brussels, Belmopan, Porto-Novo, Thimphu, Sucre, Sarajevo, Gaborone, Brasilia, Brasília,
Sofia, Ouagadougou, Gitega, Praia, Phnom Penh, Yaounde, Yaoundé, Ottawa, Bangui, N'Djamena, Santiago, Beijing,
Hong Kong, Macau, Bogota, Bogotá, Moroni, Brazzaville, San Jose, Zagreb, Havana, Nicosia, Prague, Pyongyang,
Kinshasa, Copenhagen, Djibouti, Santo Domingo, Quito, Cairo, San Salvador, Asmara, Tallinn, Mbabane, Addis Ababa,
Suva, Helsinki, Paris, Libreville, Banjul, Tbilisi, Berlin, Accra, Gibraltar, Athens, Nuuk, Guatemala City, Conakry,
Bissau, Georgetown, Port-au-Prince, Vatican City, Tegucigalpa, Budapest, Reykjavik, New Delhi, Jakarta, Tehran,
Baghdad, Dublin, Jerusalem, Rome, Yamoussoukro, Kingston, Tokyo, Amman, Astana, Nairobi, Kuwait City, Bishkek,
Vientiane, Riga, Beirut, Maseru, Monrovia, Tripoli, Vaduz, Vilnius, Luxembourg, Antananarivo, Lilongwe,
Kuala Lumpur, Male, Bamako, Valletta, Nouakchott, Port Louis, Mexico City, Monaco, Ulaanbaatar, Podgorica, Rabat,
Maputo, Naypyidaw, Windhoek, Kathmandu, Amsterdam, Noumea, Wellington, Managua, Niamey, Abuja, Skopje, Oslo, Muscat,
Islamabad, Panama City, Port Moresby, Asuncion, Lima, Manila, Warsaw, Lisbon, San Juan, Doha, Seoul, Chisinau,
Bucharest, Moscow, Kigali, Apia, San Marino, Riyadh, Dakar, Belgrade, Victoria, Freetown, Singapore, Bratislava,
Ljubljana, Mogadishu, Pretoria, Juba, Madrid, Colombo, East Jerusalem, Khartoum, Stockholm, Bern, Damascus, Taipei,
Dushanbe, Bangkok, Dili, Lome, Tunis, Ankara, Ashgabat, Kampala, Kyiv, Kiev, Abu Dhabi, London, Dodoma, Washington,
Montevideo, Tashkent, Port Vila, Caracas, Hanoi, Sanaa, Sana'a, Lusaka, Harare, Laayoune, El-Aaiun, New York,
United Nations, Los Angeles, Chicago, Houston, Boston, Atlanta, Miami, San Francisco, Seattle, Philadelphia,
Detroit, Dallas, Denver, Las Vegas, Phoenix, New Orleans, Minneapolis, San Diego, Toronto, Montreal, Vancouver,
Quebec, Sao Paulo, São Paulo, Rio de Janeiro, Salvador, Medellin, Cali, Guayaquil, Guadalajara, Monterrey, Tijuana,
Cordoba, Glasgow, Edinburgh, Manchester, Liverpool, Birmingham, Leeds, Bristol, Cardiff, Belfast, Oxford, Cambridge,
Cork, Marseille, Lyon, Strasbourg, Nice, Toulouse, Bordeaux, Lille, Cannes, Calais, Nantes, Geneva, Zurich,
Lausanne, Davos, Basel, Frankfurt, Munich, Hamburg, Cologne, Stuttgart, Dresden, Leipzig, Bonn, Duesseldorf,
Düsseldorf, Hanover, The Hague, Rotterdam, Antwerp, Ghent, Milan, Naples, Turin, Venice, Florence, Palermo,
Lampedusa, Catania, Bologna, Genoa, Barcelona, Valencia, Seville, Malaga, Bilbao, Melilla, Ceuta, Porto, Gothenburg,
Malmo, Malmö, Bergen, Aarhus, Krakow, Gdansk, Lviv, Odesa, Odessa, Kharkiv, Kherson, Donetsk, Mariupol,
Zaporizhzhia, Dnipro, Bakhmut, Sevastopol, Simferopol, St. Petersburg, Saint Petersburg, Sochi, Kazan, Grozny,
Vladivostok, Kursk, Belgorod, Istanbul, Izmir, Gaziantep, Diyarbakir, Antakya, Adana, Antalya, Thessaloniki, Lesbos,
Pristina, Mitrovica, Stepanakert, Batumi, Almaty, Kandahar, Herat, Jalalabad, Mazar-i-Sharif, Peshawar, Karachi,
Lahore, Quetta, Rawalpindi, Mumbai, Kolkata, Chennai, Bengaluru, Hyderabad, Srinagar, Ahmedabad, Guwahati, Lucknow,
Cox's Bazar, Chittagong, Yangon, Mandalay, Chiang Mai, Phuket, Ho Chi Minh City, Bali, Denpasar, Banda Aceh,
Surabaya, Cebu, Shanghai, Guangzhou, Shenzhen, Wuhan, Chengdu, Urumqi, Lhasa, Osaka, Kyoto, Hiroshima, Nagasaki,
Fukushima, Sapporo, Busan, Sydney, Melbourne, Brisbane, Perth, Adelaide, Darwin, Auckland, Christchurch, Honolulu,
Johannesburg, Cape Town, Durban, Soweto, Lagos, Kano, Maiduguri, Kaduna, Abidjan, Timbuktu, Gao, Goma, Bukavu,
Lubumbashi, Mombasa, Dar es Salaam, Zanzibar, Arusha, Entebbe, Bujumbura, Hargeisa, Mekele, Gondar, Bulawayo,
Casablanca, Marrakesh, Marrakech, Tangier, Fez, Agadir, Oran, Constantine, Annaba, Sfax, Sousse, Kairouan, Benghazi,
Misrata, Sirte, Sabha, Derna, Tobruk, Zawiya, Alexandria, Giza, Port Said, Suez, Ismailia, Luxor, Aswan,
Sharm el-Sheikh, El Arish, Arish, Rafah, Omdurman, Port Sudan, El Fasher, Al-Fashir, Nyala, Wad Madani, Kassala,
El Obeid, El Geneina, Gaza, Gaza City, Khan Younis, Khan Yunis, Deir al-Balah, Jabalia, Ramallah, Nablus, Jenin,
Hebron, Bethlehem, Jericho, Tulkarm, Qalqilya, Tel Aviv, Haifa, Ashdod, Ashkelon, Sderot, Eilat, Nazareth,
Beersheba, Kiryat Shmona, Metula, Sidon, Saida, Tyre, Nabatieh, Baalbek, Zahle, Naqoura, Marjayoun, Aleppo, Homs,
Hama, Latakia, Tartus, Tartous, Idlib, Deraa, Daraa, Sweida, Suwayda, Deir Ezzor, Deir al-Zor, Raqqa, Hasakah,
Hasaka, Al-Hasakah, Qamishli, Kobani, Manbij, Afrin, Palmyra, Douma, Albu Kamal, Mosul, Erbil, Irbil, Sulaimaniya,
Sulaymaniyah, Kirkuk, Basra, Najaf, Karbala, Kerbala, Fallujah, Ramadi, Tikrit, Samarra, Sinjar, Duhok, Dohuk,
Tal Afar, Nassiriya, Irbid, Zarqa, Aqaba, Jeddah, Mecca, Makkah, Medina, Madinah, Dammam, Dhahran, Khobar, Tabuk,
Abha, Jazan, Najran, Taif, AlUla, NEOM, Dubai, Sharjah, Ajman, Fujairah, Ras al-Khaimah, Al Ain, Salalah, Sohar,
Aden, Taiz, Hodeidah, Hodeida, Marib, Mukalla, Saada, Ibb, Al-Mukha, Isfahan, Mashhad, Shiraz, Tabriz, Qom, Bushehr,
Bandar Abbas, Ahvaz, Kermanshah, Natanz, Le Caire, Beyrouth, Damas, Alger, Londres, Genève, Moscou, Bruxelles,
Téhéran, Bagdad, Riyad, Djeddah, Jérusalem, Kaboul, Varsovie, Roma, Berna, Moscú, Pekín, Pékin, El Cairo, Teherán,
Jerusalén, Ginebra, Bruselas, Kairo, Moskau, Genf, Wien, Brüssel, Peking, Sharm El Sheikh, Baghouz, Kunduz, Bamyan,
Lashkar Gah, Muzaffarabad, Bhuj, Palu, Palma, Kalamata, Evros
"""
_ARABIC_CITIES = """
القاهرة، الإسكندرية، الجيزة، السويس، بورسعيد، الإسماعيلية، أسوان، الأقصر، شرم الشيخ، العريش، رفح، بيروت،
طرابلس، صيدا، صور، النبطية، بعلبك، زحلة، دمشق، حلب، حمص، حماة، اللاذقية، طرطوس، إدلب، درعا، السويداء،
دير الزور، الرقة، الحسكة، القامشلي، تدمر، البوكمال، بغداد، البصرة، الموصل، أربيل، السليمانية، كركوك، النجف،
كربلاء، الأنبار، الرمادي، الفلوجة، تكريت، دهوك، عمّان، عمان، إربد، الزرقاء، العقبة، القدس، القدس المحتلة،
رام الله، غزة، نابلس، جنين، الخليل، بيت لحم، أريحا، خان يونس، دير البلح، الناصرة، حيفا، تل أبيب، الرياض، جدة،
مكة المكرمة، مكة، المدينة المنورة، الدمام، الظهران، الخبر، تبوك، أبها، جازان، نجران، الطائف، المنامة، الدوحة،
الكويت، مسقط، صلالة، أبوظبي، أبو ظبي، دبي، الشارقة، عجمان، الفجيرة، رأس الخيمة، العين، صنعاء، عدن، تعز،
الحديدة، مأرب، المكلا، صعدة، الخرطوم، أم درمان، بورتسودان، الفاشر، نيالا، ود مدني، كسلا، جوبا، مقديشو، جيبوتي،
أسمرة، أديس أبابا، نيروبي، كمبالا، كيغالي، طرابلس الغرب، بنغازي، مصراتة، سرت، سبها، درنة، طبرق، تونس، صفاقس،
سوسة، القيروان، الجزائر، وهران، قسنطينة، الرباط، الدار البيضاء، مراكش، طنجة، فاس، أغادير، العيون، نواكشوط،
داكار، باماكو، نيامي، نجامينا، أبوجا، لاغوس، أكرا، أبيدجان، واغادوغو، كينشاسا، جوهانسبرغ، كيب تاون، بريتوريا،
هراري، لواندا، لندن، باريس، برلين، روما، مدريد، برشلونة، لشبونة، بروكسل، أمستردام، لاهاي، جنيف، زيورخ، برن،
فيينا، أثينا، ستوكهولم، أوسلو، كوبنهاغن، هلسنكي، دبلن، وارسو، براغ، بودابست، بوخارست، صوفيا، بلغراد، سراييفو،
موسكو، كييف، مينسك، سان بطرسبرغ، أنقرة، إسطنبول، اسطنبول، طهران، أصفهان، مشهد، تبريز، كابل، كابول، قندهار،
إسلام آباد، إسلام اباد، كراتشي، لاهور، بيشاور، نيودلهي، نيو دلهي، مومباي، دكا، كولومبو، بكين، شنغهاي،
هونغ كونغ، تايبيه، طوكيو، سيول، بيونغ يانغ، بانكوك، هانوي، جاكرتا، كوالالمبور، سنغافورة، مانيلا، سيدني،
ملبورن، كانبرا، واشنطن، نيويورك، الأمم المتحدة، لوس أنجليس، شيكاغو، هيوستن، بوسطن، ميامي، أوتاوا، تورونتو،
مونتريال، مكسيكو سيتي، هافانا، كراكاس، بوغوتا، ليما، برازيليا، ريو دي جانيرو، ساو باولو، بوينس آيرس، سانتياغو،
باكو، يريفان، تبليسي، طشقند، آستانة، ألماتي، نيقوسيا، فاليتا، ستراسبورغ، مرسيليا، ليون، ميونيخ، فرانكفورت،
هامبورغ، ميلانو، دافوس، سوتشي
"""
_KNOWN = {key(name): name.strip() for name in _CITIES.split(",")}
_KNOWN_ARABIC = frozenset(key(name) for name in _ARABIC_CITIES.split("،"))

# Capitals at the start of a line that name no place.
_LABEL_WORDS = """
analysis opinion exclusive explainer factbox timeline feature features interview profile review reviews report
reports comment commentary column editorial editor editors update updates updated breaking urgent alert advisory
note notes correction corrections corrected clarification watch video videos photo photos picture pictures
gallery graphic map live blog podcast listen read more related topics topic tags tag keywords source sources
credit by author writer published posted date time location place category section headline summary background
context fact facts check question questions answer answers key takeaways highlights today tomorrow yesterday
weather sport sports soccer football tennis cricket rugby golf nba nfl markets forex oil gold stocks business
economy politics world culture health science technology tech travel nato isis isil daesh hamas hezbollah opec
unicef unesco unhcr unrwa unifil iaea covid covid-19 fifa uefa ocha asean brics who imf wto fbi cia sdf ypg pkk
idf irgc usaid eu un us uk uae usa gcc ecowas imo icc icj apec quad aukus statement press release quote quotes
poll survey study research obituary letter letters warning reporting writing editing additional share follow
subscribe advertisement sponsored copyright contact email tel phone fax website end ends file caption image
images handout first second third part chapter step day
تحليل رأي تقرير كتب كتبت بقلم إعداد حوار صورة صور المصدر خاص عاجل ملاحظة تحقيق مقال ترجمة تصوير فيديو شاهد اقرأ
تحديث نشر مقابلة متابعة الكاتب الكاتبة المحرر خبر
"""
_LABELS = frozenset(_LABEL_WORDS.split())
_ARABIC = re.compile("[\u0621-\u064a]")
_PLACE_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?")
_SMALL = frozenset(
    {"de", "da", "do", "del", "di", "es", "la", "le", "el", "al", "of", "the", "upon", "sur", "am", "and"}
)
# Where reporters are when they are in no place: "ABOARD THE OCEAN VIKING", "EN ROUTE TO CAIRO".
_ON_THE_WAY = re.compile(
    r"(?:ABOARD|ON BOARD|EN ROUTE)(?: [A-Z]|$)|(?:ON|ALONG|NEAR) THE .{3,40}\b(?:BORDER|FRONTIER|FRONT ?LINE|COAST)$"
)
_SHIPS = re.compile(r"\b(?:Uss|Usns|Hms|Hmcs|Hmas|Ins|Fs|Mv|Uscgc)(?= )")
_SMALL_ON_THE_WAY = re.compile(r"(?<= )(?:Route|Board|To|From|The|On|Off)(?= |$)")
_VOWEL = re.compile("[aeiouyáéíóúâêôãõäöüåøæ]", re.IGNORECASE)


def is_known(name: str) -> bool:
    """Whether this is a city that datelines name often."""
    folded = key(name)
    return folded in _KNOWN or folded in _KNOWN_ARABIC


def is_label(name: str) -> bool:
    """Whether the words name a kind of story or a body, as in "ANALYSIS:" and "NATO —", not a place."""
    return any(word in _LABELS for word in (name.casefold(), *name.casefold().replace("-", " ").split()[:1]))


def is_on_the_way(name: str) -> bool:
    """Whether this says where a reporter is who is in no place: "ABOARD THE OCEAN VIKING"."""
    if not _ON_THE_WAY.match(name) or not name.isupper():
        return False
    words = name.split()
    return len(words) <= 9 and all(_PLACE_WORD.fullmatch(word) for word in words)


def is_shouted(name: str) -> bool:
    """Whether this is written the way datelines write a place: in capitals, one to four words, no label."""
    words = name.split()
    if _ON_THE_WAY.match(name):
        return is_on_the_way(name)
    if not 1 <= len(words) <= 4 or is_label(name) or not name.isupper() or not _VOWEL.search(name):
        return False
    if is_known(name):
        return True
    return len(name) >= 3 and all(_PLACE_WORD.fullmatch(word) for word in words) and not has_ordinary_words(name)


def is_plausible(name: str) -> bool:
    """Whether this could be a place's name: known, or up to four capitalised (three Arabic) words and no label."""
    if is_known(name):
        return True
    words = name.split()
    if not words or len(name) > 40 or is_label(name) or has_ordinary_words(name):
        return False
    if not all(_PLACE_WORD.fullmatch(word) for word in words):
        return False
    if _ARABIC.search(name):
        return len(words) <= 3
    return len(words) <= 4 and all(word[0].isupper() or word in _SMALL for word in words)


def as_printed_in_text(name: str) -> str:
    """A dateline's place in ordinary capitals: ``RIO DE JANEIRO`` is ``Rio de Janeiro``."""
    if not name.isupper():
        return name
    if _ON_THE_WAY.match(name):
        ordinary = _SMALL_ON_THE_WAY.sub(lambda word: word[0].lower(), ordinary_capitals(name))
        return _SHIPS.sub(lambda ship: ship[0].upper(), ordinary)
    known = _KNOWN.get(key(name), "")
    return known if known.upper() == name else ordinary_capitals(name)
