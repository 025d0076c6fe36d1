"""Files of pictures: taken in, shown small, the original handed out. No byte that came in is ever shown as it came."""

import io
from http import HTTPStatus
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET
from PIL import Image, ImageOps

from articles import access, audit, photos
from articles.models import Photo, PhotoCaption
from articles.photos import opening, renditions

from . import saving
from .pick_fields import PickField
from .picking import Known

THUMB = (320, 320)
MOST_FILES = 40


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; gives a list."""

    def __init__(self, **kw):
        super().__init__(widget=FilesInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.avif,.tif,.tiff"}), **kw)

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files[:MOST_FILES]]


class UploadForm(forms.Form):
    files = FilesField(
        label="Picture files", help_text="JPEG, PNG, WebP, AVIF or TIFF, up to 60 MB each. Several at once."
    )


def _visible(request, pk):
    if not (request.user.has_perm("articles.view_photo") or request.user.has_perm("articles.change_article")):
        raise PermissionDenied
    photo = Photo.objects.filter(pk=pk).first()
    if photo is None:
        raise Http404("There is no such picture.")
    return photo


@require_GET
def thumb(request, pk, *, site):
    """A small JPEG of the picture: a rendition, or one made from the original now. Never the original's own bytes."""
    photo = _visible(request, pk)
    return _jpeg(photo, min(_jpegs(photo), key=lambda one: one.width, default=None))


def _jpegs(photo):
    """The public JPEG files of the whole picture as it is now."""
    return [one for one in renditions.current(photo) if one.crop == "full" and one.format == "jpeg"]


def _jpeg(photo, rendition):
    try:
        if rendition:
            with rendition.file.open("rb") as stream:
                data = stream.read()
        else:
            data = _small(photo)
    except (OSError, photos.UnusablePicture) as error:
        raise Http404("The file of this picture cannot be read.") from error
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=600"
    return response


def _small(photo):
    with photo.original.open("rb") as stream:
        image = photos.open_safely(stream.read())
    profile = image.info.get("icc_profile")
    image = renditions.to_srgb(ImageOps.exif_transpose(opening.decode(image, THUMB)), profile)
    image.thumbnail(THUMB, Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


@require_GET
def wide(request, public_id, *, site):
    """The picture as large as the desk shows one: a rendition, or small where there is none yet."""
    photo = Photo.objects.filter(public_id=public_id).first()
    return large(_visible(request, photo.pk if photo else 0))


def large(photo):
    """An answer with the picture as large as the desk shows one. Raises ``Http404`` where its file cannot be read."""
    fitting = [one for one in _jpegs(photo) if one.width <= 1280]
    return _jpeg(photo, max(fitting, key=lambda one: one.width, default=None))


@require_GET
def original(request, pk, *, site):
    """The file as it came, to keep: for those who may change pictures, and never opened inside the desk."""
    if not request.user.has_perm("articles.change_photo"):
        raise PermissionDenied
    photo = _visible(request, pk)
    try:
        stream = photo.original.open("rb")
    except OSError as error:
        raise Http404("The file of this picture cannot be read.") from error
    audit.log(request.user, "original_downloaded", photo)
    response = FileResponse(stream, content_type="application/octet-stream")
    ending = photo.original.name.rsplit(".", 1)[-1]
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{photo.public_id}.{ending}')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def take(request, files) -> list[Photo]:
    """Take files in and say what became of each. Gives the pictures that are now there, in order."""
    taken = []
    for file in files:
        try:
            found = photos.take_in(file.read(), name=file.name, by=request.user)
        except photos.UnusablePicture as error:
            messages.error(request, f"{file.name}: {error}")
            continue
        if found.is_new:
            messages.success(request, f"{file.name} was taken in.")
        elif found.outcome == "alike":
            messages.warning(request, f"{file.name} looks like “{found.photo}”, which is here, and was not taken in.")
        else:
            messages.info(request, f"{file.name} is here already, as “{found.photo}”.")
        taken.append(found.photo)
    return taken


def upload(request, *, site):
    """Bring picture files in."""
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid() and (taken := take(request, form.cleaned_data["files"])):
            if len(taken) == 1 and request.user.has_perm("articles.change_photo"):
                return redirect("admin:articles_photo_change", taken[0].pk)
            return redirect("admin:articles_photo_changelist")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {**site.each_context(request), "title": "Add pictures", "form": form, "opts": Photo._meta}
    return TemplateResponse(request, "desk/upload.html", context, status=status)


def _awaited(user):
    return (
        PhotoCaption.objects.filter(photo=None, article__in=access.visible_articles(user).active())
        .select_related("article__desk")
        .defer("article__body")
        .order_by("-article__updated_at", "position")
    )


@require_GET
def awaited(request, *, site):
    """Pictures that stories name and that have not come."""
    if not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied
    context = {**site.each_context(request), "title": "Pictures awaited", "captions": _awaited(request.user)[:200]}
    context["may_put"] = request.user.has_perm("articles.change_photocaption")
    return TemplateResponse(request, "desk/awaited.html", context)


class FulfilForm(forms.Form):
    photo = PickField("photo", required=False, label="A picture that is here already")
    file = forms.FileField(required=False, label="Or a file")

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
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            photo = form.cleaned_data["photo"]
            if photo is None:
                if not request.user.has_perm("articles.add_photo"):
                    raise PermissionDenied
                photo = next(iter(take(request, [form.cleaned_data["file"]])), None)
            if photo:
                try:
                    saving.put_picture(caption, photo, request.user)
                except access.NotAllowed as error:
                    raise PermissionDenied(str(error)) from error
                messages.success(request, f"“{caption.article}” has its picture.")
                return redirect("admin:articles_photo_awaited")
    context = {**site.each_context(request), "title": "A picture awaited", "form": form, "caption": caption}
    return TemplateResponse(request, "desk/fulfil.html", context, status=status)


def used_in(photo, user):
    """Links to the stories that show a picture; of those that are not open to that user only how many."""
    if photo is None or photo.pk is None:
        return "–"
    all_ids = set(PhotoCaption.objects.filter(photo=photo).values_list("article_id", flat=True))
    stories = access.visible_articles(user).filter(pk__in=all_ids).only("headline", "public_id")
    rows = [(reverse("admin:articles_article_change", args=[story.pk]), str(story)) for story in stories]
    others = len(all_ids) - len(rows)
    listed = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    more = format_html("<li>and {} not open to you</li>", others) if others else ""
    return format_html('<ul class="quiet-list">{}{}</ul>', listed, more) if all_ids else "no story"
