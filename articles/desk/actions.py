"""The buttons beside a story. Each is one POST that names the version it was pressed on."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from articles import access, releasing, wire_holds, workflow, writing
from articles.models import Status

from . import story
from .times import NewsroomTimeField, told


class ActionForm(forms.Form):
    """What every button sends."""

    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=300)


class MoveForm(ActionForm):
    target = forms.ChoiceField(choices=Status.choices)


class ReleaseForm(ActionForm):
    at = NewsroomTimeField(required=False)
    note = forms.CharField(required=False, max_length=2000)
    removed_by_law = forms.BooleanField(required=False)
    sequence = forms.IntegerField(required=False, min_value=1)
    override = forms.MultipleChoiceField(
        choices=[("one_person", "two-person rule"), ("embargo", "embargo"), ("territory", "usage terms")],
        required=False,
    )


def _run(request, object_id, form_class, act, site):
    """Do it and say so, or show the story's page with the reason why not."""
    article = story.find(request, object_id)
    form = form_class(request.POST)
    if not form.is_valid():
        words = " ".join(error for errors in form.errors.values() for error in errors)
        return story.page(request, article, site=site, problem=words, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        said = act(article, request.user, form.cleaned_data)
    except releasing.NotReleasable as error:
        fresh = story.find(request, object_id)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return story.page(request, fresh, site=site, problem="Not released.", problems=error.problems, status=status)
    except writing.StaleVersion:
        words = "Somebody else has changed this story since you opened it, so nothing was done. This is how it is now."
        fresh = story.find(request, object_id)
        return story.page(request, fresh, site=site, problem=words, status=HTTPStatus.CONFLICT)
    except (access.NotAllowed, workflow.Refused) as error:
        fresh = story.find(request, object_id)
        return story.page(request, fresh, site=site, problem=str(error), status=story.REFUSALS[type(error)])
    messages.success(request, said)
    if request.POST.get("back") == "board":
        return redirect("admin:index")
    return redirect("admin:articles_article_change", article.pk)


@require_POST
def move(request, object_id, *, site):
    """Submit, return, approve, spike …: whatever the table of transitions knows."""

    def act(article, user, data):
        moved = workflow.move(article, data["target"], user, seen=data["version"], reason=data["reason"])
        return f"The story is now {moved.get_status_display().lower()}."

    return _run(request, object_id, MoveForm, act, site)


def _override(data):
    return releasing.Override(data["reason"], frozenset(data["override"])) if data["override"] else None


@require_POST
def release(request, object_id, *, site, how):
    """Publish now, schedule, correct, retract, or cancel what is scheduled."""
    return _run(request, object_id, ReleaseForm, RELEASES[how], site)


def _publish(article, user, data):
    releasing.release(article, user, seen=data["version"], override=_override(data))
    return "Published. Readers have it now."


def _schedule(article, user, data):
    if data["at"] is None:
        raise workflow.Refused("Say when: give a day and a time.")
    made = releasing.release(article, user, seen=data["version"], at=data["at"], override=_override(data))
    return f"Scheduled for {told(made.live_from)}."


def _correct(article, user, data):
    if not data["note"].strip():
        raise workflow.Refused("Say to readers what was corrected.")
    releasing.release(article, user, seen=data["version"], correction=data["note"].strip(), override=_override(data))
    return "The correction has gone to readers, with its note."


def _retract(article, user, data):
    releasing.retract(
        article, user, seen=data["version"], note=data["note"].strip(), removed_by_law=data["removed_by_law"]
    )
    return "Retracted. Readers see the notice in place of the story."


def _unschedule(article, user, data):
    canceled = releasing.unschedule(
        article, user, seen=data["version"], reason=data["reason"], sequence=data["sequence"]
    )
    return "The schedule is cancelled." if canceled else "Nothing was scheduled."


def _expire(article, user, data):
    made = releasing.expire(article, user, seen=data["version"], at=data["at"], note=data["note"])
    return (
        f"Set to expire on {told(made.live_from)}." if data["at"] else "The story has expired: readers have it no more."
    )


def _roll_back(article, user, data):
    releasing.roll_back(
        article,
        user,
        seen=data["version"],
        sequence=data["sequence"] or 0,
        reason=data["reason"],
        note=data["note"].strip(),
        override=_override(data),
    )
    return "Rolled back: readers have that text again."


RELEASES = {
    "publish": _publish,
    "schedule": _schedule,
    "correct": _correct,
    "retract": _retract,
    "unschedule": _unschedule,
    "expire": _expire,
    "roll_back": _roll_back,
}


@require_POST
def hold(request, object_id, *, site):
    """Set a legal hold, or lift the one that stands."""

    def act(article, user, data):
        change = workflow.lift_legal_hold if article.legal_hold else workflow.set_legal_hold
        held = change(article, user, seen=data["version"], reason=data["reason"])
        return "The story is on legal hold: nothing of it is released." if held.legal_hold else "The hold is lifted."

    return _run(request, object_id, ActionForm, act, site)


@require_POST
def lift_wire(request, object_id, *, site):
    """Use a story again that the wire killed or withheld."""

    def act(article, user, data):
        wire_holds.lift(article, user, seen=data["version"], reason=data["reason"])
        return "The wire stops this story no more."

    return _run(request, object_id, ActionForm, act, site)


@require_POST
def confide(request, object_id, *, site):
    """Mark the story confidential, or open it to its desk again."""

    def act(article, user, data):
        kept = workflow.set_confidential(
            article, user, seen=data["version"], reason=data["reason"], confidential=not article.confidential
        )
        return "The story is confidential now." if kept.confidential else "The story is open to its desk again."

    return _run(request, object_id, ActionForm, act, site)
