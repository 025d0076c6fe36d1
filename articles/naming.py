"""When a name is the agency's or the newspaper's, and when it is a place, a person or another thing.

"Petra" is a city, a woman and Jordan's agency; MENA is a region and Egypt's; the PA is mostly the Palestinian
Authority. Spelling alone cannot tell, so a doubtful name counts only where news is being told: "told Petra",
"(Petra)", "Petra reported", "the Petra news agency". Every function is pure and looks at a few words around the name.
"""


def word_set(text: str) -> frozenset[str]:
    """The words of a text written as one string, which reads better than a hundred in quotation marks."""
    return frozenset(text.split())


# Names that count only in news context, by folded spelling.
DOUBTFUL = (
    word_set(
        "sputnik getty petra fars mehr saba mena pa map tap aps ani ina ona bna pti apa anp pap ntb nan aap aa epa lana"
        " lusa antara spa upi ilna bild dawn guardian independent national hindu telegraph times nikkei"
        " liberation ft kayhan anha welt observer express mirror sun star tt dha iha stt bta hina mti vna"
    )
    | {"saudi news agency", "uae news agency", "emirati news agency", "qatari news agency", "kuwaiti news agency"}
    | {
        f"{people} news agency"
        for people in word_set(
            "syrian jordanian bahraini omani yemeni palestinian moroccan algerian tunisian sudanese iraqi german"
            " spanish italian dutch austrian portuguese polish norwegian swedish danish"
        )
    }
)
# Names that people bear too: "Petra said" is a person, "Petra reported" is not. Written in capitals they are safe.
PERSON_LIKE = word_set("petra saba wafa sana lana ina efe kayhan antara dawn suna wam ansa tasnim pti")
# Newspapers whose name is a common word: "the Guardian reported", never "Guardian reported".
NEEDS_ARTICLE = word_set("guardian independent national hindu telegraph times sun star mirror express observer")
# With the article alone these are something else: "the PA said" is the Palestinian Authority.
NOT_WITH_ARTICLE = word_set("pa epa pti")
# Where one of these stands anywhere in the story, the short name needs the word "agency" beside it.
CLASHING_WORDS = {
    "pa": ("palestin",),
    "pti": ("pakistan", "imran khan", "tehreek"),
    "epa": ("environmental", "pollution"),
    "afp": ("australian federal police", "armed forces of the philippines", "philippine military"),
    "ap": ("andhra pradesh",),
    "tap": ("pipeline",),
    "upi": ("unified payments", "payments interface"),
    "isna": ("islamic society of north america",),
    "bloomberg": ("michael bloomberg", "mike bloomberg", "mayor bloomberg"),
    "spa": (" s.p.a",),
}
# Longer names that hold an agency's or a newspaper's name and mean something else.
NOT_THE_AGENCY = (
    "Reuters Institute", "Thomson Reuters", "AP Moller", "A.P. Moller", "Guardian Council", "Guardian Angels",
    "Bloomberg Philanthropies", "Bloomberg School", "Michael Bloomberg", "Mike Bloomberg", "Mayor Bloomberg",
    "Bloomberg Terminal", "Times Square", "Sputnik V", "Sputnik vaccine",
    "MENA region", "MENA countries", "Fars province", "Fars Province", "Al-Ahram Center",
    "Al-Ahram Centre", "Ahram Center", "Ahram Centre", "Anadolu University", "Anadolu Efes", "Anadolu Isuzu",
    "Anadolu Group", "Anadolu Kavagi", "Associated Press of Pakistan", "Nikkei index", "Nikkei average",
    "Petra Diamonds", "Saba region", "Independent High Electoral Commission",
    "Le Monde diplomatique", "Bild der Wissenschaft",
    "مركز الأهرام", "مؤسسة الأهرام", "معهد رويترز", "محافظة فارس", "هيئة الإذاعة والتلفزيون الإيرانية",
)  # fmt: skip

# Arabic names that are ordinary words too.
DOUBTFUL_ARABIC = frozenset(
    [
        *("الشرق الاوسط", "الاهرام", "النهار", "الحياه", "الاخبار", "الرياض", "الوطن", "القدس العربي", "عكاظ"),
        *("المصري اليوم", "اسرائيل اليوم", "الجزيره", "العربيه", "المنار", "الميادين", "الاخباريه", "العمانيه"),
        *("تسنيم", "غيتي", "الصين الجديده", "التايمز", "الجمهوريه", "القبس", "الخليج", "الاناضول", "الانباء", "حرييت"),
    ]
)
ARABIC_PREFIXES = ("و", "ف", "ب", "ل", "ك", "ول", "وب")


def _with_prefixes(*words):
    return frozenset(prefix + word for word in words for prefix in ("", *ARABIC_PREFIXES))


_ARABIC_PRESS = _with_prefixes("وكاله", "وكالتي", "وكالتا", "وكالات", "صحيفه", "صحيفتي", "صحيفتا", "جريده", "يوميه")
_ARABIC_TELLS = _with_prefixes(
    *("قالت", "ذكرت", "افادت", "نقلت", "اوردت", "اعلنت", "نشرت", "بثت", "اكدت", "اضافت", "اشارت", "كتبت", "كشفت"),
    *("بحسب", "حسب", "وفق", "وفقا", "عن", "مراسل", "مراسله", "مراسلو", "ابلغ", "اخبر", "الى"),
)
_ARABIC_TO = frozenset({"ل", "لل", "ول"})
_OPENING, _CLOSING = "«\"“‘(['", "»\"”’)]'"

_BEFORE = word_set(
    "agency newspaper daily paper told tells telling outlet tabloid broadsheet citing quoting cites"
    " quotes informed semiofficial official run owned affiliated linked controlled"
)
_BEFORE_STRICT = frozenset({"agency", "newspaper", "daily", "paper"})
_BY = word_set("reported published quoted carried cited released run distributed issued seen obtained viewed")
_TO = word_set("according statement statements interview comments remarks spoke speaking statement confirmed")
_AFTER = word_set(
    "reported reports quoted quotes cited cites carried news newspaper daily correspondent reporter"
    " journalist journalists photographer website published broke revealed agency"
)
_AFTER_STRICT = frozenset({"news", "newspaper", "media", "daily", "agency"})
_SAID = word_set("said says added adds wrote writes noted")
_ADVERBS = word_set("also later earlier then first has had")
_NEWSY = word_set(
    "News Agency Photo Photos Television TV Online Reuters AFP AP Bureau Video Correspondent Monday"
    " Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_FIRST_NAMES_TRAP = word_set("petra saba wafa sana lana ina efe kayhan antara lusa ap pa tasnim mehr dawn fars anadolu")
_SURELY_AP = word_set("told tells the an by to with from")
_STARTERS = word_set("The A An He She It They In On At But And Its This That")
_STATE = word_set("state official national state-run government run owned")


def redefined(words, is_press_name) -> set[str]:
    """Short names that the text itself spells out as something else: "Environmental Protection Agency (EPA)"."""
    other = set()
    if "(" not in words.text:
        return other
    for index in range(2, len(words)):
        acronym = words.surface[index]
        if not (2 <= len(acronym) <= 6 and acronym.isupper() and acronym.isascii()):
            continue
        if not words.gap(index).endswith("("):
            continue
        first = max(0, index - len(acronym) - 4)
        initials = "".join(word[0] for word in words.surface[first:index])
        capitals = "".join(letter for letter in initials if letter.isupper())
        spelled_out = capitals.endswith(acronym) or initials.upper().endswith(acronym)
        if spelled_out and not is_press_name(words, index, acronym):
            other.add(acronym.casefold())
    return other


def is_another_name(words, first: int, last: int, key: str) -> bool:
    """Whether the letters go on into somebody's or something's name: "Petra Novak", "A.P. Singh", "Sana'a"."""
    text, end = words.text, words.ends[last - 1]
    following = text[end : end + 3]
    if following[:1] in "'’" and following[1:2].isalpha() and following[1:2] not in "sS":
        return True
    if (key.replace(" ", "") in _FIRST_NAMES_TRAP or key in NEEDS_ARTICLE) and last < len(words):
        word = words.surface[last]
        if key in ("ap", "a p") and first and words.folded[first - 1] in _SURELY_AP:
            return False
        if words.gap(last) in (" ", "\u00a0", ". ", ".") and word[0].isupper() and not word.isupper():
            ends_sentence = "." in words.gap(last) and (key != "a p" or word in _STARTERS)
            return word not in _NEWSY and not ends_sentence
    return False


def in_news_context(words, first: int, last: int, *, person_like: bool, strict: bool, article: bool) -> bool:
    """Whether the words around a doubtful English name say that it is the agency or the newspaper."""
    text, folded = words.text, words.folded
    before = [folded[index] for index in range(max(0, first - 6), first)]
    if first and any(mark in words.gap(first) for mark in ".;!?"):
        before = []
    has_article = bool(before) and before[-1] == "the"
    trimmed = [word for word in before if word not in ("the", "s", "a")]
    one, two = (["", "", *trimmed])[-1], (["", "", *trimmed])[-2]
    joined = last < len(words) and not any(mark in words.gap(last) for mark in ".;!?,")
    following = folded[last : last + 4] if joined else []
    strict = strict or (has_article and " ".join(folded[first:last]) in NOT_WITH_ARTICLE)
    if following and following[0] == "s":
        following = following[1:]
    next_word = following[0] if following else ""
    if next_word in _ADVERBS and len(following) > 1:
        next_word = following[1]
    if last < len(words) and words.gap(last) == ", " and _is_agency_apposition(words, last):
        return True
    if one in _BEFORE_STRICT or (next_word in _AFTER_STRICT and not (strict and next_word == "daily")):
        return True
    if folded[last - 1] == "agency":  # "the official Saudi news agency", not "a Saudi news agency"
        return one in _STATE or text[words.starts[last - 1]].isupper()
    if strict:
        return False
    start, end = words.starts[first], words.ends[last - 1]
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True
    if article and not has_article:
        return False
    told = one in _BEFORE or (one == "by" and two in _BY) or (one == "with" and two == "interview")
    if told or (one == "to" and two in _TO):
        return True
    return next_word in _AFTER or (next_word in _SAID and not person_like)


def _is_agency_apposition(words, first: int) -> bool:
    """Whether "the official … news agency" follows the comma."""
    for index in range(first, min(first + 8, len(words))):
        if index > first and any(mark in words.gap(index) for mark in ".;!?,"):
            return False
        if words.folded[index] == "agency":
            return words.folded[index - 1] == "news"
    return False


def in_arabic_news_context(words, first: int, last: int, kind: str, key: str) -> bool:
    """The same for an Arabic name: in quotation marks or brackets of its own, or beside «وكالة», «صحيفة» or a verb."""
    text, start, end = words.text, words.starts[first], words.ends[last - 1]
    before = words.folded[max(0, first - 3) : first]
    enclosed = text[start - 1 : start] in _OPENING and start > 0 and text[end : end + 1] in _CLOSING and end < len(text)
    if any(word in _ARABIC_PRESS for word in before[-2:]):
        return True
    tells = any(word in _ARABIC_TELLS or word in _ARABIC_TO for word in before[-1:])
    if kind == "newspaper":
        return enclosed and (key == "الشرق الاوسط" or tells)
    return enclosed or tells


PEOPLES = word_set(
    "afghan albanian algerian american arab arabic argentine armenian australian austrian azerbaijani"
    " bahraini bangladeshi belarusian belgian bosnian brazilian british bulgarian canadian chilean chinese"
    " colombian croatian cypriot czech danish dutch egyptian emirati english estonian ethiopian european"
    " finnish french georgian german greek hebrew hungarian indian indonesian iranian iraqi irish israeli"
    " italian japanese jordanian kazakh kenyan kurdish kuwaiti latvian lebanese libyan lithuanian"
    " malaysian mexican moldovan moroccan nigerian norwegian omani pakistani palestinian persian polish"
    " portuguese qatari romanian russian saudi scottish serbian slovak somali spanish sudanese swedish"
    " swiss syrian taiwanese thai tunisian turkish ukrainian vietnamese yemeni uae us uk state official"
    " national local pro sunday opposition government independent leading daily the a an this that its"
    " their in on another weekly semi conservative liberal business online international foreign one every"
    " each regional private when while as and but for from by at to of with two three several some many"
    " most"
)
_ARTICLES = word_set("al el an as ash ad ar at az an")
_NAME_JOINS = frozenset({" ", "-", "\u00a0", "‑", "’", "'"})
_PAPERS = word_set("times post herald tribune gazette chronicle standard")
_PAPER_WORDS = _PAPERS | {"newspaper", "daily", "agency"}


def unlisted_names(words, taken: set[int]):
    """(position, name) of papers and agencies that no directory lists: "Al-Binaa newspaper", "Ammon news agency"."""
    if _PAPER_WORDS.isdisjoint(words.folded):
        return
    for index in range(1, len(words)):
        word = words.folded[index]
        if word not in _PAPER_WORDS or index in taken:
            continue
        if word in ("newspaper", "daily") and words.surface[index].islower():
            following = words.folded[index + 1] if index + 1 < len(words) else ""
            if word == "daily" and following not in _AFTER | _SAID | _ARTICLES:
                continue
            last = index
        elif word == "agency" and words.folded[index - 1] == "news" and index > 1 and index - 1 not in taken:
            last = index - 1
        elif word in _PAPERS and words.surface[index].istitle():
            last = index + 1
            if not in_news_context(words, index, last, person_like=False, strict=False, article=False):
                before = words.folded[max(0, index - 6) : index]
                if "told" not in before and "according" not in before:
                    continue
        else:
            continue
        after = index + 1
        if word == "agency":
            named = _named_after(words, after, taken) or _named_before(words, index, taken)
            if named:
                yield named[0], words.text[words.starts[named[0]] : words.ends[named[1] - 1]]
                continue
        if word in ("newspaper", "daily") and after + 1 < len(words) and words.folded[after] in _ARTICLES:
            end = after
            while end < len(words) and end - after < 3 and words.surface[end][0].isupper() and end not in taken:
                if end > after and words.gap(end) not in ("-", "‑") and words.folded[end - 1] not in _ARTICLES:
                    break
                end += 1
            if end - after > 1:  # "the newspaper Al-Binaa"
                yield after, words.text[words.starts[after] : words.ends[end - 1]]
                continue
        first = last
        while first > 0 and words.surface[first - 1][0].isupper() and last - first < 5:
            if first - 1 in taken or (first < len(words) and first != last and words.gap(first) not in _NAME_JOINS):
                break
            if first == last and last < len(words) and words.gap(first) not in (" ", "\u00a0"):
                break
            first -= 1
        while first < last and words.folded[first] in PEOPLES:
            first += 1
        while first < last and words.folded[first] == "s":
            first += 1
        if first >= last or (last == index + 1 and last - first < 2) or any(at in taken for at in range(first, last)):
            continue
        name = words.text[words.starts[first] : words.ends[last - 1]]
        if "\n" not in name and not name.isupper() and len(name) <= 40:
            yield first, name


def _named_after(words, after: int, taken: set[int]) -> tuple[int, int] | None:
    """The name in "the news agency TT" or "the news agency, Ammon Press,"."""
    end, total = after, len(words)
    if end >= total or words.gap(end) not in (" ", "\u00a0", " (", " “", ' "', " «"):
        return None
    while end < total and end - after < 3 and words.surface[end][0].isupper() and end not in taken:
        if end > after and words.gap(end) not in _NAME_JOINS:
            break
        end += 1
    return (after, end) if end > after and words.folded[after] not in PEOPLES | _TIMES else None


def _named_before(words, index: int, taken: set[int]) -> tuple[int, int] | None:
    """The name in "TT, the Swedish news agency, said": at the beginning of a sentence, with a comma on both sides."""
    first = index
    while first and index - first < 6 and words.gap(first) in (" ", "\u00a0"):
        first -= 1
    closed = index + 1 < len(words) and words.gap(index + 1) == ", " and words.surface[index + 1].islower()
    if not first or not closed or words.gap(first) != ", " or words.folded[first] not in ("the", "a", "an"):
        return None
    start = first
    while start and first - start < 3 and words.surface[start - 1][0].isupper() and start - 1 not in taken:
        if start < first and words.gap(start) not in _NAME_JOINS:
            break
        start -= 1
    opens = not start or any(mark in words.gap(start) for mark in ".!?\n")
    known = words.folded[start] in PEOPLES | _TIMES
    return (start, first) if start < first and opens and not known else None


_TIMES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
)
