"""Who says so, in Arabic: the verb comes first («قالت وزارة الصحة إن»), or «بحسب», «وفقاً لـ», «نقلاً عن».

The phrase after the trigger is the body if it begins with one (وزارة، مرصد، هيئة …) or with somebody's role in one
(«المتحدث باسم وزارة الدفاع»). Arabic has no capitals, so a body's name ends by grammar: an indefinite head takes the
words up to the first definite one, then its definite adjectives and what «ل» joins to it. Works on folded words,
gives the text as printed.
"""

import re

from articles.attribution import MOST, Cited
from articles.attribution.bodies import Namer
from articles.words import folded

_WORD = re.compile(r"[^\W_]+(?:[\u064b-\u0652\u0670][^\W_]*)*")


def _forms(words: str, *prefixes: str) -> frozenset[str]:
    return frozenset(prefix + folded(word) for word in words.split() for prefix in ("", *prefixes))


_SAYING = _forms(
    "قال قالت أعلن أعلنت أفاد أفادت ذكر ذكرت أكد أكدت أوضح أوضحت أضاف أضافت حذر حذرت صرح صرحت نفى نفت"
    " أشار أشارت كشف كشفت رصد وثق وثقت شدد شددت أصدر أصدرت دعا دعت طالب طالبت أدان أدانت رفض رفضت لفت لفتت"
    " أبلغ أبلغت توقع توقعت اتهم اتهمت رحب رحبت تقول يقول تؤكد يؤكد تفيد قدر قدرت سجل سجلت نشرت نشر اعتبر"
    " اعتبرت بين بينت نددت ندد أعرب أعربت ناشد ناشدت استنكر استنكرت تعهد تعهدت أقر أقرت زعم زعمت تابع تابعت"
    " نوه نوهت جدد جددت أبدى أبدت تحدث تحدثت",
    "و", "ف",
)  # fmt: skip
_ACCORDING = _forms("بحسب حسب وفق وفقا طبقا استنادا", "و")
_RELAYED = _forms("نقلا نقلت نقل", "و")
_STATEMENT = _forms("بيان تقرير إحصاء بيانات أرقام إحصائية تصريح مسح دراسة")
_ISSUED = _forms("صادر صادرة أصدرته أصدرتها نشرته نشرتها أعلنته أعلنتها")

_HEADS = _forms(
    "وزارة مرصد هيئة مكتب إدارة مديرية مجلس جيش شرطة قيادة قوات تحالف وحدة محكمة نيابة حكومة رئاسة سفارة"
    " بلدية لجنة مفوضية منظمة جمعية نقابة اتحاد بنك مصرف صندوق شركة مؤسسة مركز معهد جامعة مستشفى حزب حركة"
    " جماعة ميليشيا إعلام تلفزيون إذاعة قناة سلطة سلطات ديوان شبكة وكالة برنامج أمانة خارجية داخلية ائتلاف"
    " تنظيم غرفة مصلحة جهاز محافظة دائرة رابطة كتلة لواء برلمان قنصلية بعثة خلية دفاع هلال صليب فصائل"
    " ادعاء مطار ميناء مجموعة إطفاء مرفأ",
    "ال",
)
_ROLES = _forms(
    "متحدث ناطق مدير رئيس مسؤول مصدر مصادر قائد عضو مسؤولون مندوب ممثل أمين مديرة رئيسة متحدثة ناطقة مسؤولة نائب مدعي",
    "ال",
)
_MINISTER = _forms("وزير وزيرة")
_OF_BODY = _forms("باسم في من لدى عن")
_SPOKEN_FOR = _forms(
    "العام العامة الإعلامي الإعلامية الرسمي الرسمية التنفيذي التنفيذية عسكري أمني حكومي طبي رسمي مسؤول"
    " الصحافي الصحفي رفيع الإقليمي الإقليمية بارز دبلوماسي"
)  # fmt: skip
_STOPS = _forms(
    "أن إن أنه إنه أنها إنها بأن بأنها بأنه إنهم خلال يوم اليوم أمس مساء صباح فجر ظهر الاثنين الإثنين"
    " الثلاثاء الأربعاء الخميس الجمعة السبت الأحد على من إلى بعد قبل منذ حول التي الذي الذين عن عبر مع ضد"
    " أمام قد لقد لم لا ليل عند مقتل إصابة وقالت وقال لوكالة لصحيفة بشأن السيد الدكتور العميد اللواء"
    " العقيد الشيخ كما حتى ارتفاع تسجيل أول الماضي الحالي هذا هذه اعتقال توقيف ضبط"
)
_IN = folded("في")
_AFTER_IN = _forms(
    "بيان تصريح تصريحات مؤتمر وقت تقرير تغريدة منشور حديث مقابلة رسالة كلمة اتصال بيانها بيانه تقريرها"
    " تقريره ختام حين إطار ظل ساعة الوقت تصريحها ذلك هذا هذه تدوينة حسابها صفحتها آخر أحدث إحصاء جلسة"
    " اجتماع"
)  # fmt: skip
_NEWS = frozenset({"agency", "newspaper"})
_NEWS_HEADS = _forms("وكالة صحيفة جريدة الوكالة الصحيفة الجريدة", "ل", "ب")
_AFTER_HEAD = _forms("أنباء الأنباء للأنباء أخبار")
_CONTINUES = ("ال", "لل", "وال", "بال")
_MARKS = re.compile(r"[،؛:.!؟?,;()«»\"“”\[\]\n—]")


class _Line:
    __slots__ = ("ends", "folded", "starts", "text")

    def __init__(self, text: str):
        self.text, self.starts, self.ends, self.folded = text, [], [], []
        for match in _WORD.finditer(text):
            self.starts.append(match.start())
            self.ends.append(match.end())
            self.folded.append(folded(match[0]))

    def __len__(self):
        return len(self.folded)

    def breaks(self, index: int) -> bool:
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        return gap != " " and bool(_MARKS.search(gap))

    def phrase(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last - 1]]


def cited_in_arabic(paragraphs: list[str], name: Namer) -> list[Cited]:
    """The bodies cited, in order, each once; «الوزارة» alone counts as the ministry named before."""
    found: list[Cited] = []
    for number, paragraph in enumerate(paragraphs):
        line = _Line(paragraph)
        for index, word in enumerate(line.folded):
            first = _start(line, index, word)
            body = _body(line, first) if first else None
            if first and body is None and word in _SAYING:
                body = _after_name(line, first)
            if body is None:
                continue
            start, end, role = body
            text = _without_prefix(line.phrase(start, end))
            code, kind = name(text)
            if kind in _NEWS or _is_news(line, start):
                continue
            if len(found) >= MOST or _known_already(text, code, found):
                continue
            found.append(Cited(text, code, line.phrase(index, index + 1), _use(paragraph), "", number, "", role))
    return found


def _after_name(line: _Line, first: int) -> tuple[int, int, str] | None:
    """The body in «قال هاني عودة، مدير الدفاع المدني، إن»: somebody's name, a comma, the role."""
    for at in range(first + 1, min(first + 7, len(line))):
        if line.breaks(at):
            is_role = line.folded[at] in _ROLES and "،" in line.text[line.ends[at - 1] : line.starts[at]]
            return _body(line, at) if is_role else None
    return None


def _start(line: _Line, index: int, word: str) -> int:
    """Where the phrase after a trigger begins; 0 if the word is none."""
    following = index + 1
    if following >= len(line):
        return 0
    if word in _SAYING:
        while following < len(line) and line.folded[following] in (
            "له",
            "لها",
            "ايضا",
            "من",
            "جهته",
            "جهتها",
            "بدوره",
            "بدورها",
        ):
            following += 1
        if following < len(line) and line.folded[following] in ("بيان", "تقرير", "مسح") and following + 1 < len(line):
            following += 1
            if line.folded[following] in _ISSUED:
                following += 1
    elif word in _ACCORDING:
        if line.folded[following] == "ما":
            following += 2
        elif line.folded[following] in ("ل", "الى"):
            following += 1
        if following < len(line) and line.folded[following].removeprefix("ل") in _STATEMENT:
            following += 1
            while following < len(line) and line.folded[following] in _ISSUED | {"عن", "من"}:
                following += 1
    elif word in _ISSUED:
        if line.folded[following] in ("عن", "من"):
            following += 1
    elif word == "عن" and any(earlier in _RELAYED for earlier in line.folded[max(0, index - 7) : index]):
        pass
    elif word in _RELAYED:
        if line.folded[following] == "عن":
            return 0  # the word «عن» itself is the trigger
    else:
        return 0
    return following if following < len(line) and not _separated(line, index, following) else 0


def _separated(line: _Line, index: int, following: int) -> bool:
    return any(line.breaks(at) for at in range(index + 1, following + 1)) and line.text[
        line.ends[following - 1] : line.starts[following]
    ].strip() not in ("«", '"', "“", "ـ", "")


def _head_of(word: str) -> str:
    """The word if it is a body's head, also with «ل», «ب» or «و» written to it; else empty."""
    if word in _HEADS:
        return word
    for prefix, instead in (("لل", "ال"), ("ل", ""), ("ب", ""), ("و", "")):
        if word.startswith(prefix) and instead + word[len(prefix) :] in _HEADS:
            return instead + word[len(prefix) :]
    return ""


def _body(line: _Line, first: int) -> tuple[int, int, str] | None:
    total = len(line)
    if _head_of(line.folded[first]):
        return first, _end(line, first), ""
    if line.folded[first] in _MINISTER or line.folded[first].removeprefix("ل") in _MINISTER:
        end = _end(line, first)
        return (first, end, "وزير") if end - first > 1 else None
    if line.folded[first].removeprefix("ل") in _ROLES:
        role = line.phrase(first, first + 1)
        at = first + 1
        while at < total and not line.breaks(at) and (line.folded[at] in _SPOKEN_FOR or line.folded[at] in _OF_BODY):
            at += 1
        if at < total and not line.breaks(at) and _head_of(line.folded[at]):
            return at, _end(line, at), role
        known = _named(line, at) if at < total and not line.breaks(at) else None
        return (known[0], known[1], role) if known and at > first + 1 else None
    # A known name that begins with no head: «البنتاغون», «هيومن رايتس ووتش», «يونيسف».
    return _named(line, first)


_NAMES = _forms(
    "البنتاغون الكرملين الناتو اليونيسف يونيسف اليونسكو يونسكو الأونروا أونروا أوتشا أوبك الفاو سنتكوم أرامكو حماس"
    " الإليزيه البوليساريو الكنيست الكونغرس الفاتيكان يوروستات الإنتربول اليوروبول إيرباص بوينغ ميرسك غازبروم"
)
_PAIRS = {
    tuple(folded(part) for part in name.split()): len(name.split())
    for name in (
        "البيت الأبيض", "الأمم المتحدة", "هيومن رايتس ووتش", "أطباء بلا حدود", "مراسلون بلا حدود", "الخوذ البيضاء",
        "حزب الله", "العفو الدولية", "الاحتياطي الفيدرالي", "حلف شمال الأطلسي", "المفوضية الأوروبية", "الجامعة العربية",
        "جامعة الدول العربية", "بي بي سي", "سي إن إن", "داونينغ ستريت", "قصر الإليزيه", "جبهة البوليساريو",
        "السلطة الفلسطينية", "حرس الحدود", "خفر السواحل", "الحرس الثوري", "الكرسي الرسولي", "قصر باكنغهام",
    )
}  # fmt: skip


def _named(line: _Line, first: int) -> tuple[int, int, str] | None:
    bare = line.folded[first]
    if bare in _NAMES or bare.removeprefix("ل") in _NAMES:
        return first, first + 1, ""
    for length in (3, 2):
        if tuple(line.folded[first : first + length]) in _PAIRS:
            return first, first + length, ""
    return None


def _end(line: _Line, first: int) -> int:
    """Where the name of the body that begins at ``first`` ends."""
    total, folds = len(line), line.folded
    at, definite = first + 1, _head_of(folds[first]).startswith("ال")
    while at < total and at - first < 9 and not line.breaks(at):
        word = folds[at]
        if word == _IN:
            if (
                at + 1 < total
                and folds[at + 1] not in _AFTER_IN
                and folds[at + 1] not in _STOPS
                and not line.breaks(at + 1)
            ):
                return at + 2
            break
        if word in _STOPS or word in _SAYING:
            break
        if word.startswith(_CONTINUES):
            definite = True
        elif (definite and not (word.startswith("ل") and len(word) >= 4)) or (
            not definite
            and at - first >= 2
            and not any(folds[later].startswith("ال") for later in range(at, min(at + 2, total)))
        ):
            break
        at += 1
    return at


def _without_prefix(text: str) -> str:
    """«لوزارة الصحة» -> «وزارة الصحة», «للمرصد» -> «المرصد»."""
    first, _, rest = text.partition(" ")
    word = folded(first)
    if word not in _HEADS and _head_of(word) and len(first) > 2:
        first = "ال" + first[2:] if first.startswith("لل") else first[1:]
    return f"{first} {rest}".strip()


def _is_news(line: _Line, start: int) -> bool:
    if line.folded[start] in _NEWS_HEADS and start + 1 < len(line) and line.breaks(start + 1):
        return True
    return line.folded[start] in _NEWS_HEADS and (
        start + 1 >= len(line)
        or line.folded[start] in ("الوكاله", "الصحيفه", "الجريده")
        or line.folded[start + 1] in _AFTER_HEAD
    )


def _known_already(text: str, code: str, found: list[Cited]) -> bool:
    key = folded(text)
    for earlier in found:
        theirs = folded(earlier.text)
        if key == theirs or (code and code == earlier.known_code) or theirs.startswith(key + " "):
            return True
        if " " not in key and key.startswith("ال") and (key[2:] in theirs.split() or key in theirs.split()):
            return True
    return False


def _use(paragraph: str) -> str:
    if "بيان" in paragraph:
        return "statement"
    if any(mark in paragraph for mark in '«"“'):
        return "quote"
    return "figure" if any(char.isdigit() for char in paragraph) else "report"
