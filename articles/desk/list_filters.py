"""What the list of stories is narrowed to: the form behind its address, and the conditions that come of it.

A condition is asked of one story at a time, and says besides how its stories are found without reading the others,
where there is an index for that. ``list_pages`` chooses between the two ways.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import In
from django.utils import timezone

from articles import access
from articles.models import (
    Article,
    Assignment,
    Byline,
    Citation,
    Desk,
    DeskMember,
    PhotoCaption,
    Region,
    Release,
    Status,
    StoryRegion,
    Topic,
    TopicLink,
    User,
)

from .address_form import AddressForm
from .pick_fields import PickField
from .picking import Known
from .times import NewsroomTimeField

SPANS = {
    "hour": ("in the last hour", timedelta(hours=1)),
    "day": ("in the last day", timedelta(days=1)),
    "week": ("in the last week", timedelta(weeks=1)),
    "month": ("in the last 30 days", timedelta(days=30)),
}
READERS = {"live": "have it", "scheduled": "will get it", "gone": "no longer have it", "never": "never had it"}
PICTURES = {"with": "has pictures", "without": "has none", "awaited": "is waiting for some"}
YES_NO = {"yes": "confidential", "no": "open to its desk"}


class AskedOfEach(Exists):
    """EXISTS that PostgreSQL asks of one row after another: OFFSET keeps it from turning the query round."""

    template = "EXISTS(%(subquery)s OFFSET 0)"


@dataclass(frozen=True)
class Condition:
    """One thing that is asked of every story of the list."""

    test: Q | Exists | In
    few: QuerySet | None = None  # the ids of its stories, read from an index of its own
    may_hold_others: bool = False  # whether, among those, the test has still to be asked
    leads: str = ""  # the order along which an index holds its stories: "updated_at", "created_at"
    column: str = ""  # which it wants to be equal to something


def _any(names, words):
    return [("", words), *(names.items() if isinstance(names, dict) else names)]


class FilterForm(AddressForm):
    """``?state=submitted&desk=africa&region=SY…``, each empty or one choice. What is not understood is an error."""

    q = forms.CharField(required=False, max_length=400, label="Words")
    state = forms.ChoiceField(choices=_any(Status.choices, "Any"), required=False)
    desk = forms.ChoiceField(required=False)
    region = PickField("region", required=False, help_text="With everything that lies in it.")
    topic = PickField("topic", required=False, help_text="With the topics beneath it.")
    source = PickField("source", required=False, help_text="That the story cites.")
    author = PickField("author", required=False, help_text="In the byline.")
    assigned = forms.ChoiceField(required=False, label="Given to")
    readers = forms.ChoiceField(choices=_any(READERS, "Whether or not"), required=False)
    pictures = forms.ChoiceField(choices=_any(PICTURES, "With or without"), required=False)
    language = forms.ChoiceField(choices=_any(settings.COPY_LANGUAGES, "Any"), required=False)
    urgency = forms.ChoiceField(choices=_any([(str(n), str(n)) for n in range(1, 9)], "Any"), required=False)
    confidential = forms.ChoiceField(choices=_any(YES_NO, "Either"), required=False)
    changed = forms.ChoiceField(required=False)
    changed_from = NewsroomTimeField(required=False, label="Changed from")
    changed_to = NewsroomTimeField(required=False, label="to")
    created = forms.ChoiceField(required=False)
    created_from = NewsroomTimeField(required=False, label="Created from")
    created_to = NewsroomTimeField(required=False, label="to")
    released = forms.ChoiceField(required=False)
    released_from = NewsroomTimeField(required=False, label="Released from")
    released_to = NewsroomTimeField(required=False, label="to")

    TIMES = ("changed", "created", "released")

    def __init__(self, data, user):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        self.user, self.known = user, Known(user)
        self.desks, staff = _desks_and_staff(user)
        self.fields["desk"].choices = _any([(one.code, one.name) for one in self.desks], "All my desks")
        for name in self.TIMES:
            self.fields[name].choices = _any([(span, words) for span, (words, _) in SPANS.items()], "At any time")
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.use(self.known)
        if user.has_perm("articles.view_assignment"):
            self.fields["assigned"].choices = _any([("me", "me"), ("nobody", "nobody"), *staff], "Anybody")
        else:
            del self.fields["assigned"]

    # --- in words --------------------------------------------------------------------------------------------------

    def label_of(self, name):
        return {f"{one}_to": f"{one} until" for one in self.TIMES}.get(name) or super().label_of(name)

    # --- in conditions ---------------------------------------------------------------------------------------------

    def conditions(self) -> list[Condition]:
        """What is asked of every story. Call it on a form that is valid."""
        data, now = self.cleaned_data, timezone.now()
        found = [build(data[name]) for name, build in _EQUAL.items() if data[name]]
        if data["desk"]:
            found.append(_column(desk=next(desk.pk for desk in self.desks if desk.code == data["desk"])))
        found += [build(data[name]) for name, build in _LINKED.items() if data[name]]
        if data.get("assigned"):
            found.append(_assigned(data["assigned"], self.user))
        if data["readers"]:
            found.append(_READERS[data["readers"]](now))
        if data["pictures"]:
            found.append(_PICTURES[data["pictures"]]())
        for name, build in (("changed", _changed), ("created", _created), ("released", _released)):
            begin, end = data[f"{name}_from"], data[f"{name}_to"]
            if data[name]:
                since = now - SPANS[data[name]][1]
                begin = max(begin, since) if begin else since
            if begin or end:
                found.append(build(begin, end, now))
        return found


@dataclass(frozen=True)
class DeskChoice:
    """A desk that can be asked for; ``is_own``: this person belongs to it."""

    pk: int
    code: str
    name: str
    is_own: bool


def _desks_and_staff(user):
    """The desks whose stories this user may ask for, and the staff as (account, name), in one query."""
    own = DeskMember.objects.filter(desk=OuterRef("pk"), user=user)
    desks = Desk.objects.annotate(is_own=Exists(own))
    if not access.spans_desks(user):
        desks = desks.filter(is_own=True)
    people = User.objects.filter(is_active=True, is_staff=True)
    rows = desks.order_by().values_list("pk", "code", "name", "is_own", Value("desk"), Value(""))
    rows = rows.union(
        people.order_by().values_list("pk", "username", "first_name", Value(False), Value("person"), "last_name"),
        all=True,
    )
    found = list(rows)
    choices = [DeskChoice(pk, code, name, bool(is_own)) for pk, code, name, is_own, kind, _ in found if kind == "desk"]
    staff = [
        (account, f"{first} {last}".strip() or account)
        for _, account, first, _, kind, last in found
        if kind == "person"
    ]
    return sorted(choices, key=lambda one: one.name.casefold()), sorted(staff, key=lambda one: one[1].casefold())


def of_desks(user) -> Condition | None:
    """The condition that a story belongs to that user's desks, or None where they span all desks."""
    if access.spans_desks(user):
        return None
    desks = sorted(access.desk_ids(user))
    if len(desks) == 1:
        return _column(desk=desks[0])
    return Condition(Q(desk__in=desks), Article.objects.filter(desk__in=desks).values("pk"))


def _column(**equal):
    test = Q(**equal)
    return Condition(test, Article.objects.filter(test).values("pk"), leads="updated_at", column=next(iter(equal)))


def _confidential(word):
    return _column(confidential=True) if word == "yes" else Condition(Q(confidential=False))


_EQUAL: dict[str, Callable] = {
    "state": lambda value: _column(status=value),
    "language": lambda value: _column(language=value),
    "urgency": lambda value: _column(urgency=int(value)),
    "confidential": _confidential,
}


def _linked(links, few, article="article"):
    """That one of those rows belongs to the story."""
    return Condition(AskedOfEach(links.filter(**{article: OuterRef("pk")})), few.values(article))


def _in_region(region):
    places = [region, *region.members.all()] if region.kind == Region.Kind.GROUPING else [region]
    within = Q()
    for place in places:
        within |= Q(region__in=Region.objects.under(place).values("pk"))
    # Said as an alternative, what lies within is found out once, and not joined to the regions of each story.
    links = StoryRegion.objects.filter(Q(region=region) | within)
    return _linked(links, StoryRegion.objects.filter(within))


def _on_topic(topic):
    links = TopicLink.objects.filter(Q(tag=topic) | Q(tag__in=Topic.objects.filter(parent=topic).values("pk")))
    few = TopicLink.objects.filter(tag__in=Topic.objects.filter(Q(pk=topic.pk) | Q(parent=topic)).values("pk"))
    return _linked(links, few, "content_object")


def _cites(source):
    citations = Citation.objects.filter(Q(source=source) | Q(via=source))
    return _linked(citations, citations)


def _by(author):
    bylines = Byline.objects.filter(author=author)
    return _linked(bylines, bylines)


_LINKED: dict[str, Callable] = {"region": _in_region, "topic": _on_topic, "source": _cites, "author": _by}


def _assigned(word, user):
    work = Assignment.objects.filter(dropped_at=None, article__isnull=False)
    if word == "nobody":
        return Condition(~AskedOfEach(work.filter(article=OuterRef("pk"), assignee__isnull=False)))
    theirs = work.filter(assignee=user) if word == "me" else work.filter(assignee__username=word)
    return _linked(theirs, theirs)


def _in_force(now, kinds):
    """That what is in force is of one of those kinds: an older release beneath a retraction says nothing."""
    holding = Release.objects.holding(now).filter(article=OuterRef("pk"))
    return In(Subquery(holding.values("kind")[:1]), kinds)


def _live(now):
    kinds = [kind for kind in Release.Kind.values if kind not in Release.GONE]
    went_out = Release.objects.standing().filter(live_from__lte=now)
    return Condition(_in_force(now, kinds), went_out.values("article"), may_hold_others=True)


def _gone(now):
    ended = Release.objects.filter(kind__in=Release.GONE)
    return Condition(_in_force(now, list(Release.GONE)), ended.values("article"), may_hold_others=True)


def _scheduled(now):
    pending = Release.objects.pending(now)
    return _linked(pending, pending)


def _never(now):
    return Condition(~AskedOfEach(Release.objects.standing().filter(article=OuterRef("pk"))))


_READERS = {"live": _live, "scheduled": _scheduled, "gone": _gone, "never": _never}


def _with_pictures():
    shown = PhotoCaption.objects.filter(photo__isnull=False)
    return _linked(shown, shown)


def _without_pictures():
    return Condition(~AskedOfEach(PhotoCaption.objects.filter(photo__isnull=False, article=OuterRef("pk"))))


def _awaiting_pictures():
    awaited = PhotoCaption.objects.filter(photo=None)
    return _linked(awaited, awaited)


_PICTURES = {"with": _with_pictures, "without": _without_pictures, "awaited": _awaiting_pictures}


def _between(column, begin, end):
    span = {f"{column}__gte": begin, f"{column}__lt": end}
    return Q(**{lookup: at for lookup, at in span.items() if at})


def _changed(begin, end, now):
    test = _between("updated_at", begin, end)
    return Condition(test, Article.objects.filter(test).values("pk"), leads="updated_at")


def _created(begin, end, now):
    test = _between("created_at", begin, end)
    return Condition(test, Article.objects.filter(test).values("pk"), leads="created_at")


def _released(begin, end, now):
    had = Release.objects.standing().filter(_between("live_from", begin, end), live_from__lte=now)
    had = had.exclude(kind__in=Release.GONE)
    return _linked(had, had)
