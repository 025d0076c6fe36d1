"""Picture files that are brought in: many at once, each with an outcome of its own."""

from dataclasses import dataclass, field
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from articles import photos
from articles.models import Photo

from . import photo_page
from .photo_form import ENDINGS

MOST_FILES = 40
NEW, SAME, FORMER, ALIKE, REPLACED, REFUSED = "new", "same", "former", "alike", "replaced", "refused"
KEEP, REPLACE = "keep", "replace"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; gives a list."""

    def __init__(self, **kw):
        super().__init__(widget=FilesInput(attrs={"accept": ENDINGS}), **kw)

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files[:MOST_FILES]]


class UploadForm(forms.Form):
    files = FilesField(label="Picture files")
    keep_alike = forms.BooleanField(required=False, label="Keep files that look like a picture that is here")


@dataclass
class Sent:
    """What became of one file: the picture it is now, or those it looks like, or why it was refused."""

    name: str
    outcome: str
    photo: Photo | None = None
    alike: list[Photo] = field(default_factory=list)
    problem: str = ""
    notes: tuple[str, ...] = ()


def take_one(user, file, decision: str = "") -> Sent:
    """Take one file in. ``decision`` is what its sender said of a picture that it looks like: ``keep`` for both, or
    ``replace:<public id>:<version>`` to put it in the place of that picture's file.
    """
    try:
        if decision.startswith(f"{REPLACE}:"):
            return _replaced(user, file, decision)
        taken = photos.take_in(file.read(), name=file.name, by=user, keep_both=decision == KEEP)
    except photos.UnusablePicture as error:
        return Sent(file.name, REFUSED, problem=str(error))
    if taken.outcome == ALIKE:
        return Sent(file.name, ALIKE, alike=taken.alike)
    return Sent(file.name, taken.outcome, taken.photo, notes=taken.notes)


def _replaced(user, file, decision):
    if not user.has_perm("articles.change_photo"):
        raise PermissionDenied
    _, public_id, version = [*decision.split(":", 2), "", ""][:3]
    photo = Photo.objects.filter(public_id=public_id).first()
    if photo is None:
        return Sent(file.name, REFUSED, problem="The picture whose file it was to replace is no longer here.")
    seen = int(version) if version.isascii() and version.isdigit() else 0
    try:
        photo = photos.replace_file(photo, file.read(), name=file.name, by=user, seen=seen)
    except photos.StalePhoto:
        words = "Somebody else has changed the picture since. Nothing was replaced: look at it, and try again."
        return Sent(file.name, REFUSED, problem=words)
    return Sent(file.name, REPLACED, photo)


def upload(request, *, site):
    """Bring picture files in: the page, and its form as it works without a script."""
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            decision = KEEP if form.cleaned_data["keep_alike"] else ""
            taken = [take_one(request.user, file, decision) for file in form.cleaned_data["files"]]
            tell(request, taken)
            here = list(dict.fromkeys(one.photo.public_id for one in taken if one.photo))
            if here and request.user.has_perm("articles.change_photo"):
                return redirect(f"{reverse('admin:articles_photo_sheet')}?{urlencode({'photo': here}, doseq=True)}")
            if here:
                return redirect("admin:articles_photo_changelist")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {**site.each_context(request), "title": "Add pictures", "form": form, "opts": Photo._meta}
    return TemplateResponse(request, "desk/upload.html", context | {"accept": ENDINGS}, status=status)


def tell(request, taken: list[Sent]) -> None:
    """Say of each file what became of it, on the next page."""
    for one in taken:
        if one.outcome == REFUSED:
            messages.error(request, f"{one.name}: {one.problem}")
        elif one.outcome in (SAME, FORMER):
            messages.info(request, f"{one.name} is here already, as “{one.photo}”.")
        elif one.outcome == ALIKE:
            like = one.alike[0]
            messages.warning(
                request,
                f"{one.name} was not kept: it looks like “{like}” ({like.width} × {like.height} pixels), which is here."
                " To keep both, send it again and tick the box beneath the files.",
            )
        elif one.outcome == REPLACED:
            messages.success(request, f"{one.name} is the file of “{one.photo}” now.")
        else:
            messages.success(request, " ".join([f"{one.name} was taken in.", *one.notes]))


@require_POST
def take(request, *, site):
    """One file of several: what became of it, as a line of the page."""
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        taken = Sent("", REFUSED, problem="No file came.")
    else:
        taken = take_one(request.user, file, request.POST.get("decision", "")[:100])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if taken.outcome == REFUSED else HTTPStatus.OK
    return TemplateResponse(request, "desk/_taken.html", {"taken": taken}, status=status)


@require_POST
def replace(request, object_id, *, site):
    """Put another file in the place of a picture's; its words stay."""
    photo = photo_page.find(request, object_id)
    photo_page.require_change(request)
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "Choose the file first.")
        return redirect("admin:articles_photo_change", photo.pk)
    version = request.POST.get("version", "")[:9]
    tell(request, [take_one(request.user, file, f"replace:{photo.public_id}:{version}")])
    return redirect("admin:articles_photo_change", photo.pk)
