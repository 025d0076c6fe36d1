"""Where each story shows on the public site, with the release that should show there, and whether it does.

Nothing here is assumed: a task asks every address as a reader would and keeps what it found in ``OutletCheck``. What
was taken from readers stays wrong until every outlet has been seen without it.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from articles import outlet_answers
from articles.models import Article, Author, Listing, OutletCheck, Region, Release, Source, Topic

# How many stories a list, a feed and a page of what was found show; a test holds them to the readers' own.
LIST, FEED, FOUND = 24, 30, 20
FEED_FORMATS = ("rss.xml", "atom.xml", "feed.json")
# While something is wrong it is asked again: after so many seconds, and then each hour of a day.
AGAIN_AFTER = (15, 45, 90, 300, 900, *[3600] * 24)
# What was taken from readers and nobody has looked for by then is looked for by whoever does what is due each minute.
FORGOTTEN_AFTER, FORGOTTEN_AT_ONCE = timedelta(minutes=2), 5
# A moment after the instant of a release: the clocks of two machines differ.
_GRACE = timedelta(seconds=2)
# How far back a story that was taken from readers is looked for, where nobody has asked after it.
_LOOKS_BACK = timedelta(days=30)
_NAMED = {"region": (Region, "path"), "topic": (Topic, "slug"), "source": (Source, "slug"), "author": (Author, "slug")}
NOT_ASKED = "Not asked since the story was taken from readers."


@dataclass(frozen=True)
class Outlet:
    """A public address, and the release of the story that should show there (none: it must not show)."""

    name: str
    address: str
    expected: Release | None
    may_lack: bool = False  # it shows some stories only, and this one need not be among them
    size: int = 0  # it shows so many at most: a full one may lack the story


# --- what should be where -----------------------------------------------------------------------------------------


def of(article: Article, at=None) -> list[Outlet]:
    """Every outlet that shows the story or has shown it; none for a story that readers never had."""
    at = at or timezone.now()
    had = list(article.releases.standing().filter(live_from__lte=at).defer("document").order_by("-sequence"))
    current = next((one for one in had if one.live_until is None or one.live_until > at), None)
    if current is None:
        return []
    shown = None if current.is_gone else current
    rows = Listing.objects.filter(article=article, live_from__lte=at).order_by("-live_from", "-id")
    rows = list(rows.filter(release__canceled_at=None))
    found = [_page(current), *_lists(rows, {one.pk: one for one in had}, at)]
    for edition in dict.fromkeys(one.language for one in had):
        here = shown if shown and shown.language == edition else None
        found += [_search(edition, here or current, here), *_sitemaps(edition, had, here)]
    return found


def _page(current):
    return Outlet("Story page", page_of(current), current)


def page_of(release: Release) -> str:
    """The address of the story whose release that is; what the law had removed is not named by it."""
    kw = {"public_id": release.public_id}
    if release.removed_by_law:
        return _reverse(release.language, "story_by_id", **kw)
    return _reverse(release.language, "story", slug=release.slug, **kw)


def feeds_of(article: Article, at=None) -> list[str]:
    """Every feed, in every format, that lists the story or has listed it by that instant."""
    rows = Listing.objects.filter(article=article, live_from__lte=at or timezone.now(), release__canceled_at=None)
    rows = list(rows.order_by("place"))
    named, found = _names(rows), {}
    for row in rows:
        for _, address, _ in _addresses(row.place, row.language, named):
            page, is_feed, _ = address.partition(FEED_FORMATS[0])
            if is_feed:
                pages = [page, _reverse(row.language, "latest")] if row.place == "home" else [page]
                found |= {f"{one}{name}": True for one in pages for name in FEED_FORMATS}
    return list(found)


def _reverse(language, view, /, **kw):
    return reverse(f"readers-{language}:{view}", kwargs=kw)


def _lists(rows, releases, at):
    """The lists that the story stands in or has stood in, each with its feed."""
    named = _names(rows)
    latest: dict[tuple, Listing] = {}
    for row in rows:  # the newest first
        latest.setdefault((row.place, row.language), row)
    for (place, language), row in latest.items():
        shows = row.live_until is None or row.live_until > at
        expected = releases.get(row.release_id) if shows else None
        rank = _rank(row, at) if shows else 0
        for name, address, size in _addresses(place, language, named):
            # The front page chooses among the newest; a list shows them all, as far as it reaches.
            may_lack = rank >= size
            yield Outlet(name, address, expected, may_lack)


def _rank(row, at):
    """How many stories stand above it in its list, counted no further than the longest first page."""
    above = Q(published_at__gt=row.published_at) | Q(published_at=row.published_at, public_id__gt=row.public_id)
    listed = Listing.objects.at_place(row.place, row.language, at).filter(above, published_at__gte=row.published_at)
    return len(listed.values_list("pk", flat=True).order_by("published_at", "public_id")[:FEED])


def _names(rows):
    codes: dict[str, set] = {}
    for row in rows:
        kind, _, code = row.place.partition(":")
        codes.setdefault(kind, set()).add(code)
    return {
        f"{kind}:{thing.code}": (kind, thing.shown_name("en"), getattr(thing, key))
        for kind, (model, key) in _NAMED.items()
        if kind in codes
        for thing in model.objects.filter(code__in=codes[kind])
    }


def _addresses(place, language, named):
    """The page and the feed of a place, as (name, address, how many stories it shows)."""
    kind, _, code = place.partition(":")
    edition = "" if language == settings.LANGUAGE_CODE else f" ({language})"
    if place == "home":
        yield f"Front page{edition}", _reverse(language, "home"), 0
        yield f"Front page{edition}, RSS", _reverse(language, "home_feed", format="rss.xml"), FEED
    elif place == "corrections":
        yield f"Corrections{edition}", _reverse(language, "corrections"), LIST
    elif kind == "day":
        parts = dict(zip(("year", "month", "day"), code.split("-"), strict=True))
        yield f"Day: {code}{edition}", _reverse(language, "day", **parts), LIST
        yield f"Day: {code}{edition}, RSS", _reverse(language, "day_feed", **parts, format="rss.xml"), FEED
    elif place in named:
        kind, name, where = named[place]
        key = "path" if kind == "region" else "slug"
        yield f"{kind.title()}: {name}{edition}", _reverse(language, kind, **{key: where}), LIST
        address = _reverse(language, f"{kind}_feed", name=where, format="rss.xml")
        yield f"{kind.title()}: {name}{edition}, RSS", address, FEED


def _search(language, named, expected):
    words = named.headline.replace('"', " ").replace("“", " ").replace("”", " ")
    words = " ".join(words[:160].split())
    query = urlencode({"q": f'"{words}"'})
    return Outlet(f"Search: “{words[:50]}”", f"{_reverse(language, 'search')}?{query}", expected, size=FOUND)


def _sitemaps(language, had, expected):
    """The months under which a sitemap of that edition lists it: one, unless an old release was dated otherwise."""
    for day in dict.fromkeys(f"{one.archive_day:%Y-%m}" for one in had if one.language == language):
        year, month = day.split("-")
        address = reverse("sitemap_stories", kwargs={"edition": language, "year": year, "month": month})
        here = expected if expected and f"{expected.archive_day:%Y-%m}" == day else None
        yield Outlet(f"Sitemap: {day}", address, here)


# --- what is there ------------------------------------------------------------------------------------------------


def may_ask() -> bool:
    """Whether this newsroom knows where its public site stands."""
    return bool(settings.SITE_URL)


def check(article: Article, at=None) -> list[OutletCheck]:
    """Ask every outlet of that story now, and keep what was found in place of what was found before."""
    at = at or timezone.now()
    releases = list(article.releases.standing().filter(live_from__lte=at).defer("document").order_by("-sequence"))
    site = outlet_answers.Site(settings.SITE_URL)
    try:
        found = [_looked_at(article, outlet, site, releases, at) for outlet in of(article, at)]
    finally:
        site.close()
    known = ("outlet", "expected", "found", "is_right", "problem", "checked_at")
    OutletCheck.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["article", "address"], update_fields=known
    )
    OutletCheck.objects.filter(article=article).exclude(address__in=[one.address for one in found]).delete()
    return found


def _looked_at(article, outlet, site, releases, at):
    """What one outlet carries, beside what it should."""
    expected, carried, problem = outlet.expected, None, ""
    try:
        answer = site.ask(outlet.address)
        shown = outlet_answers.marks(answer) if answer.status in (200, 410) else []
    except outlet_answers.Unreachable as error:
        problem, shown = str(error), []
    else:
        if answer.status >= 500:
            problem = f"The site answered with an error ({answer.status})."
    ours = {mark for mark in shown if mark.public_id == article.public_id}
    named = [next((one for one in releases if mark.names(one)), None) for mark in ours]
    if named and not problem:
        # Of several, the one that should not be there.
        carried = next((one for one in named if one != expected), expected)
        if carried is None:
            problem = "It shows a text that is none of the story's releases."
        elif carried != expected:
            problem = (
                f"It still shows release {carried.sequence}."
                if expected is None
                else f"It shows release {carried.sequence}."
            )
    elif expected and not problem:
        if outlet.may_lack or (outlet.size and len(shown) >= outlet.size):
            expected = None
        else:
            problem = "It does not show the story."
    return OutletCheck(
        article=article,
        outlet=outlet.name[:80],
        address=outlet.address[:400],
        expected=expected.sequence if expected else None,
        found=carried.sequence if carried else None,
        is_right=not problem,
        problem=problem[:200],
        checked_at=at,
    )


@task()
def look(public_id: str, sequence: int, tries: int = 0) -> int:
    """Ask the outlets of a story about that release. Gives how many are wrong; while any is, they are asked again.

    Where another release is in force by now there is another task for that one, and this one ends.
    """
    article = Article.objects.filter(public_id=public_id).first()
    current = Release.objects.in_force(public_id)
    if article is None or current is None or current.sequence != sequence or not may_ask():
        return 0
    wrong = sum(not one.is_right for one in check(article))
    if wrong and tries < len(AGAIN_AFTER):
        later = timezone.now() + timedelta(seconds=AGAIN_AFTER[tries])
        look.using(run_after=later).enqueue(public_id, sequence, tries + 1)
    return wrong


def look_when_live(release: Release) -> None:
    """Have the outlets asked as soon as that release is live. Belongs in the transaction that makes it."""
    if not may_ask():
        return
    is_to_come = release.live_from > release.created_at
    then = look.using(run_after=release.live_from + _GRACE) if is_to_come else look
    then.enqueue(release.public_id, release.sequence)


def look_for_forgotten() -> int:
    """Look for stories that were taken from readers while there was no worker, or no known site, to look for them.

    Gives how many were looked for; some at a time.
    """
    if not may_ask():
        return 0
    forgotten = _gone_and_not_looked_for().filter(live_from__lt=timezone.now() - FORGOTTEN_AFTER)
    found = list(forgotten.values_list("public_id", "sequence")[:FORGOTTEN_AT_ONCE])
    for public_id, sequence in found:
        look.call(public_id, sequence)
    return len(found)


# --- what is wrong ------------------------------------------------------------------------------------------------


def wrong(articles=None, most: int = 20) -> list[tuple[Article, list[OutletCheck]]]:
    """Stories that some outlet does not show as it should, each with those outlets, the latest first. Two queries.

    What was taken from readers is among them from that moment until it was seen that every outlet is without it, also
    where nobody gets to look. ``articles`` is a queryset that they are to be of: ``access.visible_articles(user)``.
    """
    if not may_ask():
        return []
    rows = OutletCheck.objects.filter(is_right=False).select_related("article").defer("article__body")
    gone = _gone_and_not_looked_for().select_related("article").defer("document", "article__body")
    if articles is not None:
        rows, gone = rows.filter(article__in=articles), gone.filter(article__in=articles)
    stories: dict[int, tuple[Article, list]] = {}
    for one in gone[:most]:
        check = OutletCheck(article=one.article, outlet="Every outlet", problem=NOT_ASKED, is_right=False)
        stories[one.article_id] = (one.article, [check])
    for row in rows.order_by("-checked_at", "article", "id")[: most * 60]:
        stories.setdefault(row.article_id, (row.article, []))[1].append(row)
    return list(stories.values())[:most]


def _gone_and_not_looked_for():
    now = timezone.now()
    looked = OutletCheck.objects.filter(article=OuterRef("article"), checked_at__gte=OuterRef("live_from"))
    newer = Release.objects.holding(now).filter(article=OuterRef("article"), sequence__gt=OuterRef("sequence"))
    taken = Release.objects.holding(now).filter(kind__in=Release.GONE, live_from__gt=now - _LOOKS_BACK)
    return taken.filter(~Exists(looked), ~Exists(newer)).order_by("-live_from")
