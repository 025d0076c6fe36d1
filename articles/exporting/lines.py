"""A story as one line of JSON, by the names that the wire reads again: nothing is lost on the way out and back.

Of what readers have, the texts are those of the release and the rest is that of the revision that was released; of a
working copy it is all the story's own. The name of a confidential source is in neither.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from articles import writing
from articles.models import Article, Author, Release, Source, Topic

from .stories import in_steps

VERSION = 1
_AT_ONCE = 200
# What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_FROM_RELEASE = ("headline", "standfirst", "body")


def of_releases(chosen) -> Iterator[dict]:
    """A line for each of these releases (a queryset), by their ids."""
    for releases in _chunks(in_steps(chosen)):
        contents = [one.revision.content | {name: one.document[name] for name in _FROM_RELEASE} for one in releases]
        names = _Names(contents)
        for release, content in zip(releases, contents, strict=True):
            yield _line(release.article, content, names, published_at=release.published_at)


def of_working_copies(articles) -> Iterator[dict]:
    """A line for each of these stories (a queryset of articles) as the desk works on it."""
    last = 0
    while True:
        some = list(articles.filter(pk__gt=last).select_related("desk", "translation_of").order_by("pk")[:_AT_ONCE])
        contents = [writing.snapshot(article) for article in some]
        names = _Names(contents)
        first = dict(
            Release.objects.standing()
            .filter(article__in=some)
            .values_list("article", "published_at")
            .order_by("-sequence")
        )
        for article, content in zip(some, contents, strict=True):
            yield _line(article, content, names, published_at=article.provider_date or first.get(article.pk))
        if len(some) < _AT_ONCE:
            return
        last = some[-1].pk


def write(line: dict) -> bytes:
    """The line as UTF-8, with its end."""
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def write_table(rows: Iterable[dict], file: TextIO) -> int:
    """Write these lines as a table of CSV, with cells that no spreadsheet takes for formulas. Gives how many.

    Lists are JSON; an apostrophe stands before what could begin a formula, and before an apostrophe, so that what the
    wire reads again is what was written.
    """
    writer, count = None, 0
    for row in rows:
        if writer is None:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(row)
        writer.writerow([_cell(value) for value in row.values()])
        count += 1
    return count


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    words = str(value)
    return f"'{words}" if words.lstrip(" \u00a0").startswith(_FORMULA) else words


def _chunks(rows):
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _Names:
    """The names of what these snapshots name by its code, so that another newsroom finds its own. Three queries."""

    def __init__(self, contents):
        lists = {name: [entry for content in contents for entry in content[name]] for name in writing.RELATIONS}
        self.topics = _names(Topic, set(lists["topics"]))
        self.authors = _names(Author, {line["author"] for line in lists["bylines"]})
        self.sources = _names(Source, {one["source"] for one in lists["citations"]})


def _names(model, codes):
    return dict(model.objects.filter(code__in=codes - {None}).values_list("code", "name"))


def _line(article: Article, content: dict, names: _Names, published_at) -> dict:
    return {
        "newsroom": VERSION,
        "id": article.public_id,
        **{name: content[name] for name in writing.TEXT_FIELDS},
        "embargo_until": content["embargo_until"],
        "desk": content["desk"],
        "translation_of": content["translation_of"],
        "regions": content["regions"],
        "topics": [{"code": code, "name": names.topics.get(code, "")} for code in content["topics"]],
        "bylines": [{**line, "name": names.authors.get(line["author"], "")} for line in content["bylines"]],
        "citations": [_citation(one, names) for one in content["citations"] if not one["confidential"]],
        "captions": content["captions"],
        "published_at": published_at.isoformat() if published_at else None,
        "created_at": article.created_at.isoformat(),
        "usage": _usage(article),
    }


def _citation(held, names):
    kept = {name: held[name] for name in ("source", "as_printed", "use", "via")}
    return {**kept, "name": names.sources.get(held["source"], "")}


def _usage(article) -> dict:
    """The terms of who sent it, as the wire reads them; nothing where there are none."""
    said = {
        "terms": article.usage_terms,
        "no_archive": article.no_archive,
        "no_syndication": article.no_syndication,
        "territories": article.territories,
        "excluded_territories": article.excluded_territories,
        "delete_by": article.delete_by.isoformat() if article.delete_by else None,
    }
    return {name: value for name, value in said.items() if value}
