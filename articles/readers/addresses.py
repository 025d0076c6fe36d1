"""Where everything that readers reach stands. Plain text building: a page holds a hundred of these.

A test asks the URL configuration about each, so that the two cannot drift apart.
"""

from urllib.parse import quote

from django.conf import settings

# The site's own picture, 512 pixels wide and high, among the static files.
ICON = "readers/icons/icon-512.png"
# What the addresses of feeds end in, with the type of each.
FEEDS = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}


FIXED = ("about", "contact", "standards", "privacy")


def prefix(language: str) -> str:
    """What the addresses of that edition begin with: nothing for the site's own language, ``/ar`` for Arabic."""
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def other_edition(language: str) -> str:
    """The language of the edition that every page offers to switch to."""
    return next(code for code, _name in settings.LANGUAGES if code != language)


def home(language):
    return f"{prefix(language)}/"


def latest(language):
    return f"{prefix(language)}/latest/"


def story(language, public_id, slug=""):
    tail = f"{quote(slug)}/" if slug else ""
    return f"{prefix(language)}/stories/{public_id}/{tail}"


def regions(language):
    return f"{prefix(language)}/regions/"


def region(language, path):
    return f"{prefix(language)}/regions/{quote(path)}/"


def topics(language):
    return f"{prefix(language)}/topics/"


def topic(language, slug):
    return f"{prefix(language)}/topics/{quote(slug)}/"


def sources(language):
    return f"{prefix(language)}/sources/"


def source(language, slug):
    return f"{prefix(language)}/sources/{quote(slug)}/"


def author(language, slug):
    return f"{prefix(language)}/authors/{quote(slug)}/"


def archive(language):
    return f"{prefix(language)}/archive/"


def year(language, year):
    return f"{prefix(language)}/archive/{year:04d}/"


def month(language, day):
    return f"{prefix(language)}/archive/{day:%Y}/{day:%m}/"


def day(language, day):
    return f"{prefix(language)}/archive/{day:%Y}/{day:%m}/{day:%d}/"


def corrections(language):
    return f"{prefix(language)}/corrections/"


def fixed(language, slug):
    """One of the fixed pages: about, contact, standards, privacy."""
    return f"{prefix(language)}/{slug}/"


def search(language):
    return f"{prefix(language)}/search/"


def offline(language):
    return f"{prefix(language)}/offline/"


def programs(language):
    return f"{prefix(language)}/api/"


def manifest(language):
    return f"{prefix(language)}/manifest.webmanifest"


def search_feed(language, query, format="rss.xml"):
    """The feed of the search with that query string."""
    return f"{prefix(language)}/search/{format}{'?' if query else ''}{query}"


def feed(page: str, format="rss.xml") -> str:
    """The feed of the list at that address."""
    return f"{page}{format}"


def feeds(feed: str) -> list[tuple[str, str]]:
    """The same feed in every format, as (type, address)."""
    page, query = feed.partition("?")[::2]
    page = page.removesuffix("rss.xml")
    return [(type, f"{page}{name}{'?' if query else ''}{query}") for name, type in FEEDS.items()]


def media(name: str) -> str:
    """A public picture file."""
    return f"/media/{name}"


def absolute(request, path: str) -> str:
    """That path with the site's scheme and host: SITE_URL's where it is set, else those of a host that is allowed."""
    return f"{settings.SITE_URL or f'{request.scheme}://{request.get_host()}'}{path}"
