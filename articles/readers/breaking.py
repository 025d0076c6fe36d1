"""How long news is breaking news. It ends by itself: nothing has to run, and nobody has to remember."""

from datetime import timedelta

from articles.models import Release

LASTS = timedelta(hours=6)


def stands_since(release):
    """Since when readers have had its news: a correction brings none, an update does."""
    return release.live_from if release.kind == Release.Kind.UPDATE else release.published_at


def is_breaking(release, at) -> bool:
    """Whether that story is called breaking news at that instant."""
    return release.breaking and at - stands_since(release) <= LASTS
