"""What a NewsML-G2 item says beside its content: ``rightsInfo``, ``itemMeta``, ``contentMeta`` into a ``WireItem``."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from articles.crediting.names import are_persons
from articles.text import clean_line

from .codes import code
from .items import Named, Standing, Subject, WireItem
from .subbing import keep, language_of, take_byline, take_dateline
from .tags import local
from .times import Clock
from .trees import attribute, child, children, descend, texts, words
from .usage import read_terms

_STANDINGS = {"usable": Standing.USABLE, "withheld": Standing.WITHHELD, "canceled": Standing.CANCELED}
_STANDINGS |= {"cancelled": Standing.CANCELED, "embargoed": Standing.USABLE, "killed": Standing.CANCELED}
_KILLS = frozenset({"kill", "killed", "withdraw", "withdrawn", "withdrawal", "cancel", "canceled", "cancelled"})
_REPLACES_NAMES = "previousversion replaces evolvedfrom updates corrects supersedes updateof correctionof"
_REPLACES = frozenset(_REPLACES_NAMES.split())
_EARLIER_IDS = ("prev", "evolv", "replac", "orig", "parent", "supersed")
_PERSON, _PLACES = ("person",), ("geoarea", "poi", "place", "location")
_BODIES = ("organisation", "organization", "organizationunit", "company", "team")
_MOST_SAID = 40  # parts of one assertion
_READ_NAMES = """
itemclass provider versioncreated firstcreated embargoed pubstatus ednote signal link title contentcreated
contentmodified located creator infosource subject genre slugline headline description language keyword by dateline
urgency creditline altid
"""
_READ = frozenset(_READ_NAMES.split())


@dataclass
class Meta:
    """What is of use beside the item itself: its kind, its captions, who made it, the items that it links to."""

    kind: str = "text"  # text, picture, graphic, video, audio, composite, …
    captions: list[str] = field(default_factory=list)
    credit: str = ""
    photographer: str = ""
    rights_holder: str = ""
    taken_at: str = ""
    links: list[str] = field(default_factory=list)  # ids of items


def schemes_of(element: Element) -> dict[str, str]:
    """The aliases that the item's own catalogue declares, with their addresses; remote catalogues are not fetched."""
    return {
        attribute(scheme, "alias"): attribute(scheme, "uri")
        for catalog in children(element, "catalog")
        for scheme in children(catalog, "scheme")
    }


def code_of(element: Element | None, schemes: dict[str, str]) -> str:
    """The code of a concept: its ``qcode``, ``uri`` or ``literal``."""
    if element is None:
        return ""
    if qcode := attribute(element, "qcode"):
        return code(qcode, "", schemes) if not schemes else _of_qcode(qcode, schemes)
    return code(attribute(element, "uri") or attribute(element, "literal") or attribute(element, "code"))


def _of_qcode(qcode, schemes):
    alias, colon, value = qcode.partition(":")
    return code(value, alias, schemes) if colon else code(qcode)


def tail(concept: str) -> str:
    """The last part of a code or an address, in lower case: "stat:usable" is "usable"."""
    return concept.rstrip("/").rpartition("/")[2].rpartition(":")[2].lower()


def name_of(element: Element | None, language: str = "") -> str:
    """The name of a concept in that language if there is one, else its first."""
    names = list(children(element, "name"))
    for one in names:
        if language and language_of(attribute(one, "lang")) == language_of(language):
            return words(one)
    return words(names[0]) if names else ""


def read_meta(element: Element, item: WireItem) -> Meta:
    """Fill the item from a newsItem's or packageItem's metadata. Raises ``UnclearTime`` for an unclear embargo."""
    meta, schemes = Meta(), schemes_of(element)
    _tell_of_concepts(element, schemes)
    about, content = child(element, "itemmeta"), child(element, "contentmeta")
    item.provider_id = attribute(element, "guid")[:200]
    item.version = attribute(element, "version")[:40]
    item.language = attribute(child(content, "language"), "tag") or attribute(element, "lang")
    _item_meta(about, item, meta, schemes)
    _times(about, content, item, meta)
    _content_meta(content, item, meta, schemes)
    for rights in children(element, "rightsinfo"):
        _rights(rights, item, meta, schemes)
    item.provider = item.provider or meta.rights_holder[:80]
    for where, part in (("itemMeta", about), ("contentMeta", content)):
        for one in part if part is not None else ():
            if (name := local(one.tag)) and name not in _READ:
                keep(item, f"{where} {name}", words(one) or code_of(one, schemes) or " ".join(one.attrib.values()))
    return meta


def _tell_of_concepts(element, schemes):
    """Give each concept of the metadata what the item's ``assert`` blocks say of it: names, kind, what it lies in."""
    told = {}
    for one in children(element, "assert"):
        if concept := code_of(one, schemes):
            told.setdefault(concept, one)
    if not told:
        return
    for part in children(element, "itemmeta", "contentmeta", "rightsinfo"):
        for concept in part:
            said = told.get(code_of(concept, schemes)) if concept.attrib else None
            for one in list(said)[:_MOST_SAID] if said is not None else ():
                if local(one.tag) != "type":
                    concept.append(one)
                elif not (attribute(concept, "type") or attribute(concept, "typeuri")):
                    concept.set("type", attribute(one, "qcode") or attribute(one, "uri"))


def _item_meta(about, item, meta, schemes):
    if kind := code_of(child(about, "itemclass"), schemes):
        meta.kind = tail(kind)
    provider = child(about, "provider")
    item.provider = clean_line(name_of(provider) or _short(code_of(provider, schemes)))[:80]
    item.standing = _STANDINGS.get(tail(code_of(child(about, "pubstatus"), schemes)), Standing.USABLE)
    item.ednote = "\n".join(texts(about, "ednote"))
    for signal in children(about, "signal"):
        name = tail(code_of(signal, schemes))
        keep(item, "signal", name)
        if name in _KILLS:
            item.standing = Standing.CANCELED
    for title in texts(about, "title"):
        item.headlines.setdefault("title", title)
    for link in children(about, "link"):
        _link(link, item, meta, schemes)


def _short(concept):
    """A name to show for a provider that gives but a code: "nprov:REUTERS", "http://www.acmenews.com/about/"."""
    if "://" in concept:
        return concept.split("/")[2].removeprefix("www.")
    return concept.rpartition(":")[2]


def _link(link, item, meta, schemes):
    relation = tail(attribute(link, "rel") or attribute(link, "reluri"))
    target = attribute(link, "residref") or attribute(link, "guidref") or code_of(link, schemes)
    if relation == "replacedby" and target:
        item.warnings.append(f"replaced: its provider says that this item was replaced by {target[:120]}.")
        keep(item, "replacedBy", target)
    elif relation in _REPLACES and target:
        item.replaces.append(target)
    elif target:
        item.related.append(target)
        meta.links.append(target)
    elif href := attribute(link, "href"):
        keep(item, f"link {relation}".strip(), href)


def _times(about, content, item, meta):
    printed = {
        name: words(child(part, name))
        for part, names in ((about, ("versioncreated", "firstcreated", "embargoed")), (content, ("contentcreated",)))
        for name in names
    }
    clock = Clock([printed["versioncreated"], printed["firstcreated"], printed["contentcreated"]], item.warnings)
    item.sent_at = clock.read(printed["versioncreated"])
    item.first_sent_at = clock.read(printed["firstcreated"]) or clock.read(printed["contentcreated"])
    item.embargo_until = clock.embargo(printed["embargoed"])
    if child(about, "embargoed") is not None and not item.embargo_until and item.standing == Standing.USABLE:
        # An empty element: under an embargo whose end is not known yet.
        item.standing = Standing.WITHHELD
        item.embargo_note = "Embargoed; the provider names no end."
    meta.taken_at = printed["contentcreated"]


def _content_meta(content, item, meta, schemes):
    for headline in children(content, "headline"):
        role = tail(attribute(headline, "role"))
        if not item.headline and role in ("", "main", "headline"):
            item.headline = words(headline)
        else:
            item.headlines.setdefault(role or "other", words(headline))
    item.headline = item.headline or next(iter(item.headlines.values()), "")
    item.slugline = next(iter(texts(content, "slugline")), "")
    for line in texts(content, "dateline"):
        take_dateline(item, line)
    for line in texts(content, "by"):
        take_byline(item, line)
    _descriptions(content, item, meta)
    _makers(content, item, meta, schemes)
    urgency = words(child(content, "urgency"))
    if urgency.isascii() and urgency.isdigit() and 1 <= int(urgency) <= 9:
        item.urgency = min(int(urgency), 8)
    genres = [name_of(one, item.language) or _short(code_of(one, schemes)) for one in children(content, "genre")]
    item.genre = ", ".join(dict.fromkeys(filter(None, genres)))
    item.keywords = list(dict.fromkeys(texts(content, "keyword")))
    for one in children(content, "altid"):
        _alt_id(one, item)
    for one in children(content, "located"):
        item.places.append(_place(one, item.language, schemes, "located"))
    for one in children(content, "subject"):
        _subject(one, item, schemes)


def _descriptions(content, item, meta):
    for one in children(content, "description"):
        role, line = tail(attribute(one, "role")), words(one)
        if role in ("caption", "") or meta.kind != "text":
            meta.captions.append(line)
        if meta.kind == "text" and not item.standfirst and role in ("", "summary", "abstract", "lead", "teaser"):
            item.standfirst = line
        elif role not in ("caption", "") and line:
            keep(item, f"description {role}", line)


def _makers(content, item, meta, schemes):
    meta.credit = " / ".join(texts(content, "creditline"))
    for one in children(content, "creator"):
        name = name_of(one, item.language) or words(one)
        role = tail(attribute(one, "role"))
        if not name:
            keep(item, "creator", code_of(one, schemes))
        elif role.startswith("photo") or (meta.kind in ("picture", "graphic") and are_persons(name)):
            meta.photographer = meta.photographer or name
        elif are_persons(name) and (meta.kind == "text" or not item.byline):
            item.byline = item.byline or name
        else:
            keep(item, "creator", name)
    for one in children(content, "infosource"):
        name = name_of(one, item.language) or _short(code_of(one, schemes))
        item.dateline_agency = item.dateline_agency or name_of(one, item.language)[:60]
        keep(item, "infoSource", name)


def _alt_id(one, item):
    kind, number = tail(attribute(one, "type")), attribute(one, "id") or words(one)
    if any(word in kind for word in _EARLIER_IDS):
        item.replaces.append(number)
    else:
        keep(item, f"altId {kind}".strip(), number)


def _place(one, language, schemes, role):
    """A place with the narrowest code of ISO 3166 that it or what it lies in has."""
    own = code_of(one, schemes)
    around = [own, *(code_of(other, schemes) for other in children(one, "sameas", "broader"))]
    around += [code_of(country, schemes) for country in descend(one, "country", "area")]
    for scheme in ("iso3166-2:", "iso3166-1a2:"):
        if known := next((code for code in around if code.startswith(scheme)), ""):
            break
    else:
        known = next((_by_name(other, language) for other in children(one, "broader") if _by_name(other, language)), "")
    return Named(name_of(one, language) or _short(own), known or own, role)


def _by_name(place, language):
    """The country that a place without a code of ISO 3166 is called."""
    return code(name_of(place, language), "country") if code(name_of(place, language), "country")[:4] == "iso3" else ""


def _subject(one, item, schemes):
    kind = tail(attribute(one, "type") or attribute(one, "typeuri"))
    own, name = code_of(one, schemes), name_of(one, item.language)
    same = [code_of(other, schemes) for other in children(one, "sameas")]
    iptc = next((code for code in (own, *same) if code.startswith(("medtop:", "subj:"))), "")
    if kind in _PERSON and name:
        item.persons.append(Named(name, own))
    elif kind in _BODIES and name:
        item.organisations.append(Named(name, own))
    elif kind in _PLACES or own.startswith("iso3166"):
        place = _place(one, item.language, schemes, "subject")
        if attribute(one, "literal") and not name:
            keep(item, "subject", place.code)  # it points to something else in the item
        else:
            item.places.append(place)
    elif iptc or own or name:
        item.subjects.append(Subject(iptc or own, name))


def _rights(rights, item, meta, schemes):
    holder = child(rights, "copyrightholder")
    meta.rights_holder = meta.rights_holder or name_of(holder) or _short(code_of(holder, schemes))
    for notice in texts(rights, "copyrightnotice"):
        keep(item, "copyrightNotice", notice)
    for terms in texts(rights, "usageterms"):
        read_terms(terms, item.usage)
    for one in children(rights, "link", "rightsexpressionxml", "rightsexpressiondata"):
        keep(item, "rights", attribute(one, "href") or words(one) or local(one.tag))
