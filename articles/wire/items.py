"""What every wire parser gives: plain values, no database.

A parser is a generator: it takes a binary stream and yields, in the order of the file, a ``WireItem`` for every
story it could read and a ``WireError`` for every one it could not. Both carry the bytes they came from, so that
nothing that was received is ever lost, and the line where they begin, so that a person can find it.
"""

from dataclasses import dataclass, field


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


@dataclass
class Paragraph:
    """One paragraph of plain text, in order; ``is_crosshead`` marks a sub-heading inside the story."""

    text: str
    is_crosshead: bool = False


@dataclass
class WireItem:
    """One story as it was read. Text fields are plain text, already repaired, unescaped and normalised (NFC)."""

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


@dataclass
class WireError:
    """One story, or one file, that could not be read, with the reason in words that an editor understands."""

    code: str  # empty_file, not_text, missing_body, truncated_story, duplicate_story, …
    message: str
    raw: bytes = b""
    story: int = 1
    line: int = 1
