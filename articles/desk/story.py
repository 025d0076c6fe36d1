"""The story editor: one page that writes, moves and releases. Rules are asked for, never kept here."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from js_asset import Media

from articles import access, workflow, writing
from articles.models import Article, Desk, Event

from . import conflict, releases, saving
from .forms import StoryForms, blank
from .picking import sees_confidential
from .reading import Reader
from .times import zone_name

REFUSALS = {
    access.NotAllowed: HTTPStatus.FORBIDDEN,
    workflow.Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    writing.StaleVersion: HTTPStatus.CONFLICT,
}


def find(request, object_id) -> Article:
    """The story, if that user may see it; a story of another desk is as unknown as one that never was."""
    try:
        return access.visible_articles(request.user).select_related("desk", "approved_by").get(pk=int(object_id))
    except (Article.DoesNotExist, ValueError, OverflowError) as error:
        raise Http404("There is no such story.") from error


def add(request, *, site):
    """An empty form, and the draft that comes of it."""
    user = request.user
    if not user.has_perm("articles.add_article"):
        raise PermissionDenied
    desks = Desk.objects.all()
    if not access.spans_desks(user):
        desks = desks.filter(pk__in=access.working_desk_ids(user))
    first = desks.first()
    if first is None:
        return page(
            request, None, site=site, problem="You belong to no desk yet. Ask an administrator to put you on one."
        )
    forms = StoryForms(user, blank(first.code), version=0, data=request.POST or None)
    if request.method != "POST":
        return page(request, None, site=site, forms=forms)
    if not forms.is_valid():
        return page(request, None, site=site, forms=forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        article = saving.create(forms.content(), user)
    except access.NotAllowed as error:
        return page(request, None, site=site, forms=forms, problem=str(error), status=HTTPStatus.FORBIDDEN)
    messages.success(request, "Saved. The story is a draft.")
    return redirect("admin:articles_article_change", article.pk)


def change(request, object_id, *, site):
    """The story as it stands; a save of it, or the two texts where somebody else has saved meanwhile."""
    article = find(request, object_id)
    if request.method != "POST":
        return page(request, article, site=site)
    if not access.may_edit(request.user, article):
        problem = f"You may not edit this story on the {article.desk} desk as it stands."
        return page(request, article, site=site, problem=problem, status=HTTPStatus.FORBIDDEN)
    theirs = writing.snapshot(article)
    forms = _forms(request.user, article, theirs, data=request.POST)
    if not forms.is_valid():
        return page(request, article, site=site, forms=forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    mine = forms.content()
    content = conflict.settle(mine, theirs, request.POST.getlist("take"))
    try:
        saved = saving.save(article, content, request.user, seen=forms.story.cleaned_data["version"])
    except writing.StaleVersion as error:
        return _both_texts(request, error.article, forms, site)
    except access.NotAllowed as error:
        return page(request, article, site=site, forms=forms, problem=str(error), status=HTTPStatus.FORBIDDEN)
    messages.success(
        request, f"Saved as revision {saved.number}." if saved else "Nothing had changed, so nothing was saved."
    )
    if not access.visible_articles(request.user).filter(pk=article.pk).exists():
        return redirect("admin:articles_article_changelist")
    return redirect("admin:articles_article_change", article.pk)


def _both_texts(request, article, forms, site):
    """A refused save: the form keeps what was typed, and now answers to the version that stands."""
    user = request.user
    theirs = writing.snapshot(article)
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    data = request.POST.copy()
    data["version"], data["revision"] = article.version, newest
    again = _forms(user, article, theirs, data=data)
    mine = again.content() if again.is_valid() else forms.content()
    seen = forms.story.cleaned_data.get("revision")
    both = conflict.between(article, mine, theirs, seen_revision=seen, see_confidential=sees_confidential(user))
    return page(request, article, site=site, forms=again, conflict=both, status=HTTPStatus.CONFLICT)


def _forms(user, article, content, data=None):
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return StoryForms(user, content, version=article.version, revision=newest, article=article, data=data)


def page(request, article, *, site, forms=None, problem="", problems=(), conflict=None, status=HTTPStatus.OK):
    """The story's page, with what went wrong on top of it where something did."""
    user = request.user
    context = {**site.each_context(request), "opts": Article._meta, "article": article, "forms": forms}
    context |= {"problem": problem, "problems": problems, "conflict": conflict}
    context |= {"zone": zone_name(), "zone_key": timezone.get_current_timezone_name()}
    if article is None:
        context |= {"title": "New story", "may_edit": forms is not None}
    else:
        with transaction.atomic():  # one consistent look at the story
            context |= _standing(user, article, forms)
    shown = context["forms"]
    context["media"] = Media.from_media(shown.media, nonce=request.csp_nonce) if shown else ""
    return TemplateResponse(request, "desk/story.html", context, status=status)


def _standing(user, article, forms):
    """Everything about a story that its page shows beside the text."""
    may_edit = access.may_edit(user, article)
    content = writing.snapshot(article)
    may = {word: access.may(user, f"{word}_article", article) for word in ("publish", "correct", "retract")}
    may["delete"] = access.may(user, "delete_article", article) and not article.releases.exists()
    context = {
        "title": article.headline or "Untitled story",
        "may_edit": may_edit,
        "forms": (forms or _forms(user, article, content)) if may_edit else None,
        "may": {**may, "hold": access.may(user, "set_legal_hold", article)},
        "moves": workflow.moves_for(user, article),
        "release": releases.state(article),
        "checks": releases.checklist(article, user),
        "events": Event.objects.about(article)[:6],
        "wire_offers": article.wire_records.filter(is_offered=True).order_by("-id")[:3],
    }
    current = context["release"].current
    context["same_as_live"] = bool(current) and current.revision.number == article.approved_number
    context["overrides"] = [check.problem for check in context["checks"] if check.may_pass]
    blocking = [check.problem.code for check in context["checks"] if not check.may_pass]
    context["blocked"] = bool(blocking)
    # A schedule may well be for the time after an embargo.
    context["blocked_later"] = any(code != "embargo" for code in blocking)
    if not may_edit:
        reader = Reader(content, see_confidential=sees_confidential(user))
        context["fields"] = [field for field in reader.fields(content) if field.lines]
    return context
