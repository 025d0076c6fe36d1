"""Files of pictures: shown small and large, the original handed out. No byte that came in is ever shown as it came."""

import io
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_GET
from PIL import Image, ImageOps

from articles import audit, photos
from articles.models import Photo
from articles.photos import framing

THUMB = (320, 320)


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
    return _jpeg(photo, _prepared(photo).order_by("width").first())


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
    image.draft("RGB", THUMB)
    image = ImageOps.exif_transpose(image).convert("RGB")
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
    return _jpeg(photo, _prepared(photo).filter(width__lte=1280).order_by("-width").first())


def _prepared(photo):
    """What there is of the picture as its file is now; nothing where its rights have ended and the files are gone."""
    if photo.files_deleted_at:
        return photo.renditions.none()
    return photo.renditions.filter(crop=framing.FULL, format="jpeg", recipe=framing.recipe(photo))


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
