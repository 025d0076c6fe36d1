"""Many stories at once: choosing what to do, seeing what would become of each, giving the order, reading what was done.

The rules are ``articles/bulk.py``. Here an order is a page of its own: it can be looked at again, and waits there where
it takes a second person.
"""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from articles import access, audit, bulk, workflow
from articles.bulk_actions import ACTIONS
from articles.models import Article, BulkOrder, Desk, Photo, User

from .list_asked import read
from .list_pages import look_to_the_end
from .pick_fields import PickField
from .picking import Known
from .times import NewsroomTimeField, told, zone_name

SHOWN = 30


class StaffField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{audit.staff_name(obj)} ({obj.get_username()})"


class GivenForm(forms.Form):
    """What an action needs besides the stories; of these fields, a form has those alone that its action needs."""

    at = NewsroomTimeField(label="When")
    desk = forms.ModelChoiceField(Desk.objects.none(), to_field_name="code", label="To which desk", empty_label=None)
    urgency = forms.TypedChoiceField(choices=[(n, str(n)) for n in range(1, 9)], coerce=int, initial=4)
    topic = PickField("topic")
    region = PickField("region")
    assignee = StaffField(User.objects.none(), to_field_name="username", label="To whom", empty_label=None)
    due_at = NewsroomTimeField(required=False, label="Due")
    reason = forms.CharField(max_length=300, label="Why")

    def __init__(self, data, *, action, user):
        super().__init__(data)
        for name in set(self.fields) - set(action.needs):
            del self.fields[name]
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.use(Known(user))
            if isinstance(field, NewsroomTimeField):
                field.help_text = f"{zone_name()} time."
        desks = Desk.objects.all()
        if not access.spans_desks(user):
            desks = desks.filter(pk__in=access.working_desk_ids(user))
        if "desk" in self.fields:
            self.fields["desk"].queryset = desks
        if "assignee" in self.fields:
            people = access.who_may_work_on(desks).order_by("first_name", "last_name", "username")
            self.fields["assignee"].queryset = people

    def given(self) -> dict:
        """What was filled in as :mod:`articles.bulk_actions` is given it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "reason" and value is not None}
        told_as = {"desk": "code", "topic": "code", "region": "code", "assignee": "username"}
        given = {name: getattr(value, told_as[name]) if name in told_as else value for name, value in data.items()}
        return {name: value.isoformat() if name in ("at", "due_at") else value for name, value in given.items()}


# --- asking ----------------------------------------------------------------------------------------------------------


def orders(request, *, site):
    """What waits for this person's word, and their own orders; a POST begins one, with the stories that it names."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    if request.method == "POST":
        return _begin(request, site)
    own = BulkOrder.objects.filter(Q(made_by=request.user) | Q(confirmed_by=request.user))
    own = list(own.select_related("made_by")[:SHOWN])
    waiting = bulk.waiting_for(request.user)
    for order in [*own, *waiting]:
        order.words, order.standing = _words(order), _standing(order)
        order.asker = audit.staff_name(order.made_by)
    context = {**site.each_context(request), "title": "Bulk orders", "opts": Article._meta}
    return TemplateResponse(request, "desk/bulk_orders.html", context | {"own": own, "waiting": waiting})


def _begin(request, site):
    user, posted = request.user, request.POST
    back = f"{reverse('admin:articles_article_changelist')}?{posted.get('query', '')}"
    name = posted.get("action", "")
    if name not in bulk.offered(user):
        messages.error(request, "Choose what to do with the stories.")
        return redirect(back)
    stories, problem = _chosen(user, posted)
    if problem:
        messages.error(request, problem)
        return redirect(back)
    action = ACTIONS[name]
    form = GivenForm(posted if "given" in posted or not action.needs else None, action=action, user=user)
    if not form.is_bound or not form.is_valid():
        context = {**site.each_context(request), "title": action.label, "opts": Article._meta, "action_name": name}
        context |= {"action": action, "stories": stories, "form": form, "query": posted.get("query", ""), "back": back}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return TemplateResponse(request, "desk/bulk_begin.html", context, status=status)
    try:
        order = bulk.prepare(user, name, stories, form.given(), form.cleaned_data.get("reason", ""))
    except (workflow.Refused, access.NotAllowed) as error:
        messages.error(request, str(error))
        return redirect(back)
    return redirect("admin:articles_article_bulk_order", order.pk)


def _chosen(user, posted):
    """The stories that were ticked, or all that the list's filters leave; and why they cannot be taken."""
    most = bulk.MOST_AT_ONCE
    if posted.get("which") == "all":
        asked = read(user, QueryDict(posted.get("query", "")))
        if not asked.form.is_valid():
            return [], "Nothing was chosen: one of the filters is not understood."
        ids = look_to_the_end(user, asked.form, asked.order, most + 1)
        found = Article.objects.filter(pk__in=ids)
    else:
        ids = list(dict.fromkeys(posted.getlist("story")))
        found = access.visible_articles(user).filter(public_id__in=ids[: most + 1])
    if len(ids) > most:
        return [], f"More than {most} stories match. Narrow the list down: at most {most} are done at once."
    order = {one: number for number, one in enumerate(ids)}
    stories = list(found.select_related("desk").defer("body"))
    stories.sort(key=lambda story: order.get(story.pk, order.get(story.public_id)))
    return stories, "" if stories else "Choose the stories first."


# --- one order -------------------------------------------------------------------------------------------------------


def order(request, order_id, *, site):
    """An order: what it would do, whom it waits for, or what it did, story by story."""
    order = _find(request.user, order_id)
    user = request.user
    results = {result["story"]: result for result in order.results}
    plan = dict(order.details["plan"])
    ids = [public_id for public_id, _ in order.stories]
    left_out = dict(order.details["left_out"])
    seen = access.visible_articles(user).filter(public_id__in=[*ids, *left_out]).select_related("desk").defer("body")
    known = {story.public_id: story for story in seen}
    rows = []
    for public_id, version in order.stories:
        story, result = known.get(public_id), results.get(public_id)
        is_stale = result is None and (story is None or story.version != version)
        said = result["said"] if result else plan[public_id]
        rows.append({"story": story, "result": result, "said": said, "is_stale": is_stale})
    is_own = order.made_by_id == user.pk
    is_open = order.done_at is None and order.dropped_at is None
    context = {
        **site.each_context(request),
        "title": _words(order),
        "opts": Article._meta,
        "order": order,
        "rows": rows,
    }
    context |= {"left_out": [(known.get(public_id), why) for public_id, why in left_out.items()]}
    context |= {"standing": _standing(order), "is_own": is_own, "waits": bulk.waits(order), "is_open": is_open}
    context |= {"needs_second": is_open and bulk.needs_second(order), "most_alone": bulk.MOST_ALONE}
    context |= {"asker": audit.staff_name(order.made_by), "is_begun": "started_at" in order.details}
    context |= {"second": audit.staff_name(order.confirmed_by), "given_alone": bulk.given_alone(order.made_by, order)}
    context["done"] = sum(1 for result in order.results if result["done"])
    given = order.details["given"]
    context |= {
        "note": given.get("note", ""),
        "picture": Photo.objects.filter(public_id=given.get("photo", "")).first(),
    }
    return TemplateResponse(request, "desk/bulk_order.html", context)


@require_POST
def give(request, order_id, *, site):
    """Give the order, or confirm a colleague's."""
    return _decide(request, order_id, bulk.give)


@require_POST
def drop(request, order_id, *, site):
    """Give the order up."""
    return _decide(request, order_id, bulk.drop)


def _decide(request, order_id, act):
    order = _find(request.user, order_id)
    try:
        order = act(order, request.user)
    except access.NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _said(order))
    return redirect("admin:articles_article_bulk_order", order.pk)


def _said(order):
    if order.dropped_at:
        return "The order was given up. Nothing was done."
    if not order.done_at:
        return "The order waits for a second person. Nothing has been done yet."
    done = sum(1 for result in order.results if result["done"])
    return f"Done: {_stories(done)}. Refused: {len(order.results) - done}." if order.results else "Nothing was done."


def _find(user, order_id):
    """The order, if it is that person's own, or waits for them; any other is as unknown as one that never was."""
    order = BulkOrder.objects.select_related("made_by", "confirmed_by").filter(pk=order_id).first()
    if order is not None and user.has_perm("articles.view_article"):
        if user.pk in (order.made_by_id, order.confirmed_by_id):
            return order
        if "asked_at" in order.details and bulk.may_confirm(user, order):
            return order
    raise Http404("There is no such order.")


def _words(order):
    """What is ordered, in words: “Schedule 3 stories: Tue 3 March 2026, 14:00 Beirut (12:00 UTC)”."""
    given = order.details["given"]
    more = told(parse_datetime(given["at"])) if "at" in given else ""
    words = f"{ACTIONS[order.action].label}: {_stories(len(order.stories))}"
    return f"{words}, {more}" if more else words


def _stories(count):
    return "1 story" if count == 1 else f"{count} stories"


def _standing(order):
    if order.done_at:
        return "done"
    if order.dropped_at:
        return "given up"
    if bulk.waits(order):
        return "waits for a second person"
    return "cut short" if "started_at" in order.details else "not given yet"
