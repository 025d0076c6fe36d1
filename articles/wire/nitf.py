"""NITF 3.x (iptc.org/std/NITF): one story a document. Its DOCTYPE is passed over, entities never resolved.

``tell`` reads a ``<nitf>`` that stands inside another format, too.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from articles.text import clean_line

from . import rich
from .codes import code
from .items import Beside, Named, Standing, Subject, WireError, WireItem
from .safe_xml import BadXml, Document, read_elements, root_of
from .subbing import checked, keep, sub, take_byline, take_dateline
from .tags import local
from .times import Clock
from .trees import attribute, child, children, descend, texts, words
from .usage import read_terms

_STANDINGS = {"usable": Standing.USABLE, "embargoed": Standing.USABLE, "withheld": Standing.WITHHELD}
_STANDINGS |= {"canceled": Standing.CANCELED, "cancelled": Standing.CANCELED}
_READ_NAMES = """
urgency date.issue date.release date.expire doc-id ed-msg du-key doc.copyright doc.rights key-list correction evloc
identified-content series
"""
_READ = frozenset(_READ_NAMES.split())


def detect(head: bytes) -> bool:
    """Whether a file that begins so is NITF."""
    return root_of(head) == "nitf"


def parse(stream: BinaryIO, beside: Beside) -> Iterator[WireItem | WireError]:
    """The document's one story, or why it cannot be read."""
    document = Document()
    try:
        for found in read_elements(stream, frozenset({"nitf"}), document):
            item = WireItem(
                headline="",
                paragraphs=[],
                raw=found.raw,
                story=found.story,
                line=found.line,
                encoding=document.encoding,
                language="",
                warnings=list(document.warnings),
            )
            yield checked(item, lambda item=item, nitf=found.element: tell(nitf, item))
    except BadXml as bad:
        yield bad.error


def tell(nitf: Element, item: WireItem) -> None:
    """Fill the item from a ``<nitf>`` element; fields that are filled already are kept.

    Raises :class:`UnclearTime` for an embargo that cannot be understood.
    """
    read_heads(nitf, item)
    sub(item, body_of(nitf))


def read_heads(nitf: Element, item: WireItem) -> None:
    """Everything of ``tell`` but the body."""
    head, body = child(nitf, "head"), child(nitf, "body")
    item.language = item.language or attribute(nitf, "lang") or attribute(body, "lang")
    _docdata(child(head, "docdata"), item)
    _head(head, item)
    _body_head(child(body, "body.head"), item)
    title = words(child(head, "title"))
    if title and not item.headline:
        item.headline = title
    elif title and title != item.headline:
        keep(item, "title", title)
    end = child(body, "body.end")
    item.sign_off = item.sign_off or " ".join(texts(end, "tagline"))
    for line in texts(end, "bibliography"):
        keep(item, "bibliography", line)


def body_of(nitf: Element) -> rich.Rich:
    """The story's own words. Without ``body.content``, as some write it, the body itself holds them."""
    body = child(nitf, "body")
    content = child(body, "body.content")
    return rich.read_tree(content if content is not None else _bare_body(body))


def _bare_body(body):
    bare = Element("body")
    for one in body if body is not None else ():
        if local(one.tag) not in ("body.head", "body.end"):
            bare.append(one)
    return bare


def _docdata(docdata, item):
    if docdata is None:
        return
    dates = {name: attribute(child(docdata, name), "norm") for name in ("date.issue", "date.release", "date.expire")}
    clock = Clock(dates.values(), item.warnings)
    item.sent_at = item.sent_at or clock.read(dates["date.issue"])
    if not item.embargo_until:
        release = clock.embargo(dates["date.release"])
        # What was released when it was issued, or before, is under no embargo.
        if release and not (item.sent_at and release <= item.sent_at):
            item.embargo_until = release
    # It says how long the story is news, not when to delete it.
    keep(item, "date.expire", dates["date.expire"])
    standing = attribute(docdata, "management-status").lower()
    if standing and item.standing == Standing.USABLE:
        item.standing = _STANDINGS.get(standing, item.standing)
    item.provider_id = item.provider_id or attribute(child(docdata, "doc-id"), "id-string")[:200]
    item.provider = item.provider or clean_line(attribute(child(docdata, "doc-id"), "regsrc"))
    key = child(docdata, "du-key")
    item.slugline = item.slugline or clean_line(attribute(key, "key"))
    item.version = item.version or attribute(key, "version") or attribute(key, "generation")
    urgency = attribute(child(docdata, "urgency"), "ed-urg")
    if item.urgency is None and urgency.isascii() and urgency.isdigit() and 1 <= int(urgency) <= 8:
        item.urgency = int(urgency)
    for message in children(docdata, "ed-msg"):
        note = clean_line(attribute(message, "info") or words(message))
        item.ednote = "\n".join(dict.fromkeys(filter(None, [item.ednote, note])))
    for correction in children(docdata, "correction"):
        note = clean_line(attribute(correction, "info"))
        item.ednote = "\n".join(dict.fromkeys(filter(None, [item.ednote, note])))
        if earlier := attribute(correction, "id-string"):
            item.replaces.append(earlier)
    for place in children(docdata, "evloc"):
        _evloc(place, item)
    for keyword in descend(child(docdata, "key-list"), "keyword"):
        item.keywords.append(clean_line(attribute(keyword, "key")))
    for right in children(docdata, "doc.copyright"):
        keep(item, "copyright", f"{attribute(right, 'holder')} {attribute(right, 'year')[:4]}")
    for right in children(docdata, "doc.rights"):
        read_terms(" ".join(filter(None, [attribute(right, "type"), words(right)])), item.usage)
        item.usage.delete_by = item.usage.delete_by or clock.read(attribute(right, "enddate"))
    _identified(child(docdata, "identified-content"), item)
    for one in docdata:
        if local(one.tag) not in _READ:
            keep(item, f"docdata {local(one.tag)}", " ".join(one.attrib.values()) or words(one))


def _evloc(place, item):
    names = [attribute(place, name) for name in ("city", "state-prov", "county-dist")]
    country = attribute(place, "iso-cc")
    name = clean_line(words(place) or next(filter(None, names), "") or country)
    if name:
        # Where the event was, which providers also fill with where the desk is.
        item.places.append(Named(name, code(country, "iso-cc"), "located"))


def _identified(content, item):
    for one in content if content is not None else ():
        name, about = words(one), local(one.tag)
        number = code(attribute(one, "value"), attribute(one, "idsrc"))
        if about == "person" and name:
            item.persons.append(Named(name, number))
        elif about == "org" and name:
            item.organisations.append(Named(name, number))
        elif about == "location" and name:
            country = attribute(child(one, "country"), "iso-cc") or attribute(one, "iso-cc")
            item.places.append(Named(name, code(country, "iso-cc") or number, "subject"))
        elif about == "classifier":
            _classifier(one, item)
        elif name:
            keep(item, about, name)


def _classifier(one, item):
    kind, value = attribute(one, "type"), attribute(one, "value") or words(one)
    number = code(value, attribute(one, "idsrc"))
    if number.startswith(("medtop:", "subj:")):
        item.subjects.append(Subject(number, words(one)))
    else:
        keep(item, f"classifier {kind}".strip(), value)


def _head(head, item):
    tobject = child(head, "tobject")
    for one in children(tobject, "tobject.property"):
        item.genre = item.genre or attribute(one, "tobject.property.type")
    for one in children(tobject, "tobject.subject"):
        number = attribute(one, "tobject.subject.refnum")
        names = [attribute(one, f"tobject.subject.{part}") for part in ("detail", "matter", "type")]
        name = clean_line(next(filter(None, names), ""))
        if number or name:
            # Its reference numbers are IPTC Subject Codes; Media Topics, which came later, begin with a 2.
            item.subjects.append(Subject(code(number, "subj"), name))
    for one in children(head, "meta"):
        keep(item, f"meta {attribute(one, 'name')[:60]}", attribute(one, "content"))
    for one in children(head, "pubdata"):
        keep(item, "pubdata", " ".join(f"{local(name)}: {value}" for name, value in one.attrib.items()))


def _body_head(head, item):
    if head is None:
        return
    hedline = child(head, "hedline")
    headline = words(child(hedline, "hl1"))
    item.headline = item.headline or headline
    for number, line in enumerate(texts(hedline, "hl2"), 1):
        item.headlines.setdefault(f"second {number}" if number > 1 else "second", line)
    for byline in children(head, "byline"):
        name = " ".join(texts(byline, "person")) or words(byline, without=("byttl",))
        title = " ".join(texts(byline, "byttl"))
        if name:
            take_byline(item, name)
        elif title and not item.dateline_agency:
            item.dateline_agency = title
        if name and title:
            keep(item, "byttl", title)
    for dateline in children(head, "dateline"):
        place = " ".join(texts(dateline, "location"))
        take_dateline(item, place or words(dateline, without=("story.date",)))
    item.provider = item.provider or " ".join(texts(head, "distributor"))
    for terms in texts(head, "rights"):
        read_terms(terms, item.usage)
    for note in children(head, "note"):
        if attribute(note, "type") in ("std", "pa", "npa", "") and attribute(note, "noteclass") != "copyright":
            item.ednote = "\n".join(dict.fromkeys(filter(None, [item.ednote, words(note)])))
        else:
            keep(item, "note", words(note))
    abstract = child(head, "abstract")
    if abstract is not None and not item.standfirst:
        read = rich.read_tree(abstract)
        item.standfirst = " ".join(paragraph.text for paragraph in read.paragraphs)
    for series in children(head, "series"):
        keep(item, "series", attribute(series, "series.name"))
