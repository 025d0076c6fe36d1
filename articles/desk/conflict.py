"""The page on which two people's overlapping edits are settled, place by place."""

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django_prose_editor.fields import ProseEditorFormField
from js_asset import Media

from articles import aside, audit, merging, text, writing
from articles.merging import BOTH, MINE, OWN, THEIRS, Choice, Merge
from articles.models import Article, Byline, Citation, PhotoCaption, Revision

from .disputes import Dispute, came, disputes
from .forms import BODY_EXTENSIONS
from .picking import sees_confidential

UNDECIDED = "Choose one of them, or write it yourself."
_WORDS_OF = {MINE: "Take this", THEIRS: "Take this", BOTH: "Keep both, theirs first", OWN: "Write it myself"}


@dataclass(frozen=True)
class Conflict:
    """A text kept beside the story, what stands, what both began from (if that is known), and where they overlap."""

    article: Article
    kept: Revision
    stands: Revision
    base: Revision | None
    merge: Merge
    disputes: list[Dispute]

    def settled(self, choices: dict[str, Choice]) -> dict:
        """The story's content with those choices; where there is none, what stands stays."""
        return _merge(self.base, self.kept, self.stands, choices).content


def between(article: Article, kept: Revision, user, *, stands: Revision | None = None) -> Conflict:
    """A text kept beside the story against what stands now, or then. Raises ``LookupError``: it was not kept so."""
    base = aside.begun_from(article, kept)
    stands = stands or writing.newest_revision(article)
    merge = _merge(base, kept, stands)
    contents = [one.content for one in (base, kept, stands) if one]
    shown = disputes(merge.conflicts, *contents, see_confidential=sees_confidential(user))
    return Conflict(article, kept, stands, base, merge, shown)


def _merge(base, kept, stands, choices=None):
    return merging.merge(base and base.content, kept.content, stands.content, choices)


class SettlingForm(forms.Form):
    """A choice for each place, and the words of who writes it anew. Nothing is chosen beforehand."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    stands = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, conflict: Conflict, data=None):
        super().__init__(data, initial={"version": conflict.article.version, "stands": conflict.stands.number})
        self.conflict = conflict
        for dispute in conflict.disputes:
            ways = dispute.conflict.ways
            self.fields[f"how-{dispute.key}"] = forms.ChoiceField(
                choices=[(way, _WORDS_OF[way]) for way in ways],
                widget=forms.RadioSelect,
                label=dispute.label,
                error_messages={"required": UNDECIDED},
            )
            if OWN in ways:
                self.fields[f"own-{dispute.key}"] = _own_words(dispute)

    def clean(self):
        for dispute in self.conflict.disputes:
            own = f"own-{dispute.key}"
            if self.cleaned_data.get(f"how-{dispute.key}") == OWN and own in self.cleaned_data:
                words = self.cleaned_data[own]
                if not (text.plain(words) if dispute.conflict.kind == "passages" else words):
                    self.add_error(own, "Write the words, or take one of the two.")

    def choices(self) -> dict[str, Choice]:
        """What was chosen, by the conflicts' keys."""
        data = self.cleaned_data
        return {
            one.key: Choice(data[f"how-{one.key}"], data.get(f"own-{one.key}") or "") for one in self.conflict.disputes
        }

    def places(self):
        """Each place with its fields: for the page."""
        for dispute in self.conflict.disputes:
            how = self[f"how-{dispute.key}"]
            own = self[f"own-{dispute.key}"] if f"own-{dispute.key}" in self.fields else None
            yield {
                "dispute": dispute,
                "how": how,
                "radios": {radio.data["value"]: radio for radio in how},
                "own": own,
                "errors": [*how.errors, *(own.errors if own else ())],
            }


class _Line(forms.CharField):
    """One line of plain text."""

    def to_python(self, value):
        return text.clean_line(super().to_python(value))


def _own_words(dispute):
    conflict = dispute.conflict
    label = f"{dispute.label}, in your own words"
    if conflict.kind == "passages":
        initial = "".join(conflict.mine or conflict.theirs)
        kw = {"extensions": BODY_EXTENSIONS, "sanitize": text.sanitise}
        return ProseEditorFormField(required=False, label=label, initial=initial, **kw)
    model = {"captions": PhotoCaption, "citations": Citation, "bylines": Byline}.get(conflict.name, Article)
    return _Line(
        required=False,
        label=label,
        initial=conflict.mine or conflict.theirs,
        max_length=model._meta.get_field(conflict.part or conflict.name).max_length,
        widget=forms.Textarea(attrs={"rows": 2, "data-line": ""}),
    )


def overlap(request, error, *, site):
    """The answer to a save that was refused: both texts, with the first chance to settle them."""
    found = between(error.article, error.kept, request.user)
    return page(request, found, site=site, status=HTTPStatus.CONFLICT)


def tell(request, article: Article, saved, *, opened: int) -> None:
    """Say what a save came to, and what of somebody else's is in it."""
    if saved.revision is None:
        messages.success(request, "Nothing had changed, so nothing was saved.")
        return
    words = f"Saved as revision {saved.revision.number}."
    if merged := came(saved, see_confidential=sees_confidential(request.user)):
        address = reverse("admin:articles_article_compare", args=[article.pk])
        words = format_html(
            '{} {} <a href="{}?from={}&amp;to={}">See them</a>', words, merged, address, opened, saved.theirs
        )
    messages.success(request, words)
    if saved.approval_fell:
        messages.warning(request, "The story was approved meanwhile. It needs to be approved again.")


def page(request, conflict: Conflict, *, site, form=None, status=HTTPStatus.OK):
    """Both texts side by side, with a choice for each place where they overlap."""
    article, kept = conflict.article, conflict.kept
    form = form or SettlingForm(conflict)
    is_mine = kept.author_name == audit.staff_name(request.user)
    people = aside.who_saved(article, after=conflict.base.number if conflict.base else 0, to=conflict.stands.number)
    context = {
        **site.each_context(request),
        "opts": Article._meta,
        "title": f"Two texts: {article.headline or 'Untitled story'}",
        "article": article,
        "conflict": conflict,
        "form": form,
        "settled_as": aside.settled_as(article, kept),
        "is_mine": is_mine,
        "owner": kept.author_name or "somebody else",
        "people": people,
        "media": Media.from_media(form.media, nonce=request.csp_nonce),
    }
    return TemplateResponse(request, "desk/conflict.html", context, status=status)
