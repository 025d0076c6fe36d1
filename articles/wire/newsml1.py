"""NewsML 1.2 (iptc.org/NewsML): NewsItems of nested NewsComponents; each component with a text of its own is a story.

What a component does not say itself, those round it say for it. Pictures beside a text go with it.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from articles.text import clean_line

from . import nitf, rich
from .codes import code
from .g2_item import inline_data
from .items import Beside, Named, Standing, Subject, WireError, WireItem, WirePhoto
from .safe_xml import BadXml, Document, read_elements, root_of
from .subbing import checked, finish, keep, photo_of, sub, take_byline, take_credit, take_dateline
from .tags import local
from .times import Clock
from .trees import attribute, child, children, descend, texts, words
from .usage import read_terms

_STANDINGS = {"usable": Standing.USABLE, "embargoed": Standing.USABLE, "withheld": Standing.WITHHELD}
_STANDINGS |= {"canceled": Standing.CANCELED, "cancelled": Standing.CANCELED}
_HTML = frozenset({"html", "body", "body.content", "div", "p", "section", "article", "table", "ul", "ol"})
_CAPTION_ROLES = frozenset({"caption", "photo caption", "photocaption", "picture caption", "legend"})


def detect(head: bytes) -> bool:
    """Whether a file that begins so is NewsML 1."""
    return root_of(head) == "newsml"


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """The stories of a file, in its order, and what is none of them with its reason."""
    document, number, carried, priority = Document(), 0, b"", ""
    try:
        for found in read_elements(stream, frozenset({"newsitem", "newsenvelope"}), document):
            raw, carried = carried + found.raw, b""
            if found.name == "newsenvelope":
                priority, carried = attribute(child(found.element, "priority"), "formalname"), raw
                continue
            for read in _news_item(found.element, raw, found.line, document, priority, beside):
                number += 1
                read.story = number
                yield read
    except BadXml as bad:
        bad.error.story = number + 1
        yield bad.error
        return
    if not number:
        yield WireError(
            "not_a_story", "The file holds the envelope of a NewsML message and no item.", carried + document.unread
        )


def _news_item(element, raw, line, document, priority, beside):
    """A WireItem or WireError for each story of one NewsItem; the bytes go with the first."""
    stories = list(_texts(child(element, "newscomponent"), []))
    if not stories:
        stories = [([*_components(child(element, "newscomponent"))], None)]
    for number, (line_of, content) in enumerate(stories):
        item = WireItem(
            headline="",
            paragraphs=[],
            raw=b"" if number else raw,
            line=line,
            encoding=document.encoding,
            language="",
            warnings=list(document.warnings),
        )
        alone = len(stories) == 1
        yield checked(item, lambda i=item, c=line_of, o=content, a=alone: _fill(element, i, c, o, a, priority, beside))


def _components(component):
    while component is not None:
        yield component
        component = child(component, "newscomponent")


def _texts(component, around):
    """Each ContentItem that holds a text, with the components round it, outermost first."""
    if component is None:
        return
    line = [*around, component]
    if role_of(component) in _CAPTION_ROLES:
        return
    for content in children(component, "contentitem"):
        if _is_text(content):
            yield line, content
            break  # a further one is the same text in another form
    for inner in children(component, "newscomponent"):
        yield from _texts(inner, line)


def role_of(component: Element) -> str:
    """The role of a component, in lower case."""
    return attribute(child(component, "role"), "formalname").lower()


def _is_text(content):
    kind = attribute(child(content, "mediatype"), "formalname").lower()
    if kind:
        return kind in ("text", "complextext", "complexdata") and child(content, "datacontent") is not None
    data = child(content, "datacontent")
    return data is not None and not attribute(child(content, "encoding"), "notation") and bool(words(data))


def _is_picture(content):
    kind = attribute(child(content, "mediatype"), "formalname").lower()
    mime = attribute(child(content, "mimetype"), "formalname").lower()
    return kind in ("photo", "picture", "graphic", "image") or mime.startswith("image/")


def _fill(element, item, line, content, alone, priority, beside):
    management = child(element, "newsmanagement")
    _identify(child(element, "identification"), item)
    if not alone and line and (own := attribute(line[-1], "euid") or attribute(line[-1], "duid")):
        item.provider_id = f"{item.provider_id}#{own}"
    _manage(management, item, priority)
    for component in reversed(line):
        _describe(component, item)
    _photos(line, item)
    if content is None:
        finish(item)
        return
    body = _body(child(content, "datacontent"), item)
    if body is not None:
        sub(item, body)
    else:
        finish(item)


def _identify(identification, item):
    identifier = child(identification, "newsidentifier")
    item.provider = clean_line(words(child(identifier, "providerid")))[:80]
    public = words(child(identifier, "publicidentifier"))
    parts = [words(child(identifier, name)) for name in ("dateid", "newsitemid")]
    revision = child(identifier, "revisionid")
    item.version = words(revision)[:40]
    # The public identifier ends in the revision: without it, an update keeps its id.
    full = public.removesuffix(f":{item.version}{attribute(revision, 'update')}").removesuffix(f":{item.version}")
    if not full and any(parts):
        full = ":".join(filter(None, ["urn:newsml", item.provider, *parts]))
    item.provider_id = full[:200]
    for where in ("namelabel", "datelabel"):
        keep(item, where, words(child(identification, where)))


def _manage(management, item, priority):
    if management is None:
        return
    printed = [words(child(management, name)) for name in ("firstcreated", "thisrevisioncreated")]
    clock = Clock(printed, item.warnings)
    item.first_sent_at, item.sent_at = map(clock.read, printed)
    status = attribute(child(management, "status"), "formalname").lower()
    item.standing = _STANDINGS.get(status, Standing.USABLE)
    change = child(management, "statuswillchange")
    future = attribute(child(change, "futurestatus"), "formalname").lower()
    when = words(child(change, "dateandtime"))
    if status == "embargoed":
        item.embargo_until = clock.embargo(when) if future in ("usable", "") else None
        if not item.embargo_until:
            item.standing = Standing.WITHHELD
            item.embargo_note = "Embargoed; the provider names no end."
    elif when and future in ("canceled", "cancelled", "withheld"):
        item.usage.delete_by = clock.read(when)
    elif when:
        keep(item, "StatusWillChange", f"{future} {when}")
    urgency = attribute(child(management, "urgency"), "formalname") or priority
    if urgency in tuple("12345678"):
        item.urgency = int(urgency)
    for name, ids in (("derivedfrom", item.replaces), ("associatedwith", item.related)):
        for one in children(management, name):
            if target := attribute(one, "newsitem"):
                ids.append(target)
    for instruction in children(management, "instruction"):
        keep(item, "Instruction", attribute(instruction, "formalname"))
    for one in children(management, "property"):
        keep(item, f"Property {attribute(one, 'formalname')}", attribute(one, "value"))
    keep(item, "NewsItemType", attribute(child(management, "newsitemtype"), "formalname"))


def _describe(component, item):
    """What a component says of itself; what a narrower one has said stands."""
    lines = child(component, "newslines")
    item.headline = item.headline or next(iter(texts(lines, "headline")), "")
    for number, line in enumerate(texts(lines, "subheadline"), 1):
        item.headlines.setdefault(f"second {number}" if number > 1 else "second", line)
    item.slugline = item.slugline or next(iter(texts(lines, "slugline")), "")
    for line in texts(lines, "byline"):
        take_byline(item, line)
    for line in texts(lines, "dateline"):
        take_dateline(item, line)
    item.keywords = list(dict.fromkeys([*item.keywords, *texts(lines, "keywordline")]))
    for name in ("creditline", "copyrightline", "rightsline", "seriesline"):
        for line in texts(lines, name):
            keep(item, name, line)
            if name == "rightsline":
                read_terms(line, item.usage)
    for line in children(lines, "newsline"):
        kind, text = attribute(child(line, "newslinetype"), "formalname"), words(child(line, "newslinetext"))
        if kind.lower() in ("ednote", "editorsnote", "advisory", "advisoryline", "editorial note"):
            item.ednote = "\n".join(dict.fromkeys(filter(None, [item.ednote, text])))
        else:
            keep(item, f"NewsLine {kind}", text)
    _administer(child(component, "administrativemetadata"), item)
    _rights(child(component, "rightsmetadata"), item)
    _subjects(child(component, "descriptivemetadata"), item)


def _administer(metadata, item):
    for name in ("provider", "creator", "source", "contributor"):
        for one in children(metadata, name):
            party = clean_line(attribute(child(one, "party"), "formalname"))
            if name == "provider" and party:
                item.provider = party[:80]
            else:
                keep(item, name, party)
    for one in children(metadata, "property"):
        keep(item, f"Property {attribute(one, 'formalname')}", attribute(one, "value"))


def _rights(rights, item):
    for one in descend(rights, "copyrightholder"):
        keep(item, "copyrightHolder", words(one))
    for use in children(rights, "usagerights"):
        limits = [words(child(use, name)) for name in ("usagetype", "geography", "limitations")]
        read_terms(" ".join(filter(None, limits)), item.usage)
        item.usage.delete_by = item.usage.delete_by or Clock([], item.warnings).read(words(child(use, "enddate")))


def _subjects(metadata, item):
    if metadata is None:
        return
    item.language = item.language or attribute(child(metadata, "language"), "formalname")
    item.genre = item.genre or attribute(child(metadata, "genre"), "formalname")
    for one in children(metadata, "subjectcode"):
        narrowest = [part for name in ("subjectdetail", "subjectmatter", "subject") for part in children(one, name)]
        numbers = [code(attribute(part, "formalname"), "subj") for part in narrowest]
        known = {subject.code for subject in item.subjects}
        if numbers and numbers[0] not in known:
            item.subjects.append(Subject(numbers[0], ""))
    for one in children(metadata, "location"):
        _location(one, item)
    for one in descend(metadata, "topicoccurrence"):
        keep(item, "TopicOccurrence", attribute(one, "topic"))
    for one in children(metadata, "property"):
        name, value = attribute(one, "formalname"), attribute(one, "value")
        if name.lower() in ("keyword", "keywords"):
            item.keywords += [word for part in value.split(",") if (word := clean_line(part))]
        else:
            keep(item, f"Property {name}", value)


def _location(one, item):
    values = {attribute(part, "formalname").lower(): attribute(part, "value") for part in descend(one, "property")}
    country = values.get("country", "")
    place = values.get("city") or values.get("countryarea") or values.get("sublocation") or country
    how = attribute(one, "howpresent").lower()
    if place:
        role = "located" if how in ("origin", "dateline", "located") else "subject"
        item.places.append(Named(clean_line(place), code(country, "country"), role))


def _photos(line, item):
    """The pictures of the innermost component that has a picture in it or beside it."""
    for component in reversed(line):
        found = []
        for holder in [component, *descend(component, "newscomponent")]:
            contents = [content for content in children(holder, "contentitem") if _is_picture(content)]
            if contents:
                found.append(_photo(component, holder, contents))
        if found:
            known = {photo.file for photo in item.photos}
            item.photos += [photo for photo in found if photo.file not in known or not photo.file]
            return


def _photo(around, holder, contents) -> WirePhoto:
    """One picture in its several sizes, with the caption that stands in a component beside it or above."""
    captions = [words(one) for one in descend(holder, "datacontent") if words(one) and _is_caption(holder, one)]
    if not captions:
        for component in children(around, "newscomponent"):
            if role_of(component) in _CAPTION_ROLES:
                captions += [words(one) for one in descend(component, "datacontent")]
    lines = child(holder, "newslines")
    photo = photo_of(rich.Picture("", next(iter(captions), "")))
    photo.headline = next(iter(texts(lines, "headline")), "")
    photo.caption = photo.caption or photo.headline
    for credit in [*texts(lines, "creditline"), *texts(lines, "byline")]:
        take_credit(photo, credit)
    photo.rights_holder = next(iter(texts(lines, "copyrightline")), "")
    photo.file = attribute(max(contents, key=_size), "href")[:500].removeprefix("./")
    return photo


def _is_caption(holder, data):
    return not any(data in list(content) for content in children(holder, "contentitem") if _is_picture(content))


def _size(content):
    size = 0
    characteristics = child(content, "characteristics")
    number = words(child(characteristics, "sizeinbytes"))
    values = {attribute(one, "formalname").lower(): attribute(one, "value") for one in children(characteristics)}
    for digits in (number, values.get("width", ""), values.get("height", "")):
        size += int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0
    return size


def _body(data, item):
    """The text that a DataContent holds: NITF, HTML, or plain words."""
    for one in children(data):
        name = local(one.tag)
        if name == "nitf":
            nitf.read_heads(one, item)
            return nitf.body_of(one)
        if name == "html":
            return rich.read_tree(next(iter(children(one, "body")), one))
        if name in _HTML:
            return rich.read_tree(data)
    if data is None:
        return None
    return rich.read_tree(data) if len(data) else inline_data("".join(data.itertext()), "")
