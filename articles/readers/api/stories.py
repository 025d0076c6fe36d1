"""Stories by the API: a list, and one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404

from articles import search as fulltext
from articles.models import Author, Region, Source, Topic
from articles.readers import places, results, rows
from articles.readers.cursors import Cursor
from articles.readers.feeds.entries import changes

from . import told
from .parameters import cursor
from .problems import Problem, wrong

_FOUND_BY = {
    "region": (Region, "path"),
    "topic": (Topic, "slug"),
    "source": (Source, "slug"),
    "author": (Author, "slug"),
}


@dataclass(frozen=True)
class Answer:
    """What an operation gives: plain data, the cursor of the next page, and when it last changed, if that is known."""

    data: dict
    cursor: str = ""
    changed: datetime | None = None


def stories(request, at, asked) -> Answer:
    """The newest stories, or what a search finds, that keep every condition that is asked."""
    where = [_place(kind, asked[kind], at) for kind in _FOUND_BY if asked[kind]]
    if asked["q"]:
        return _found(request, at, asked, where)
    kind, place = asked["cursor"] or ("t", None)
    if kind != "t":
        raise _other_list()
    where = rows.narrowest_first(where, asked["language"]) or [rows.HOME]
    releases = rows.passed_on_at(
        where, asked["language"], at, asked["limit"] + 1, since=asked["since"], until=asked["until"], cursor=place
    )
    more = len(releases) > asked["limit"]
    releases = releases[: asked["limit"]]
    changed = [changes(release, at) for release in releases]
    since = releases[-1].published_at if more else asked["since"]
    changed.append(rows.last_change(where[0], asked["language"], at, since=since))
    return Answer(
        {"stories": _told(request, releases, at, asked, whole=False)},
        cursor("t", Cursor.of(releases[-1])) if more else "",
        max((one for one in changed if one), default=None),
    )


def _found(request, at, asked, where):
    kind, place = asked["cursor"] or ("q", results.Place())
    if kind != "q":
        raise _other_list()
    within = fulltext.Within(tuple(where), asked["since"], asked["until"])
    found = fulltext.find_released(asked["q"], asked["language"], at=at, older=place.older, within=within)
    page = results.page(found, place, asked["limit"])
    releases = rows.passed_on([hit.release_id for hit in page.hits], at)
    return Answer(
        {"stories": _told(request, releases, at, asked, whole=False)}, cursor("q", page.next) if page.next else ""
    )


def story(request, at, asked, public_id) -> Answer:
    """One story, as readers have it now."""
    release = rows.with_its_freedom(public_id, at)
    if release is None:
        raise _never()
    if release.is_gone:
        note = {"note": release.public_note} if release.public_note else {}
        why = "was retracted" if release.kind == release.Kind.RETRACTION else "is no longer available"
        raise Problem(410, f"This story {why}.", taken_at=told.instant(release.live_from), **note)
    if not release.is_free:
        raise _never()
    (one,) = _told(request, [release], at, asked, whole=True)
    return Answer(one, changed=changes(release, at))


def _never():
    return Problem(404, "Readers have no such story, or it may not be passed on.")


def _told(request, releases, at, asked, *, whole):
    tell = told.as_ninjs if asked["format"] == "ninjs" else told.story
    return [tell(request, release, at, whole=whole) for release in releases]


def _place(kind, name, at):
    """The word under which that region, topic, source or author lists its stories; former names lead to it too."""
    thing = found(kind, name, at)
    if thing is None:
        raise wrong(kind, f"Readers know no such {kind}.")
    return places.place(kind, thing.code)


def found(kind, name, at):
    """That thing by its code or by what stands in its address, now or once; None where readers know of none."""
    model, key = _FOUND_BY[kind]
    things = {thing.code: thing for thing in model.objects.filter(Q(code=name) | Q(**{key: name}))}
    thing = things.get(name) or next(iter(things.values()), None)
    if thing is None:
        try:
            thing, rest = places.moved(kind, name)
        except Http404:
            return None
        if rest:
            return None
    # Of what the desk made up and nobody has read of yet, nothing is said: it would tell of a story to come.
    if not places.is_known(kind, thing.code) and not rows.heard_anywhere(places.place(kind, thing.code), at):
        return None
    return thing


def _other_list():
    return wrong("cursor", "This cursor is of another list. Leave it out to begin at the top.")
