"""How names look: of persons, of organisations; and names in capitals turned into ordinary ones."""

import re

_NAME_PARTICLE_WORDS = "al el ul bin ibn ben bint abu van von der den de la le da do dos das di du del della y ten ter"
_NAME_PARTICLES = frozenset(_NAME_PARTICLE_WORDS.split())
# Small words inside names of places too, printed without a capital.
_PARTICLES = _NAME_PARTICLES | {"e", "and", "of", "the", "und", "des", "es", "am", "an", "upon", "sur"}
# Ordinary words that are part of many places' names.
_IN_PLACES = frozenset(
    {"east", "north", "south", "west", "middle", "new", "city", "town", "street", "road", "market", "near"}
)
_ROMAN = frozenset({"II", "III", "IV", "VI", "VII", "VIII"})
_PART = re.compile(r"[^\s\-]+|[\s\-]+")

# Words that no person's name holds; they tell titles, headings and organisations from people.
_ORDINARY_WORDS = """
a about after again against ahead all am an are as at back be been before behind between but by can could day
days deal deals did do does down during ends fears fire first for from had has have he her here his hits how if
in into is it its last latest leader leaders less live made may more most near new next no not now off on one
only or other our out over part peace plan plans question questions rises says second she should since so still
talks than that their them then there these they this those three time to today too two under until up update
updates us vs war was we week were what when where which while who why will with without year years you your
breaking background analysis opinion exclusive explainer politics business sports sport culture economy world
middle east north south west news home top story stories read photos photo video watch follow related topics
share city town street road market markets prices crisis conflict aid relief ceasefire truce border elections
election vote reactions reaction history the sunday monday tuesday wednesday thursday friday saturday morning
evening night afternoon month comes come context timeline facts numbers figures details minister president king
prince general sheikh rising
"""
_NOT_IN_A_NAME = frozenset(_ORDINARY_WORDS.split())
_ORGANISATION = re.compile(
    r"\b(?:agency|agencies|news|press|presse|media|times|post|tribune|herald|journal|gazette|monitor|observer|telegraph"
    r"|daily|weekly|newspaper|magazine|radio|tv|television|channel|network|ministry|ministries|office|presidency|"
    r"presidential|palace|court|diwan|army|navy|forces?|military|police|command|guards?|government|council|parliament|"
    r"cabinet|municipality|authority|administration|department|embassy|union|university|institute|cent(?:er|re)|"
    r"foundation|organi[sz]ation|association|society|committee|commission|company|corporation|group|bank|club|team|"
    r"federation|league|museum|observatory|archives?|images|photos?|pictures|bureau|desk|staff|newsroom|correspondents?|"
    r"party|movement|house|nations|un|unicef|unhcr|nasa|handout|supplied|facebook|twitter|instagram|telegram|youtube|"
    r"tiktok|pool|service|directorate|brigades?|crescent|cross|defen[cs]e|secretariat|fund|ngo|state|republic|kremlin|"
    r"pentagon|website|account|page|awsat|capitol|syndicate|airport|airlines?|port|school|hospital|theat(?:er|re)|gallery|"
    r"labs?|aramco|energy|motors|airways|systems|global|international|digital|inc|ltd|"
    r"studios?|films?|productions?|festival|wire|online|satellite|technologies|prime|pmo|pm's|spokesperson|supreme)\b",
    re.IGNORECASE,
)
_DEMONYM = re.compile(
    r"\b(?:Saudi|Omani|Emirati|Bahraini|US|UK|EU|UAE)\b|\b[A-Z][a-z]+(?:ian|ish|ese|aqi|eni|ani|abi|anian|audi|wait[i]|atari|mani)\b"
)
_ARABIC_ORGANISATION = re.compile(
    r"(?:^|\s)(?:و?ال)?(?:وكاله?ة?|وكالات|صحيفة|قناة|وزارة|رئاسة|مكتب|هيئة|جيش|قوات|شرطة|حكومة|مجلس|مؤسسة|مركز|جامعة|"
    r"منظمة|أمم|إعلام|إعلامي|إعلامية|ديوان|برلمان|سفارة|بلدية|شركة|بنك|نادي|اتحاد|جمعية|لجنة|مواقع|تلفزيون|إذاعة|محرر|"
    r"تحرير|مراسل|دفاع|خارجية|داخلية|متداولة|أنباء|صفحة|حساب|موقع|كرملين|غرفة|قصر|حرس|أمن|نواب|جمهورية|فيسبوك|تويتر|إكس|هلال|أوسط)(?:\s|$)"
)
_ARABIC_ORDINARY_WORDS = """
في من على إلى عن أن إن ما لا هل كيف لماذا متى أين بعد قبل بين مع التي الذي هذا هذه ذلك تلك كل أو ثم لكن قال
قالت أكد أكدت خلال منذ حتى غير نحو ضد عند لن لم قد كان كانت يكون حول دون تحت فوق أمس اليوم غدا الحرب السلام
"""
_ARABIC_WORDS = frozenset(_ARABIC_ORDINARY_WORDS.split())
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]")
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:['’.\-][^\W\d_]+)*\.?")


def ordinary_capitals(name: str) -> str:
    """``AHMED AL-SALEM`` as ``Ahmed al-Salem``, ``O'BRIEN`` as ``O'Brien``; words not in capitals stay as they are."""
    mixed = any(word.islower() or word.istitle() for word in name.split() if len(word) > 2)
    parts = _PART.findall(name)
    out = []
    for at, part in enumerate(parts):
        if part[0] in " -\t":
            out.append(part)
        else:
            inner = "".join(out).strip() != ""
            before_more = at < len(parts) - 1
            out.append(_ordinary_word(part, inner and before_more, mixed))
    return "".join(out)


def _ordinary_word(word: str, may_be_particle: bool, mixed: bool) -> str:
    letters = [char for char in word if char.isalpha()]
    if re.fullmatch(r"Ma?c[A-Z]{2,}", word):
        stem = 3 if word.startswith("Mac") else 2
        return word[:stem] + word[stem] + word[stem + 1 :].lower()
    if len(letters) < 2 or not word.isupper() or word in _ROMAN or (mixed and len(letters) < 3) or "." in word[:-1]:
        return word
    if may_be_particle and word.lower() in _PARTICLES:
        return word.lower()
    if word.startswith("MC") and len(letters) > 3:
        return "Mc" + word[2] + word[3:].lower()
    prefix, apostrophe, rest = word.replace("’", "'").partition("'")
    if apostrophe and len(prefix) == 1 and len(rest) > 1:  # O'Brien, but Sana'a
        return prefix + word[1] + rest[0] + rest[1:].lower()
    return word[0] + word[1:].lower()


def is_organisation(name: str) -> bool:
    """Whether the words say that this is a body, not a person: a ministry, a newspaper, an army, a network."""
    return _ORGANISATION.search(name) is not None or _ARABIC_ORGANISATION.search(name) is not None or "«" in name


def is_institution(name: str) -> bool:
    """An organisation, or a thing that its words make one: a demonym and a noun ("Iraqi Kurdistan")."""
    return is_organisation(name) or (" " in name and _DEMONYM.match(name) is not None)


def has_ordinary_words(name: str) -> bool:
    """Whether a word of it is one that names of people and places do not hold ("What Comes Next", "The Port")."""
    return any(word in _NOT_IN_A_NAME and word not in _IN_PLACES for word in name.casefold().split())


def is_person(name: str) -> bool:
    """Whether this looks like one person's name: two to five capitalised words, none of them an ordinary one."""
    if len(name) > 60:
        return False
    words = name.split()
    if not 2 <= len(words) <= 5 or is_organisation(name):
        return False
    if _ARABIC.search(name):
        return len(words) <= 4 and all(len(word) > 1 and _is_arabic_name_word(word) for word in words)
    capitals = 0
    for word in words:
        if _NAME_WORD.fullmatch(word) is None or word.casefold() in _NOT_IN_A_NAME:
            return False
        if word[0].isupper():
            capitals += 1
        elif word.split("-")[0] not in _NAME_PARTICLES:
            return False
    return capitals >= 2 or (capitals >= 1 and any("-" in word for word in words))


def _is_arabic_name_word(word: str) -> bool:
    return word not in _ARABIC_WORDS and all(_ARABIC.match(char) or char in "ـًٌٍَُِّْ." for char in word)


_JOINS = re.compile(r"\s*(?:,| and | & |;| et | und |،)\s*|\s+و\s?(?=[\u0621-\u064a])")


def are_persons(names: str) -> bool:
    """Whether these are the names of one or several persons: "Nadia Haddad and Karim Saleh"."""
    if is_person(names):
        return True
    each = [name.strip() for name in _JOINS.split(names) if name.strip()]
    return bool(each) and len(each) <= 6 and all(is_person(name) for name in each)
