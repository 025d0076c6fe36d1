"""The page of a picture: the picture with its crops, its words and rights, where it stands, and what its file said."""

from copy import copy
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles import audit, photos
from articles.models import Photo
from articles.models.caption import credit_line

from . import photo_checks, photo_merging, photo_reading
from .photo_form import ENDINGS, FRAMING, PhotoForm
from .photo_library import Mark
from .photo_uses import uses_of

# What stands in the part of the form that is folded away.
_FOLDED = ("headline", "extended_description", "people", "keywords", "city", "region", "taken_at", "taken_precision")
_FOLDED += ("agency", "provider_id", "instructions", "digital_source")


def find(request, object_id) -> Photo:
    """The picture. Every desk shares them all; raises ``PermissionDenied`` for who may see none."""
    user = request.user
    if not (user.has_perm("articles.view_photo") or user.has_perm("articles.change_photo")):
        raise PermissionDenied
    try:
        found = Photo.objects.select_related("agency", "supplier", "region", "created_by").get(pk=int(object_id))
    except (Photo.DoesNotExist, ValueError, OverflowError) as error:
        raise Http404("There is no such picture.") from error
    return found


def require_change(request):
    if not request.user.has_perm("articles.change_photo"):
        raise PermissionDenied


def change(request, object_id, *, site):
    """The picture as it stands; a save of it, or both people's words where somebody else has saved meanwhile."""
    photo = find(request, object_id)
    if request.method != "POST":
        return page(request, photo, site=site)
    require_change(request)
    form = PhotoForm(request.POST, instance=copy(photo), user=request.user)
    if "take" in request.POST:
        return page(request, photo, site=site, form=_taken(request, photo))
    if not form.is_valid():
        return page(request, photo, site=site, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    values, seen = form.values(), form.cleaned_data["version"]
    try:
        if seen != photo.version:
            typed = values
            values, overlap = photo_merging.merge(photo, typed, opened=form.cleaned_data["revision"] or 0)
            if overlap:
                settled = _settling(photo, form, typed, values, overlap=overlap)
                return page(request, photo, site=site, form=settled, status=HTTPStatus.CONFLICT, problem=_OVERLAP)
        saved = photos.change(photo, values, request.user, seen=photo.version)
    except photos.StalePhoto:
        return page(request, find(request, object_id), site=site, form=form, status=HTTPStatus.CONFLICT, problem=_AGAIN)
    except photos.NotSound as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return page(request, photo, site=site, form=form, status=status, problem=f"Not saved yet. {error}")
    if saved is None:
        messages.info(request, "Nothing was changed.")
    elif seen != photo.version:
        messages.success(request, "Saved, together with what somebody else had saved meanwhile.")
    else:
        messages.success(request, "Saved.")
    if "_correct" in request.POST:
        return redirect("admin:articles_photo_correct", photo.pk)
    return redirect("admin:articles_photo_change", photo.pk)


_OVERLAP = (
    "Not saved yet: somebody else has changed the same words since you opened this page. What you wrote stands in the"
    " fields, with what they wrote beneath. Make one of the two, and save again."
)
_AGAIN = "Not saved yet: somebody saved at the same moment. Everything you typed is still here; save again."


def _settling(photo, form, values, names, *, overlap):
    """The form on which the two are settled: what was typed, over what stands now, which is shown beneath."""
    typed = copy(photo)
    for name in names:
        setattr(typed, name, values[name])
    settled = PhotoForm(instance=typed, user=form.known.user, initial=_opened(photo))
    photo_merging.show_theirs(settled, photo, overlap)
    return settled


def _opened(photo):
    return {"version": photo.version, "revision": photo_merging.newest_number(photo)}


def _taken(request, photo):
    """The form as it was sent, with one field as the file has it: what a script does without asking the server."""
    data = request.POST.copy()
    for one in photo_reading.said(photo):
        if one.name == data["take"]:
            data[one.name] = one.value
    form = PhotoForm(data, instance=copy(photo), user=request.user)
    form.is_valid()
    return form


def page(request, photo, *, site, form=None, problem="", status=HTTPStatus.OK):
    """The picture's page, with what went wrong on top of it where something did."""
    user, now = request.user, timezone.now()
    may_edit = user.has_perm("articles.change_photo")
    form = form or (PhotoForm(instance=photo, user=user, initial=_opened(photo)) if may_edit else None)
    uses = uses_of(photo, user)
    context = {**site.each_context(request), "title": str(photo), "opts": Photo._meta, "photo": photo, "form": form}
    context |= {"problem": problem, "may_edit": may_edit, "uses": uses, "source": _source(photo), "accept": ENDINGS}
    context["may_delete"] = user.has_perm("articles.delete_photo") and not uses.count
    context |= {"rights": photo_reading.rights(photo, now), "rights_marks": _rights_marks(photo, now)}
    context |= {"said": photo_reading.said(photo), "all_said": photo_reading.all_said(photo)}
    context |= {"added_by": audit.staff_name(photo.created_by)}
    context["checks"] = photo_checks.checks_of(form.instance if form else photo)
    context["as_printed"] = as_printed(photo.photographer, photo.credit, photo.is_file_photo)
    if form is None:
        context |= {"shown_words": photo_reading.words(photo), "shown_rights": photo_reading.rights_fields(photo)}
    else:
        context["framing"] = [form[name] for name in FRAMING]
        context["framing_errors"] = any(form[name].errors for name in FRAMING)
        context["more_open"] = any(form[name].errors or hasattr(form.fields[name], "theirs") for name in _FOLDED)
    return TemplateResponse(request, "desk/photo.html", context, status=status)


def _source(photo):
    return reverse("admin:articles_photo_wide", args=[photo.public_id])


def as_printed(photographer, credit, is_file_photo) -> str:
    """The credit as it stands on the page for readers."""
    line = credit_line(photographer, credit)
    if is_file_photo:
        return f"File photo: {line}" if line else "File photo"
    return f"Photo: {line}" if line else ""


def _rights_marks(photo, now):
    if photo.usable_until and photo.usable_until <= now:
        return [Mark("lapsed", "gone")]
    if photo.usable_from and photo.usable_from > now:
        return [Mark("not yet", "wait")]
    return [Mark("usable", "live")]
