"""Kills and withdrawals: an agency takes back what it sent, and every story made from it is stopped at once.

Nothing is ever retracted by this, unless the newsroom's own rule for that agency says so: what readers have is an
editor's decision, one step away.
"""

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import access, audit, notices, releasing, writing
from articles.models import Article, Release, Status, WireStanding
from articles.workflow import Refused


def hold(article: Article, standing: str, *, note: str, who: str, once: str, by=None) -> Article:
    """Stop a story because the agency withheld or killed what it was made from.

    It is not released while that stands; what was scheduled is cancelled; who wrote and works on it and the desk's
    leads are told. ``note`` is what the agency says, ``who`` the agency, ``once`` names the occasion. Idempotent.
    Call it in a transaction. Gives the story as it then is.
    """
    article = writing.lock(article, None)
    if article.wire_standing in (standing, WireStanding.CANCELED):
        return article
    killed = standing == WireStanding.CANCELED
    words = f"{who or 'The agency'} has {'killed' if killed else 'withheld'} it." + (f" {note}" if note else "")
    _set(article, standing, words[:500])
    releasing.cancel_pending(article, by, reason=f"{who or 'The agency'} {'killed' if killed else 'withheld'} it.")
    audit.log(by, "wire_killed" if killed else "wire_withheld", article, reason=words)
    notices.told(
        notices.Reason.WIRE,
        notices.writers_of(article) | notices.workers_on(article) | notices.leads_of(article.desk_id),
        f"{'KILL' if killed else 'Withheld'}: “{article}”. {words}",
        once=f"{standing}-{article.public_id}-{once}",
        article=article,
    )
    return article


def use_again(article: Article, *, who: str, by=None) -> None:
    """The agency gives free what it had withheld. What it killed stays stopped: only a person lifts that."""
    article = writing.lock(article, None)
    if article.wire_standing == WireStanding.WITHHELD:
        _set(article, WireStanding.USABLE, "")
        audit.log(by, "wire_freed", article, reason=f"{who or 'The agency'} gives it free.")


@transaction.atomic
def lift(article: Article, by, *, seen: int, reason: str) -> Article:
    """Use a story again that the wire stopped: it no longer rests on what was taken back, say. Logged with the reason.

    Raises ``workflow.Refused``, ``access.NotAllowed``, ``writing.StaleVersion``.
    """
    article = writing.lock(article, seen)
    access.require(by, "lift_kill", article, "use a story that the wire stopped")
    if not reason.strip():
        raise Refused("Say why, for the record.")
    if article.wire_standing == WireStanding.USABLE:
        raise Refused("The wire does not stop this story.")
    _set(article, WireStanding.USABLE, "")
    audit.log(by, "wire_hold_lifted", article, reason=reason)
    return article


def obey(article: Article, *, note: str, who: str) -> bool:
    """Retract a killed story because the newsroom's rule for that agency says so; whether readers had it."""
    return releasing.retract_by_rule(article, note=note, reason=f"{who or 'The agency'} killed it.") is not None


def unsettled(articles, now=None):
    """Of those stories, the ones that the wire stopped and nobody has settled by a spike, a retraction or a lift."""
    stopped = articles.exclude(wire_standing=WireStanding.USABLE).exclude(status=Status.SPIKED)
    newest = Release.objects.holding(now).filter(article=OuterRef("pk")).values("kind")[:1]
    stopped = stopped.annotate(readers_have=Coalesce(Subquery(newest), Value("")))
    settled = Q(wire_standing=WireStanding.CANCELED, readers_have__in=Release.GONE)
    return stopped.exclude(settled).order_by("-wire_changed_at")


def _set(article, standing, note):
    article.wire_standing, article.wire_note, article.wire_changed_at = standing, note, timezone.now()
    fields = {name: getattr(article, name) for name in ("wire_standing", "wire_note", "wire_changed_at")}
    Article.objects.filter(pk=article.pk).update(**fields)
    writing.new_version(article)
