"""The search page: a GET form, what it found, where in each story, and how to go on from there."""

from dataclasses import asdict
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import cache_keys, text
from articles import search as fulltext
from articles.readers import addresses, http, places, results, rows, sharing, snippets, words
from articles.readers.asking import KINDS, LONGEST, Asked
from articles.readers.cards import Link, card

PAGE = 20
# Where the newest of the hits stand is what the search can be narrowed to; so many of each kind are offered.
LOOKED_AT, OFFERED = 200, 6
# Of regions: of the others, nearly every hit stands in the same few.
_NARROW = ("country", "province", "city")


@http.public()
def search(request, language):
    at = timezone.now()
    asked = Asked.read(request.GET)
    place = results.Place.read(request.GET.get("after", ""))
    query = "" if asked.is_too_long else asked.q
    found = fulltext.find_released(
        query, language, at=at, older=place.older, within=asked.within, by_time=asked.by_time
    )
    page = results.page(found, place, PAGE)
    newest = sorted(found.hits, key=lambda hit: hit.published_at, reverse=True)[:LOOKED_AT]
    facets = fulltext.facets([hit.release_id for hit in newest], asked.places, language, at)
    is_first = not str(place)
    better = fulltext.suggested(query, language) if is_first and not found.hits else ""
    return http.Page(
        "readers/search.html",
        {
            "query": asked.q[:LONGEST],
            "too_long": asked.is_too_long,
            "longest": LONGEST,
            "asked": asdict(asked.but(q=asked.q[:LONGEST])),
            "is_narrowed": asked.is_narrowed,
            "chips": _chips(asked, facets, language),
            "choices": _choices(asked, facets, language),
            "narrower": _narrower(asked, facets, language) if len(found.hits) > 1 else [],
            "sorts": [
                {"name": name, "address": asked.but(sort=sort).address(language), "chosen": asked.sort == sort}
                for name, sort in ((_("Best first"), ""), (_("Newest first"), "newest"))
            ],
            "results": _results(page.hits, query, language, at),
            "number": len(found.hits) if is_first else None,
            "is_all": found.older is None,
            "better": better and Link(better, asked.but(q=better).address(language)),
            "everywhere": asked.but(region="", topic="", source="", since="", until="").address(language),
            "is_first": is_first,
            "previous": page.previous and asked.address(language, str(page.previous)),
            "next": page.next and asked.address(language, str(page.next)),
        },
        at=at,
        canonical=addresses.search(language),
        noindex=True,
        feed=asked.feed(language) if query else "",
        share=sharing.Share(_("Search")),
        keys=[cache_keys.search(language)],
    )


def _results(hits, query, language, at):
    """The cards of these hits, each with the passage that holds what was asked for, and where that is."""
    wanted, beginning = snippets.wanted(query)
    shown = []
    for release in rows.documents([hit.release_id for hit in hits], at):
        passage = " ".join(text.paragraphs(release.document["body"]))
        head = snippets.marked(release.headline, wanted, beginning)
        standfirst = snippets.marked(release.standfirst, wanted, beginning)
        body = snippets.snippet(passage, wanted, beginning)
        shown.append(
            {
                **asdict(card(release, at)),
                "marked": head,
                "snippet": body or standfirst,
                "matched": words.listed(
                    name
                    for name, passage in ((_("headline"), head), (_("summary"), standfirst), (_("text"), body))
                    if "<mark>" in passage
                )
                or _("captions, places, topics or sources"),
            }
        )
    return shown


def _named(facet, language):
    """How a place that was chosen is called; by its code where a name would tell of what is not out yet."""
    return facet.shown_name(language) if facet.hits or places.is_known(facet.kind, facet.code) else facet.code


def _chips(asked, facets, language):
    """What narrows the search, each with the address of the search without it."""
    names = {facet.place: _named(facet, language) for facet in facets}
    labels = {"region": _("Region"), "topic": _("Topic"), "source": _("Source")}
    chips = [
        {"label": labels[kind], "name": names.get(f"{kind}:{code}", code), "without": asked.but(**{kind: ""})}
        for kind in KINDS
        if (code := getattr(asked, kind))
    ]
    for name, label in (("since", _("From")), ("until", _("Until"))):
        if value := getattr(asked, name):
            chips.append({"label": label, "day": date.fromisoformat(value), "without": asked.but(**{name: ""})})
    return [{**chip, "without": chip["without"].address(language)} for chip in chips]


def _choices(asked, facets, language):
    """What the form offers to choose from: the sections of the site, what the hits are of, and what was chosen."""
    choices = {kind: [] for kind in KINDS}
    for kind, label, code in places.SEARCHED:
        choices[kind].append((code, str(label)))
    for facet in facets:
        known = {code for code, _name in choices[facet.kind]}
        chosen = getattr(asked, facet.kind) == facet.code
        if facet.code not in known and (chosen or _is_offered(facet)):
            choices[facet.kind].append((facet.code, _named(facet, language)))
    return choices


def _is_offered(facet):
    return facet.kind != "region" or facet.level in _NARROW


def _narrower(asked, facets, language):
    """The places that most of the hits stand at, each with the address of the search in it alone."""
    labels = {"region": _("Regions"), "topic": _("Topics"), "source": _("Sources")}
    groups = []
    for kind in KINDS:
        offered = [
            {
                "name": facet.shown_name(language),
                "address": asked.but(**{kind: facet.code}).address(language),
                "stories": facet.hits,
            }
            for facet in facets
            if facet.kind == kind and facet.hits and _is_offered(facet)
        ][:OFFERED]
        if offered and not getattr(asked, kind):
            groups.append({"name": labels[kind], "links": offered})
    return groups
