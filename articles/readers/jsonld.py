"""schema.org descriptions of what a page shows, for machines. Built from the same data as the page and nothing else."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.html import _json_script_escapes
from django.utils.safestring import mark_safe

from articles.exporting.ninjs import topic_uri

from . import addresses, words

_CONTEXT = {"@context": "https://schema.org"}
# What a source is, by its kind; the others are organisations.
_SOURCE_TYPES = {
    "agency": "NewsMediaOrganization",
    "newspaper": "NewsMediaOrganization",
    "broadcaster": "NewsMediaOrganization",
    "government": "GovernmentOrganization",
    "official": "Person",
    "eyewitness": "Person",
    "person": "Person",
}


def script(data):
    """The description as it may stand inside a script element: no character in it can end the element."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(words.translate(_json_script_escapes))  # <, > and & are escaped


@dataclass(frozen=True)
class Site:
    """The edition that a page stands in, and how to make addresses of it absolute."""

    language: str
    name: str
    absolute: Callable[[str], str]

    @classmethod
    def of(cls, request, language):
        return cls(language, words.site_name(), lambda path: addresses.absolute(request, path))

    @property
    def home(self) -> str:
        return self.absolute(addresses.home(self.language))


def organisation(site: Site) -> dict:
    logo = {"@type": "ImageObject", "url": site.absolute(static(addresses.ICON)), "width": 512, "height": 512}
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{site.home}#organisation",
        "name": site.name,
        "url": site.home,
        "logo": logo,
        "publishingPrinciples": site.absolute(addresses.fixed(site.language, "standards")),
        "correctionsPolicy": site.absolute(addresses.fixed(site.language, "standards")),
    }


def home(site: Site, cards) -> list[dict]:
    """WebSite, with how to search it, and the list of what stands on the front page."""
    template = f"{site.absolute(addresses.search(site.language))}?q={{search_term_string}}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": template},
        "query-input": "required name=search_term_string",
    }
    website = {
        **_CONTEXT,
        "@type": "WebSite",
        "@id": f"{site.home}#site",
        "url": site.home,
        "name": site.name,
        "inLanguage": site.language,
        "publisher": organisation(site),
        "potentialAction": search,
    }
    return [website, {**_CONTEXT, **item_list(site, cards)}]


def collection(site: Site, *, name, url, cards, about=None, kind="CollectionPage") -> dict:
    """A page that lists stories; an author's is a ProfilePage."""
    page = {
        **_CONTEXT,
        "@type": kind,
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": site.language,
        "isPartOf": {"@type": "WebSite", "@id": f"{site.home}#site", "name": site.name, "url": site.home},
    }
    if about:
        page["about" if kind == "CollectionPage" else "mainEntity"] = about
    listed = item_list(site, cards)
    if cards:
        page["mainEntity" if kind == "CollectionPage" else "hasPart"] = listed
    return page


def item_list(site: Site, cards) -> dict:
    return {
        "@type": "ItemList",
        "numberOfItems": len(cards),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": site.absolute(card.address), "name": card.headline}
            for position, card in enumerate(cards, start=1)
        ],
    }


def article(site: Site, release, told: dict, *, url, translations=()) -> dict:
    """NewsArticle of a release in force. ``told`` is what ``telling.told`` gives of it at the instant.

    ``translations`` are absolute addresses with their languages.
    """
    document = release.document
    publisher = organisation(site)
    data = {
        **_CONTEXT,
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": release.headline,
        "inLanguage": document["language"],
        "datePublished": release.published_at.isoformat(),
        # Old news that came in today was not changed today.
        "dateModified": (release.live_from if release.is_updated else release.published_at).isoformat(),
        "isAccessibleForFree": True,
        "wordCount": document["words"],
        "publisher": publisher,
        "author": [_author(site, line) for line in told["bylines"]] or [publisher],
    }
    rest = {
        "description": release.standfirst,
        "dateline": document["dateline"],
        "image": _images(site, told["lead"]),
        "articleSection": document["topics"][0]["name"] if document["topics"] else "",
        "keywords": [one["name"] for one in document["topics"]],
        "about": [topic(site, one) for one in document["topics"]],
        "contentLocation": [place(site, region) for region in document["regions"]],
        "isBasedOn": [_work(site, one) for one in document["sources"] if "report" in one["use"]],
        "citation": [_work(site, one) for one in document["sources"] if set(one["use"]) - {"report", "picture"}],
        "correction": [
            {"@type": "CorrectionComment", "text": note["note"], "datePublished": note["at"]}
            for note in document["corrections"]
            if note["kind"] == "correction"
        ],
        "workTranslation": [
            {"@type": "NewsArticle", "@id": address, "url": address, "inLanguage": language}
            for address, language in translations
        ],
    }
    return data | {name: value for name, value in rest.items() if value}


def _author(site, line):
    if line.address:
        return {"@type": "Person", "name": line.name, "url": site.absolute(line.address)}
    return {"@type": "Organization", "name": line.name}


def _images(site, lead):
    """The picture in the three ratios that search engines ask for; a tall cut is for pages alone."""
    crops = [lead.crops[ratio] for ratio in ("16x9", "4x3", "1x1") if ratio in lead.crops] if lead else []
    words = {"caption": lead.caption, "creditText": lead.credit} if lead else {}
    words = {name: value for name, value in words.items() if value}
    return [
        {
            "@type": "ImageObject",
            "url": site.absolute(crop["file"]),
            "width": crop["width"],
            "height": crop["height"],
            **words,
        }
        for crop in crops
    ]


def topic(site: Site, one: dict) -> dict:
    """A topic, as documents name it: code, slug, name."""
    thing = {"@type": "Thing", "name": one["name"], "url": site.absolute(addresses.topic(site.language, one["slug"]))}
    uri = topic_uri(one["code"])
    return {**thing, "sameAs": uri} if uri else thing


def place(site: Site, region: dict) -> dict:
    """A region, as documents name it: code, path, name."""
    kind = "Country" if len(region["code"]) == 2 else "Place"
    url = site.absolute(addresses.region(site.language, region["path"]))
    return {"@type": kind, "name": region["name"], "url": url}


def source(site: Site, one: dict) -> dict:
    """Who says so, as documents name them: name, slug, kind."""
    told = {"@type": _SOURCE_TYPES.get(one["kind"], "Organization"), "name": one["name"]}
    return {**told, "url": site.absolute(addresses.source(site.language, one["slug"]))} if one["slug"] else told


def _work(site, one):
    """What a source said, as a work of its own: schema.org lets a story rest on works alone."""
    work = {"@type": "CreativeWork", "name": one["name"]}
    return work if one["kind"] == "document" else {**work, "creator": source(site, one)}


def breadcrumb(steps):
    """BreadcrumbList. ``steps`` are (name, absolute address), the outermost first."""
    return {
        **_CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }
