"""Pictures that stories name and that have not come: the list of them, and the file or picture that fulfils one."""

from http import HTTPStatus
from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from articles import access, search, text
from articles.models import Desk, Photo, PhotoCaption

from . import photo_upload, saving
from .photo_form import ENDINGS
from .pick_fields import PickField
from .picking import Known

SHOWN = 60
SUGGESTED = 4
LIKE_ENOUGH = 0.3  # of the words of two captions, in common
_LONG = 5  # letters of a word that tells captions apart


def _awaited(user):
    return (
        PhotoCaption.objects.filter(photo=None, article__in=access.visible_articles(user).active())
        .select_related("article__desk")
        .defer("article__body")
        .order_by("-id")
    )


@require_GET
def awaited(request, *, site):
    """Pictures awaited, of all one's desks or of one: ``?desk=africa&before=…``."""
    user = request.user
    if not user.has_perm("articles.view_photo"):
        raise PermissionDenied
    desks = list(Desk.objects.all() if access.spans_desks(user) else Desk.objects.filter(memberships__user=user))
    desk = next((one for one in desks if one.code == request.GET.get("desk", "")), None)
    rows, before = _awaited(user), request.GET.get("before", "")
    if desk:
        rows = rows.filter(article__desk=desk)
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    captions = list(rows[: SHOWN + 1])
    context = {**site.each_context(request), "title": "Pictures awaited", "opts": Photo._meta, "desks": desks}
    context |= {"captions": captions[:SHOWN], "desk": desk, "accept": ENDINGS}
    context["older"] = captions[SHOWN - 1].pk if len(captions) > SHOWN else ""
    context["may_put"] = user.has_perm("articles.change_photocaption")
    context["may_send"] = context["may_put"] and user.has_perm("articles.add_photo")
    named = _by_name(captions[:SHOWN])
    for caption in context["captions"]:
        caption.likely = named.get(_key(caption.awaited_file))
    return TemplateResponse(request, "desk/awaited.html", context)


def _key(name):
    """A file's name or a supplier's number as both are compared: without its folder, its ending and its capitals."""
    return text.fold(PurePath(name.replace("\\", "/")).stem) if name else ""


def _by_name(captions) -> dict[str, Photo]:
    """Pictures that came under the name by which one of those captions calls its own, by that name. One query."""
    names = {caption.awaited_file for caption in captions if caption.awaited_file}
    if not names:
        return {}
    condition = Q(provider_id__in=names) | Q(original_name__in=names)
    for name in list(names)[:SHOWN]:
        condition |= Q(provider_id__iexact=PurePath(name).stem) | Q(
            original_name__istartswith=f"{PurePath(name).stem}."
        )
    found = {}
    for photo in Photo.objects.filter(condition).defer("metadata").order_by("pk"):
        for name in (photo.provider_id, photo.original_name):
            if name:
                found[_key(name)] = photo
    return found


def candidates(caption: PhotoCaption) -> list[Photo]:
    """Pictures of the library that may be the awaited one, the likeliest first: by its name, then by their captions."""
    named = _by_name([caption]).get(_key(caption.awaited_file))
    wanted = _words(caption.caption)
    ids = set()
    for word in sorted((word for word in wanted if len(word) >= _LONG), key=len, reverse=True)[:4]:
        ids.update(search.find_photos(word, Photo.objects.all(), limit=30))
    scored = []
    for photo in Photo.objects.filter(pk__in=ids).defer("metadata"):
        words = _words(photo.caption or photo.headline)
        likeness = len(wanted & words) / len(wanted | words) if words else 0
        if likeness >= LIKE_ENOUGH and (named is None or photo.pk != named.pk):
            scored.append((likeness, photo.pk, photo))
    scored.sort(key=lambda one: one[:2], reverse=True)
    return ([named] if named else []) + [photo for _, _, photo in scored[: SUGGESTED - bool(named)]]


def _words(caption):
    return set(text.fold(caption).split())


class FulfilForm(forms.Form):
    photo = PickField("photo", required=False, label="A picture that is here already")
    file = forms.FileField(required=False, label="Or a file", widget=forms.FileInput(attrs={"accept": ENDINGS}))
    keep_alike = forms.BooleanField(required=False, label="Keep the file even if it looks like a picture that is here")

    def clean(self):
        if not self.errors and bool(self.cleaned_data.get("photo")) == bool(self.cleaned_data.get("file")):
            raise forms.ValidationError("Choose a picture, or send a file: one of the two.")


def fulfil(request, pk, *, site):
    """Give a story the picture that it awaits."""
    caption = _awaited(request.user).filter(pk=pk).first()
    if caption is None:
        raise Http404("No story awaits that picture.")
    if not access.may(request.user, "change_photocaption", caption.article):
        raise PermissionDenied
    form = FulfilForm(request.POST or None, request.FILES or None)
    form.fields["photo"].use(Known(request.user))
    status, alike = HTTPStatus.OK, []
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            photo = form.cleaned_data["photo"]
            if photo is None:
                photo, alike = _sent(request, form)
            if photo:
                _put(request, caption, photo)
                return redirect("admin:articles_photo_awaited")
    context = {**site.each_context(request), "title": "A picture awaited", "opts": Photo._meta, "form": form}
    context |= {"caption": caption, "alike": alike, "candidates": candidates(caption)}
    return TemplateResponse(request, "desk/fulfil.html", context, status=status)


def _sent(request, form):
    """The picture that the file has become, if any, or those that it looks like."""
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    decision = photo_upload.KEEP if form.cleaned_data["keep_alike"] else ""
    taken = photo_upload.take_one(request.user, form.cleaned_data["file"], decision)
    if taken.outcome == photo_upload.REFUSED:
        form.add_error("file", taken.problem)
    elif taken.outcome == photo_upload.ALIKE:
        form.add_error("file", "It looks like a picture that is here. Use that one, or send it again and keep both.")
    return taken.photo, taken.alike


def _put(request, caption, photo):
    try:
        saving.put_picture(caption, photo, request.user)
    except access.NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, f"“{caption.article}” has its picture.")
