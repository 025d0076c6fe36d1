"""The columns that a list of stories may have: what each reads, shows on the page, and says in an exported file."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.html import format_html, format_html_join

from articles import audit
from articles.models import Article, Assignment, Byline, Citation, PhotoCaption, StoryRegion, TopicLink

from .story_list import live_state, live_words, short_time, with_releases

DEFAULT = ("state", "desk", "regions", "readers", "urgency", "changed")
NOTHING = "–"


@dataclass(frozen=True)
class Column:
    """``shown`` gives the cell on the page; ``told`` what a file says: a text, a number or an instant."""

    label: str
    told: Callable
    shown: Callable | None = None
    reads: tuple = ()  # beside the story itself: prefetches
    joins: tuple[str, ...] = ()
    permission: str = ""
    is_time: bool = False

    def cell(self, story):
        return self.shown(story) if self.shown else self.told(story) or NOTHING


def _state(story):
    return format_html('<span class="state state-{}">{}</span>', story.status, story.get_status_display())


def _names(things):
    return ", ".join(dict.fromkeys(str(thing) for thing in things))


def _pictures(story):
    captions = story.captions.all()
    there = sum(1 for caption in captions if caption.photo_id)
    awaited = len(captions) - there
    counted = ((there, str(there)), (awaited, f"{awaited} awaited"))
    return ", ".join(words for count, words in counted if count)


def _assigned(story):
    return _names(audit.staff_name(one.assignee) for one in story.assignments.all() if one.assignee)


def _text(story, words):
    return format_html('<bdi dir="auto">{}</bdi>', words) if words else NOTHING


def _authors(story):
    return _names(story.bylines.all())


def _sources(story):
    # Those that stay unknown to readers stand in no list and leave in no file.
    return _names(citation.source for citation in story.citations.all() if citation.source_id)


def _marks(story):
    held = [("hold", story.legal_hold), ("embargo", bool(story.embargo_until)), ("confidential", story.confidential)]
    return [word for word, is_so in held if is_so]


COLUMNS = {
    "state": Column("State", lambda story: story.get_status_display(), _state),
    "desk": Column("Desk", lambda story: str(story.desk), joins=("desk",)),
    "regions": Column(
        "Regions",
        lambda story: _names(link.region for link in story.region_links.all()),
        reads=(Prefetch("region_links", StoryRegion.objects.select_related("region")),),
    ),
    "topics": Column(
        "Topics",
        lambda story: _names(link.tag for link in story.topic_links.all()),
        reads=(Prefetch("topic_links", TopicLink.objects.select_related("tag")),),
    ),
    "authors": Column(
        "By",
        _authors,
        lambda story: _text(story, _authors(story)),
        reads=(Prefetch("bylines", Byline.objects.select_related("author")),),
    ),
    "sources": Column(
        "Sources",
        _sources,
        lambda story: _text(story, _sources(story)),
        reads=(Prefetch("citations", Citation.objects.select_related("source")),),
    ),
    "assigned": Column(
        "Given to",
        _assigned,
        reads=(Prefetch("assignments", Assignment.objects.open().select_related("assignee")),),
        permission="articles.view_assignment",
    ),
    "pictures": Column(
        "Pictures", _pictures, reads=(Prefetch("captions", PhotoCaption.objects.only("article", "photo", "position")),)
    ),
    "readers": Column("Readers", live_words, live_state),
    "language": Column("Language", lambda story: story.get_language_display()),
    "slugline": Column("Slugline", lambda story: story.slugline, lambda story: _text(story, story.slugline)),
    "urgency": Column("Urgency", lambda story: story.urgency),
    "marks": Column(
        "Kept back",
        lambda story: ", ".join(_marks(story)),
        lambda story: (
            format_html_join(" ", '<span class="mark mark-wait">{}</span>', ((word,) for word in _marks(story)))
            or NOTHING
        ),
    ),
    "by": Column("Begun by", lambda story: audit.staff_name(story.created_by), joins=("created_by",)),
    "created": Column(
        "Created", lambda story: story.created_at, lambda story: short_time(story.created_at), is_time=True
    ),
    "changed": Column(
        "Changed", lambda story: story.updated_at, lambda story: short_time(story.updated_at), is_time=True
    ),
}


def columns_for(user) -> dict[str, Column]:
    """The columns that user may choose from."""
    return {name: one for name, one in COLUMNS.items() if not one.permission or user.has_perm(one.permission)}


def chosen_columns(user, names) -> dict[str, Column]:
    """Those of the names that are columns, in the order of the table; the usual ones where none is."""
    offered = columns_for(user)
    wanted = [name for name in offered if name in names] or DEFAULT
    return {name: offered[name] for name in wanted}


def in_order(ids: list[int], columns) -> list[Article]:
    """Those stories in that order, with all that the columns read: a query for each that stands in its own table."""
    joins = [name for column in columns for name in column.joins]
    stories = with_releases(Article.objects.filter(pk__in=ids)).defer("body")
    stories = stories.select_related(*joins) if joins else stories
    stories = stories.prefetch_related(*(one for column in columns for one in column.reads))
    by_id = {story.pk: story for story in stories}
    return [by_id[pk] for pk in ids if pk in by_id]
