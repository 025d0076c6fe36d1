"""One item of the wire: what was understood of it beside what was received, what belongs to it, and the buttons."""

import re
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from django.template.response import TemplateResponse
from django.utils.text import Truncator

from articles import access, inbox, nearness, text, usage
from articles.models import WireRecord

from ..story_list import short_time
from .acting import find
from .rows import acts, marks

MOST_SHOWN = 40_000  # characters of what was received
MOST_VERSIONS, MOST_TAKES = 30, 12
_KINDS = {"regions": "place", "topics": "topic", "citations": "source"}


@dataclass(frozen=True)
class Span:
    """A run of words; ``kind`` says what was found there: place, source, topic, dateline, byline; "" of the others."""

    words: str
    kind: str = ""


@dataclass
class Take:
    """What somebody else tells of the same, and how much of it stands in the other."""

    record: WireRecord
    who: str
    share: int = 0
    back: int = 0


def show(request, pk, *, site, problem="", status=HTTPStatus.OK):
    """The page of one item."""
    record = find(request, pk)
    user = request.user
    content = (record.content or {}).get("content") or {}
    found = _found(record, content)
    context = {**site.each_context(request), "title": record.headline or "Wire item", "opts": WireRecord._meta}
    context |= {"record": record, "marks": marks(record), "acts": acts(user, record), "problem": problem}
    context |= {"came": short_time(record.created_at), "raw": _raw(record, found), "terms": usage.in_words(record)}
    context |= {"paragraphs": _paragraphs(content, found), "content": content, "captions": content.get("captions", [])}
    context |= {"headline": _marked(record.headline, found), "legend": sorted({kind for _, kind in found})}
    context |= {"versions": _versions(user, record), "takes": _takes(user, record, content)}
    context |= {"desks": inbox.desks_of(user) if user.has_perm("articles.work_wire") else []}
    context |= {"may_attach": bool(acts(user, record)) and not record.is_offered}
    context |= {"may_mend": inbox.may_work(user, record) and record.state == WireRecord.State.QUARANTINED}
    context |= {"sees_story": record.article is not None and access.may_see(user, record.article)}
    context |= {"unmapped": sorted(record.unmapped.items()), "direction": text.direction(record.language or "en")}
    context |= _neighbours(user, record)
    return TemplateResponse(request, "desk/inbox_item.html", context, status=status)


def decoded(record: WireRecord) -> str:
    """What was received, as text, as far as a page can show it."""
    data = bytes(record.received.data)[: MOST_SHOWN * 4]
    try:
        words = data.decode(record.encoding or "utf-8", "replace")
    except LookupError:
        words = data.decode("utf-8", "replace")
    return words[:MOST_SHOWN].replace("\x00", "�")


# --- spans -----------------------------------------------------------------------------------------------------------


def _found(record, content):
    """The words that something was found by, as (words, kind), the longest first."""
    found = {}
    for one in (record.content or {}).get("suggestions", []):
        if one.get("passage"):
            found[one["passage"]] = _KINDS.get(one.get("list"), "topic")
    for line in content.get("bylines", []):
        if line["text"]:
            found.setdefault(line["text"], "byline")
    if content.get("dateline"):
        found.setdefault(content["dateline"], "dateline")
    for name in (record.provider, str(record.source or "")):
        if len(name) > 1:
            found.setdefault(name, "source")
    return sorted(((words, kind) for words, kind in found.items() if words.strip()), key=lambda one: -len(one[0]))


def _marked(words, found) -> list[Span]:
    """A text as spans. Words are found whole, whatever their case."""
    if not found or not words:
        return [Span(words)]
    kinds = {name.casefold(): kind for name, kind in reversed(found)}
    pattern = re.compile(r"(?<!\w)(" + "|".join(re.escape(name) for name, _ in found[:80]) + r")(?!\w)", re.IGNORECASE)
    parts = pattern.split(words)
    return [Span(part, kinds.get(part.casefold(), "") if at % 2 else "") for at, part in enumerate(parts) if part]


def _paragraphs(content, found):
    return [_marked(line, found) for line in text.paragraphs(content.get("body") or "")]


def _raw(record, found):
    return _marked(decoded(record), found)


# --- what belongs to it ----------------------------------------------------------------------------------------------


def _versions(user, record):
    if not record.thread:
        return []
    rows = inbox.visible_records(user).filter(thread=record.thread).exclude(pk=record.pk)
    rows = list(rows.defer("content", "signature", "paragraphs").order_by("-pk")[:MOST_VERSIONS])
    return [(one, short_time(one.created_at)) for one in rows]


def _takes(user, record, content):
    """What others tell of the same, with how much of this stands in theirs, and of theirs in this: in percent."""
    if not record.cluster or not content:
        return []
    rows = inbox.visible_records(user).changing().filter(cluster=record.cluster).exclude(thread=record.thread)
    ours = _shingles(content)
    found = []
    for one in rows.select_related("source").order_by("-pk")[:MOST_TAKES]:
        theirs = _shingles((one.content or {}).get("content") or {})
        who = str(one.source or one.provider or Truncator(one.headline).chars(40))
        shares = (round(100 * nearness.share(a, b)) for a, b in ((ours, theirs), (theirs, ours)))
        found.append(Take(one, who, *shares))
    return found


def _shingles(content):
    return nearness.shingles(" ".join(text.fold(line) for line in text.paragraphs(content.get("body") or "")))


def _neighbours(user, record):
    """The items above and below it among those that stand where it stands."""
    same = inbox.visible_records(user).filter(state=record.state).order_by()
    pick = partial(same.values_list, "pk", flat=True)
    above = pick().filter(pk__gt=record.pk).order_by("pk").first()
    return {"above": above, "below": pick().filter(pk__lt=record.pk).order_by("-pk").first()}
