"""What every wire parser gives: plain values, no database.

A parser is a generator: it takes a binary stream and yields, in the order of the file, a ``WireItem`` for every
story it could read and a ``WireError`` for every one it could not. Both carry the bytes they came from, so that
nothing that was received is ever lost, and the line where they begin, so that a person can find it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, is_dataclass
from datetime import datetime

# Opens a file that lies beside the one that is read, by its relative name; None where there is none. Whoever makes
# one keeps it inside the folder or the archive that the file came from.
Beside = Callable[[str], bytes | None]


def nothing_beside(name: str) -> None:
    """A file that stands alone."""
    return


@dataclass
class WirePhoto:
    """One picture that the copy names, whether or not its file came along.

    ``credit`` is the agency or institution alone ("AFP"), ``credit_raw`` the words as printed ("(AFP file)"),
    ``photographer`` the person's name in ordinary capitals ("" if none).
    """

    caption: str
    credit: str = ""
    credit_raw: str = ""
    photographer: str = ""
    is_file_photo: bool = False
    headline: str = ""
    alt_text: str = ""
    file: str = ""  # where its best file lies: a name relative to the copy's own, or an http(s) address; "" if nowhere
    provider_id: str = ""
    rights_holder: str = ""
    usage_terms: str = ""
    taken_at: datetime | None = None  # aware


@dataclass
class Paragraph:
    """One paragraph of plain text, in order; ``is_crosshead`` marks a sub-heading inside the story."""

    text: str
    is_crosshead: bool = False


@dataclass(frozen=True)
class Subject:
    """What a story is about, as its provider files it.

    ``code`` is "medtop:04000000" for an IPTC Media Topic, "subj:04000000" for an IPTC Subject Code, otherwise the
    provider's own with its scheme before it ("" where there is but a name).
    """

    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class Named:
    """A place, person or body that the provider names; ``code`` as of :class:`Subject`, of a country "iso3166-1a2:SY".

    ``role`` of a place is "dateline", "located" (where the provider says it was written) or "subject".
    """

    name: str
    code: str = ""
    role: str = ""


@dataclass
class Usage:
    """What the newsroom may do with an item. ``territories`` are ISO 3166-1 alpha-2 codes, empty for everywhere."""

    terms: str = ""  # in the provider's words
    no_archive: bool = False
    no_syndication: bool = False
    territories: list[str] = field(default_factory=list)
    excluded_territories: list[str] = field(default_factory=list)
    delete_by: datetime | None = None  # aware


class Standing:
    """What the provider says of an item: may be used, not yet, or never (a kill)."""

    USABLE, WITHHELD, CANCELED = "usable", "withheld", "canceled"


@dataclass
class WireItem:
    """One story as it was read. Text fields are plain text, already repaired, unescaped and normalised (NFC).

    Of an item that was canceled or withheld there may be nothing but its provider's id.
    """

    headline: str
    paragraphs: list[Paragraph]
    raw: bytes = b""
    story: int = 1  # its number in the file, from 1
    line: int = 1  # the line of the file it begins on, from 1
    encoding: str = "utf-8"
    language: str = "en"  # ISO 639-1
    direction: str = "ltr"  # or "rtl"
    dateline: str = ""  # the first place alone, without country or agency: "BEIRUT" is given as "Beirut"
    dateline_agency: str = ""  # the agency that the dateline names, as printed
    byline: str = ""  # the person or persons, as printed, without "By"
    photos: list[WirePhoto] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    sign_off: str = ""  # "(Reporting by …; Editing by …)"
    provider: str = ""
    provider_id: str = ""
    version: str = ""
    warnings: list[str] = field(default_factory=list)  # "code: a sentence"

    # What the standard formats say beside the words.
    html: str = ""  # the body as sanitised HTML; "" where the copy had no markup and the paragraphs are all there is
    headlines: dict[str, str] = field(default_factory=dict)  # other headlines by what they are for: "short", "web", …
    slugline: str = ""
    standfirst: str = ""
    genre: str = ""
    ednote: str = ""  # to editors, never for readers
    urgency: int | None = None  # 1 the most urgent, 8 the least
    subjects: list[Subject] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    places: list[Named] = field(default_factory=list)
    persons: list[Named] = field(default_factory=list)
    organisations: list[Named] = field(default_factory=list)
    standing: str = Standing.USABLE
    embargo_until: datetime | None = None  # aware
    embargo_note: str = ""
    usage: Usage = field(default_factory=Usage)
    first_sent_at: datetime | None = None  # aware: of its first version
    sent_at: datetime | None = None  # aware: of this one
    link: str = ""  # its public address at the provider's, if it has one
    replaces: list[str] = field(default_factory=list)  # ids of earlier items that it updates, corrects or kills
    related: list[str] = field(default_factory=list)  # ids of items that go with it
    # Of our own export alone: what it says of the story by the names of a snapshot, taken as it stands (``own.py``).
    content: dict = field(default_factory=dict)
    # What no field above holds, as words by where it stood, so that it can be read on the record.
    unmapped: dict[str, str] = field(default_factory=dict)


@dataclass
class WireError:
    """One story, or one file, that could not be read, with the reason in words that an editor understands."""

    code: str  # empty_file, not_text, missing_body, truncated_story, duplicate_story, …
    message: str
    raw: bytes = b""
    story: int = 1
    line: int = 1


# What a record keeps elsewhere: the bytes with their batch, the text and our own export in the content of the draft.
_KEPT_ELSEWHERE = ("raw", "story", "line", "encoding", "paragraphs", "html", "warnings", "content", "sign_off")


def told(item: WireItem) -> dict:
    """Everything that the provider says of the item beside its text, as JSON holds it; what it leaves out left out."""
    return _plain({name: value for name, value in vars(item).items() if value and name not in _KEPT_ELSEWHERE})


def _plain(value):
    kind = type(value)
    if kind is str or kind is int or kind is bool:
        return value
    if is_dataclass(value):
        value = vars(value)
    if isinstance(value, dict):
        kept = ((name, _plain(inner)) for name, inner in value.items() if inner)
        return {name: inner for name, inner in kept if inner}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value
