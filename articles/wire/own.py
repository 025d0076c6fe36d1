"""Stories by the names that this newsroom gives to their parts: what is exported as JSON Lines or CSV, and read again.

The README's wire page lists the names. A line that says ``"newsroom": 1`` is our own export: it is taken word for word,
in ``WireItem.content``. In anybody else's, names are those of ``ALIASES``, a body may be plain text, and what a name
stands for is looked up.
"""

import re
from dataclasses import dataclass, field

from articles import text

from . import rich
from .dates import read_instant
from .items import Named, Subject, Usage, WireItem, WirePhoto
from .language import detect_language

VERSION = 1
MARK = "newsroom"
# Other names that tables are given, beside our own.
ALIASES = {
    "id": ("guid", "uri", "story_id"),
    "headline": ("title", "titre", "head", "العنوان"),
    "body": ("body_html", "body_text", "content", "text", "texte", "النص"),
    "standfirst": ("summary", "description", "excerpt", "abstract", "lead"),
    "bylines": ("byline", "author", "authors", "by"),
    "topics": ("topic", "tags", "tag", "categories", "category", "keywords", "subjects"),
    "regions": ("region", "places", "place", "countries", "country"),
    "published_at": ("published", "date", "pubdate", "publication_date", "first_published"),
    "language": ("lang", "locale"),
    "slugline": ("slug",),
    "urgency": ("priority",),
    "link": ("url", "address"),
    "ednote": ("note", "editor_note"),
    "provider": ("source", "agency"),
}
_NAME_OF = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
_LINES = ("headline", "standfirst", "slugline", "dateline", "embargo_note")
_USES = ("report", "quote", "figure", "statement", "picture", "document")
_CAPTION_WORDS = ("caption", "alt_text", "credit", "credit_raw", "photographer")
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of characters, which JSON may hold and no text
_MOST = 200  # entries of a list
_LONGEST_LINE = 2000  # characters of one that is not the body
_LANGUAGES = frozenset("en ar fr es de fa tr ru he ur pt it zh und".split())  # noqa: SIM905 - as a newsroom lists them


class Unusable(Exception):
    """A story that cannot be read; ``code`` and the sentence say why."""

    def __init__(self, code, message):
        self.code = code
        super().__init__(message)


def name_of(given: str) -> str:
    """Our own name for a column or a key."""
    plain = "_".join(given.strip().lower().replace("-", " ").replace("_", " ").split())
    return _NAME_OF.get(plain, plain)


def read(values: dict) -> WireItem:
    """One story of those values, by our own names. Raises :class:`Unusable`."""
    own = values.get(MARK)
    if own is not None and own != VERSION:
        raise Unusable("unknown_version", f"This was exported in a form ({str(own)[:20]}) that is not known here.")
    taken = _Values(values)
    return _own_item(taken) if own else _foreign_item(taken)


@dataclass
class _Values:
    """Values of whatever types, asked for as what they should be; what is something else is warned of."""

    held: dict
    warnings: list[str] = field(default_factory=list)

    def line(self, name):
        value = self.held.get(name)
        if isinstance(value, bool | list | dict):
            return self._wrong(name) or ""
        return "" if value is None else _clean(str(value)[: 4 * _LONGEST_LINE])[:_LONGEST_LINE]

    def flag(self, name):
        value = self.held.get(name)
        return value if isinstance(value, bool) else str(value).strip().lower() in ("true", "1", "yes")

    def body(self):
        value = self.held.get("body")
        return _SURROGATES.sub("", value) if isinstance(value, str) else ""

    def urgency(self):
        value = self.held.get("urgency")
        if value in (None, ""):
            return None
        try:
            number = int(str(value).strip()[:3])
        except ValueError:
            number = 0
        return number if 1 <= number <= 8 else self._wrong("urgency")

    def instant(self, name):
        value = self.held.get(name)
        if value in (None, ""):
            return None
        at = read_instant(value) if isinstance(value, str) else None
        return at or self._wrong(name)

    def entries(self, name):
        """A list of plain words or of objects."""
        value = self.held.get(name)
        if value in (None, ""):
            return []
        if isinstance(value, str):
            value = [part.strip() for part in value.split(";")]
        if not isinstance(value, list):
            self._wrong(name)
            return []
        if len(value) > _MOST:
            self._wrong(name)
        return [one for one in value[:_MOST] if isinstance(one, str | dict) and one]

    def _wrong(self, name):
        value = str(self.held.get(name))[:200]
        self.warnings.append(
            f"bad_value: what stands under {name} cannot be that, and was left out: {_clean(value)[:60]}"
        )


def _clean(words):
    return text.clean_line(_SURROGATES.sub("", words))


def _common(taken: _Values) -> dict:
    return {
        "headline": taken.line("headline"),
        "slugline": taken.line("slugline"),
        "dateline": taken.line("dateline"),
        "standfirst": taken.line("standfirst"),
        "urgency": taken.urgency(),
        "provider_id": taken.line("id")[:200],
        "version": taken.line("version")[:40],
        "ednote": taken.line("ednote"),
        "link": link if (link := taken.line("link")).startswith(("http://", "https://")) else "",
        "embargo_until": taken.instant("embargo_until"),
        "embargo_note": taken.line("embargo_note"),
        "first_sent_at": taken.instant("published_at"),
        "usage": _usage(taken),
    }


def _usage(taken):
    held = taken.held.get("usage")
    held = _Values(held if isinstance(held, dict) else {}, taken.warnings)
    codes = {
        name: [one.upper() for one in held.entries(name) if isinstance(one, str) and len(one) == 2 and one.isalpha()]
        for name in ("territories", "excluded_territories")
    }
    return Usage(
        terms=held.line("terms"),
        no_archive=held.flag("no_archive"),
        no_syndication=held.flag("no_syndication"),
        delete_by=held.instant("delete_by"),
        **codes,
    )


# --- our own export -----------------------------------------------------------------------------------------------


def _own_item(taken: _Values) -> WireItem:
    body = text.sanitise(taken.body())
    common = _common(taken)
    if not common["headline"]:
        raise Unusable("missing_headline", "The story has no headline.")
    language = taken.line("language")
    content = {
        **{name: taken.line(name) for name in _LINES},
        "body": body,
        "language": language if language in _LANGUAGES else "und",
        "urgency": common["urgency"] or 4,
        "breaking": taken.flag("breaking"),
        "embargo_until": common["embargo_until"].isoformat() if common["embargo_until"] else None,
        "desk": taken.line("desk") or None,
        "translation_of": taken.line("translation_of") or None,
        "regions": [one for one in taken.entries("regions") if isinstance(one, str)],
        "topics": [_coded(one, taken) for one in taken.entries("topics")],
        "bylines": [_byline(one, taken) for one in taken.entries("bylines")],
        "citations": [_citation(one, taken) for one in taken.entries("citations") if isinstance(one, dict)],
        "captions": [_caption(one, taken) for one in taken.entries("captions") if isinstance(one, dict)],
        "created_at": at.isoformat() if (at := taken.instant("created_at")) else None,
    }
    leads = [caption for caption in content["captions"] if caption["is_lead"]]
    for caption in leads[1:]:
        caption["is_lead"] = False
    common |= {"provider": MARK, "language": content["language"], "html": body, "content": content}
    item = WireItem(paragraphs=rich.paragraphs(body), warnings=taken.warnings, **common)
    item.direction = text.direction(item.language)
    item.byline = ", ".join(line["text"] or line["name"] for line in content["bylines"])
    item.photos = [_photo(caption) for caption in content["captions"]]
    item.subjects = [Subject(topic["code"], topic["name"]) for topic in content["topics"]]
    known = {MARK, "id", "body", "version", "ednote", "link", "published_at", "usage", "provider", *content}
    item.unmapped = _unmapped(taken, known)
    return item


def _inner(entry, taken):
    return _Values(entry if isinstance(entry, dict) else {"name": entry}, taken.warnings)


def _coded(entry, taken):
    inner = _inner(entry, taken)
    return {"code": inner.line("code"), "name": inner.line("name")}


def _byline(entry, taken):
    inner = _inner(entry, taken)
    return {"author": inner.line("author") or None, "name": inner.line("name"), "text": inner.line("text")}


def _citation(entry, taken):
    inner = _inner(entry, taken)
    use = inner.line("use")
    return {
        "source": inner.line("source") or None,
        "name": inner.line("name"),
        "as_printed": inner.line("as_printed"),
        "use": use if use in _USES else "report",
        "via": inner.line("via") or None,
    }


def _caption(entry, taken):
    inner = _inner(entry, taken)
    return {
        "photo": inner.line("photo") or None,
        **{name: inner.line(name) for name in _CAPTION_WORDS},
        "is_file_photo": inner.flag("is_file_photo"),
        "is_lead": inner.flag("is_lead"),
        "file": inner.line("file"),
        # A snapshot holds these only where there is something of them.
        **({"awaited_file": name[:200]} if (name := inner.line("awaited_file")) else {}),
        **({"framing": framing} if (framing := _framing(inner.held.get("framing"))) else {}),
    }


def _framing(value) -> dict | None:
    """Where the story cuts the picture: ``focus`` and ``keep`` as fractions of it."""
    if not isinstance(value, dict):
        return None
    focus, keep = value.get("focus"), value.get("keep")
    if not _fractions(focus, 2) or not (keep is None or _fractions(keep, 4)):
        return None
    return {"focus": focus, "keep": keep}


def _fractions(value, count):
    numbers = value if isinstance(value, list) and len(value) == count else [None]
    return all(isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 1 for one in numbers)


def _photo(caption):
    return WirePhoto(
        **{name: caption[name] for name in ("caption", "alt_text", "credit", "credit_raw", "photographer", "file")},
        is_file_photo=caption["is_file_photo"],
        provider_id=caption["photo"] or "",
    )


# --- anybody's -----------------------------------------------------------------------------------------------------


def _foreign_item(taken: _Values) -> WireItem:
    body = rich.read_any(taken.body())
    common = _common(taken)
    if not common["headline"]:
        raise Unusable("missing_headline", "The story has no headline.")
    if not body.paragraphs:
        raise Unusable("missing_body", "The story has a headline but no text under it.")
    item = WireItem(paragraphs=body.paragraphs, html=body.html, warnings=taken.warnings, **common)
    item.headline = rich.plain_line(item.headline) or item.headline
    item.language = _language(taken, item)
    item.direction = text.direction(item.language)
    item.provider = taken.line("provider")[:80]
    item.byline = ", ".join(filter(None, (_name(one, taken) for one in taken.entries("bylines"))))
    item.subjects = [Subject(name=name) for one in taken.entries("topics") if (name := _name(one, taken))]
    item.places = [Named(name, role="subject") for one in taken.entries("regions") if (name := _name(one, taken))]
    item.photos = [
        photo
        for one in taken.entries("captions")
        if isinstance(one, dict) and ((photo := _photo(_caption(one, taken))).caption or photo.file)
    ]
    known = {"breaking", "id", "body", "bylines", "topics", "regions", "captions", "published_at", "language"}
    item.unmapped = _unmapped(taken, known | common.keys() | {"provider"})
    return item


def _language(taken, item):
    said = taken.line("language").lower().replace("_", "-").split("-")[0]
    if said in _LANGUAGES:
        return said
    return detect_language(" ".join([item.headline, *(paragraph.text for paragraph in item.paragraphs[:4])]))


def _name(entry, taken):
    inner = _inner(entry, taken)
    return inner.line("name") or inner.line("text") or inner.line("code")


def _unmapped(taken, known):
    return {
        _clean(str(name))[:60]: words[:500]
        for name, value in list(taken.held.items())[:_MOST]
        if name not in known and value not in (None, "", [], {}) and (words := _clean(str(value)[:1000]))
    }
