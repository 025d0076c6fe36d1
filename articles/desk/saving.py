"""Writing what was typed: one transaction, under the story's lock, merged with what others have saved meanwhile."""

from dataclasses import dataclass, field
from datetime import UTC

from django.db import transaction
from django.utils.dateparse import parse_datetime

from articles import access, aside, erasing, merging, releasing, writing
from articles.models import Article, Desk, PhotoCaption, Revision, Status


@dataclass(frozen=True)
class Saved:
    """What a save came to. ``revision`` is None where it changed nothing; ``version`` is the story's from now on.

    Where somebody else had saved meanwhile, ``came`` counts by field what of theirs is in it (see
    :class:`articles.merging.Merge`), ``people`` names them, and ``theirs`` is the number of their revision.
    """

    revision: Revision | None
    version: int
    came: dict[str, int] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    theirs: int = 0
    approval_fell: bool = False


class Overlap(writing.StaleVersion):
    """A save overlaps with somebody else's. The story is as they left it; ``kept`` is the revision beside it."""

    def __init__(self, article, kept: Revision):
        super().__init__(article)
        self.kept = kept


@transaction.atomic
def create(content: dict, by) -> Article:
    """A new draft of that content. Raises ``access.NotAllowed`` for a desk that the user does not belong to."""
    desk = Desk.objects.get(code=content["desk"])
    article = Article(desk=desk, created_by=by, **{name: content[name] for name in writing.TEXT_FIELDS})
    access.require(by, "add_article", article, "write stories")
    _outside_the_document(article, content)
    article.save()
    writing.write_children(article, content, replace=False)
    writing.record(article, by, reason="Written")
    return article


def began_from(article: Article, *, seen, opened) -> dict:
    """What stood in the form that somebody sends, by the version and revision that it says it began from.

    Whatever they did not see, or was not theirs to see, stays in what they save as it was then.
    """
    if str(seen) != str(article.version) and str(opened or "").isdecimal() and len(str(opened)) < 9:
        began = article.revisions.filter(number=int(opened)).first()
        if began:
            return began.content
    return writing.snapshot(article)


def save(
    article: Article, content: dict, by, *, seen: int, opened: int | None = None, reason: str = "", **data
) -> Saved:
    """Write that content as the story's next revision.

    If the story has changed since version ``seen``, it is merged against revision ``opened``, from which its writer
    began. What overlaps is refused as a whole: it is kept in the history, and :class:`Overlap` is raised. That must
    not be undone, so call this outside of any transaction. ``data`` goes into the log.

    Raises ``writing.StaleVersion`` where ``opened`` is not given and so nothing can be merged,
    ``access.NotAllowed`` where the user may not edit the story, or may not move it to that desk, and
    ``erasing.ErasedSince`` where the content may hold what was erased meanwhile.
    """
    base = None
    if opened is not None and article.version != seen:
        # A revision never changes: what it takes to read this one, nobody has to wait for.
        base = article.revisions.filter(number=opened).first()
    with transaction.atomic(durable=opened is not None):
        outcome = _save(article, content, by, seen, opened, base, reason, data)
    if isinstance(outcome, Overlap):
        raise outcome
    return outcome


def _save(article, content, by, seen, opened, base, reason, data):
    article = writing.lock(article, seen if opened is None else None)
    if not access.may_edit(by, article):
        raise access.NotAllowed(f"You may not edit this story on the {article.desk} desk as it stands.")
    newest = writing.newest_revision(article) or Revision(number=0, content=writing.snapshot(article))
    merge, people = None, ()
    if article.version == seen:
        was = writing.content_beside(article, newest, content)
    else:
        base = base or article.revisions.filter(number=opened).first()
        base = base and base.content
        was = writing.content_beside(article, newest, content, *([base] if base else []))
        erasing.refuse_what_comes_back(article, content, seen=seen, began=base or was)
        merge = merging.merge(base, content, was)
        if merge.conflicts:
            return Overlap(article, aside.keep(article, content, by, opened=opened, newest=newest))
        content = merge.content
        people = aside.who_saved(article, after=opened, to=newest.number)
    if content == was:
        return Saved(None, article.version)
    if merge and merge.came:
        data |= {"merged": {"from": opened, "with": newest.number, "people": people, "changes": merge.came}}
        reason = reason or f"Merged with what {' and '.join(people) or 'somebody else'} had saved"
    _may_go_to(content["desk"], article, by)
    if content["embargo_until"] != was["embargo_until"] or content["translation_of"] != was["translation_of"]:
        _outside_the_document(article, content)
    was_approved = article.status == Status.APPROVED
    revision = writing.revise(article, content, by, was=was, newest=newest, reason=reason[:300], **data)
    if article.embargo_until:
        releasing.enforce_embargo(article, by)
    if merge is None:
        return Saved(revision, article.version)
    return Saved(revision, article.version, merge.came, people, newest.number, approval_fell=was_approved)


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
    words = {name: getattr(caption, name) for name in PhotoCaption.OVERRIDES}
    PhotoCaption.objects.filter(pk=caption.pk, article=article, photo=None).update(
        photo=photo, written_over=writing.written_over(words, photo, {})
    )
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
