"""The front page at the desk: what stands on it now, at any time past or planned, and the hands that arrange it."""

from datetime import timedelta
from functools import partial
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from articles import access, front
from articles.models import Article, FrontSlot, Region, Topic

from .pick_fields import PickField
from .picking import Known
from .site import ReadOnlyAdmin
from .times import NewsroomTimeField, told, zone_name

# How long a story stands where somebody put it, if they say nothing.
USUALLY = timedelta(days=1)
NOT_OPEN = "a story that is not open to you"


def slot_name(slot: str) -> str:
    """A slot as an editor calls it: “Lead”, “Second 3”, “Strip 2, story 4”."""
    parts = slot.split("-")
    if parts[0] == "lead":
        return "Lead"
    if parts[0] == "secondary":
        return f"Second {parts[1]}"
    return f"Strip {parts[1]}, story {parts[3]}" if len(parts) == 4 else f"Strip {parts[1]}"


class LookForm(forms.Form):
    """Which edition, and when."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    at = NewsroomTimeField(required=False, label="At")


class _ArrangeForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    at = NewsroomTimeField(required=False, label="From", help_text="Newsroom time. Empty: now.")

    def __init__(self, *args, user, **kw):
        super().__init__(*args, **kw)
        self.user, known = user, Known(user)
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.use(known)


class StoryForm(_ArrangeForm):
    slot = forms.ChoiceField(choices=[(slot, slot_name(slot)) for slot in front.STORY_SLOTS])
    story = PickField("story", help_text="One that readers have, or that is scheduled.")
    until = NewsroomTimeField(required=False, label="Until", help_text="Empty: for a day.")
    field_order = ("slot", "story", "at", "until")

    def clean_story(self):
        story = self.cleaned_data["story"]
        if not access.may_see(self.user, story):
            raise forms.ValidationError("That choice is no longer there. Choose another.")
        return story

    def wish(self):
        return front.Wish(self.cleaned_data["slot"], public_id=self.cleaned_data["story"].public_id)


class StripForm(_ArrangeForm):
    slot = forms.ChoiceField(choices=[(slot, slot_name(slot)) for slot in front.STRIP_SLOTS], label="Strip")
    region = PickField("region", required=False)
    topic = PickField("topic", required=False)
    until = NewsroomTimeField(required=False, label="Until", help_text="Empty: until it is changed.")
    field_order = ("slot", "region", "topic", "at", "until")

    def clean(self):
        data = super().clean()
        if bool(data.get("region")) == bool(data.get("topic")):
            raise forms.ValidationError("Choose a region or a topic.")
        return data

    def wish(self):
        region, topic = self.cleaned_data["region"], self.cleaned_data["topic"]
        place = f"region:{region.code}" if region else f"topic:{topic.code}"
        return front.Wish(self.cleaned_data["slot"], place=place)


@admin.register(FrontSlot)
class FrontAdmin(ReadOnlyAdmin):
    """One screen, in place of a list of rows."""

    called = ("front page", "front page")

    def get_urls(self):
        def address(route, view, name):
            run = self.admin_site.admin_view(partial(view, site=self.admin_site))
            return path(route, run, name=f"articles_frontslot_{name}")

        shown = [route for route in super().get_urls() if route.name == "articles_frontslot_changelist"]
        return [
            address("arrange/", arrange, "arrange"),
            address("strip/", arrange_strip, "strip"),
            address("move/", move, "move"),
            address("<int:pk>/withdraw/", withdraw, "withdraw"),
            *shown,
        ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return page(request, site=self.admin_site)


def page(request, *, site, story_form=None, strip_form=None, problem="", status=HTTPStatus.OK, language=None):
    """The front page of an edition, now or at ``?at=``: past ones as readers saw them, planned ones as they stand."""
    look = LookForm(request.GET if request.method == "GET" else None)
    asked = look.cleaned_data if look.is_bound and look.is_valid() else {}
    language = language or asked.get("language") or settings.LANGUAGE_CODE
    now = timezone.now()
    at = asked.get("at") or now
    shown = front.front_at(language, at, known=min(at, now))
    seen = front.newest_decision(language)
    may_arrange = request.user.has_perm("articles.arrange_front") and at >= now
    initial = {"language": language, "seen": seen, "slot": request.GET.get("slot") or "lead"}
    if at > now:
        initial["at"] = at
    stories = [shown.lead, *shown.secondary, *(slot for strip in shown.strips for slot in strip.stories)]
    shut = _shut(request.user, [slot.release for slot in stories if slot], now)
    context = {
        **site.each_context(request),
        "opts": FrontSlot._meta,
        "title": "Front page",
        "look": look
        if look.is_bound and not look.is_valid()
        else LookForm(initial={"language": language, "at": asked.get("at")}),
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "editions": settings.LANGUAGES,
        "at_told": told(at),
        "when": "past" if at < now else "planned" if at > now else "now",
        "zone": zone_name(),
        "front": shown,
        "top": _shown([*([shown.lead] if shown.lead else []), *shown.secondary], shut),
        "strips": [(strip, _place_name(strip), _shown(strip.stories, shut)) for strip in shown.strips],
        "idle": _told(request.user, _idle(shown)),
        "coming": _told(request.user, front.coming(language, now)),
        "may_arrange": may_arrange,
        "seen": seen,
        "problem": problem,
        "story_form": story_form or StoryForm(initial=initial, user=request.user),
        "strip_form": strip_form
        or StripForm(
            initial=initial | {"slot": initial["slot"] if "strip" in initial["slot"] else "strip-1"}, user=request.user
        ),
    }
    return TemplateResponse(request, "desk/front.html", context, status=status)


def _shut(user, releases, now) -> set[str]:
    """The stories of these that readers are yet to get and that this person may not see. What is out is no secret."""
    to_come = {one.public_id for one in releases if one.live_from > now}
    if not to_come:
        return set()
    return to_come - set(
        access.visible_articles(user).filter(public_id__in=to_come).values_list("public_id", flat=True)
    )


def _shown(slots, shut):
    """Slots with their names, and with those before and after them for the keys that move a story."""
    rows = []
    for number, slot in enumerate(slots):
        before = slots[number - 1].name if number else ""
        after = slots[number + 1].name if number + 1 < len(slots) else ""
        is_open = slot.release.public_id not in shut
        rows.append({"slot": slot, "name": slot_name(slot.name), "before": before, "after": after, "is_open": is_open})
    return rows


def _place_name(strip):
    if strip.named:
        return strip.named.get("shown") or strip.named["name"]
    kind, _, code = strip.place.partition(":")
    thing = (Region if kind == "region" else Topic).objects.filter(code=code).first()
    return str(thing) if thing else code


def _idle(shown):
    """Decisions that hold and have no effect: their story is not with readers, or stands in an earlier slot."""
    placed = {slot.name for slot in [shown.lead, *shown.secondary] if slot and slot.decision}
    placed |= {slot.name for strip in shown.strips for slot in strip.stories if slot.decision}
    return [row for name, row in shown.decisions.items() if row.public_id and name not in placed]


def _told(user, decisions):
    """Decisions with the headline of their story, where that person may see it, or the place's name."""
    ids = [row.public_id for row in decisions if row.public_id]
    stories = access.visible_articles(user).filter(public_id__in=ids) if ids else Article.objects.none()
    headlines = dict(stories.values_list("public_id", "headline"))
    return [
        {
            "row": row,
            "slot": slot_name(row.slot),
            "what": headlines.get(row.public_id, NOT_OPEN) if row.public_id else row.place,
            "from": told(row.live_from),
            "until": told(row.live_until) if row.live_until else "",
        }
        for row in decisions
    ]


def _may(request):
    if not request.user.has_perm("articles.arrange_front"):
        raise PermissionDenied


def _number(words):
    """The number of a decision as a form sends it; -1 for what is none, which nobody has seen."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 18 else -1


def _back(language, at=None):
    where = reverse("admin:articles_frontslot_changelist")
    query = {"language": language}
    if at and at > timezone.now():
        query["at"] = timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
    return redirect(f"{where}?{urlencode(query)}")


def _arrange(request, site, form, name, until):
    language = form.data.get("language") if form.data.get("language") in dict(settings.LANGUAGES) else None
    again = partial(page, request, site=site, language=language, **{name: form})
    if not form.is_valid():
        return again(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    try:
        front.arrange(
            request.user, data["language"], [form.wish()], seen=data["seen"], at=data["at"], until=until(data)
        )
    except front.NotArranged as error:
        return again(problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except front.Rearranged as error:
        return page(request, site=site, language=language, problem=str(error), status=HTTPStatus.CONFLICT)
    when = f"from {told(data['at'])}" if data["at"] else "now"
    messages.success(request, f"{slot_name(data['slot'])} is set {when}.")
    return _back(data["language"], data["at"])


@require_POST
def arrange(request, *, site):
    """Put a story into a slot."""
    _may(request)
    form = StoryForm(request.POST, user=request.user)
    return _arrange(
        request, site, form, "story_form", lambda data: data["until"] or (data["at"] or timezone.now()) + USUALLY
    )


@require_POST
def arrange_strip(request, *, site):
    """Say which place fills a strip."""
    _may(request)
    return _arrange(request, site, StripForm(request.POST, user=request.user), "strip_form", lambda data: data["until"])


@require_POST
def move(request, *, site):
    """Let the stories of two slots change places, as they stand now."""
    _may(request)
    language, slot, to = (request.POST.get(name, "") for name in ("language", "slot", "to"))
    if language not in dict(settings.LANGUAGES):
        raise Http404("There is no such edition.")
    seen = request.POST.get("seen", "")
    shown = front.front_at(language)
    standing = {one.name: one for one in [shown.lead, *shown.secondary] if one}
    standing |= {one.name: one for strip in shown.strips for one in strip.stories}
    mine, theirs = standing.get(slot), standing.get(to)
    try:
        if mine is None or slot == to:
            raise front.NotArranged("That slot is empty.")
        wishes = [front.Wish(to, mine.release.public_id)]
        if theirs:
            wishes.append(front.Wish(slot, theirs.release.public_id))
        until = mine.decision.live_until if mine.decision and mine.decision.live_until else timezone.now() + USUALLY
        front.arrange(request.user, language, wishes, seen=_number(seen), until=until)
    except front.NotArranged as error:
        return page(request, site=site, language=language, problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except front.Rearranged as error:
        return page(request, site=site, language=language, problem=str(error), status=HTTPStatus.CONFLICT)
    messages.success(request, f"“{mine.release.headline}” is {slot_name(to)} now.")
    return _back(language)


@require_POST
def withdraw(request, pk, *, site):
    """Take one decision back."""
    _may(request)
    decision = get_object_or_404(FrontSlot, pk=pk)
    seen = request.POST.get("seen", "")
    try:
        front.withdraw(request.user, decision, seen=_number(seen))
    except front.NotArranged as error:
        return page(
            request, site=site, language=decision.language, problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    except front.Rearranged as error:
        return page(request, site=site, language=decision.language, problem=str(error), status=HTTPStatus.CONFLICT)
    messages.success(request, f"{slot_name(decision.slot)}: taken back. What it covered shows again.")
    return _back(decision.language)
