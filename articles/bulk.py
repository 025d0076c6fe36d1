"""One action on many stories: exactly on those that were chosen, each by itself, under the rules that hold for one.

An order is tried before it is given: what would become of each story is found out by doing it and taking it back. It
names each story with the version that was tried, and touches nothing else, whatever the list shows meanwhile. Carried
out, each story and what became of it are written in one transaction, so that an order that was cut short goes on where
it was, and one that is given twice does nothing twice.

Nobody gives more than ``MOST_ALONE`` stories to readers by bulk orders of one hour alone: an order beyond that waits
for a second person.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles import access, audit, releasing, writing
from articles.bulk_actions import ACTIONS, Action
from articles.models import Article, BulkOrder, User
from articles.workflow import Refused

MOST_AT_ONCE = 200
MOST_ALONE = 20
WITHIN = timedelta(hours=1)

REFUSALS = (Refused, access.NotAllowed, releasing.NotReleasable)
CHANGED = "Changed since it was chosen: look at it again."


def offered(user) -> dict[str, Action]:
    """The actions that user may ask for at all."""
    return {name: action for name, action in ACTIONS.items() if action.may(user) and not action.second}


# --- asking ----------------------------------------------------------------------------------------------------------


def prepare(by, action: str, articles: list[Article], given: dict, reason: str = "") -> BulkOrder:
    """Try that action on those stories and keep it as an order, which nobody has given yet.

    ``given`` is what the action needs besides, as :mod:`articles.bulk_actions` says. In the order's details,
    ``plan`` says what will be done to each story, and ``left_out`` why the others are no part of it. Raises
    :class:`Refused` for none or too many, ``access.NotAllowed`` for who may not.
    """
    if action not in offered(by):
        raise access.NotAllowed("You may not do that to many stories.")
    if not articles:
        raise Refused("Choose the stories first.")
    if len(articles) > MOST_AT_ONCE:
        raise Refused(f"Choose at most {MOST_AT_ONCE} stories at once.")
    stories, plan, left_out = [], [], []
    for article in articles:
        done, said = _try(ACTIONS[action], article, by, given, reason)
        if done:
            stories.append([article.public_id, article.version])
            plan.append([article.public_id, said])
        else:
            left_out.append([article.public_id, said])
    details = {"given": given, "plan": plan, "left_out": left_out}
    return BulkOrder.objects.create(action=action, details=details, stories=stories, reason=reason, made_by=by)


def _try(action, article, by, given, reason):
    with transaction.atomic():
        outcome = _do(action, article.public_id, article.version, by, given, reason)
        transaction.set_rollback(True)
    return outcome


def _do(action, public_id, version, by, given, reason) -> tuple[bool, str]:
    """Do it to one story. Gives whether it was done, and what was, or why not."""
    article = access.visible_articles(by).select_related("desk").filter(public_id=public_id).first()
    if article is None:
        return False, "You may not see that story any more."
    try:
        with transaction.atomic():
            return True, action.run(article, by, version, given, reason)
    except writing.StaleVersion:
        return False, CHANGED
    except REFUSALS as error:
        return False, str(error)


# --- giving ----------------------------------------------------------------------------------------------------------


def give(order: BulkOrder, by) -> BulkOrder:
    """Carry the order out, or, where it takes a second person, let it wait for one. Gives the order as it then is.

    Whoever asked gives it, and it waits or runs; a second person gives one that waits, and it runs. An order that was
    done or dropped is left as it is. Raises ``access.NotAllowed``.
    """
    with transaction.atomic():
        # One decision of a person at a time, so that two orders cannot each be just below what they may alone.
        User.objects.select_for_update().get(pk=order.made_by_id)
        order = BulkOrder.objects.select_for_update().get(pk=order.pk)
        if order.done_at or order.dropped_at:
            return order
        if by.pk != order.made_by_id:
            _require_second(order, by)
            order.confirmed_by = order.confirmed_by or by
            _mark(order, "started_at")
            audit.log(by, "bulk_confirmed", order)
        elif needs_second(order) and not _is_started(order):
            if "asked_at" not in order.details:
                _mark(order, "asked_at")
                audit.log(by, "bulk_asked", order)
            return order
        else:
            _mark(order, "started_at")
    return _carry_out(order)


def drop(order: BulkOrder, by) -> BulkOrder:
    """Give the order up before anything of it was done: who asked may, and who could confirm it."""
    with transaction.atomic():
        order = BulkOrder.objects.select_for_update().get(pk=order.pk)
        if by.pk != order.made_by_id:
            _require_second(order, by)
        if order.done_at or order.dropped_at or _is_started(order):
            return order
        order.dropped_at = timezone.now()
        order.save(update_fields=["dropped_at"])
        audit.log(by, "bulk_dropped", order)
    return order


def needs_second(order: BulkOrder) -> bool:
    """Whether the order is more than its asker may give alone, with what they gave in the last hour."""
    if ACTIONS[order.action].second:
        return True
    return ACTIONS[order.action].releases and given_alone(order.made_by, order) + len(order.stories) > MOST_ALONE


def given_alone(user, besides: BulkOrder | None = None) -> int:
    """How many stories that user gave to readers by bulk orders of the last hour, with nobody's word but their own."""
    releasing_actions = [name for name, action in ACTIONS.items() if action.releases]
    since = timezone.now() - WITHIN
    orders = BulkOrder.objects.filter(made_by=user, confirmed_by=None, dropped_at=None, action__in=releasing_actions)
    orders = orders.filter(details__started_at__gte=since.isoformat()).exclude(pk=besides.pk if besides else None)
    return sum(
        sum(1 for result in order.results if result["done"]) if order.done_at else len(order.stories)
        for order in orders
    )


def waits(order: BulkOrder) -> bool:
    """Whether the order waits for a second person."""
    is_open = order.done_at is None and order.dropped_at is None
    return is_open and "asked_at" in order.details and not _is_started(order)


def waiting_for(user) -> list[BulkOrder]:
    """The orders that wait for a second person and that this user could confirm: the newest first."""
    if not user.has_perm("articles.publish_article"):
        return []
    orders = BulkOrder.objects.waiting().filter(details__has_key="asked_at").exclude(details__has_key="started_at")
    return [order for order in orders.exclude(made_by=user).select_related("made_by") if may_confirm(user, order)]


def may_confirm(user, order: BulkOrder) -> bool:
    """Whether that user may be the second person: somebody else, who may release every one of the stories."""
    if user.pk == order.made_by_id or not user.has_perm("articles.publish_article"):
        return False
    ids = [public_id for public_id, _ in order.stories]
    stories = access.visible_articles(user).filter(public_id__in=ids).defer("body")
    if not access.spans_desks(user):
        stories = stories.filter(desk__in=access.working_desk_ids(user))
    return stories.count() == len(ids)


def _require_second(order, by):
    if not waits(order) and not (order.confirmed_by_id == by.pk and _is_started(order)):
        raise access.NotAllowed("That order does not wait for you.")
    if not may_confirm(by, order):
        raise access.NotAllowed("You may not confirm that order: it takes somebody who may release all its stories.")


def _is_started(order):
    return "started_at" in order.details


def _mark(order, name):
    order.details.setdefault(name, timezone.now().isoformat())
    order.save(update_fields=["details", "confirmed_by"])


# --- doing -----------------------------------------------------------------------------------------------------------


def _carry_out(order):
    action = ACTIONS[order.action]
    for public_id, version in order.stories:
        with transaction.atomic():
            # Locked anew for each story: whoever else carries it out goes on after this one.
            order = (
                BulkOrder.objects.select_for_update(of=("self",))
                .select_related("made_by", "confirmed_by")
                .get(pk=order.pk)
            )
            if order.done_at or order.dropped_at:
                return order
            if any(result["story"] == public_id for result in order.results):
                continue
            by = order.confirmed_by if action.second else order.made_by
            done, said = _do(action, public_id, version, by, order.details["given"], order.reason)
            order.results.append({"story": public_id, "done": done, "said": said})
            order.save(update_fields=["results"])
    with transaction.atomic():
        order = BulkOrder.objects.select_for_update().get(pk=order.pk)
        if order.done_at is None:
            order.done_at = timezone.now()
            order.save(update_fields=["done_at"])
            done = sum(1 for result in order.results if result["done"])
            audit.log(order.made_by, "bulk_done", order, done=done, refused=len(order.results) - done)
    return order
