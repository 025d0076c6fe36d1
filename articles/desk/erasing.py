"""Legal erasure at the desk: first what would go and from where, then, on the same page, that it goes."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from articles import access, erasing, writing
from articles.models import Article

from . import story


class EraseForm(forms.Form):
    passage = forms.CharField(
        label="Passage",
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text="As it stands in the story. Each line is looked for by itself.",
    )
    reason = forms.CharField(
        label="Why", max_length=300, help_text="A judgment, a law, a request. It goes into the log."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def erase(request, object_id, *, site):
    """Ask for the passage, show where it stands, and erase it once that was confirmed."""
    article = story.find(request, object_id)
    if not access.may(request.user, "erase_text", article):
        raise PermissionDenied
    form = EraseForm(request.POST or None, initial={"version": article.version})
    context = {"places": None, "problem": ""}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            data = form.cleaned_data
            try:
                if "confirmed" in request.POST:
                    places = erasing.erase(
                        article,
                        request.user,
                        seen=data["version"],
                        passage=data["passage"],
                        reason=data["reason"],
                    )
                    times = sum(place.times for place in places)
                    messages.success(
                        request, f"Erased {times} times, in {len(places)} places. A tombstone stands there."
                    )
                    return redirect("admin:articles_article_history", article.pk)
                context["places"] = erasing.find(article, data["passage"])
                status = HTTPStatus.OK
                if not context["places"]:
                    context["problem"] = "That passage stands nowhere in this story, in no revision and no release."
            except erasing.NothingToErase as error:
                context["problem"] = str(error)
            except writing.StaleVersion:
                context["problem"] = "Somebody has changed the story meanwhile. Look again at what would go."
                form = EraseForm({**form.data.dict(), "version": Article.objects.get(pk=article.pk).version})
                status = HTTPStatus.CONFLICT
    context |= {**site.each_context(request), "opts": Article._meta, "article": article, "form": form}
    context |= {"title": "Erase a passage", "tombstone": erasing.TOMBSTONES.get(article.language)}
    context["tombstone"] = context["tombstone"] or erasing.TOMBSTONES["en"]
    return TemplateResponse(request, "desk/erase.html", context, status=status)
