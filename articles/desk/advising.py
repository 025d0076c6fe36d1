"""Advice on what is being typed, and what its text suggests: asked for by the page when typing pauses. None is kept."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import access, advice
from articles.models import Photo

from . import drafts, standing, story, suggested
from .forms import blank


@require_POST
def advise(request, object_id, *, site):
    """The advice on that form of a story, as a piece of its page."""
    article = story.find(request, object_id)
    if not access.may_edit(request.user, article):
        raise PermissionDenied
    return _advice(request, standing.day_of(article, timezone.now()), article)


@require_POST
def advise_new(request, *, site):
    """The same for a story that was never saved."""
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    return _advice(request, timezone.localdate())


def _advice(request, today, article=None):
    typed = drafts.content_of(drafts.posted(request.POST, see_confidential=False), blank(None), see_confidential=False)
    ids = {caption["photo"][:64] for caption in typed["captions"] if caption["photo"]}
    photos = Photo.objects.filter(public_id__in=ids).only(
        "public_id", "caption", "alt_text", "taken_at", "is_file_photo", "credit", "photographer", "people"
    )
    found = advice.of(typed, pictures={photo.public_id: photo for photo in photos}, today=today)
    context = {"advice": found, "offered": suggested.offered(typed, article)}
    return TemplateResponse(request, "desk/_advice.html", context)
