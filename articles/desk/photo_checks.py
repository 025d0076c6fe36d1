"""What asks for a second look in the words of a picture, while they are written. It stops nothing."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.crediting.checks import Check, look
from articles.models import Photo

from .photo_form import NamesField

_LINES = ("caption", "alt_text", "photographer", "credit")


def checks_of(photo: Photo) -> list[Check]:
    """What to look at again, each a message with the field that it is about."""
    return look(
        photo.caption,
        photo.alt_text,
        photo.credit,
        photo.photographer,
        people=photo.people,
        taken_at=photo.taken_at,
        is_file=photo.is_file_photo,
    )


@require_POST
def check(request, *, site):
    """The same for what stands in a form now: its fields' names begin with ``prefix``."""
    if not request.user.has_perm("articles.change_photo"):
        raise PermissionDenied
    posted, prefix = request.POST, request.POST.get("prefix", "")[:40]
    typed = Photo(**{name: posted.get(f"{prefix}{name}", "").strip()[:2000] for name in _LINES})
    typed.is_file_photo = f"{prefix}is_file_photo" in posted
    taken = posted.get(f"{prefix}taken_at", "") or posted.get(f"{prefix}taken", "")
    typed.taken_at = timezone.now() if taken else None  # whether it is known, and not when
    typed.people = NamesField().to_python(posted.get(f"{prefix}people", "")[:4000])
    context = {"checks": checks_of(typed), "prefix": prefix}
    return TemplateResponse(request, "desk/_checks_soft.html", context)
