"""A newer version of a wire story: each thing that it changed of the version that was taken, to take or to leave."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import access, taking, usage, writing
from articles.models import Article, WireRecord

from .. import saving
from ..reading import LABELS, compare_lines
from ..times import told

State = WireRecord.State


@dataclass
class Shown:
    """A change as the page shows it: what was taken beside what is new, and what the desk has where that is a third."""

    change: taking.Change
    label: str
    lines: list
    ours: list
    is_chosen: bool  # whether it is taken unless somebody says otherwise


def offer(request, pk, *, site):
    """What a newer version changed, and the form that takes some of it. Whoever may see the story may look."""
    stories = access.visible_articles(request.user)
    record = WireRecord.objects.filter(pk=pk, is_offered=True, article__in=stories).select_related("source").first()
    document = (record.content or {}).get("content") if record else None
    if document is None:
        raise Http404("There is no such offer.")
    article = Article.objects.select_related("desk").get(pk=record.article_id)
    taken_from = version_taken(record)
    difference = _difference(taken_from, document, article)
    problem, status = "", HTTPStatus.OK
    chosen = None
    if request.method == "POST":
        chosen = set(request.POST.getlist("take"))
        try:
            _take(record, article, difference.taken(chosen), request, chosen)
        except access.NotAllowed as error:
            problem, status = str(error), HTTPStatus.FORBIDDEN
        except writing.StaleVersion as error:
            article = error.article
            difference = _difference(taken_from, document, article)
            problem, status = "The story has changed meanwhile. This is the difference now.", HTTPStatus.CONFLICT
        else:
            return redirect("admin:articles_article_change", article.pk)
    context = {**site.each_context(request), "title": "Newer text from the wire", "record": record}
    context |= {"article": article, "changes": _shown(difference, chosen), "problem": problem, "taken": taken_from}
    context |= {"may_take": access.may_edit(request.user, article), "terms": usage.in_words(record)}
    return TemplateResponse(request, "desk/offer.html", context, status=status)


def version_taken(record: WireRecord) -> WireRecord | None:
    """The version of the same item that the story was made from; None where it was made from another."""
    held = WireRecord.objects.filter(article=record.article_id, is_held=True, thread=record.thread)
    return held.exclude(pk=record.pk).exclude(content=None).order_by("-pk").first() if record.thread else None


def _difference(taken_from, document, article):
    base = taken_from.content["content"] if taken_from else None
    return taking.compare(base, document, writing.snapshot(article))


def _shown(difference, chosen):
    shown = []
    for change in difference.changes:
        was, now, ours = (_told(change.name, lines) for lines in (change.was, change.now, change.ours))
        # What the desk has changed itself is left unless somebody says so; an embargo is never shortened unasked.
        pre = change.key in chosen if chosen is not None else not (change.is_ours_too or change.key == "embargo_until")
        shown.append(Shown(change, LABELS.get(change.name, change.name), compare_lines(was, now), ours, pre))
    return shown


def _told(name, lines):
    if name == "embargo_until":
        return [told(parse_datetime(line)) for line in lines]
    return lines


@transaction.atomic
def _take(record, article, content, request, chosen):
    seen = request.POST.get("version", "")
    number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    reason = "Took what was chosen of the newer text from the wire"
    if not access.may_edit(request.user, article):
        raise access.NotAllowed(f"You may not edit this story on the {article.desk} desk as it stands.")
    if chosen:
        saving.save(article, content, request.user, seen=number, reason=reason)
        WireRecord.objects.filter(thread=record.thread, article=article, is_held=True).update(is_held=False)
        messages.success(request, "What you chose was taken. The text before it is in the history.")
    else:
        writing.lock(article, number)
        messages.success(request, "Left: the story stays as it is. The newer text stays on record.")
    WireRecord.objects.filter(pk=record.pk).update(
        is_offered=False,
        is_held=bool(chosen),
        state=State.TAKEN if chosen else State.ATTACHED,
        taken_by=request.user,
        taken_at=timezone.now(),
    )
