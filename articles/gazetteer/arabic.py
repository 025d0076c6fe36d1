"""Arabic names that are ordinary words too: "diameter" (قطر), "insisting" (مصر), "floods" (سيول), "in Mali" (مالي)."""

from .index import Hit
from .words import _words

# Arabic town names that are ordinary words ("the class", "the stock exchange"): only after "town of", "province of" …
ORDINARY = frozenset({"صلاح الدين"}) | _words("""
بورصه بشار الوادي سعيده معسكر النعامه البيض المسيله الباب صور حجه اب البيضاء الجوف الزاويه المرج الواحات الباحه
الوسطي حائل عسير المثني واسط ميسان بابل الاحمدي حولي الخور كان الشرقيه الغربيه البحيره نوي عاليه عكا جنين مشهد رشيد
طويله سلا قنا الخليل الشمال المنيا قم يزد وان اردو موش عثمانيه كلس الطبقه الخيام الميادين العماره القائم السلميه
حديثه العيون السماره الجديده كالي غاو دوما بصري الرمله صفد الجليل برقه الخمس ليون نانت ساري تقسيم الاناضول عمران
قبلي ميله الكاف نابل الضالع سنار بارا القصير هجين عتق النقب اللد بعبدا صحار المديه العلا ربك سنجه النيل القادسيه سنه
مركزي فارس جيلان كرمان همدان سمنان ايلام البقاع الجزيره سوس ارديش العين حمص حماه الرس الشلف باجه ريمه لحج سرت بيرا
بون كورك بخاري المخا الصليف نيوم العاصمه الضفه مطروح الزرقاء العقبه المفرق المهره معان بريده حواره وجده زواره صبيا
العصابه الظاهره الداخليه الحديده الجنينه المشرق المعادي المحله المغازي المطله المنيعه البستان الكوت القرنه الحله
الاقصر ادري الوفي غنت مصفح بحركه كابل فاس دهب النهود المرقب المغير الرستاق عصب بولو زفتي جزره طابا الرفاع السيب
المسيب الزبير ينبع ورسان دكا جبله جراده المهديه الريان ليل الخبر الابيض لومي سميل اوش
""")
QUALIFIERS = _words("""
مدينه محافظه ولايه بلده منطقه ريف اماره مديريه قضاء بمدينه بمحافظه لمدينه ومدينه بلديه اقليم قريه ومحافظه بولايه
بمنطقه ببلده بريف وريف مخيم مدينتي محافظتي بمديريه وولايه
""")
# "In Mali" and "financial" are one word: a name only after a word of place.
LOCATED = _words("مالي ماليون ماليين")
PLACE_WORDS = _words("في الي شمال جنوب وسط شرق غرب جمهوريه دوله حكومه جيش رئيس عاصمه وفي")
# Demonyms that are ordinary words too ("river bed", "lunar", "Roman"): only beside other signs of the country.
DOUBTFUL = _words(
    "مجري مجريه قمري قمريه روماني رومانيه عاجي جورجي غزي كندي شيلي ماني غاني تونغي هنود روس كيني غيني غينيه"
)
# Names of countries and large towns that are ordinary words too: a word of place or of state makes names of them.
HOMOGRAPHS = _words("قطر مصر كوبا بنين سيول جده درعا صيدا تدمر الرقه حلب تعز السند مارب العلمين تازه")
# After these a homograph is the place: "in", "towards", "state of", "minister of", "embassy of" …
EVIDENT = _words("""
في الي بين دوله حكومه وزير رئيس امير جمهوريه منتخب سفير سفاره عاصمه شعب خارجيه جيش مدينه محافظه ولايه لدوله بدوله
ودوله شمال جنوب شرق غرب وسط داخل خارج عبر نحو صوب قرب حول ضد مع زياره لزياره مطار ميناء سواحل بنك دولتي وفي بمدينه
لمدينه بمحافظه ريف بريف اهالي سكان ساحل جنوبي شمالي شرقي غربي مستشفي جامعه سماء اجواء موقف رياسه رئاسه ملك سلطان قرب
دعوه وزراء تجاه لدي باتجاه مغادره مغادرا بلاده
""")
_NEVER_EVIDENT = {"سيول": EVIDENT, "جده": _words("الي بين حول ضد مع نحو تجاه لدي وزير رئيس ملك")}
_MEASURED = _words("يبلغ بلغ ويبلغ وبلغ نصف متوسط طول زياده بلوغ يتجاوز")
_UNITS = _words(
    "متر مترا متران مترين امتار امتارا سنتيمتر سنتيمترا سنتيمترات سم ملم مليمتر كيلومتر كيلومترا كيلومترات كم بوصه"
)
_COUNTED = 3  # so many bare mentions of one name are no chance


def weigh_arabic(hit: Hit, before: str, demonym: bool) -> float:
    """1 for a name, 0 for an ordinary word; ``hit.needs_support`` where only the rest of the copy can tell."""
    surface, line, last = hit.entry.surface, hit.line, hit.last
    if surface in DOUBTFUL:
        hit.needs_support = True
    if surface == "الشرق الاوسط" and _in_guillemets(hit):
        return 0.0  # the newspaper
    if surface in LOCATED and not (before in PLACE_WORDS or "ب" in hit.attached or line.gap(last)[:1] == ":"):
        return 0.0
    if demonym:
        return 1.0
    if surface in ORDINARY and before not in QUALIFIERS:
        if not hit.locative:
            return 0.0
        hit.needs_support = True
    if surface in HOMOGRAPHS:
        return _homograph(hit, before)
    return 1.0


def _homograph(hit: Hit, before: str) -> float:
    surface, line, last = hit.entry.surface, hit.line, hit.last
    after, next_to = line.at(last), line.gap(last)
    if surface == "قطر":
        if before in _MEASURED or any(word in _UNITS for word in line.keys[last : last + 7]):
            return 0.0
        definite = after.startswith("ال") and next_to == " "  # "the diameter of the mirror", perhaps
        if definite and before not in EVIDENT:
            hit.needs_support = True
            return 1.0
    evident = before in EVIDENT and before not in _NEVER_EVIDENT.get(surface, ())
    if evident or (set(hit.attached) & set("بل") and surface not in _NEVER_EVIDENT):
        return 1.0
    if surface in ("قطر", "مصر") and (before.endswith("ت") or before.startswith(("ت", "وت", "ست"))) and len(before) > 2:
        return 1.0  # a verb of hers: "Egypt announced", "Qatar works on"
    if surface == "مصر" and after in ("علي", "ان"):
        return 0.0  # "insists on", "insists that"
    if surface in ("قطر", "مصر"):
        if next_to[:1] == ":" or (after.startswith("ت") and next_to == " "):  # "Egypt: …", "Qatar condemns"
            return 1.0
        hit.often = _COUNTED
    hit.needs_support = True
    return 1.0


def _in_guillemets(hit: Hit) -> bool:
    line = hit.line
    before, after = line.text[: line.starts[hit.first]], line.text[line.ends[hit.last - 1] :]
    return before.rstrip().endswith("«") and after.lstrip().startswith("»")
