"""The search page: a GET form, what it found, and where in each story."""

from dataclasses import asdict

from django.http import Http404
from django.utils import timezone

from articles import search as fulltext
from articles import text
from articles.readers import addresses, http, rows, snippets
from articles.readers.cards import card

PAGE = 20
DEEPEST = 10
LONGEST = 200


@http.public()
def search(request, language):
    at = timezone.now()
    query = text.clean_line(request.GET.get("q", ""))
    page = _page(request.GET.get("page", "1"))
    too_long = len(query) > LONGEST
    ids = []
    if query and not too_long:
        ids = fulltext.find_released(query, language, at=at, limit=PAGE + 1, offset=(page - 1) * PAGE)
    words, beginning = snippets.wanted(query)
    found = []
    for release in rows.documents(ids[:PAGE], at):
        passage = " ".join(text.paragraphs(release.document["body"]))
        shown = snippets.snippet(passage, words, beginning) or snippets.marked(release.standfirst, words, beginning)
        found.append(
            {
                **asdict(card(release, at)),
                "marked": snippets.marked(release.headline, words, beginning),
                "snippet": shown,
            }
        )
    return http.Page(
        "readers/search.html",
        {
            "query": query[:LONGEST],
            "too_long": too_long,
            "longest": LONGEST,
            "results": found,
            "page": page,
            "previous": page - 1 if page > 1 else None,
            "next": page + 1 if len(ids) > PAGE and page < DEEPEST else None,
        },
        at=at,
        canonical=addresses.search(language),
        noindex=True,
    )


def _page(value):
    """The page asked for. Raises ``Http404`` where it is no number, or deeper than anybody reads."""
    if not (value.isascii() and value.isdigit() and len(value) <= 2 and 1 <= int(value) <= DEEPEST):
        raise Http404("There is no such page.")
    return int(value)
