"""Previews for outsiders: a lawyer reads a story before readers do, by a link that ends, and can be taken back.

The address holds 256 random bits, of which the database keeps the hash alone. A link is shut as soon as whoever made
it may no longer give such links for that story, when the story is spiked, and when the law has had it removed. A legal
hold shuts none: it is lawyers who must read on. Under an embargo a link opens only if it was given in spite of it.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles import access, audit
from articles.models import Article, Event, PreviewLink, Release, Revision, Status
from articles.models.working import new_token
from articles.releasing import Override

LASTS_AT_MOST = timedelta(days=30)


class NotShared(Exception):
    """No link can be given as things stand; the message says why."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def give(
    article: Article,
    by,
    *,
    for_whom: str,
    expires_at,
    revision: Revision | None = None,
    at=None,
    override: Override | None = None,
) -> tuple[PreviewLink, str]:
    """Make a link to the story for that outsider. Gives it with its token, which is never seen again.

    It shows ``revision``, or the newest at the time of opening, as it would be at the instant ``at``, or of opening.
    Raises :class:`NotShared`, ``access.NotAllowed``.
    """
    now = timezone.now()
    access.require(by, "share_preview", article, "give outsiders a preview")
    if not for_whom.strip():
        raise NotShared("Say who gets the preview.")
    if not now < expires_at <= now + LASTS_AT_MOST:
        raise NotShared(f"A preview ends within {LASTS_AT_MOST.days} days, and not before it began.")
    if article.status == Status.SPIKED:
        raise NotShared("The story was spiked.")
    if _was_removed_by_law(article, now):
        raise NotShared("The law asked that the story is gone: no outsider gets to read it.")
    embargo = article.embargo_until if article.embargo_until and article.embargo_until > now else None
    if embargo:
        if not (override and override.reason.strip() and "embargo" in override.codes):
            raise NotShared("The story is under embargo. To show it to somebody before that ends, say why.")
        access.require(by, "override_embargo", article, "show what is under embargo to outsiders")
    token = new_token()
    link = PreviewLink.objects.create(
        article=article,
        token_hash=_hash(token),
        for_whom=for_whom.strip(),
        at=at,
        revision=revision,
        made_by=by,
        made_at=now,
        expires_at=expires_at,
    )
    audit.log(
        by,
        "preview_given",
        article,
        reason=override.reason if embargo else "",
        link=link.pk,
        for_whom=link.for_whom,
        expires_at=expires_at.isoformat(),
        revision=revision.number if revision else None,
        embargo=embargo.isoformat() if embargo else None,
    )
    return link, token


@transaction.atomic
def take_back(link: PreviewLink, by) -> bool:
    """Shut a link for good. Whether it was open until now. Raises ``access.NotAllowed``."""
    access.require(by, "share_preview", link.article, "take previews back")
    taken = PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if taken:
        audit.log(by, "preview_revoked", link.article, link=link.pk, for_whom=link.for_whom)
    return bool(taken)


def find(token: str) -> PreviewLink | None:
    """The link of that token, if it opens now; None alike for one that is shut, has ended or never was."""
    links = PreviewLink.objects.select_related("article__desk", "made_by", "revision")
    link = links.filter(token_hash=_hash(token)).first()
    return None if link is None or shut(link) else link


def shut(link: PreviewLink, now=None) -> str:
    """Why that link does not open now, for the desk to read; empty if it does."""
    now = now or timezone.now()
    article = link.article
    if link.revoked_at:
        return "taken back"
    if link.expires_at <= now:
        return "ended"
    if article.status == Status.SPIKED:
        return "shut: the story was spiked"
    if not access.may(link.made_by, "share_preview", article):
        return "shut: whoever gave it may not any more"
    if article.embargo_until and article.embargo_until > now and not _was_given_in_spite_of(link):
        return "shut: the story has been put under embargo since"
    if _was_removed_by_law(article, now):
        return "shut: the law asked that the story is gone"
    return ""


def _was_removed_by_law(article, now):
    current = Release.objects.in_force(article.public_id, now)
    return current is not None and current.removed_by_law


def _was_given_in_spite_of(link):
    """Whether somebody passed over this very embargo when the link was made: one that was moved is another."""
    given = Event.objects.about(link.article).filter(action="preview_given")
    embargo = link.article.embargo_until.isoformat()
    return any(event.data.get("link") == link.pk and event.data.get("embargo") == embargo for event in given)


@transaction.atomic
def count_opening(link: PreviewLink) -> None:
    """Keep that somebody opened the link, and when. Every opening is an event."""
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, opened_at=timezone.now())
    audit.log(None, "preview_opened", link.article, link=link.pk, for_whom=link.for_whom)
