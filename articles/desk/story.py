"""The story editor: one page that writes, moves and releases. Rules are asked for, never kept here."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from js_asset import Media

from articles import access, erasing, suggesting, workflow, writing
from articles.models import Article, Desk

from . import conflict, drafts, offers, saving, standing, suggested
from .forms import StoryForms, blank
from .times import zone_name

REFUSALS = {
    access.NotAllowed: HTTPStatus.FORBIDDEN,
    workflow.Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    writing.StaleVersion: HTTPStatus.CONFLICT,
}


def find(request, object_id) -> Article:
    """The story, if that user may see it; a story of another desk is as unknown as one that never was."""
    try:
        return standing.with_facts(access.visible_articles(request.user)).get(pk=int(object_id))
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
        return page(request, None, site=site, forms=offers.taken(request, None) or forms)
    if not forms.is_valid():
        return page(request, None, site=site, forms=forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        article = saving.create(forms.content(), user)
    except access.NotAllowed as error:
        return page(request, None, site=site, forms=forms, problem=str(error), status=HTTPStatus.FORBIDDEN)
    offers.saved(request, None)
    messages.success(request, "Saved. The story is a draft.")
    return redirect("admin:articles_article_change", article.pk)


def change(request, object_id, *, site):
    """The story as it stands; a save of it, or the two texts where somebody else has saved meanwhile."""
    try:
        article = find(request, object_id)
    except Http404:
        if request.method != "POST":
            raise
        return _given_back(request, site=site)
    if request.method != "POST":
        return page(request, article, site=site, forms=offers.taken(request, article))
    if not access.may_edit(request.user, article):
        problem = f"You may not edit this story on the {article.desk} desk as it stands."
        offers.keep_refused(request, article)
        return page(request, article, site=site, problem=problem, status=HTTPStatus.FORBIDDEN)
    began = saving.began_from(article, seen=request.POST.get("version"), opened=request.POST.get("revision"))
    forms = _forms(request.user, article, began, data=request.POST)
    if not forms.is_valid():
        return page(request, article, site=site, forms=forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    seen, opened = forms.story.cleaned_data["version"], forms.story.cleaned_data["revision"] or 0
    said = suggested.verdicts(request.POST)
    content = suggested.without_dropped(forms.content(), said)
    try:
        saved = saving.save(article, content, request.user, seen=seen, opened=opened)
    except saving.Overlap as error:
        offers.saved(request, article)
        return conflict.overlap(request, error, site=site)
    except access.NotAllowed as error:
        return page(request, article, site=site, forms=forms, problem=str(error), status=HTTPStatus.FORBIDDEN)
    except erasing.ErasedSince as error:
        return page(request, article, site=site, forms=forms, problem=str(error), status=HTTPStatus.CONFLICT)
    suggesting.settle(article, said)
    offers.saved(request, article)
    conflict.tell(request, article, saved, opened=opened)
    if not access.visible_articles(request.user).filter(pk=article.pk).exists():
        return redirect("admin:articles_article_changelist")
    return redirect("admin:articles_article_change", article.pk)


def _given_back(request, *, site):
    """What was sent to a story that is not open to its writer, or not any more: their words, to be copied elsewhere."""
    words = drafts.words_of(drafts.posted(request.POST, see_confidential=False))
    context = {**site.each_context(request), "opts": Article._meta, "title": "Not saved", "words": words}
    return TemplateResponse(request, "desk/given_back.html", context, status=HTTPStatus.NOT_FOUND)


def _forms(user, article, content, data=None, known=None, number=None):
    newest = standing.newest_number(article) if number is None else number
    return StoryForms(user, content, version=article.version, revision=newest, article=article, data=data, known=known)


def page(request, article, *, site, forms=None, problem="", problems=(), status=HTTPStatus.OK):
    """The story's page, with what went wrong on top of it where something did."""
    user = request.user
    context = {**site.each_context(request), "opts": Article._meta, "article": article, "forms": forms}
    context |= {"problem": problem, "problems": problems}
    context |= {"zone": zone_name(), "zone_key": timezone.get_current_timezone_name()}
    if article is None:
        context |= {"title": "New story", "may_edit": forms is not None}
    else:
        opened = standing.open_story(article, user)
        may_edit = access.may_edit(user, article)
        if may_edit and forms is None:
            forms = _forms(user, article, opened.content, known=opened.known, number=opened.number)
        context |= {"may_edit": may_edit, "forms": forms if may_edit else None}
        context |= standing.of(user, opened, may_edit=may_edit)
        context |= suggested.on_page(opened) if may_edit else {}
    shown = context["forms"]
    context["keeping"] = offers.on_page(request, article, shown)
    context["media"] = Media.from_media(shown.media, nonce=request.csp_nonce) if shown else ""
    return TemplateResponse(request, "desk/story.html", context, status=status)
