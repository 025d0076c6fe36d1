"""Who is told of what. A notice is written in the transaction of what it tells of; its mail goes out after that.

Whom a notice goes to is a condition on people (``leads_of(desk) | writers_of(article)``). Of those it names, only who
may see the story is told, never who did it, and nobody on a way that they have muted.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from articles import access, audit
from articles.models import Assignment, Byline, DeskMember, Mute, Notice, Release, Revision, User

Reason = Notice.Reason

_LONGEST = Notice._meta.get_field("text").max_length


class Occasion(NamedTuple):
    """Something that people are told of: why, whom it concerns, in which words.

    ``once`` names it, so that whoever was told of it is not told again.
    """

    reason: str
    whom: Q
    text: str
    once: str


def told(reason: str, whom: Q, text: str, *, once: str, **more) -> int:
    """Tell those people, as :func:`told_each` does."""
    return told_each([Occasion(reason, whom, text, once)], **more)


def told_each(occasions: list[Occasion], *, by=None, article=None, address="", by_mail=True) -> int:
    """Tell people of each of these. Gives how many were told. One query reads them, one writes, one asks for mails.

    ``by`` is who did what is told of. Call it in the transaction of the change itself.
    """
    if not occasions:
        return 0
    now = timezone.now()
    staff = access.who_may_see(article) if article else User.objects.filter(is_active=True)
    if by is not None:
        staff = staff.exclude(pk=by.pk)
    rows = [
        Notice(
            recipient=person,
            reason=occasion.reason,
            text=Truncator(occasion.text).chars(_LONGEST),
            article=article,
            address=address,
            once=occasion.once[:120],
            created_at=now,
            # Muted on the desk and not by mail: it was never unread there, nor is it listed.
            read_at=now - timedelta(seconds=1) if muted_on_desk else None,
            by_mail=bool(by_mail and person.email and not muted_by_mail),
        )
        for person, occasion, muted_on_desk, muted_by_mail in _concerned(staff, occasions)
    ]
    rows = [row for row in rows if row.read_at is None or row.by_mail]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if mailed := [row for row in rows if row.by_mail]:
        from articles import tasks  # which imports releasing, which tells of its releases here

        once = list(dict.fromkeys(row.once for row in mailed))
        tasks.mail_notices.enqueue(once, list(dict.fromkeys(row.recipient_id for row in mailed)))
    return len(rows)


def _concerned(staff, occasions):
    """Each of the staff with each occasion that concerns them, and how they muted it. One query."""
    asked, anybody = {}, Q()
    for number, one in enumerate(occasions):
        muted = Mute.objects.filter(user=OuterRef("pk"), reason=one.reason)
        asked[f"is_told_{number}"] = ExpressionWrapper(one.whom, BooleanField())
        asked[f"on_desk_{number}"] = Exists(muted.filter(channel=Mute.Channel.DESK))
        asked[f"by_mail_{number}"] = Exists(muted.filter(channel=Mute.Channel.MAIL))
        anybody |= one.whom
    people = list(staff.filter(anybody).annotate(**asked))
    for number, one in enumerate(occasions):
        for person in people:
            is_told, on_desk, by_mail = (
                getattr(person, f"{name}_{number}") for name in ("is_told", "on_desk", "by_mail")
            )
            if is_told:
                yield person, one, on_desk, by_mail


# --- whom ------------------------------------------------------------------------------------------------------------


def leads_of(desk) -> Q:
    return Q(pk__in=DeskMember.objects.filter(desk=desk, role=DeskMember.Role.LEAD).values("user"))


def writers_of(article) -> Q:
    """Who has written on the story at the desk, and who stands over it. Whoever brought it in from the wire has not."""
    written = Revision.objects.filter(article=article, origin=Revision.Origin.DESK, author__isnull=False)
    bylines = Byline.objects.filter(article=article, author__user__isnull=False)
    return Q(pk__in=written.values("author")) | Q(pk__in=bylines.values("author__user"))


def workers_on(article) -> Q:
    """Who has work on the story that is still to be done."""
    given = Assignment.objects.open().filter(article=article, assignee__isnull=False)
    return Q(pk__in=given.values("assignee"))


def people(ids) -> Q:
    return Q(pk__in=[one for one in ids if one])


def administrators() -> Q:
    return Q(pk__in=access.who_hold("change_user").values("pk"))


# --- what readers get ----------------------------------------------------------------------------------------------


def told_of_release(article, release: Release, by, also: Sequence[Occasion] = ()) -> None:
    """Tell of a release: now, or where it is scheduled, when its time has come. And ``also`` of what else was done."""
    occasions = [*also]
    if release.live_from > timezone.now():
        from articles import tasks  # see told_each()

        tasks.tell_of_release.using(run_after=release.live_from).enqueue(release.pk)
    else:
        occasions.append(_of_release(article, release))
    told_each(occasions, by=by, article=article)


def _of_release(article, release):
    words = {
        Release.Kind.FIRST: "“{}” went out to readers.",
        Release.Kind.CORRECTION: "A correction of “{}” went out to readers.",
        Release.Kind.RETRACTION: "“{}” was retracted: readers see a notice in its place.",
        Release.Kind.EXPIRY: "“{}” has expired: readers no longer have it.",
    }.get(release.kind, "An update of “{}” went out to readers.")
    whom = writers_of(article) | workers_on(article)
    return Occasion(
        Reason.RETRACTED if release.is_gone else Reason.RELEASED,
        whom | leads_of(article.desk_id) if release.is_gone else whom,
        words.format(release.headline),
        f"release-{release.public_id}-{release.sequence}",
    )


def of_cancellation(article, release: Release, by, reason: str) -> Occasion:
    """That a release will not come: of concern to whoever scheduled it."""
    return Occasion(
        Reason.SCHEDULE_CANCELED,
        people([release.created_by_id]),
        f"{audit.staff_name(by) or 'The system'} cancelled what you had scheduled of “{article}”: {reason}",
        f"canceled-{release.public_id}-{release.sequence}",
    )


def told_of_end(article, at) -> None:
    """Tell, a day before, that readers will have a story no more because an agency's terms say so."""
    from articles import tasks  # see told()

    tasks.tell_of_end.using(run_after=at - timedelta(days=1)).enqueue(article.pk, at.isoformat())


def told_of_end_now(article, at) -> int:
    """The same, now. Gives how many were told."""
    return told(
        Reason.WIRE,
        writers_of(article) | workers_on(article) | leads_of(article.desk_id),
        f"“{article}” expires on {timezone.localtime(at):%d %B %Y, %H:%M}: the agency’s terms allow it no longer.",
        once=f"ends-{article.public_id}-{at.isoformat()}",
        article=article,
    )


# --- what somebody has been told -----------------------------------------------------------------------------------


def shown_to(user):
    """That user's notices on the desk, newest first: those about a story only while they may see it."""
    mine = Notice.objects.filter(recipient=user).exclude(read_at__lt=F("created_at"))
    # Asked of one notice after another: to list every story that they may see would take long.
    seen = Exists(access.visible_articles(user).filter(pk=OuterRef("article")))
    return mine.filter(Q(article=None) | seen)


MOST_COUNTED = 100


def unread_count(user) -> int:
    """How many they have not read, in one query; no further than anybody would count."""
    return shown_to(user).unread().order_by()[:MOST_COUNTED].count()


def mark_read(user, pk: int | None = None) -> int:
    """Mark one of that user's notices as read, or all of them. Gives how many that changed."""
    unread = Notice.objects.filter(recipient=user, read_at=None)
    return (unread.filter(pk=pk) if pk else unread).update(read_at=timezone.now())


def leads_to(notice: Notice) -> str:
    """Where a notice leads, as a path of this site."""
    if notice.address:
        return notice.address
    return reverse("admin:articles_article_change", args=[notice.article_id]) if notice.article_id else ""


def address_of_work(assignment) -> str:
    return reverse("admin:articles_assignment_change", args=[assignment.pk])


def address_of_note(note) -> str:
    return f"{reverse('admin:articles_article_change', args=[note.article_id])}#note-{note.pk}"


def mutes_of(user) -> set[tuple[str, str]]:
    """What that user does not want to be told, as (reason, channel)."""
    return set(user.mutes.values_list("reason", "channel"))


def set_mutes(user, muted: set[tuple[str, str]]) -> None:
    """Make that what the user does not want to be told."""
    before = mutes_of(user)
    for reason, channel in before - muted:
        user.mutes.filter(reason=reason, channel=channel).delete()
    Mute.objects.bulk_create(
        [Mute(user=user, reason=reason, channel=channel) for reason, channel in sorted(muted - before)],
        ignore_conflicts=True,
    )


# --- whether it may still be mailed --------------------------------------------------------------------------------


def may_be_mailed(notice: Notice) -> bool:
    """Whether its recipient still wants it, works here, and may see the story: asked at the moment of sending."""
    article = notice.article
    staff = access.who_may_see(article) if article else User.objects.filter(is_active=True)
    muted = Mute.objects.filter(user=OuterRef("pk"), reason=notice.reason, channel=Mute.Channel.MAIL)
    person = staff.filter(~Exists(muted), pk=notice.recipient_id).first()
    return person is not None and bool(person.email)


def may_be_named_in_mail(article) -> bool:
    """Whether mail, which others may read, may say what the story is: not what is confidential, held or embargoed."""
    embargoed = article.embargo_until is not None and article.embargo_until > timezone.now()
    return not (article.confidential or article.legal_hold or embargoed)


def full_address(path: str) -> str:
    """A path of this site as a whole address, where the settings say where the site stands."""
    return f"{settings.SITE_URL}{path}"
