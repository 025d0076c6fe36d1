"""The versions of a picture's words and rights: any two compared, and the way back to one."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from articles import photos
from articles.models import Event, Photo

from . import photo_page, photo_reading

SHOWN = 100


def _number(value):
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def _find(photo, number):
    revision = photo.revisions.filter(number=number).first()
    if revision is None:
        raise Http404("There is no such version.")
    return revision


@require_GET
def history(request, object_id, *, site):
    """The versions, newest first; with ``?from=1&to=3`` those two compared; and what happened to the picture."""
    photo = photo_page.find(request, object_id)
    versions = list(photo.revisions.defer("content")[:SHOWN])
    context = {**site.each_context(request), "title": "Versions", "opts": Photo._meta, "photo": photo}
    context |= {"versions": versions, "events": Event.objects.about(photo)[:100]}
    context["may_restore"] = request.user.has_perm("articles.change_photo")
    if "to" in request.GET:
        before, after = (_find(photo, _number(request.GET.get(name, ""))) for name in ("from", "to"))
        context |= {"before": before, "after": after}
        context["changes"] = photo_reading.changes(before.content, after.content)
    return TemplateResponse(request, "desk/photo_versions.html", context)


@require_POST
def restore(request, object_id, number, *, site):
    """Take the words and rights of a picture back to that version, as a new one."""
    photo = photo_page.find(request, object_id)
    photo_page.require_change(request)
    found = _find(photo, number)
    try:
        made = photos.restore(photo, found, request.user, seen=_number(request.POST.get("version", "")))
    except photos.StalePhoto:
        words = "Nothing was restored: somebody has changed this picture since you opened it. This is how it is now."
        return photo_page.page(request, photo, site=site, problem=words, status=HTTPStatus.CONFLICT)
    if made is None:
        messages.info(request, f"Version {number} says what stands already.")
    else:
        messages.success(request, f"Version {number} stands again, as version {made.number}.")
    return redirect("admin:articles_photo_change", photo.pk)
