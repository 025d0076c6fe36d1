"""The caption desk: a picture's corrected words brought to the stories that show it.

Live stories that leave the words to the picture show what readers still see of the old ones. Stories with words of
their own that took the place of the old ones are flagged, and take the new ones where somebody says so. All others
follow by themselves.
"""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import access, erasing, writing
from articles.models import Article, Photo, PhotoCaption, Release
from articles.models.caption import credit_line

from . import photo_page, saving
from .photo_uses import Use, uses_of
from .reading import compare_words

NAMES = {"caption": "Caption", "alt_text": "Alternative text", "credit": "Credit", "photographer": "Photographer"}


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
    """A story that shows the picture, and in what its words are behind."""

    use: Use
    differences: list[Difference] = field(default_factory=list)
    outcome: str = ""
    done: bool = False

    @property
    def story(self):
        return self.use.story


def behind(photo: Photo, uses: list[Use]) -> list[Row]:
    """The live stories that readers see with other words than they would now: what is released against what would be.

    Texts that the released revision has of its own stay what they are. One query.
    """
    now = timezone.now()
    live = {use.story.pk: use for use in uses if use.is_live}
    held = Release.objects.holding(now).filter(article__in=live).order_by("article", "-sequence")
    rows, seen = [], set()
    columns = ("article", "document__pictures", "revision__content__captions")
    for article, pictures, captions in held.values_list(*columns):
        if article in seen:
            continue
        seen.add(article)
        shown = next((one for one in pictures or [] if one["id"] == photo.public_id), None)
        own = next((one for one in captions or [] if one["photo"] == photo.public_id), None)
        if shown is None or own is None:
            continue
        after = {name: own.get(name) or getattr(photo, name) for name in PhotoCaption.OVERRIDES}
        pairs = [
            ("Caption", shown["caption"], after["caption"]),
            ("Alternative text", shown["alt"], after["alt_text"]),
            ("Credit", shown["credit"], credit_line(after["photographer"], after["credit"])),
        ]
        differences = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
        if differences:
            rows.append(Row(live[article], differences))
    return rows


def stale(uses: list[Use]) -> list[Row]:
    """The stories whose own words took the place of words that the picture does not say any more."""
    rows = []
    for use in uses:
        names = use.caption.stale_overrides()
        if names:
            photo = use.caption.photo
            rows.append(
                Row(use, [Difference(NAMES[name], getattr(use.caption, name), getattr(photo, name)) for name in names])
            )
            rows[-1].was = [(NAMES[name], use.caption.written_over[name]) for name in names]
    return rows


def correct(request, object_id, *, site):
    """Every use of a picture against its words as they are now; new words taken by those chosen."""
    photo = photo_page.find(request, object_id)
    photo_page.require_change(request)
    results = _take(request, photo) if request.method == "POST" else []
    uses = uses_of(photo, request.user)
    context = {**site.each_context(request), "title": "Bring its words to the stories", "opts": Photo._meta}
    context |= {"photo": photo, "uses": uses, "results": results}
    context |= {"behind": behind(photo, uses.rows), "stale": stale(uses.rows)}
    touched = {row.story.pk for row in (*context["behind"], *context["stale"])}
    context["others"] = [use for use in uses.rows if use.story.pk not in touched]
    return TemplateResponse(request, "desk/photo_correct.html", context)


def _chosen(request):
    """The stories that were ticked, each with the version that stood on the page."""
    pairs = [one.partition(":") for one in request.POST.getlist("story") if "\0" not in one]
    return {
        public_id: int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
        for public_id, _, seen in pairs
    }


def _take(request, photo) -> list[Row]:
    """Let each chosen story say what the picture says now, in its working copy. Gives what became of each."""
    if not request.user.has_perm("articles.change_photocaption"):
        raise PermissionDenied
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, "Choose the stories first.")
    stories = {use.story.public_id: use for use in uses_of(photo, request.user).rows}
    results = []
    for public_id, seen in chosen.items():
        if use := stories.get(public_id):
            done, said = _take_one(photo, use, request.user, seen)
            results.append(Row(use, outcome=said, done=done))
    return results


def _take_one(photo, use, by, seen):
    article = Article.objects.get(pk=use.story.pk)
    names = use.caption.stale_overrides()
    if not names:
        return False, "It says so already."
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
    return True, "takes the new words; it goes to readers when it is released"
