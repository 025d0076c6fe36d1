"""The story as readers would see it, for the people of its desk: at any instant, as wide as a phone or a desktop.

The address is signed. It names the story, the version that it shows and the person it was made for, so it is dead as
soon as an hour is over, the story is saved or moved, or that person may no longer see the story. The page itself stands
in a frame, which the desk alone may put around it.
"""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.core import signing
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles import guards, writing
from articles.models import Revision

from . import shown, story
from .times import NewsroomTimeField, told, zone_name

LASTS = timedelta(hours=1)
WIDTHS = (("", "As wide as it gets"), ("1280", "Desktop"), ("390", "Phone"))
_SALT = "articles.desk.preview"


class LookForm(forms.Form):
    """What to look at: the working copy, what was or will be released, or a revision; when, and how wide."""

    show = forms.CharField(required=False, max_length=12)
    at = NewsroomTimeField(required=False)
    width = forms.ChoiceField(choices=WIDTHS, required=False)

    def __init__(self, article, *args, **kw):
        super().__init__(*args, **kw)
        self.article = article
        revisions = article.revisions.exclude(name="").values_list("number", "name")
        self.choices = [("", "The working copy, if it were out"), ("released", "What readers have by then")]
        self.choices += [(str(number), f"Revision {number}: {name}") for number, name in revisions]

    def clean_show(self):
        show = self.cleaned_data["show"]
        if show in ("", "released") or (show.isascii() and show.isdigit()):
            return show
        raise forms.ValidationError("There is nothing of that kind to show.")


def token_for(article, user) -> str:
    return signing.TimestampSigner(salt=_SALT).sign_object([article.public_id, article.version, user.pk])


def open_preview(request, object_id, *, site):
    """Make an address and go there."""
    article = story.find(request, object_id)
    address = reverse("admin:articles_article_preview_signed", args=[article.pk, token_for(article, request.user)])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


def _is_good(token, article, user) -> bool:
    try:
        named = signing.TimestampSigner(salt=_SALT).unsign_object(token, max_age=LASTS)
    except signing.BadSignature:
        return False
    return named == [article.public_id, article.version, user.pk]


def _run_out(request, article, site):
    context = {**site.each_context(request), "title": "This preview has run out", "article": article}
    return shown.closed(TemplateResponse(request, "desk/preview_gone.html", context, status=HTTPStatus.GONE))


@csp_replace({"frame-src": [SELF]})
def show(request, object_id, token, *, site):
    """What is looked at, with the means to look at it otherwise; an address that has run out offers a new one."""
    article = story.find(request, object_id)
    if not _is_good(token, article, request.user):
        return _run_out(request, article, site)
    form = LookForm(article, request.GET)
    is_valid = form.is_valid()
    page = reverse("admin:articles_article_preview_page", args=[article.pk, token])
    asked = {name: request.GET[name] for name in ("show", "at") if request.GET.get(name)} if is_valid else {}
    at = (form.cleaned_data.get("at") if is_valid else None) or timezone.now()
    context = {
        **site.each_context(request),
        "title": article.headline,
        "article": article,
        "form": form,
        "problem": "" if is_valid else " ".join(error for errors in form.errors.values() for error in errors),
        "page": f"{page}?{urlencode(asked)}" if asked else page,
        "widths": WIDTHS,
        "width": form.cleaned_data.get("width", "") if is_valid else "",
        "told": told(at),
        "zone": zone_name(),
        "missing": guards.between_story_and_readers(article, at),
        "until": timezone.now() + LASTS,
    }
    return shown.closed(TemplateResponse(request, "desk/preview.html", context))


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def page(request, object_id, token, *, site):
    """The page alone, as readers would get it. The desk may frame it, and nobody else."""
    article = story.find(request, object_id)
    if not _is_good(token, article, request.user):
        return _run_out(request, article, site)
    form = LookForm(article, request.GET)
    if not form.is_valid():
        return shown.closed(TemplateResponse(request, "desk/preview_page.html", {"nothing": True}, status=422))
    at, what = form.cleaned_data["at"] or timezone.now(), form.cleaned_data["show"]
    if what == "released":
        told_page = shown.released(article, at, _picture_address)
    elif what:
        revision = Revision.objects.filter(article=article, number=int(what)).first()
        told_page = shown.text_of(article, revision.content, at, _picture_address) if revision else None
    else:
        told_page = shown.text_of(article, writing.snapshot(article), at, _picture_address)
    context = told_page or {"nothing": True}
    return shown.closed(TemplateResponse(request, "desk/preview_page.html", {**context, "title": article.headline}))


def _picture_address(public_id):
    return reverse("admin:articles_photo_wide", args=[public_id])
