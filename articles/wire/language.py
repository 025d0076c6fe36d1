"""The language of a story, by its script and its commonest words."""

import re

_SCRIPTS = {
    "arabic": re.compile("[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"),
    "latin": re.compile("[A-Za-zÀ-ɏ]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "el": re.compile("[\u0386-\u03ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "am": re.compile("[\u1200-\u137f]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
_WESTERN = re.compile("[\0-\u024f\u2000-\u206f€™]*")
_STOP_WORDS = {
    "en": "the of and to in that said is was for on with by has have from as at it he an be are were who his its after",
    "fr": "le la les des et de du un une est dans pour que qui sur au aux par avec ce cette ont été se ne pas selon",
    "es": "el la los las de del y en que un una por con para se su al es lo como más fue han sobre según pero",
    "pt": "o a os as de do da dos das e em que um uma no na por com para se ao à foi mais não são pelo pela segundo",
    "it": "il lo la gli le di del della dei e in che un una per con è sono nel nella si da al alla ha non più anche",
    "de": "der die das und in den von zu mit dem des auf für ist im ein eine nicht sich dass auch nach am hat wurde",
    "nl": "de het een en van in is dat op te zijn voor met door aan niet ook naar uit bij werd heeft wordt",
    "tr": "ve bir bu da de için ile olarak olan çok daha ise gibi kadar sonra göre ancak etti oldu dedi en",
    "id": "yang dan di dari untuk dengan pada ini itu dalam akan tidak telah oleh ke kata juga mengatakan sebagai",
    "sv": "och att det som på är av för med den till en inte har från ett om var vid de sig",
    "pl": "i w na z że się do nie jest to o jak za po od dla przez są który oraz ale był",
    "ro": "și în de la cu pe a din care este nu că pentru o un mai sunt fost au prin",
    "so": "oo ka iyo ku ay waa in uu ee la u si ayaa kale waxaa",
    "sw": "ya na wa kwa ni za katika la kuwa cha hiyo huo ili kama alisema",
}
_STOP_SETS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_ARABIC_LETTERS = {"fa": "پچژگکی", "ur": "ٹڈڑےںہھ", "ckb": "ێۆەڵڕڤ", "ps": "ښېۍځڅړګڼ"}
_FA_WORDS = frozenset("در به از که این را با است برای آن شد خود شده های می‌شود".split())  # noqa: SIM905
_CYRILLIC_LETTERS = {"uk": "іїєґ", "sr": "ђћџљњј", "be": "ўі", "kk": "қғәңұ"}
_LATIN_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 700


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text's language (ckb, which has none, by ISO 639-3); ``en`` where nothing can be told."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _latin(sample)
    if _WESTERN.fullmatch(sample):
        return _latin(sample)
    arabic = len(sample) - len(_SCRIPTS["arabic"].sub("", sample))
    if arabic * 2 > len(sample):
        return _arabic(sample, arabic)
    counts = {script: len(sample) - len(pattern.sub("", sample)) for script, pattern in _SCRIPTS.items()}
    if counts["ja"] * 8 > counts["zh"]:
        counts["ja"] += counts.pop("zh")
    script = max(counts, key=counts.get)
    if not counts[script]:
        return "en"
    if script == "latin":
        return _latin(sample)
    if script == "arabic":
        return _arabic(sample, counts[script])
    if script == "cyrillic":
        return _by_letters(sample.casefold(), _CYRILLIC_LETTERS, counts[script], 0.008, "ru")
    return script


def _latin(sample: str) -> str:
    words = sample.casefold().split()
    if _hits(words, "en") * 7 > len(words):  # no other language's copy comes near this
        return "en"
    words = _LATIN_WORD.findall(sample.casefold())
    hits = {language: _hits(words, language) for language in _STOP_SETS}
    best = max(hits, key=hits.get)
    return best if hits[best] > hits["en"] else "en"


def _hits(words: list[str], language: str) -> int:
    stop_words = _STOP_SETS[language]
    return sum(map(stop_words.__contains__, words))


def _arabic(sample: str, letters: int) -> str:
    language = _by_letters(sample, {name: _ARABIC_LETTERS[name] for name in ("ckb", "ps", "ur")}, letters, 0.03, "ar")
    if language != "ar":
        return language
    persian = sum(sample.count(letter) for letter in _ARABIC_LETTERS["fa"])
    words = sample.split()
    if persian > 0.04 * letters or (persian and sum(word in _FA_WORDS for word in words) > 0.06 * len(words)):
        return "fa"
    return "ar"


def _by_letters(sample: str, signs: dict[str, str], letters: int, share: float, otherwise: str) -> str:
    found = {language: sum(sample.count(letter) for letter in set(own)) for language, own in signs.items()}
    best = max(found, key=found.get)
    return best if found[best] > share * letters else otherwise
