"""What a story's page shows beside the text: what one may do next, what readers have, and what stands in the way."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery, prefetch_related_objects
from django.utils import timezone

from articles import access, advice, guards, usage, workflow, writing
from articles.models import Article, Event, Release, Revision, WireRecord

from . import panels, releases
from .picking import Known, sees_confidential
from .reading import Reader

# Kind of picker, and how it is reached from a row of the story.
_NAMED = {
    "regions": (("region", "region"),),
    "topics": (("topic", "tag"),),
    "bylines": (("author", "author"),),
    "citations": (("source", "source"), ("source", "via"), ("confidential", "confidential")),
    "captions": (("photo", "photo"),),
}


def with_facts(articles):
    """Those stories, each with what its page asks of it, read along with it in one query.

    ``newest_number`` of its revisions, ``was_released``, ``has_offers``, and ``approver_wrote``: whether who approved
    it has saved it since readers last got it.
    """
    this = OuterRef("pk")
    return articles.select_related("desk", "approved_by", "translation_of").annotate(
        newest_number=Subquery(Revision.objects.filter(article=this).order_by("-number").values("number")[:1]),
        approver_wrote=Exists(guards.revisions_since_release(this).filter(author=OuterRef("approved_by"))),
        was_released=Exists(Release.objects.filter(article=this)),
        has_offers=Exists(WireRecord.objects.filter(article=this, is_offered=True)),
    )


@dataclass
class Opened:
    """A story as its page opens it: its content, all that the content names, and the revision that holds it."""

    article: Article
    content: dict
    known: Known
    photos: dict
    number: int


def open_story(article: Article, user) -> Opened:
    """Read the story once, for its form, its checks and its advice alike. At most seven queries.

    The version and the number of the revision were read with the story itself, before everything else: should somebody
    save in between, what is saved from here is told from theirs, and nothing of theirs is taken for this editor's.
    """
    if not hasattr(article, "newest_number"):
        article = with_facts(Article.objects.all()).get(pk=article.pk)
    parts = writing.parts_of(article)
    known = Known(user)
    for part, ways in _NAMED.items():
        for row in parts[part]:
            for kind, name in ways:
                known.hold(kind, getattr(row, name))
    if article.translation_of_id:
        known.hold("story", article.translation_of)
    photos = {row.photo.public_id: row.photo for row in parts["captions"] if row.photo}
    prefetch_related_objects(list(photos.values()), "renditions")
    return Opened(article, writing.snapshot(article, parts), known, photos, article.newest_number or 0)


def newest_number(article: Article) -> int:
    """The number of the story's newest revision; 0 where it has none."""
    return article.revisions.order_by("-number").values_list("number", flat=True).first() or 0


def of(user, opened: Opened, *, may_edit: bool) -> dict:
    """Everything that the page shows beside the text, by the names that its templates use."""
    article, now = opened.article, timezone.now()
    may = {word: access.may(user, f"{word}_article", article) for word in ("publish", "correct", "retract")}
    may["delete"] = access.may(user, "delete_article", article) and not (article.was_released or article.legal_hold)
    may["hold"] = access.may(user, "set_legal_hold", article)
    may["lift_kill"] = access.may(user, "lift_kill", article)
    may["confide"] = access.may(user, "view_confidential_article", article)
    checks = _checks(user, opened, now)
    release = releases.state(article)
    context = {
        "title": article.headline or "Untitled story",
        "may": may,
        "moves": workflow.moves_for(user, article),
        "release": release,
        "same_as_live": bool(release.current) and release.current.revision_number == article.approved_number,
        "checks": checks,
        "overrides": [check.problem for check in checks if check.may_pass],
        "advice": advice.of(opened.content, pictures=opened.photos, today=day_of(article, now)),
        "events": Event.objects.about(article)[:6],
        "wire_terms": usage.in_words(article),
        "wire_offers": article.has_offers and article.wire_records.filter(is_offered=True).order_by("-id")[:3],
    }
    blocking = [check.problem.code for check in checks if not check.may_pass]
    context["blocked"] = bool(blocking)
    # A schedule may well be for the time after an embargo.
    context["blocked_later"] = any(code != "embargo" for code in blocking)
    context |= panels.of(user, article)
    if not may_edit:
        reader = Reader(opened.content, see_confidential=sees_confidential(user))
        reader.known, reader.desks = opened.known, {article.desk.code: article.desk.name}
        context["fields"] = [field for field in reader.fields(opened.content) if field.lines]
    return context


def day_of(article: Article, now):
    """The day that a story is of: today, or for a story of an archive the day it was first published."""
    return timezone.localtime(article.provider_date or now).date()


def _checks(user, opened, now):
    """The guards' problems with what is saved, and which of them this user may pass over."""
    if not opened.number:
        return [releases.Check(guards.Problem("no_revision", "The story has never been saved."), False)]
    wrote = guards.latest(opened.article)[1] if opened.article.approver_wrote else None
    saved = Revision(article=opened.article, number=opened.number, content=opened.content)
    return [
        releases.Check(problem, bool(problem.override) and access.may(user, problem.override, opened.article))
        for problem in guards.problems_of(opened.article, saved, opened.photos, now, wrote)
    ]
