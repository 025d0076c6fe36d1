"""Writing what was typed: one transaction, under the story's lock, onto the version that its writer saw."""

from datetime import UTC

from django.db import transaction
from django.utils.dateparse import parse_datetime

from articles import access, releasing, writing
from articles.models import Article, Desk, PhotoCaption, Revision, Status


@transaction.atomic
def create(content: dict, by) -> Article:
    """A new draft of that content. Raises ``access.NotAllowed`` for a desk that the user does not belong to."""
    desk = Desk.objects.get(code=content["desk"])
    article = Article(desk=desk, created_by=by)
    access.require(by, "add_article", article, "write stories")
    _outside_the_document(article, content)
    article.headline = content["headline"]
    article.save()
    writing.apply(article, content)
    writing.record(article, by, reason="Written")
    return article


@transaction.atomic
def save(article: Article, content: dict, by, *, seen: int, reason: str = "") -> Revision | None:
    """Write that content as the story's next revision; None where it changes nothing.

    Raises ``writing.StaleVersion`` if the story has changed since version ``seen``, ``access.NotAllowed`` where the
    user may not edit it, or may not move it to that desk.
    """
    article = writing.lock(article, seen)
    if not access.may_edit(by, article):
        raise access.NotAllowed(f"You may not edit this story on the {article.desk} desk as it stands.")
    if content == writing.snapshot(article):
        return None
    _may_go_to(content["desk"], article, by)
    _outside_the_document(article, content)
    writing.apply(article, content)
    writing.new_version(article)
    revision = writing.record(article, by, reason=reason)
    releasing.enforce_embargo(article, by)
    return revision


@transaction.atomic
def restore(article: Article, revision: Revision, by, *, seen: int) -> Revision:
    """Take the story back to what it held at that revision. Raises as :func:`save` does."""
    locked = writing.lock(article, seen)
    if not access.may_edit(by, locked):
        raise access.NotAllowed(f"You may not edit this story on the {locked.desk} desk as it stands.")
    _may_go_to(revision.content.get("desk"), locked, by)
    made = writing.restore(article, revision, by, seen=seen)
    releasing.enforce_embargo(Article.objects.get(pk=article.pk), by)
    return made


@transaction.atomic
def put_picture(caption: PhotoCaption, photo, by) -> Revision:
    """Give a picture that a story awaited to that story. Raises ``access.NotAllowed``."""
    article = writing.lock(caption.article, None)
    access.require(by, "change_photocaption", article, "put pictures into stories")
    if article.status == Status.SPIKED:
        raise access.NotAllowed("The story was spiked.")
    PhotoCaption.objects.filter(pk=caption.pk, article=article, photo=None).update(photo=photo)
    writing.new_version(article)
    return writing.record(article, by, reason="The picture that was awaited has come")


def _may_go_to(code, article, by):
    if code and code != article.desk.code and not access.spans_desks(by):
        desk = Desk.objects.filter(code=code).first()
        if desk is None or desk.pk not in access.working_desk_ids(by):
            raise access.NotAllowed(f"You do not belong to the {desk or code} desk, so the story cannot go there.")


def _outside_the_document(article, content):
    """What ``writing.apply`` leaves alone, because taking an old text back must not bring an old embargo back."""
    until = content["embargo_until"]
    article.embargo_until = parse_datetime(until).astimezone(UTC) if until else None
    original = content["translation_of"]
    article.translation_of = Article.objects.filter(public_id=original).first() if original else None
