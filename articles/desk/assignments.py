"""The screens of work that is given out: what is mine, what a desk has on, one piece of work, and its buttons."""

from functools import partial
from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from articles import access, assigning, audit, workflow
from articles.models import Article, Assignment, Desk, User

from .pick_fields import PickField
from .picking import Known
from .site import DeskAdmin
from .story import REFUSALS
from .story_list import BoundedPaginator
from .times import NewsroomTimeField, zone_name

SHOWN = 50
STATES = {"open": "To be done", "late": "Late", "nobody": "Given to nobody", "done": "Done", "dropped": "Taken back"}


@admin.register(Assignment)
class AssignmentAdmin(DeskAdmin):
    """Its place in the admin, for the bar on top; every screen is one of the functions below."""

    called = ("assignment", "assignments")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_assignment")

    def get_urls(self):
        def address(route, view, name):
            run = self.admin_site.admin_view(partial(view, site=self.admin_site))
            return path(route, run, name=f"articles_assignment_{name}")

        return [
            address("", listing, "changelist"),
            address("add/", add, "add"),
            address("<int:pk>/", change, "change"),
            address("<int:pk>/<slug:act>/", act, "act"),
        ]


# --- lists -----------------------------------------------------------------------------------------------------------


class FilterForm(forms.Form):
    desk = forms.ModelChoiceField(Desk.objects.all(), required=False, to_field_name="code", empty_label="All my desks")
    state = forms.ChoiceField(choices=list(STATES.items()), required=False)

    def __init__(self, data, user):
        super().__init__(data)
        if not access.spans_desks(user):
            self.fields["desk"].queryset = Desk.objects.filter(pk__in=access.desk_ids(user))


def listing(request, *, site):
    """My work, and below it that of my desks: ``?desk=africa&state=late&page=2``."""
    user = request.user
    if not user.has_perm("articles.view_assignment"):
        raise PermissionDenied
    form = FilterForm(request.GET, user)
    form.is_valid()  # what is not understood filters nothing
    work = assigning.visible_assignments(user).select_related("desk", "assignee", "article")
    work = work.defer("article__body").order_by(F("due_at").asc(nulls_last=True), "id")
    mine = list(work.open().filter(assignee=user)[:SHOWN])
    desks = _of_state(work, form.cleaned_data.get("state") or "open")
    if desk := form.cleaned_data.get("desk"):
        desks = desks.filter(desk=desk)
    page = BoundedPaginator(desks, SHOWN).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {**site.each_context(request), "title": "Work", "opts": Assignment._meta, "form": form}
    context |= {"mine": mine, "page": page, "kept": kept.urlencode(), "zone": zone_name()}
    context["may_give"] = assigning.desks_to_give_on(user).exists()
    return TemplateResponse(request, "desk/work.html", context)


def _of_state(work, state):
    return {
        "late": work.late,
        "nobody": lambda: work.open().filter(assignee=None),
        "done": lambda: work.filter(done_at__isnull=False).order_by("-done_at"),
        "dropped": lambda: work.filter(dropped_at__isnull=False).order_by("-dropped_at"),
    }.get(state, work.open)()


# --- one piece of work ---------------------------------------------------------------------------------------------


class StaffField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{audit.staff_name(obj)} ({obj.get_username()})"


class AssignmentForm(forms.Form):
    """What is asked of whom. The rules say what may be; the form reads what was typed."""

    title = forms.CharField(max_length=200, label="What the story is")
    briefing = forms.CharField(
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Angle, people to ring, what the desk expects.",
    )
    desk = forms.ModelChoiceField(Desk.objects.none(), to_field_name="code", empty_label=None)
    article = PickField("story", required=False, label="Story", help_text="Where there is one already.")
    assignee = StaffField(
        User.objects.none(), required=False, to_field_name="username", label="To", empty_label="Nobody yet"
    )
    due_at = NewsroomTimeField(required=False, label="Due")
    words = forms.IntegerField(required=False, min_value=1, max_value=100_000, help_text="How long it should be.")

    def __init__(self, data=None, *, user, assignment=None, **kw):
        super().__init__(data, **kw)
        desks = assigning.desks_to_give_on(user)
        self.fields["desk"].queryset = desks
        people = access.who_may_work_on(desks)
        self.fields["assignee"].queryset = people.order_by("first_name", "last_name", "username")
        self.fields["due_at"].help_text = f"{zone_name()} time."
        self.fields["article"].use(Known(user))
        self.user, self.kept = user, assignment.article if assignment else None

    def clean_article(self):
        article = self.cleaned_data["article"]
        if article and article != self.kept and not access.may_see(self.user, article):
            raise forms.ValidationError("That choice is no longer there. Choose another.")
        return article


def add(request, *, site):
    """Give out work; ``?story=`` names the story it is about."""
    user = request.user
    if not assigning.desks_to_give_on(user).exists():
        raise PermissionDenied
    about = access.visible_articles(user).select_related("desk").filter(public_id=request.GET.get("story", "")).first()
    initial = {"article": about.public_id, "title": str(about)[:200], "desk": about.desk.code} if about else {}
    form = AssignmentForm(request.POST or None, user=user, initial=initial)
    if request.method != "POST":
        return _form(request, site, form)
    if not form.is_valid():
        return _form(request, site, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = assigning.give(user, **form.cleaned_data)
    except (access.NotAllowed, workflow.Refused) as error:
        return _form(request, site, form, problem=str(error), status=REFUSALS[type(error)])
    to = audit.staff_name(made.assignee)
    messages.success(request, f"Given to {to}." if to else "Kept, for nobody yet.")
    return redirect("admin:articles_assignment_change", made.pk)


def change(request, pk, *, site):
    """One piece of work: to read, to do, and for who gives it out, to change."""
    user, assignment = request.user, _find(request, pk)
    may_change = assigning.may_give(user, assignment.desk_id) and assignment.done_at is None is assignment.dropped_at
    if request.method != "POST":
        form = _form_of(assignment, user) if may_change else None
        return _form(request, site, form, assignment)
    if not assigning.may_give(user, assignment.desk_id):
        raise PermissionDenied
    form = _form_of(assignment, user, request.POST)
    if not form.is_valid():
        return _form(request, site, form, assignment, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        assigning.change(assignment, user, **form.cleaned_data)
    except (access.NotAllowed, workflow.Refused) as error:
        return _form(request, site, form, assignment, problem=str(error), status=REFUSALS[type(error)])
    messages.success(request, "Changed.")
    return redirect("admin:articles_assignment_change", assignment.pk)


def _find(request, pk) -> Assignment:
    if not request.user.has_perm("articles.view_assignment"):
        raise PermissionDenied
    work = assigning.visible_assignments(request.user).select_related("desk", "assignee", "article", "created_by")
    assignment = work.filter(pk=pk).first()
    if assignment is None:
        raise Http404("There is no such assignment.")
    return assignment


def _form_of(assignment, user, data=None):
    names = ("title", "briefing", "due_at", "words")
    initial = {name: getattr(assignment, name) for name in names}
    initial |= {"desk": assignment.desk.code, "article": assignment.article.public_id if assignment.article else ""}
    initial["assignee"] = assignment.assignee.get_username() if assignment.assignee else ""
    return AssignmentForm(data, user=user, assignment=assignment, initial=initial)


def _form(request, site, form, assignment=None, *, problem="", status=HTTPStatus.OK):
    title = str(assignment) if assignment else "Give out work"
    context = {**site.each_context(request), "title": title, "opts": Assignment._meta, "zone": zone_name()}
    context |= {"form": form, "assignment": assignment, "problem": problem}
    if assignment:
        is_open = assignment.done_at is None and assignment.dropped_at is None
        context["is_mine"] = is_open and assigning.is_theirs(request.user, assignment)
        context["may_direct"] = is_open and assigning.may_give(request.user, assignment.desk_id)
        context["may_start"] = (
            (context["is_mine"] or context["may_direct"])
            and assignment.article is None
            and access.may(request.user, "add_article", Article(desk=assignment.desk))
        )
    return TemplateResponse(request, "desk/assignment.html", context, status=status)


# --- buttons ---------------------------------------------------------------------------------------------------------


def _start(assignment, user, reason):
    return assigning.start(assignment, user)


ACTS = {
    "accept": (lambda work, user, reason: assigning.accept(work, user), "Accepted."),
    "decline": (lambda work, user, reason: assigning.decline(work, user, reason=reason), "Declined."),
    "finish": (lambda work, user, reason: assigning.finish(work, user), "Done."),
    "drop": (lambda work, user, reason: assigning.drop(work, user, reason=reason), "Taken back."),
    "start": (_start, "The story is begun."),
}


@require_POST
def act(request, pk, act, *, site):
    """Accept, decline, finish, take back; or begin the story of an idea, and go to it."""
    if act not in ACTS:
        raise Http404("There is no such button.")
    assignment = _find(request, pk)
    do, said = ACTS[act]
    try:
        made = do(assignment, request.user, request.POST.get("reason", "")[:300])
    except (access.NotAllowed, workflow.Refused) as error:
        may_change = assigning.may_give(request.user, assignment.desk_id)
        form = _form_of(assignment, request.user) if may_change else None
        return _form(request, site, form, _find(request, pk), problem=str(error), status=REFUSALS[type(error)])
    messages.success(request, said)
    if isinstance(made, Article):
        return redirect("admin:articles_article_change", made.pk)
    if assigning.visible_assignments(request.user).filter(pk=pk).exists():
        return redirect("admin:articles_assignment_change", pk)
    return redirect("admin:articles_assignment_changelist")
