"""One ninjs object -> its stories: the item itself, or those that a package holds; pictures go with their story."""

import io
import re
from collections.abc import Iterator

from articles.crediting.names import are_persons
from articles.text import clean_line

from . import nitf, rich
from .codes import code
from .items import Named, Standing, Subject, WireError, WireItem, WirePhoto
from .rich import Rich
from .safe_xml import BadXml, Document, read_elements
from .subbing import (
    checked,
    finish,
    keep,
    paragraphs_of,
    photo_of,
    sub,
    take_byline,
    take_credit,
    take_dateline,
)
from .times import Clock
from .usage import read_terms

_STANDINGS = {"usable": Standing.USABLE, "withheld": Standing.WITHHELD, "canceled": Standing.CANCELED}
_STANDINGS |= {"cancelled": Standing.CANCELED, "killed": Standing.CANCELED, "recalled": Standing.CANCELED}
_PICTURES = frozenset({"picture", "graphic", "photo", "image"})
_FILMS = frozenset({"video", "audio"})
# The kinds of body, best first: what keeps most of how the copy was written.
_BODIES = ("xhtml", "html", "nitf", "richtext", "plain", "text")
_READ_NAMES = """
uri guid type version versioncreated firstcreated contentcreated embargoed pubstatus urgency priority copyrightholder
copyrightnotice usageterms ednote language headline headlines slugline title byline by bylines located dateline
person people organisation organisations place places subject subjects genre genres infosource infosources
renditions associations altids bodies descriptions description expires keywords keyword authors abstract source
mimetype standard $standard representationtype evolvedfrom links link contenttype body_html body_xhtml body_text
charcount wordcount readtime rewrite_of previousversion replacedby signal profile name events event objects object
"""
_READ = frozenset(_READ_NAMES.split())
_DEEPEST = 4


class Fields(dict):
    """A JSON object by the lower-case names of its properties; everything that is asked for is safe to read."""

    def __init__(self, value: dict):
        super().__init__((str(name).lower(), inner) for name, inner in value.items())

    def line(self, *names: str) -> str:
        """The first of these that is there, as one plain line."""
        return next((line for name in names if (line := line_of(self.get(name)))), "")

    def objects(self, *names: str) -> list["Fields"]:
        """The objects that stand under these names: a list of them, one, or several by name (then it is theirs)."""
        found = []
        for name in names:
            value = self.get(name)
            if isinstance(value, list):
                found += [Fields(one) if isinstance(one, dict) else Fields({"name": one}) for one in value if one]
            elif isinstance(value, dict) and value and all(isinstance(one, dict | list) for one in value.values()):
                for key, inner in value.items():
                    for one in inner if isinstance(inner, list) else [inner]:
                        found.append(Fields({"name": key, **one}) if isinstance(one, dict) else Fields({"name": one}))
            elif isinstance(value, dict):
                found.append(Fields(value))
            elif isinstance(value, str) and value:
                found.append(Fields({"name": value}))
        return found


def line_of(value) -> str:
    """A JSON value as one plain line."""
    if isinstance(value, str):
        return clean_line(rich.plain_line(value) if rich.is_markup(value) else value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)[:40]
    if isinstance(value, list):
        return ", ".join(filter(None, map(line_of, value[:50])))
    return clean_line(" ".join(filter(None, (line_of(one) for one in list(value.values())[:50]))))


def read_item(fields: Fields, raw: bytes, line: int, encoding: str, depth: int = 0) -> Iterator[WireItem | WireError]:
    """The stories of one object. The bytes go with the first of them."""
    where = {"raw": raw, "line": line}
    kind = fields.line("type").lower()
    if fields.get("eventdetails") or kind in ("event", "planning"):
        yield WireError("not_a_story", f"The item is {_a(kind or 'event')}, not a story.", **where)
        return
    if not (fields.line("uri") or fields.line("guid")) and not fields.line("headline"):
        yield WireError("not_a_story", "The object is no ninjs item: it has no uri.", **where)
        return
    associated = fields.objects("associations")
    inner = [one for one in associated if _kind(one) not in _PICTURES | _FILMS and _has_body(one)]
    has_own = _has_body(fields) or kind in _PICTURES | _FILMS
    given = 0
    if has_own or not inner:
        item = WireItem("", [], encoding=encoding, language="", **where)
        if kind == "composite" and not has_own and not fields.line("headline") and not fields.objects("descriptions"):
            names = ", ".join(filter(None, (one.line("headline", "uri", "guid", "name") for one in associated[:5])))
            message = f"The package holds no story itself, and of its items nothing but names: {names or 'none'}."
            yield WireError("package_empty", message, **where)
            return
        yield checked(item, lambda: _fill(item, fields, kind, associated))
        given += 1
    for one in inner if depth < _DEEPEST else ():
        for story in read_item(one, b"" if given else raw, line, encoding, depth + 1):
            if isinstance(story, WireItem) and (package := fields.line("uri", "guid")):
                story.related.append(package[:200])
            given += 1
            yield story


def _a(kind):
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def _kind(fields):
    kind = fields.line("type").lower()
    if not kind and fields.get("renditions"):
        return "picture"
    return kind or "text"


def _has_body(fields):
    return any(
        isinstance(value, str) and value.strip() for name, value in fields.items() if name.startswith("body_")
    ) or any(one.line("value") for one in fields.objects("bodies"))


# --- one story ----------------------------------------------------------------------------------------------------


def _fill(item, fields, kind, associated):
    _identify(item, fields)
    _times(item, fields)
    _head(item, fields)
    _about(item, fields)
    for one in associated:
        _associate(item, one)
    _rest(item, fields)
    if kind in _PICTURES:
        item.photos.insert(0, photo_of_item(fields, item.provider))
    description = _description(fields)
    if kind in _PICTURES | _FILMS:
        _as_captions(item, fields, kind, description)
        return
    body = _body(fields, item)
    if body is None and description:
        item.warnings.append("description_as_body: the item has no body; its description was taken.")
        body = rich.read_any(description)
    elif description and not item.standfirst:
        item.standfirst = rich.plain_line(description) if rich.is_markup(description) else clean_line(description)
    if body is None:
        finish(item)
    else:
        sub(item, body)


def _identify(item, fields):
    item.provider_id = fields.line("guid", "uri")[:200]
    item.version = fields.line("version")[:40]
    item.language = fields.line("language")
    item.provider = (fields.line("source") or fields.line("copyrightholder"))[:80]
    for one in fields.objects("infosources", "infosource"):
        item.provider = item.provider or one.line("name")[:80]
        keep(item, "infosource", one.line("name", "literal", "uri"))
    item.standing = _STANDINGS.get(fields.line("pubstatus").lower(), Standing.USABLE)
    signals = [one.line("qcode", "code", "name") for one in fields.objects("signal")]
    for signal in signals:
        keep(item, "signal", signal)
    item.replaces = [id_ for name in ("evolvedfrom", "rewrite_of", "previousversion") if (id_ := fields.line(name))]
    for link in fields.objects("links", "link"):
        relation, target = link.line("rel").rpartition("/")[2].rpartition(":")[2].lower(), link.line("uri", "href")
        earlier = relation in ("evolvedfrom", "replaces", "updates", "corrects", "previousversion")
        if target:
            (item.replaces if earlier else item.related).append(target[:500])
    if later := fields.line("replacedby"):
        item.warnings.append(f"replaced: its provider says that this item was replaced by {later[:120]}.")
        keep(item, "replacedBy", later)
    alternatives = fields.get("altids")
    if isinstance(alternatives, dict):  # 1.x names each by its kind
        alternatives = [{"role": role, "value": value} for role, value in alternatives.items()]
    for one in Fields({"altids": alternatives}).objects("altids"):
        role, value = one.line("role", "name"), one.line("value")
        if any(word in role.lower() for word in ("evolved", "replac", "previous", "original-item")):
            item.replaces.append(value)
        else:
            keep(item, f"altid {role}".strip(), value)


def _times(item, fields):
    printed = {name: fields.line(name) for name in ("versioncreated", "firstcreated", "contentcreated")}
    clock = Clock(printed.values(), item.warnings)
    item.sent_at = clock.read(printed["versioncreated"])
    item.first_sent_at = clock.read(printed["firstcreated"]) or clock.read(printed["contentcreated"])
    embargoed = fields.get("embargoed")
    if isinstance(embargoed, bool):
        if embargoed:
            item.standing, item.embargo_note = Standing.WITHHELD, "Embargoed; the provider names no end."
    else:
        item.embargo_until = clock.embargo(fields.line("embargoed"))
    keep(item, "expires", fields.line("expires"))  # how long it is news, not when to delete it


def _head(item, fields):
    item.headline = fields.line("headline")
    for one in fields.objects("headlines"):
        role, value = one.line("role").lower(), one.line("value", "name")
        if not item.headline and role in ("", "main", "headline", "title", "text"):
            item.headline = value
        elif value != item.headline:
            item.headlines.setdefault(role or "other", value)
    for name, value in fields.items():
        if name.startswith("headline_"):
            item.headlines.setdefault(name.removeprefix("headline_"), line_of(value))
    title = fields.line("title", "name")
    if title and not item.headline:
        item.headline = title
    elif title and title != item.headline:
        item.headlines.setdefault("title", title)
    item.headline = item.headline or next(iter(item.headlines.values()), "")
    item.slugline = fields.line("slugline")
    item.ednote = fields.line("ednote")
    item.standfirst = fields.line("abstract")
    take_byline(item, _by(fields, item))
    take_dateline(item, fields.line("dateline"))
    urgency = fields.line("urgency") or fields.line("priority")
    if urgency.isascii() and urgency.isdigit() and 1 <= int(urgency) <= 9:
        item.urgency = min(int(urgency), 8)
    item.genre = ", ".join(
        dict.fromkeys(filter(None, (_name_or_code(one) for one in fields.objects("genres", "genre"))))
    )
    read_terms(fields.line("usageterms"), item.usage)


def _by(fields, item):
    if byline := fields.line("byline", "by"):
        return byline
    names = [one.line("name", "by", "value") for one in fields.objects("bylines", "authors")]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _name_or_code(one):
    return one.line("name") or one.line("uri", "literal", "code", "qcode").rpartition("/")[2].rpartition(":")[2]


def _about(item, fields):
    words = fields.get("keywords") or fields.get("keyword") or []
    for word in words if isinstance(words, list) else re.split("[,;]", line_of(words)):
        if (line := line_of(word)) and line not in item.keywords:
            item.keywords.append(line)
    for one in fields.objects("subjects", "subject"):
        number, name = concept(one), one.line("name")
        if number.startswith("iso3166"):
            item.places.append(Named(name, number, "subject"))
        elif number or name:
            item.subjects.append(Subject(number, name))
    for one in fields.objects("people", "person"):
        if name := one.line("name"):
            item.persons.append(Named(name, concept(one), one.line("rel")))
    for one in fields.objects("organisations", "organisation"):
        if name := one.line("name"):
            item.organisations.append(Named(name, concept(one), one.line("rel")))
    for one in fields.objects("places", "place"):
        name = one.line("name") or _name_or_code(one)
        number = concept(one)
        if not number.startswith("iso3166"):
            number = code(one.line("country_code", "country", "iso"), "country") or number
        if name:
            item.places.append(Named(name, number, "subject"))
    for one in fields.objects("located"):
        if name := one.line("name", "city", "value"):
            item.places.append(Named(name, code(one.line("country_code", "country"), "country"), "located"))
    for name in ("events", "event", "objects", "object"):
        for one in fields.objects(name):
            keep(item, name.removesuffix("s"), one.line("name", "uri"))


def concept(one: Fields) -> str:
    """The code of a subject, a place or a person: 1.x has scheme and code, later ones uri and literal."""
    if printed := one.line("qcode"):
        return code(printed)
    if printed := one.line("code"):
        return code(printed, one.line("scheme"))
    by_address = code(one.line("uri"))
    return (
        by_address
        if by_address.startswith(("medtop:", "subj:", "iso3166"))
        else code(one.line("literal")) or by_address
    )


def _rest(item, fields):
    for name, value in fields.items():
        if name not in _READ and not name.startswith(("body_", "description_", "headline_")):
            keep(item, name[:60], line_of(value))
    keep(item, "copyrightnotice", fields.line("copyrightnotice"))
    keep(item, "profile", fields.line("profile"))


# --- bodies -------------------------------------------------------------------------------------------------------


def _texts(fields, many, one) -> list[tuple[str, str]]:
    """(kind, words) of each text under a list's name or, in 1.x, a prefix's, those that keep most first."""
    found = []
    for text in fields.objects(many):
        value = text.get("value")
        if isinstance(value, str) and value.strip():
            found.append((f"{text.line('contenttype').lower()} {text.line('role').lower()}", value))
    for name, value in fields.items():
        if name.startswith(f"{one}_") and isinstance(value, str) and value.strip():
            found.append((name.removeprefix(f"{one}_"), value))
    return sorted(
        found, key=lambda text: next((at for at, kind in enumerate(_BODIES) if kind in text[0]), len(_BODIES))
    )


def _body(fields, item) -> Rich | None:
    for at, (kind, words) in enumerate(texts := _texts(fields, "bodies", "body")):
        if "nitf" in kind:
            body = _nitf(words, item)
        elif "xml" in kind and "html" not in kind and at + 1 < len(texts):
            continue  # somebody's own XML, and there is something better
        elif "html" in kind or "xml" in kind:
            body = rich.read(words)
        else:
            body = rich.read_any(words)
        if body and body.blocks:
            return body
    return None


def _nitf(words, item):
    try:
        for found in read_elements(io.BytesIO(words.encode("utf-8", "replace")), frozenset({"nitf"}), Document()):
            nitf.read_heads(found.element, item)
            return nitf.body_of(found.element)
    except BadXml:
        return None
    return None


def _description(fields) -> str:
    texts = _texts(fields, "descriptions", "description")
    chosen = [words for kind, words in texts if not any(no in kind for no in ("creditline", "writer", "script"))]
    plain = [words for kind, words in texts if words in chosen and "html" not in kind]
    return next(iter(plain or chosen), fields.line("description"))


def _as_captions(item, fields, kind, description):
    item.paragraphs = rich.read_any(description).paragraphs if description else paragraphs_of(item.headline)
    item.warnings.append(f"{kind}_alone: this is {_a(kind)} with its description, not a story.")
    keep(item, "type", kind)
    for words in (text for _, text in _texts(fields, "bodies", "body")):
        keep(item, "body", words)
    for rendition in fields.objects("renditions") if kind in _FILMS else ():
        keep(item, "rendition", rendition.line("href"))
    finish(item)


# --- pictures -----------------------------------------------------------------------------------------------------


def _associate(item, one):
    kind = _kind(one)
    if kind in _PICTURES:
        photo = photo_of_item(one, item.provider)
        if one.line("pubstatus").lower() in ("canceled", "withheld"):
            keep(item, "picture withheld", one.line("uri", "guid"))
        elif photo.file or photo.caption:
            item.photos.append(photo)
    elif target := one.line("uri", "guid", "href"):
        item.related.append(target[:500])
        keep(item, f"association {one.line('name')}", f"{kind} {one.line('headline') or target}")


def photo_of_item(fields: Fields, provider: str = "") -> WirePhoto:
    """The photo that a picture's object is."""
    headline = fields.line("headline") or next((one.line("value") for one in fields.objects("headlines")), "")
    description = _description(fields)
    caption = line_of(description) or line_of(fields.get("body_text")) or headline
    photo = photo_of(rich.Picture("", caption))
    for one in fields.objects("descriptions"):
        if one.line("role").lower() == "creditline":
            take_credit(photo, one.line("value"))
    take_credit(photo, fields.line("creditline", "credit"))
    by = _by(fields, None)
    name, slash, house = by.partition("/")
    if slash and are_persons(name.strip()):
        photo.photographer = photo.photographer or name.strip()
        photo.credit = photo.credit or house.strip()
    elif are_persons(by):
        photo.photographer = photo.photographer or by
    elif by:
        take_credit(photo, by)
    photo.rights_holder = fields.line("copyrightholder", "copyrightnotice")
    photo.credit = photo.credit or fields.line("copyrightholder", "source") or provider
    photo.headline = headline if headline != photo.caption else ""
    photo.alt_text = fields.line("alttext", "alt_text", "body_text") if fields.get("body_text") != caption else ""
    photo.provider_id = fields.line("guid", "uri")[:200]
    photo.usage_terms = fields.line("usageterms")
    printed = fields.line("contentcreated", "firstcreated")
    photo.taken_at = Clock([printed]).read(printed)
    renditions = [one for one in fields.objects("renditions") if one.line("href")]
    if renditions:
        photo.file = max(renditions, key=_size).line("href")[:2000].removeprefix("./")
    return photo


def _size(rendition):
    width, height, size = (rendition.line(name) for name in ("width", "height", "sizeinbytes"))
    numbers = [int(number) if number.isascii() and number.isdigit() else 0 for number in (width, height, size)]
    mime = rendition.line("mimetype", "contenttype")
    return not mime or mime.startswith("image/"), numbers[0] * numbers[1], numbers[2]
