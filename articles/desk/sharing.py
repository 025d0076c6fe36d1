"""Previews for outsiders: given and taken back on the story's page, opened by people without an account."""

from datetime import timedelta
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from articles import access, audit, guards, releasing, sharing
from articles.models import PreviewLink

from . import darkroom, shown, story
from .times import NewsroomTimeField, told, zone_name

LASTS = ((1, "a day"), (3, "3 days"), (7, "a week"), (30, "30 days"))


class GiveForm(forms.Form):
    for_whom = forms.CharField(max_length=120, label="For whom")
    days = forms.TypedChoiceField(choices=LASTS, coerce=int, initial=3, label="It ends after")
    revision = forms.IntegerField(required=False, min_value=1, label="Revision (empty: always the newest)")
    at = NewsroomTimeField(required=False, label="As it will be at (empty: when it is opened)")
    reason = forms.CharField(required=False, max_length=300, label="Under embargo: why it is shown all the same")


# --- at the desk --------------------------------------------------------------------------------------------------


def previews(request, object_id, *, site):
    """The links that were given for a story, and the form for one more."""
    article = story.find(request, object_id)
    if not access.may(request.user, "share_preview", article):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, article, site)
    form = GiveForm(request.POST)
    if not form.is_valid():
        return _page(request, article, site, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    revision = article.revisions.filter(number=data["revision"]).first() if data["revision"] else None
    if data["revision"] and revision is None:
        form.add_error("revision", f"The story has no revision {data['revision']}.")
        return _page(request, article, site, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    override = releasing.Override(data["reason"], frozenset({"embargo"})) if data["reason"] else None
    try:
        _, token = sharing.give(
            article,
            request.user,
            for_whom=data["for_whom"],
            expires_at=timezone.now() + timedelta(days=data["days"]),
            revision=revision,
            at=data["at"],
            override=override,
        )
    except (sharing.NotShared, access.NotAllowed) as error:
        form.add_error(None, str(error))
        return _page(request, article, site, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    address = reverse("preview", args=[token])
    given = f"{settings.SITE_URL}{address}" if settings.SITE_URL else request.build_absolute_uri(address)
    return _page(request, article, site, given=given)


def _page(request, article, site, *, form=None, given="", status=HTTPStatus.OK):
    links = list(article.preview_links.select_related("made_by", "revision"))
    for link in links:
        link.article = article
        link.why_shut = sharing.shut(link)
        link.ends = told(link.expires_at)
    context = {
        **site.each_context(request),
        "title": "Previews for outsiders",
        "article": article,
        "links": links,
        "form": form or GiveForm(),
        "given": given,
        "zone": zone_name(),
        "embargoed": bool(article.embargo_until and article.embargo_until > timezone.now()),
    }
    # The address is in this answer alone, so nothing may keep it.
    return shown.closed(TemplateResponse(request, "desk/previews.html", context, status=status))


@require_POST
def take_back(request, object_id, pk, *, site):
    """Shut a link for good."""
    article = story.find(request, object_id)
    link = get_object_or_404(PreviewLink.objects.select_related("article__desk"), pk=pk, article=article)
    try:
        sharing.take_back(link, request.user)
    except access.NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, f"The preview for {link.for_whom} is taken back.")
    return redirect("admin:articles_article_previews", article.pk)


# --- outside ------------------------------------------------------------------------------------------------------


@require_safe
def show(request, token):
    """The story, for whoever was given that address. One answer for every address that does not open, to the byte."""
    link = sharing.find(token)
    if link is None:
        answer = TemplateResponse(request, "desk/shared_closed.html", {}, status=HTTPStatus.NOT_FOUND)
        return shown.closed(answer)
    if request.method == "GET":
        sharing.count_opening(link)
    at = link.at or timezone.now()
    page = shown.text_of(
        link.article, _content(link), at, lambda photo: reverse("preview_picture", args=[token, photo])
    )
    context = {
        **page,
        "link": link,
        "made_by": audit.staff_name(link.made_by),
        "site_name": settings.SITE_NAME,
        "until": told(link.expires_at),
        "revision": link.revision.number if link.revision else None,
    }
    return shown.closed(TemplateResponse(request, "desk/shared.html", context))


@require_safe
def picture(request, token, public_id):
    """A picture of that story, as long as its link opens."""
    link = sharing.find(token)
    content = _content(link) if link else {"captions": []}
    photo = guards.photos_of(content).get(public_id)
    try:
        if photo is None:
            raise Http404
        answer = darkroom.large(photo)
    except Http404:
        answer = TemplateResponse(request, "desk/shared_closed.html", {}, status=HTTPStatus.NOT_FOUND)
    return shown.closed(answer)


def _content(link):
    return (link.revision or link.article.revisions.order_by("-number").first()).content
