"""Lines that a web page puts round a story: "Updated …", "READ ALSO: …", bare links, share buttons.

A line is furniture by its whole shape, never by its first word: "Updated figures showed that …" is a paragraph.
"""

import re
from functools import lru_cache

from .page_words import ALONE, ALSO_LABELS, DATE_WORDS, LINK_LABELS, LIST_LABELS, LIST_OPENERS, STAMP_LABELS

_LONGEST = 300
_ENDS_SENTENCE = (".", "!", "?", "؟", "。", ".”", ".»", '."', "…”")

_MONTHS_AND_DAYS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)|يناير|فبراير|مارس|أبريل|مايو|يوني|يولي|"
    r"أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|ago\b|today|yesterday|منذ|janv|févr|avril|juin|juil|août|déc|ene|abr",
    re.IGNORECASE,
)
_STAMP_START = re.compile(
    r"(?:last |first )?(?:updated|published|posted|modified|publié|mis )|ن|آخر|تحديث|اخر", re.IGNORECASE
)
_STAMP_SPLIT = re.compile(r"[\s,،|()\[\]/:;–—\-·•ـ]+")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d[\d.]*(?:st|nd|rd|th|am|pm|a\.m|p\.m|h|z|er)?\.?", re.IGNORECASE)
_URL = re.compile(
    r"(?:\w[\w ]{0,20}:\s*)?<?(?:(?:https?|ftp)://|www\.|pic\.(?:twitter|x)\.com/|t\.co/|bit\.ly/|youtu\.be/|(?:[\w-]{2,63}\.){1,4}(?:com|org|net|info|me|ly|sa|ae|eg|uk|eu|tv|news|page)/)[^\s<>]*>?[.)]?"
    r"(?:\s+https?://\S+)*",
    re.IGNORECASE,
)
_LINK_TEXT = re.compile(
    r"(?:short (?:url|link)|link|url|source|via|رابط مختصر|الرابط المختصر|الرابط|رابط)\s*[:：]?\s*(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_SHAPES = re.compile(
    r"""(?:
      (?:reading\ time|read\ time|time\ to\ read|estimated\ reading\ time|temps\ de\ lecture
        |lesezeit|tiempo\ de\ lectura|مدة\ القراءة|وقت\ القراءة)\s*[:：–-]?\s*.{0,20}
    | [≈~<]?\s*\d{1,3}\s*-?\s*min(?:ute)?s?\.?\s*
        (?:read|listen|watch|de\ lecture|lesezeit|de\ lectura)(?:ing)?(?:\ time)?
    | \d{1,3}\s*min
    | (?:دقيقة|دقيقتان|دقيقتين)\s*(?:للقراءة|قراءة)? | \d{1,3}\s*(?:دقائق|دقيقة)\s*(?:للقراءة|قراءة)
    | sign\ (?:up|in)\ (?:to|for|with|and)\ .{0,120}\b(?:read|newsletters?|story|article|alerts?|account|inbox|access
        |continue|updates|free|briefing|our|email|e-mail|unlimited|comment)\b.{0,60}
    | (?:log\ ?in|register|create\ (?:an|a\ free)\ account|subscribe)\ (?:to|for|or|with|here|now|and|on)\b
        .{0,60}\b(?:read|newsletters?|story|article|alerts?|account|inbox|access|continue|updates|free|channel|our|comment
        |youtube|telegram|whatsapp)\b.{0,60}
    | (?:already|not\ yet)\ (?:a|an|have\ an?)\ (?:subscriber|member|registered|account).{0,60}
    | follow\ us\b.{0,120}
    | follow\ @\w.{0,80}
    | follow\ .{1,60}\ on\ (?:twitter|x|facebook|instagram|google\ news|telegram|whatsapp|youtube|linkedin
        |tiktok|threads|social\ media)\b.{0,60}
    | (?:join|like)\ us\ on\ .{1,60}
    | share\ (?:this|the|on|via|with|by|it|to)\b.{0,40}
    | (?:copyright\ (?=[©\d(])|©|\(c\)\ ).{0,200}
    | .{0,60}\ball\ rights\ reserved\b.{0,30}
    | (?:published|posted|updated)\ (?:in|by|from)\ .{0,50}\b\d{4}
    | our\ standards:\ .{0,80}
    | (?:advertisement|sponsored|ad)\s*[-–—:|]\s*.{0,60}
    | (?:story|article)\ continues\ (?:below|after).{0,40}
    | (?:click|tap)\ (?:here|to)\b.{0,60}
    | (?:listen|play|hear)\ (?:to\ )?(?:this|the)?\ ?(?:article|story|audio|podcast)\b.{0,40}
    | (?:this|the)\ (?:article|story)\ (?:is\ )?(?:available|read)\ (?:in|by)\ .{0,40}
    | \d[\d.,]*\s*[km]?\s*(?:comments?|shares?|views?|likes?|retweets?|reads?|تعليقات?|مشاهدات?|مشاركات?)
    | [aA]\+?\s*[aA]?-?\s*[aA]?[+-] | [aA]\ [aA](?:\ [aA])? | T[+-]\ ?T[+-]
    | (?:purchase|acquire)\ licensing\ rights.{0,30}
    | (?:get|download)\ (?:our|the)\ .{0,30}\bapp\b.{0,60}
    | (?:thank\ you\ for|thanks\ for)\ (?:reading|subscribing).{0,60}
    | (?:by\ signing\ up|by\ subscribing|by\ clicking).{0,200}
    | (?:تابعنا|تابعونا|تابع|اشترك)\ (?:على|عبر|في|آخر|قناة|قناتنا).{0,80}
    | (?:شارك|انشر)\ (?:على|عبر|هذا|الخبر|المقال).{0,40}
    | (?:suivez|síguenos|siga|folgen|bizi|подписывайтесь).{0,60}
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_READ_MORE = re.compile(
    r"(?:READ (?:MORE|ALSO|NEXT)|ALSO READ|SEE ALSO"
    r"|(?i:read more|also read|read also|see also) (?:about|on|from|at|here|stories))\b.{0,140}"
)
_ARABIC_MARKS = re.compile("[\u064b-\u0652]")
_COLON = re.compile(r"[:：|»>–—-](?:(?<![–—-])|[–—-]*\s)\s*")  # begins with one class: searched for much faster
_WORD = re.compile(r"[^\W_]")
_EMAIL = re.compile(r"(?:e-?mail\s*:?\s*)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}", re.IGNORECASE)


def _bare(words: str) -> str:
    words = words.casefold()
    return (words if words.isascii() else _ARABIC_MARKS.sub("", words)).strip(" .:：-–—|»›>…▶►•*")


# Longer lines are furniture only if they begin with one of these, or hold a link: most paragraphs are told by a look.
_MORE_OPENINGS = """
advertisement already article by click copyright create download ad get hear join listen log login not our play
purchase acquire reading read register share sign sponsored story subscribe tap thank thanks the this time
estimated temps follow like suivez síguenos siga folgen bizi подписывайтесь تابعنا تابعونا تابع اشترك شارك انشر
مدة وقت
"""
_OPENINGS = frozenset(
    [*_MORE_OPENINGS.split(), *(label.split()[0] for label in (*LINK_LABELS, *LIST_LABELS, *STAMP_LABELS))]
)
_SHORT = 60
_FIRST_WORD = re.compile(r"[^\s:.,،|]*")
_THE_STORY = re.compile(r"the (?:article|story)\b", re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether the whole line is the page's, not the story's."""
    if len(line) > _LONGEST:
        return not line[0].isalnum() and _WORD.search(line) is None
    if len(line) > _SHORT and _is_prose(line):
        return False
    return _has_shape(line)


def _is_prose(line: str) -> bool:
    """Whether a look at a longer line's beginning tells that it is no furniture: it does for most paragraphs."""
    if line[0] in '“"':  # what begins so is a quotation, or a notice of copyright
        return line[1].isalpha() and "reserved" not in line.casefold()
    if line.startswith("The "):  # "The article is available in …"
        return not (_THE_STORY.match(line) or "/" in line or "reserved" in line.casefold() or is_stamp(line))
    if not line[0].isalpha():
        return False
    first = line.split(None, 1)[0]
    if not first.isalpha():
        first = _FIRST_WORD.match(first)[0]
    if first.casefold() in _OPENINGS:
        return False
    if not line.isascii() and _ARABIC_MARKS.search(line, 0, 12):
        return False
    return " " in line and "://" not in line and "rights reserved" not in line


@lru_cache(maxsize=2048)  # the same few lines stand round every story
def _has_shape(line: str) -> bool:
    if not line[0].isalnum() and not _WORD.search(line):
        return True  # "***", "———"
    bare = _bare(line)
    if bare in ALONE or is_stamp(line):
        return True
    if "/" in line and (_URL.fullmatch(line) or _LINK_TEXT.fullmatch(line)):
        return True
    if "@" in line and _EMAIL.fullmatch(line):
        return True
    label, after = _labelled(line)
    if label in LINK_LABELS:
        return True
    sentence = line.endswith(_ENDS_SENTENCE)
    if label in LIST_LABELS and not sentence and len(line) <= 160:
        return True
    if label in STAMP_LABELS and not sentence and len(after) <= 80 and any(map(str.isdigit, after)):
        return True
    if _SHAPES.fullmatch(line) and (not sentence or len(line.split()) <= 22):
        return True
    return not sentence and _READ_MORE.fullmatch(line) is not None


def _labelled(line: str) -> tuple[str, str]:
    """A line's label and what follows its colon (bar, arrow, spaced dash), ("", "") if it has none near its start."""
    colon = _COLON.search(line, 0, 40)
    return (_bare(line[: colon.start()]), line[colon.end() :]) if colon else ("", "")


def is_stamp(line: str) -> bool:
    """Whether the line is nothing but when a page was published or updated."""
    if len(line) > 120:
        return False
    if not _STAMP_START.match(line) and not _DIGIT.search(line):
        return False
    words = [word for word in _STAMP_SPLIT.split(_ARABIC_MARKS.sub("", line.casefold()).rstrip(".…")) if word]
    label = words and words[0] in {
        "updated",
        "published",
        "last",
        "first",
        "posted",
        "modified",
        "نشر",
        "آخر",
        "تحديث",
        "publié",
        "mis",
    }
    if not label and not (_DIGIT.search(line) and _MONTHS_AND_DAYS.search(line)):
        return False
    if not all(_NUMBER.fullmatch(word) or word.strip(".") in DATE_WORDS or word == "jour" for word in words):
        return False
    return bool(label) or sum(bool(_NUMBER.fullmatch(word)) for word in words) >= 2


def is_bare_date(line: str) -> bool:
    """Whether the line is a date without a word such as "Updated": dropped above a story, a crosshead inside it."""
    return is_stamp(line) and not re.match(
        r"(?:last |first )?(?:updated|published|posted|modified)|نش|آخر|تح|publi|mis", _bare(line)
    )


def opens_list(line: str) -> bool:
    """Whether headlines of other stories, or tags, follow this line."""
    return len(line) <= 60 and _bare(line) in LIST_OPENERS


def announces_link(line: str) -> bool:
    """Whether the next line is the link that this one announces: "READ ALSO:" with nothing after it."""
    if len(line) > 40:
        return False
    bare = _bare(line)
    return bare in LINK_LABELS and (line.endswith((":", "：")) or bare in ALSO_LABELS)


def reads_as_title(line: str) -> bool:
    """Whether the line could be another story's headline or a tag: short and no sentence."""
    return len(line) <= 200 and not line.endswith((*_ENDS_SENTENCE[:1], *_ENDS_SENTENCE[5:], ":", ",", "،"))
