"""Everything that somebody typed and never saved, in one place: their own words, wherever the story has gone."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import access, keeping
from articles.models import Autosave

from . import carrying, drafts
from .offers import mark_of

SHOWN = 50


@dataclass(frozen=True)
class Own:
    """A draft: what was typed in it, and where it can be taken into a form, where it can."""

    draft: Autosave
    words: list[str]
    address: str

    @property
    def name(self) -> str:
        return (self.draft.form.get("headline") or [""])[-1].strip() or "Without a headline"


def own_drafts(request, *, site):
    """``GET``: this person's unsaved drafts. ``POST``: one is thrown away, or what a page carried becomes one.

    Of a story that is not open to them any more, it shows what they typed themselves and nothing else.
    """
    user = request.user
    if request.method == "POST":
        if carried := carrying.brought(request):
            return carrying.keep(request, carried)
        return _throw_away(request)
    found = list(Autosave.objects.filter(user=user).select_related("article")[: SHOWN + 1])
    seen = access.visible_articles(user).filter(pk__in=[one.article_id for one in found if one.article_id])
    seen = set(seen.values_list("pk", flat=True))
    rows = [Own(one, drafts.words_of(one.form), _address(user, one, seen)) for one in found[:SHOWN]]
    context = {**site.each_context(request), "title": "My unsaved drafts", "rows": rows}
    return TemplateResponse(request, "desk/own_drafts.html", context | {"has_more": len(found) > SHOWN})


def _address(user, draft, seen):
    if draft.article_id in seen:
        return f"{reverse('admin:articles_article_change', args=[draft.article_id])}#unsaved-drafts"
    if draft.article_id is None and user.has_perm("articles.add_article"):
        return f"{reverse('admin:articles_article_add')}?draft={draft.key}"
    return ""


def _throw_away(request):
    number = drafts.number(request.POST.get("draft", ""))
    draft = Autosave.objects.filter(user=request.user, pk=number).select_related("article").first()
    mark = mark_of(request.POST.get("mark", ""))
    if draft and keeping.forget(request.user, article=draft.article, key=draft.key, mark=mark):
        messages.success(request, "Your unsaved draft was thrown away.")
    else:
        messages.warning(request, "Nothing was thrown away: that unsaved draft has been saved or typed on meanwhile.")
    return redirect("admin:drafts")
