"""Settling what was refused: the choices of an editor become the story's next revision."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import redirect

from articles import access, erasing

from . import conflict, saving, story


def settle(request, object_id, number, *, site):
    """A text that was kept beside the story, against what stands now; and the save of what was chosen of both."""
    article = story.find(request, object_id)
    if not access.may_edit(request.user, article):
        problem = f"You may not edit this story on the {article.desk} desk as it stands."
        return story.page(request, article, site=site, problem=problem, status=HTTPStatus.FORBIDDEN)
    kept = article.revisions.filter(number=number).first()
    # The choices were made between what was kept and what stood when the page was opened.
    stood = request.POST.get("stands", "")
    stands = article.revisions.filter(number=int(stood)).first() if stood.isdecimal() and len(stood) < 9 else None
    try:
        found = conflict.between(article, kept, request.user, stands=stands)
    except LookupError as error:
        raise Http404("There is no such text to merge.") from error
    if request.method != "POST":
        return conflict.page(request, found, site=site)
    form = conflict.SettlingForm(found, request.POST)
    if not form.is_valid():
        return conflict.page(request, found, site=site, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        saved = saving.save(
            article,
            found.settled(form.choices()),
            request.user,
            seen=form.cleaned_data["version"],
            opened=found.stands.number,
            reason=f"Merged with revision {kept.number}, which {kept.author_name or 'somebody'} had saved beside",
            settles=kept.number,
        )
    except saving.Overlap as error:
        return conflict.overlap(request, error, site=site)
    except access.NotAllowed as error:
        return story.page(request, article, site=site, problem=str(error), status=HTTPStatus.FORBIDDEN)
    except erasing.ErasedSince as error:
        form.add_error(None, str(error))
        return conflict.page(request, found, site=site, form=form, status=HTTPStatus.CONFLICT)
    conflict.tell(request, article, saved, opened=found.stands.number)
    return redirect("admin:articles_article_change", article.pk)
