"""A story's history: its revisions, any two compared, and the way back to one."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from articles import access, aside, audit, releasing, text, writing
from articles.models import Article, Event, Revision

from . import reading, saving, story
from .picking import sees_confidential


def _context(site, request, article, **more):
    # Read from the database anew: the story's page counts on the version.
    return {**site.each_context(request), "opts": Article._meta, "article": article, **more}


def _find(article, number):
    revision = article.revisions.filter(number=number).first()
    if revision is None:
        raise Http404("There is no such revision.")
    return revision


def _number(value):
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def revisions(request, object_id, *, site):
    """All revisions, newest first, with what happened to the story."""
    article = story.find(request, object_id)
    rows = article.revisions.defer("content").order_by("-number")
    pages = Paginator(rows, 50)
    released = dict(article.releases.standing().order_by("sequence").values_list("revision_id", "sequence"))
    context = _context(
        site,
        request,
        article,
        title="History",
        page=pages.get_page(request.GET.get("page")),
        released=released,
        events=Event.objects.about(article)[:100],
        may_erase=access.may(request.user, "erase_text", article),
    )
    return TemplateResponse(request, "desk/history.html", context)


def revision(request, object_id, number, *, site):
    """What the story held at one revision."""
    article = story.find(request, object_id)
    found = _find(article, number)
    reader = reading.Reader(found.content, see_confidential=sees_confidential(request.user))
    fields = [field for field in reader.fields(found.content) if field.lines]
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first()
    context = _context(site, request, article, title=f"Revision {number}", revision=found, fields=fields)
    context |= {"newest": newest, "may_restore": number != newest and access.may_edit(request.user, article)}
    context["may_name"] = access.may(request.user, "name_revision", article)
    return TemplateResponse(request, "desk/revision.html", context)


def compare(request, object_id, *, site):
    """Two revisions, word by word: ``?from=3&to=5``."""
    article = story.find(request, object_id)
    before = _find(article, _number(request.GET.get("from", "")))
    after = _find(article, _number(request.GET.get("to", "")))
    see = sees_confidential(request.user)
    changes = reading.changes(before.content, after.content, see_confidential=see)
    title = f"Revision {before.number} and revision {after.number}"
    context = _context(site, request, article, title=title, before=before, after=after, changes=changes)
    return TemplateResponse(request, "desk/compare.html", context)


@require_POST
def restore(request, object_id, number, *, site):
    """Take the story back to that revision, as a new one."""
    article = story.find(request, object_id)
    found = _find(article, number)
    seen = _number(request.POST.get("version", ""))
    try:
        made = saving.restore(article, found, request.user, seen=seen)
    except (access.NotAllowed, releasing.NotReleasable) as error:
        return story.page(request, article, site=site, problem=str(error), status=HTTPStatus.FORBIDDEN)
    except writing.StaleVersion as error:
        words = (
            "Somebody else has changed this story since you opened it, so nothing was restored. This is how it is now."
        )
        return story.page(request, error.article, site=site, problem=words, status=HTTPStatus.CONFLICT)
    messages.success(request, f"Revision {number} stands again, as revision {made.number}.")
    return redirect("admin:articles_article_change", article.pk)


@require_POST
def name(request, object_id, number, *, site):
    """Give a revision a name, so that it is found again and kept for good; an empty name takes it away."""
    article = story.find(request, object_id)
    if not access.may(request.user, "name_revision", article):
        raise PermissionDenied
    found = _find(article, number)
    words = text.clean_line(request.POST.get("name", ""))[: Revision._meta.get_field("name").max_length]
    if aside.NOT_MERGED in (found.name, words):
        messages.error(request, f"“{aside.NOT_MERGED}” is what texts beside the story are called, and they alone.")
        return redirect("admin:articles_article_revision", article.pk, number)
    # Of the base manager: a revision's own refuses to be changed. Its name is no part of what was saved.
    Revision._base_manager.filter(pk=found.pk).update(name=words)
    audit.log(request.user, "revision_named", article, reason=words, revision=number)
    messages.success(
        request, f"Revision {number} is “{words}” now." if words else f"Revision {number} has no name any more."
    )
    return redirect("admin:articles_article_revision", article.pk, number)
