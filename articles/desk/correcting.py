"""The caption desk: a picture's corrected words brought to the stories that show it.

Three kinds of stories. Live ones that leave the words to the picture are offered as one order, which a second person
confirms: each is released again as it is, with that caption replaced. Stories with words of their own that took the
place of the old ones are flagged, and take the new ones where somebody says so. All others follow by themselves.
"""

from dataclasses import dataclass, field
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from articles import access, captioning, erasing, releasing, writing
from articles.models import Article, Photo

from . import photo_page, saving
from .photo_uses import NAMES, Use, uses_of
from .reading import compare_words


@dataclass
class Difference:
    """One text beneath a picture: as it is, and as it would be."""

    label: str
    before: str
    after: str

    @property
    def line(self):
        return compare_words(self.before, self.after)


@dataclass
class Row:
    """A story that shows the picture: in what its words are behind, or what became of it."""

    use: Use
    differences: list[Difference] = field(default_factory=list)
    was: list[tuple[str, str]] = field(default_factory=list)  # what the picture said when the story wrote its own words
    why_not: str = ""
    outcome: str = ""
    done: bool = False

    @property
    def story(self):
        return self.use.story


_RELEASED = {"caption": "Caption", "alt": "Alternative text", "credit": "Credit", "description": "Description"}


def behind(photo: Photo, uses: list[Use]) -> list[Row]:
    """The live stories in which readers would see the picture otherwise than they do; words of their own stay."""
    rows = []
    for use in uses:
        release = use.found.release
        if release is None:
            continue
        try:
            pictures = releasing.pictures_with(release, photo)
        except releasing.NotReleasable as error:
            rows.append(Row(use, why_not=str(error)))
            continue
        if pictures is not None:
            after = next(one for one in pictures if one["id"] == photo.public_id)
            rows.append(Row(use, list(_differences(use.found.shown, after))))
    return rows


def _differences(shown, after):
    told = [(label, shown.get(name, ""), after.get(name, "")) for name, label in _RELEASED.items()]
    told += [("File photo", *("yes" if one.get("is_file_photo") else "no" for one in (shown, after)))]
    changed = [one for one in told if one[1] != one[2]]
    for one in changed:
        yield Difference(*one)
    if not changed:
        yield Difference("The picture", "as it was", "with another crop or other files")


def stale(photo: Photo, uses: list[Use]) -> list[Row]:
    """The stories whose own words took the place of words that the picture does not say any more."""
    rows = []
    for use in uses:
        caption, names = use.caption, use.found.stale
        if names:
            changes = [Difference(_label(name), getattr(caption, name), getattr(photo, name)) for name in names]
            rows.append(Row(use, changes, [(_label(name), caption.written_over[name]) for name in names]))
    return rows


def _label(name):
    return NAMES[name].capitalize()


class CorrectionForm(forms.Form):
    """How the live stories are released again, and what readers are told."""

    how = forms.ChoiceField(
        choices=[("update", "As an update"), ("correction", "As a correction, with a note to readers")],
        initial="update",
        widget=forms.RadioSelect,
        label="Release them",
    )
    note = forms.CharField(
        max_length=300, required=False, label="Note to readers", help_text="“The caption named the wrong port.”"
    )

    def clean(self):
        if self.cleaned_data.get("how") == "correction" and not self.cleaned_data.get("note"):
            self.add_error("note", "Say to readers what was wrong.")


def correct(request, object_id, *, site):
    """Every use of a picture against its words as they are now; an order, or new words taken, for those chosen."""
    photo = photo_page.find(request, object_id)
    photo_page.require_change(request)
    is_order = request.method == "POST" and "release" in request.POST
    form = CorrectionForm(request.POST if is_order else None)
    status, results = HTTPStatus.OK, []
    if is_order and form.is_valid():
        order = _order(request, photo, form)
        if order is not None:
            return redirect("admin:articles_article_bulk_order", order.pk)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif is_order:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif request.method == "POST":
        results = _settle(request, photo)
    uses = uses_of(photo, request.user)
    context = {**site.each_context(request), "title": "Bring its words to the stories", "opts": Photo._meta}
    context |= {"photo": photo, "uses": uses, "form": form, "results": results}
    context |= {"behind": behind(photo, uses.rows), "stale": stale(photo, uses.rows)}
    touched = {row.story.pk for row in (*context["behind"], *context["stale"])}
    context["others"] = [use for use in uses.rows if use.story.pk not in touched]
    return TemplateResponse(request, "desk/photo_correct.html", context, status=status)


def _chosen(request):
    """The stories that were ticked, each with the version that stood on the page."""
    pairs = [one.partition(":") for one in request.POST.getlist("story") if "\0" not in one]
    return {
        public_id: int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
        for public_id, _, seen in pairs
    }


def _order(request, photo, form):
    """The order that releases the chosen stories again; None where there is nothing to order, which is said."""
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, "Choose the stories first.")
        return None
    note = form.cleaned_data["note"] if form.cleaned_data["how"] == "correction" else ""
    order = captioning.offer(photo, request.user, note=note, reason="A caption was corrected", only=set(chosen))
    if order is None:
        messages.error(request, "Nothing was ordered: readers have these stories with the new words already.")
    else:
        messages.success(request, "The order waits for a second person, who has been told. Nothing has been done yet.")
    return order


def _settle(request, photo) -> list[Row]:
    """Let each chosen story say what the picture says now, or keep its own words. Gives what became of each."""
    if not request.user.has_perm("articles.change_photocaption"):
        raise PermissionDenied
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, "Choose the stories first.")
    stories = {use.story.public_id: use for use in uses_of(photo, request.user).rows if use.caption}
    act = _keep_one if "keep" in request.POST else _take_one
    results = []
    for public_id, seen in chosen.items():
        if use := stories.get(public_id):
            done, said = act(photo, use, request.user, seen)
            results.append(Row(use, outcome=said, done=done))
    return results


def _take_one(photo, use, by, seen):
    names = use.found.stale
    if not names:
        return False, "It says so already."
    article = Article.objects.get(pk=use.story.pk)
    content = writing.snapshot(article)
    for caption in content["captions"]:
        if caption["photo"] == photo.public_id:
            caption |= dict.fromkeys(names, "")
    try:
        saving.save(article, content, by, seen=seen, reason="Took the picture’s corrected words")
    except writing.StaleVersion:
        return False, "Changed since it was shown here: look at it again."
    except (access.NotAllowed, erasing.ErasedSince) as error:
        return False, str(error)
    return True, "takes the new words; readers have them when it is released"


def _keep_one(photo, use, by, seen):
    if use.story.version != seen:
        return False, "Changed since it was shown here: look at it again."
    try:
        captioning.settle(use.caption, by)
    except access.NotAllowed as error:
        return False, str(error)
    return True, "keeps its own words"
