"""The front page: what stands on it at any instant, and the decisions that put it there. The only writer of FrontSlot.

A slot holds what the newest decision says that holds at that instant and was not withdrawn; where none does, or the
story is not with readers, the page fills it by itself from the latest. So nothing has to run for a planned front to
come true, and a retracted story leaves it at once.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject, Substr
from django.utils import timezone

from articles import audit, listings, purging
from articles.models import Article, FrontSlot, Listing, Region, Release, Topic
from articles.prepared import Prepared

HOME = "home"
SECONDARY = 5
LATEST = 9
IN_STRIP = 4
NEWEST = 40
# How far back the page looks by itself for its lead.
LEAD_WITHIN = timedelta(hours=30)
# A story stands where somebody put it for so long and no longer; a strip stands until it is changed.
LONGEST = timedelta(days=31)
# What the strips are as long as nobody has said otherwise.
STRIPS = (
    "region:middle-east",
    "region:002",
    "region:142",
    "region:150",
    "region:019",
    "topic:medtop:13000000",
    "topic:medtop:01000000",
    "topic:medtop:15000000",
)
TOP_SLOTS = ("lead", *(f"secondary-{number}" for number in range(1, SECONDARY + 1)))
STRIP_SLOTS = tuple(f"strip-{number}" for number in range(1, len(STRIPS) + 1))
STRIP_STORY_SLOTS = tuple(f"{strip}-story-{number}" for strip in STRIP_SLOTS for number in range(1, IN_STRIP + 1))
STORY_SLOTS = TOP_SLOTS + STRIP_STORY_SLOTS


class NotArranged(Exception):
    """What was asked for cannot stand on the front page; the message says why."""


class Rearranged(Exception):
    """Somebody else has arranged the front since it was looked at."""

    def __init__(self):
        super().__init__("Somebody else has arranged the front page since you opened it. Nothing was done: look again.")


# --- what stands there --------------------------------------------------------------------------------------------


@dataclass
class Slot:
    """One slot with the story in it, and the decision that put it there; without one, the page chose by itself."""

    name: str
    release: Release
    decision: FrontSlot | None = None


@dataclass
class Strip:
    """A row of stories of one place. ``named`` says what the place is, where a decision chose it; else it is None."""

    name: str
    place: str
    stories: list[Slot]
    decision: FrontSlot | None = None
    named: dict | None = None


@dataclass
class Front:
    """The front page at an instant. ``decisions`` are those that hold, by slot, those without effect included."""

    lead: Slot | None = None
    secondary: list[Slot] = field(default_factory=list)
    latest: list[Release] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    newest: list[Release] = field(default_factory=list)
    decisions: dict[str, FrontSlot] = field(default_factory=dict)


def front_at(language: str, at=None, *, known=None) -> Front:
    """The front page of that edition at that instant. Three queries, whatever the archive's size.

    ``known`` is the instant up to which decisions count, by default ``at``: the front of yesterday is what readers then
    saw. For what is planned, give now.
    """
    at = at or timezone.now()
    decisions = _decisions(language, at, known or at)
    # A topic that was merged away since leaves its strip to what stands there without a decision.
    chosen_places = {name: row.place for name, row in decisions.items() if row.region or row.topic}
    places = {name: chosen_places.get(name, default) for name, default in zip(STRIP_SLOTS, STRIPS, strict=True)}
    wanted = {HOME: NEWEST} | dict.fromkeys(places.values(), SECONDARY + LATEST + IN_STRIP)
    chosen = {name: decision.release_in_force for name, decision in decisions.items() if decision.release_in_force}
    found, by_id = listings.newest_at(wanted, language, at, also=chosen.values())
    by_hand = {name: Slot(name, by_id[pk], decisions[name]) for name, pk in chosen.items() if pk in by_id}
    return _compose(places, found, _each_once(by_hand), decisions)


def _decisions(language, at, known) -> dict[str, FrontSlot]:
    """The decisions that hold, by slot, each with the release that readers have of its story. One query."""
    decisions: dict[str, FrontSlot] = {}
    for row in _decided(language=language, at=at, known=known):  # the newest of each slot first
        decisions.setdefault(row.slot, row)
    return decisions


@Prepared
def _decided(language, at, known):
    in_force = Release.objects.holding(at).filter(public_id=OuterRef("public_id"), language=OuterRef("language"))
    listed = Listing.objects.showing(at).filter(place=HOME, release=OuterRef("pk"))
    region = Region.objects.filter(code=Substr(OuterRef("place"), len("region:") + 1))
    topic = Topic.objects.filter(code=Substr(OuterRef("place"), len("topic:") + 1))
    return (
        FrontSlot.objects.standing(at, known)
        .filter(language=language)
        .annotate(
            release_in_force=Subquery(in_force.filter(Exists(listed)).values("pk")[:1]),
            region=Subquery(
                region.values(data=JSONObject(path="path", name="name", name_ar="name_ar", shown="display_name"))[:1]
            ),
            topic=Subquery(topic.values(data=JSONObject(slug="slug", name="name", name_ar="name_ar"))[:1]),
        )
    )


def _each_once(by_hand):
    """A story stands in one slot alone: the first, as the page is read."""
    seen, kept = set(), {}
    for name in STORY_SLOTS:
        if name in by_hand and by_hand[name].release.public_id not in seen:
            seen.add(by_hand[name].release.public_id)
            kept[name] = by_hand[name]
    return kept


def _compose(places, found, by_hand, decisions):
    newest = found[HOME]
    used = {slot.release.public_id for slot in by_hand.values()}
    ranked = [release for release in _ranked(newest) if release.public_id not in used]
    front = Front(newest=newest, decisions=decisions)
    front.lead = by_hand.get("lead") or _lead(ranked)
    if front.lead:
        ranked = [release for release in ranked if release is not front.lead.release]
    for name in TOP_SLOTS[1:]:
        if name in by_hand:
            front.secondary.append(by_hand[name])
        elif ranked:
            front.secondary.append(Slot(name, ranked.pop(0)))
    used |= {slot.release.public_id for slot in [*([front.lead] if front.lead else []), *front.secondary]}
    front.latest = [release for release in newest if release.public_id not in used][:LATEST]
    for name, place in places.items():
        fresh = [release for release in found[place] if release.public_id not in used]
        stories = []
        for slot in (slot for slot in STRIP_STORY_SLOTS if slot.startswith(f"{name}-")):
            if slot in by_hand:
                stories.append(by_hand[slot])
            elif fresh:
                stories.append(Slot(slot, fresh.pop(0)))
        used |= {slot.release.public_id for slot in stories}
        if stories:
            decision = decisions.get(name)
            named = (decision.region or decision.topic) if decision else None
            front.strips.append(Strip(name, place, stories, decision, named))
    return front


def _ranked(newest):
    """As the page itself sets them: the most urgent of the last day, the newest first among equals, then the rest."""
    if not newest:
        return []
    recent = [release for release in newest if newest[0].published_at - release.published_at <= LEAD_WITHIN]
    return sorted(recent, key=lambda release: release.urgency) + newest[len(recent) :]


def _lead(ranked):
    """The most urgent leads; among equals, one with a picture."""
    if not ranked:
        return None
    recent = [release for release in ranked if ranked[0].published_at - release.published_at <= LEAD_WITHIN]
    return Slot("lead", min(recent, key=lambda release: (release.urgency, release.picture is None)))


# --- deciding -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wish:
    """One thing to put into one slot: a story by its public id, or a place into a strip; neither takes it out."""

    slot: str
    public_id: str = ""
    place: str = ""


@transaction.atomic
def arrange(by, language: str, wishes: list[Wish], *, seen: int | None, at=None, until=None) -> list[FrontSlot]:
    """Decide what stands in these slots from ``at`` (now, if none) until ``until``; all of it or nothing.

    Aware datetimes. ``seen`` is :func:`newest_decision` as the editor saw it, or None where it does not matter. A story
    need not be out yet: until it is, the slot falls back. To take a slot's story out is to withdraw what holds it then.

    Raises :class:`NotArranged`, also for who may not (``arrange_front``), and :class:`Rearranged`.
    """
    now = timezone.now()
    if not by.has_perm("articles.arrange_front"):
        raise NotArranged("You may not arrange the front page.")
    _lock(language)
    if seen is not None and seen != newest_decision(language):
        raise Rearranged
    start = at or now
    _check_window(start, until, now)
    _check_wishes(language, wishes)
    if at and not all(wish.public_id or wish.place for wish in wishes):
        raise NotArranged("To take something out takes effect at once: give no time for it.")
    made = []
    for wish in wishes:
        if not (wish.public_id or wish.place):
            made += _withdraw_holding(by, language, wish.slot, start, now)
            continue
        ends = until
        if wish.public_id and (ends is None or ends - start > LONGEST):
            ends = start + LONGEST
        made.append(
            FrontSlot.objects.create(
                slot=wish.slot,
                language=language,
                public_id=wish.public_id,
                place=wish.place,
                live_from=start,
                live_until=ends,
                **_signed(by, now),
            )
        )
    for row in made:
        purging.of_front(language, row.live_from, row.live_until)
        audit.log(
            by,
            "front_arranged",
            row,
            slot=row.slot,
            language=language,
            story=row.public_id,
            place=row.place,
            live_from=row.live_from.isoformat(),
            live_until=row.live_until.isoformat() if row.live_until else None,
            withdraws=row.withdraws_id,
        )
    return made


def withdraw(by, decision: FrontSlot, *, seen: int | None) -> list[FrontSlot]:
    """Take back one decision, that holds or is to come; what it covered shows again. Raises as :func:`arrange`."""
    now = timezone.now()
    with transaction.atomic():
        if not by.has_perm("articles.arrange_front"):
            raise NotArranged("You may not arrange the front page.")
        _lock(decision.language)
        if seen is not None and seen != newest_decision(decision.language):
            raise Rearranged
        if decision.withdraws_id or FrontSlot.objects.filter(withdraws=decision).exists():
            raise NotArranged("That was taken back already.")
        if decision.live_until and decision.live_until <= now:
            raise NotArranged("That has ended by itself.")
        row = _withdrawal(by, decision, now)
        purging.of_front(row.language, now)
        audit.log(by, "front_withdrawn", row, slot=row.slot, language=row.language, withdraws=decision.pk)
    return [row]


def newest_decision(language: str) -> int:
    """The number of the last decision made for that edition; 0 if there was none."""
    ids = FrontSlot.objects.filter(language=language).order_by("-pk").values_list("pk", flat=True)
    return ids.first() or 0


def coming(language: str, now=None) -> list[FrontSlot]:
    """The decisions that are to come and stand, the soonest first."""
    now = now or timezone.now()
    taken_back = FrontSlot.objects.filter(withdraws=OuterRef("pk"))
    rows = FrontSlot.objects.filter(language=language, live_from__gt=now, withdraws=None).exclude(Exists(taken_back))
    return list(rows.order_by("live_from", "pk")[:200])


def _check_window(start, until, now):
    if start < now:
        raise NotArranged("That time has passed. Arrange the page for now, or for a time to come.")
    if until is not None and until <= start:
        raise NotArranged("It would end before it begins.")


def _check_wishes(language, wishes):
    if not wishes:
        raise NotArranged("Nothing was chosen.")
    if len({wish.slot for wish in wishes}) < len(wishes):
        raise NotArranged("One slot was named twice.")
    stories = [wish.public_id for wish in wishes if wish.public_id]
    if len(set(stories)) < len(stories):
        raise NotArranged("One story stands in one slot alone.")
    languages = dict(Article.objects.filter(public_id__in=stories).values_list("public_id", "language"))
    ready = set(Release.objects.standing().filter(public_id__in=stories).values_list("public_id", flat=True))
    for wish in wishes:
        if wish.slot not in (STRIP_SLOTS if wish.place else (*STORY_SLOTS, *STRIP_SLOTS)):
            raise NotArranged(f"The front page has no slot “{wish.slot}”.")
        if wish.public_id and wish.slot not in STORY_SLOTS:
            raise NotArranged("A strip holds a place: put the story into one of the strip's own slots.")
        if wish.public_id and wish.public_id not in ready:
            raise NotArranged("That story has not been released or scheduled yet: readers could not see it there.")
        if wish.public_id and languages.get(wish.public_id) != language:
            raise NotArranged("That story is written in another language than this edition.")
        if wish.place and not _is_place(wish.place):
            raise NotArranged("A strip is filled by a region or a topic.")


def _is_place(place):
    kind, _, code = place.partition(":")
    model = {"region": Region, "topic": Topic}.get(kind)
    return bool(model) and model.objects.filter(code=code).exists()


def _withdraw_holding(by, language, slot, start, now):
    """Withdraw whatever holds that slot at that instant, one beneath the other, so that the page fills it by itself."""
    rows = FrontSlot.objects.standing(start, now).filter(language=language, slot=slot)
    return [_withdrawal(by, row, now) for row in rows]


def _withdrawal(by, decision, now):
    return FrontSlot.objects.create(
        slot=decision.slot, language=decision.language, withdraws=decision, live_from=now, **_signed(by, now)
    )


def _signed(by, now):
    return {"made_at": now, "made_by": by, "made_by_name": audit.staff_name(by)}


def _lock(language):
    """One arranges at a time: SQLite's transaction sees to that by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"front:{language}"])
