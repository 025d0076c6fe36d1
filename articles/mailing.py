"""Notices by e-mail: each at most once, whoever runs the task again and however many workers do.

A mail is claimed by one conditional UPDATE before it goes out. A server that refuses it gives the claim back, so that
it is tried again; a worker that dies between the two leaves it unsent, which is the lesser evil.
"""

import logging
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from articles import notices
from articles.models import Notice

log = logging.getLogger("newsroom.alarm")

LEFT_AFTER = timedelta(hours=2)  # the last retry of the task is over by then
TAKEN_UP_AGAIN = 500


def send(once: str | list[str], recipients: list[int]) -> list[int]:
    """Mail the notices of those occasions to those people. Gives whom it could not be sent to, to be tried again."""
    occasions = [once] if isinstance(once, str) else once
    waiting = Notice.objects.filter(once__in=occasions, recipient__in=recipients, by_mail=True, mailed_at=None)
    return [one.recipient_id for one in waiting.select_related("recipient", "article") if not _send_one(one)]


def send_what_was_left() -> tuple[int, int]:
    """Try again what no task has sent, of the last days. Gives how many went out, and how many failed again."""
    since = timezone.now() - timedelta(days=3)
    waiting = Notice.objects.filter(
        by_mail=True, mailed_at=None, created_at__range=(since, timezone.now() - LEFT_AFTER)
    ).select_related("recipient", "article")[:TAKEN_UP_AGAIN]
    sent = [_send_one(one) for one in waiting]
    return sent.count(True), sent.count(False)


def _send_one(notice) -> bool:
    """Whether that notice needs no further mail."""
    unsent = Notice.objects.filter(pk=notice.pk, by_mail=True, mailed_at=None)
    if not notices.may_be_mailed(notice):
        unsent.update(by_mail=False)
        return True
    claimed_at = timezone.now()
    if not unsent.update(mailed_at=claimed_at):
        return True  # somebody else has it
    try:
        mail_of(notice).send()
    except Exception as error:  # noqa: BLE001 - however a mail server fails, the notice is kept for another try
        Notice.objects.filter(pk=notice.pk, mailed_at=claimed_at).update(mailed_at=None)
        log.error("Notice %s could not be mailed: %s", notice.pk, type(error).__name__)
        _raise_alarm()
        return False
    return True


def _raise_alarm():
    """Say it where it can still be read: on the desk, to the administrators, once a day."""
    notices.told(
        notices.Reason.ALARM,
        notices.administrators(),
        "E-mail could not be sent. Notices still come on the desk; look at the mail server.",
        once=f"mail-failed-{timezone.localdate():%Y-%m-%d}",
        by_mail=False,
    )


def mail_of(notice: Notice) -> EmailMessage:
    """The mail: plain text with a link. It never names a story that is confidential, on hold or under embargo."""
    said = notice.text
    if notice.article and not notices.may_be_named_in_mail(notice.article):
        said = "The desk has something to tell you about a story that mail may not name."
    body = "\n".join(
        [
            said,
            "",
            notices.full_address(reverse("admin:articles_notice_open", args=[notice.pk])),
            "",
            f"You get this as “{notice.get_reason_display()}”. Choose what you are told, and how:",
            notices.full_address(reverse("admin:articles_notice_settings")),
        ]
    )
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        # The same at every try, so that a mail sent twice by a server that failed half-way shows once.
        "Message-ID": f"<notice-{notice.pk}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(Truncator(said).chars(140), body, to=[notice.recipient.email], headers=headers)
