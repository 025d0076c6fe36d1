"""Notes beside a story: read, left, resolved. The page is whole by itself; a script puts it into the story's page."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import get_text_list
from django.views.decorators.http import require_GET, require_POST

from articles import access, audit, notes, workflow
from articles.models import Article

from . import panels, story

PEOPLE_SHOWN = 8


def notes_of_story(request, object_id, *, site):
    """The notes on a story, and a form for one more. What was typed is never thrown away."""
    article = story.find(request, object_id)
    if not access.may(request.user, "view_note", article):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, article, site)
    words, about = request.POST.get("text", ""), request.POST.get("about", "")
    try:
        note = notes.add(article, request.user, words, about=about)
    except access.NotAllowed as error:
        return _page(request, article, site, words, about, str(error), HTTPStatus.FORBIDDEN)
    except workflow.Refused as error:
        return _page(request, article, site, words, about, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    told = [audit.staff_name(person) for person in note.mentions.exclude(pk=request.user.pk)]
    messages.success(request, f"The note is left. {get_text_list(told, 'and')} will be told." if told else "Left.")
    return _back(request, article, note)


@require_POST
def turn(request, object_id, note_id, act, *, site):
    """Resolve a note, or reopen it."""
    article = story.find(request, object_id)
    note = article.notes.filter(pk=note_id).first()
    turned = {"resolve": notes.resolve, "reopen": notes.reopen}.get(act)
    if note is None or turned is None:
        raise Http404("There is no such note.")
    try:
        turned(note, request.user)
    except access.NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    return _back(request, article, note)


def _back(request, article, note):
    if request.headers.get("X-Panel"):  # the script wants the panel alone, and the story's page stays as it is
        return redirect("admin:articles_article_notes", article.pk)
    answer = redirect("admin:articles_article_change", article.pk)
    answer["Location"] += f"#note-{note.pk}"
    return answer


def _page(request, article, site, words="", about="", problem="", status=HTTPStatus.OK):
    context = {**site.each_context(request), "title": "Notes", "opts": Article._meta, "article": article}
    context["notes"] = panels.notes_on(article, request.user, words=words, about=about, problem=problem)
    return TemplateResponse(request, "desk/notes.html", context, status=status)


@require_GET
def people(request, object_id, *, site):
    """``?q=ran`` as JSON: who may see the story and can be mentioned in a note on it."""
    article = story.find(request, object_id)
    if not notes.may_note(request.user, article):
        raise PermissionDenied
    asked = request.GET.get("q", "")[:60]
    found = access.who_may_see(article).exclude(pk=request.user.pk)
    for word in asked.split():
        found = found.filter(Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word))
    results = [
        {"id": person.get_username(), "text": audit.staff_name(person)}
        for person in found.order_by("first_name", "username")[:PEOPLE_SHOWN]
    ]
    return JsonResponse({"results": results})
