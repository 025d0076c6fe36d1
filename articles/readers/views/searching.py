"""The search page: a GET form, what it found, and where in each story."""

from dataclasses import asdict

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import search as fulltext
from articles import text
from articles.readers import addresses, http, results, rows, sharing, snippets
from articles.readers.cards import card

PAGE = 20
LONGEST = 200


@http.public()
def search(request, language):
    at = timezone.now()
    query = text.clean_line(request.GET.get("q", ""))
    place = results.Place.read(request.GET.get("after", ""))
    too_long = len(query) > LONGEST
    found = fulltext.find_released("" if too_long else query, language, at=at, older=place.older)
    page = results.page(found, place, PAGE)
    words, beginning = snippets.wanted(query)
    shown = []
    for release in rows.documents([hit.release_id for hit in page.hits], at):
        passage = " ".join(text.paragraphs(release.document["body"]))
        snippet = snippets.snippet(passage, words, beginning) or snippets.marked(release.standfirst, words, beginning)
        shown.append(
            {
                **asdict(card(release, at)),
                "marked": snippets.marked(release.headline, words, beginning),
                "snippet": snippet,
            }
        )
    return http.Page(
        "readers/search.html",
        {
            "query": query[:LONGEST],
            "too_long": too_long,
            "longest": LONGEST,
            "results": shown,
            "is_first": not str(place),
            "previous": page.previous and str(page.previous),
            "next": page.next and str(page.next),
        },
        at=at,
        canonical=addresses.search(language),
        noindex=True,
        feed=addresses.search_feed(language, query) if query and not too_long else "",
        share=sharing.Share(_("Search")),
    )
