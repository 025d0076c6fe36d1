"""An unsaved draft, read: what the form held, however half typed, as a content document, and beside the saved text.

The form's own validation is no help here: it refuses what is half typed, and all of that has to come back.
"""

import re
from dataclasses import dataclass
from datetime import UTC

from django import forms
from django.utils.dateparse import parse_datetime

from articles import erasing, keeping, text
from articles.models import Autosave, Citation, Revision

from . import reading, saving
from .forms import StoryForm
from .framing_fields import FRAMING, framing_of
from .row_forms import BylineForm, CaptionForm, CitationForm
from .times import NewsroomTimeField

MOST_ROWS = 80
_ROWS = {"captions": CaptionForm, "citations": CitationForm, "bylines": BylineForm}
_ROW = re.compile(rf"({'|'.join(_ROWS)})-(?:\d+-(\w+)|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)")
_LINES = ("headline", "standfirst", "slugline", "dateline", "embargo_note")
_ROW_LINES = ("caption", "alt_text", "credit", "photographer", "as_printed", "text")


def posted(data, *, see_confidential: bool) -> dict[str, list[str]]:
    """What of that POST belongs to the story's form. Names of confidential sources only for who may see them."""
    kept = {}
    for name, values in data.lists():
        row = _ROW.fullmatch(name)
        if row and row[2] == "confidential" and not see_confidential:
            continue
        if row or name in StoryForm.base_fields:
            kept[name] = list(values)
    return kept


def is_text(name: str) -> bool:
    """Whether people type words into that field of the story's form, and do not choose."""
    row = _ROW.fullmatch(name)
    return name in (*_LINES, "body") or (bool(row) and row[2] in _ROW_LINES)


def words_of(form: dict[str, list[str]]) -> list[str]:
    """What people typed into that form in words, line by line: the body last, and nothing that they chose."""
    body = text.paragraphs(text.sanitise((form.get("body") or [""])[-1]))
    return [value for name in form if name != "body" and is_text(name) for value in form[name] if value.strip()] + body


def refuse_erased(article, form: dict, *, seen: int, opened: int, see_confidential: bool) -> None:
    """Raise ``erasing.ErasedSince`` where the form would bring back what was erased since its page was opened."""
    if article and seen != article.version and erasing.erased_since(article, seen):
        began = saving.began_from(article, seen=seen, opened=opened)
        content = content_of(form, began, see_confidential=see_confidential)
        erasing.refuse_what_comes_back(article, content, seen=seen, began=began)


def number(words: str) -> int:
    """The whole number that a form sent; 0 for what is none, or for more than any of ours."""
    return int(words) if words.isdecimal() and len(words) < 10 else 0


def content_of(form: dict[str, list[str]], shown: dict, *, see_confidential: bool) -> dict:
    """The content document that the form amounts to. Where it cannot be read, or holds nothing, it is as ``shown``.

    Confidential sources that its reader does not see stay as they are in ``shown``.
    """

    def last(name):
        return form[name][-1] if form.get(name) else ""

    content = {**shown}
    if "headline" in form:
        content |= {name: text.clean_line(last(name)) for name in _LINES}
        content |= {"body": text.sanitise(last("body")), "breaking": "breaking" in form}
        content |= {name: [code for code in form.get(name, ()) if code] for name in ("regions", "topics")}
        content |= {"translation_of": last("translation_of") or None}
        content["embargo_until"] = _embargo(last("embargo_until"), shown["embargo_until"])
    content |= {name: last(name) for name in ("language", "desk") if last(name)}
    content["urgency"] = number(last("urgency")) or shown["urgency"]
    for kind, entry in (("captions", _caption), ("bylines", _byline), ("citations", _citation)):
        if last(f"{kind}-TOTAL_FORMS"):
            content[kind] = [entry(row) for row in _rows(form, kind)]
    if not see_confidential:
        content["citations"] = [one for one in content["citations"] if not one["confidential"]]
        for place, one in enumerate(shown["citations"]):
            if one["confidential"]:
                content["citations"].insert(min(place, len(content["citations"])), one)
    return content


def _embargo(typed, shown):
    try:
        until = NewsroomTimeField(required=False).clean(typed)
    except forms.ValidationError:
        return shown
    if until and shown:
        # The form shows whole minutes.
        kept = parse_datetime(shown).astimezone(UTC)
        until = kept if kept.replace(second=0, microsecond=0) == until else until
    return until.isoformat() if until else None


def _rows(form, kind):
    names = (*_ROWS[kind].base_fields, "ORDER", "DELETE")
    rows = []
    for place in range(min(number(form[f"{kind}-TOTAL_FORMS"][-1]), MOST_ROWS)):
        row = {name: (form.get(f"{kind}-{place}-{name}") or [""])[-1].strip() for name in names}
        order, is_out = number(row.pop("ORDER")) or MOST_ROWS, row.pop("DELETE")
        if not is_out and any(value for name, value in row.items() if name != "use"):
            rows.append((order, place, row))
    return [row for _, _, row in sorted(rows, key=lambda one: one[:2])]


def _caption(row):
    lines = {name: text.clean_line(row[name]) for name in ("caption", "alt_text", "credit", "photographer")}
    ticks = {name: bool(row[name]) for name in ("is_file_photo", "is_lead")}
    framing = framing_of({name: _fraction(row[name]) for name in FRAMING})
    return {
        "photo": row["photo"] or None,
        **lines,
        "credit_raw": "",
        **ticks,
        **({"framing": framing} if framing else {}),
    }


def _fraction(words):
    """A number that is typed by half is none."""
    try:
        value = float(words)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _byline(row):
    return {"author": row["author"] or None, "text": text.clean_line(row["text"])}


def _citation(row):
    use = row["use"] if row["use"] in Citation.Use.values else Citation.Use.REPORT.value
    codes = {name: row[name] or None for name in ("source", "confidential", "via")}
    return {**codes, "as_printed": text.clean_line(row["as_printed"]), "use": use}


# --- beside the saved text ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """An unsaved draft that its writer is to decide about, and in what it differs from the saved text."""

    draft: Autosave
    changes: list[reading.Change]
    may_take: bool = True
    news: str = ""  # what others have saved since it was typed


def compare(draft: Autosave, shown: dict, *, see_confidential: bool) -> list[reading.Change]:
    """The fields in which the draft differs from that content document; none where it has been saved already."""
    mine = content_of(draft.form, shown, see_confidential=see_confidential)
    changes = reading.changes(_bare(shown), _bare(mine), see_confidential=see_confidential)
    if changes and draft.article_id and _was_saved(draft, mine):
        return []
    return changes


def _was_saved(draft, content):
    """Whether the writer has saved just that: a browser may send the draft once more while the save is under way."""
    since = Revision.objects.filter(article=draft.article_id, author=draft.user_id, number__gt=draft.base)
    return any(_bare(revision.content) == _bare(content) for revision in since.order_by("-number")[:5])


def _bare(content):
    """Without what no form shows: how the copy printed a picture's credit, and called its file."""
    unseen = ("credit_raw", "awaited_file")
    captions = [
        {name: value for name, value in caption.items() if name not in unseen} for caption in content["captions"]
    ]
    return {**content, "captions": captions}


def window_of(draft: Autosave) -> str:
    return (draft.form.get(keeping.WINDOW) or [""])[0]
