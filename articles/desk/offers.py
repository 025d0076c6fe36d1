"""Unsaved drafts given back: what a story's page offers its reader, and takes into the form."""

from contextlib import suppress
from datetime import UTC, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import access, audit, keeping, writing
from articles.models import Article, Desk

from . import drafts, news
from .forms import StoryForms, blank
from .picking import sees_confidential

MOST_BEGUN = 5  # drafts of stories never saved that the empty form offers back
_SAID = ("user", "window", "mark", "key", "typed", "again", "writing", "told", "revision", "leave", "note")


def said_by(request) -> dict[str, str]:
    """What a page's script says beside the form: each by its name, empty where it does not say it."""
    return {name: request.POST.get(f"keeping-{name}", "")[:64] for name in _SAID}


def mark_of(words: str) -> datetime | None:
    """The time that a page was told its draft was kept at; None for what is no instant."""
    try:
        at = parse_datetime(words)
        return at.astimezone(UTC) if at and at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def clock(at: datetime) -> str:
    """That instant on the newsroom's clock: “14:05”."""
    return f"{timezone.localtime(at):%H:%M}"


def taken(request, article: Article | None) -> StoryForms | None:
    """The form as the draft has it that the address asks for (``?draft=…``); None where it asks for none.

    It answers to the version that its writer began from: a save of it is merged with what has been saved since.
    """
    found = _asked_for(request, article)
    if found is None or (article and not access.may_edit(request.user, article)):
        return None
    base = _base(article, found, _shown(request.user, article))
    content = drafts.content_of(found.form, base, see_confidential=sees_confidential(request.user))
    version = (found.form.get("version") or [""])[-1]
    return StoryForms(
        request.user,
        content,
        version=drafts.number(version),
        revision=found.base,
        article=article,
    )


def _asked_for(request, article):
    asked = request.GET.get("draft", "")
    if request.method != "GET" or not asked:
        return None
    return keeping.find(request.user, article=article, key="" if article and asked == "1" else asked)


def _base(article, found, shown):
    """What the draft's writer began from: the story as it was then."""
    if article is None:
        return shown
    began = article.revisions.filter(number=found.base).first()
    return {**shown, **began.content} if began else shown


def of(user, article, *found) -> list[drafts.Offer]:
    """What is to be decided about: drafts that differ from the text they began from."""
    if not found:
        found = keeping.of_story(user, article) if article else keeping.begun(user)[:MOST_BEGUN]
    found = [one for one in found if one]
    if not found:
        return []
    sees, shown = sees_confidential(user), _shown(user, article)
    offers = []
    for one in found:
        if not (changes := drafts.compare(one, _base(article, one, shown), see_confidential=sees)):
            continue
        came = ""
        if article and article.revisions.filter(number__gt=one.base).exists():
            came = news.since(article, one.base, user=user, see_confidential=sees)
        may_take = article is None or access.may_edit(user, article)
        offers.append(drafts.Offer(one, changes, may_take=may_take, news=came))
    return offers


def _shown(user, article):
    """The saved text; of a new story, the empty form."""
    if article:
        return writing.snapshot(article)
    desks = Desk.objects.all()
    if not access.spans_desks(user):
        desks = desks.filter(pk__in=access.working_desk_ids(user))
    return blank(desks.values_list("code", flat=True).first())


def on_page(request, article: Article | None, forms) -> dict:
    """What a story's page needs so that what is typed into it is kept, and the drafts that it offers back."""
    user = request.user
    where = [article.pk] if article else []
    new = "" if article else "_new"
    page = {
        "address": reverse(f"admin:articles_article_keep{new}", args=where),
        "draft_address": reverse(f"admin:articles_article_draft{new}", args=where),
        "name": audit.staff_name(user),
        "place": f"story:{article.pk}" if article else "new",
    }
    said = said_by(request)
    if found := _asked_for(request, article):
        page["taken"] = found
    elif forms is not None and forms.story.is_bound:
        # The page comes back with what was typed: its next window goes on with the same draft.
        found = keeping.find(user, article=article, key=said["key"])
        found = found if found and drafts.window_of(found) == said["window"] else None
    else:
        page["offers"] = of(user, article)
    page["mark"] = found.saved_at.isoformat() if found else ""
    page["key"] = said["key"] or (found.key if found else "")
    return page


def keep_refused(request, article: Article) -> None:
    """Keep what was sent by somebody who may not edit the story any more: as their unsaved draft, which the page shows.

    Where a draft of another window is in the way, that one stays.
    """
    said, user = said_by(request), request.user
    form = drafts.posted(request.POST, see_confidential=sees_confidential(user))
    by = {"window": said["window"], "mark": mark_of(said["mark"])}
    with suppress(keeping.Waiting):
        keeping.keep(user, form, base=drafts.number(request.POST.get("revision", "")), article=article, **by)


def saved(request, article: Article | None) -> None:
    """What that page held has been saved: its unsaved draft is not needed any more."""
    said = said_by(request)
    by = {"window": said["window"], "mark": mark_of(said["mark"])}
    keeping.forget(request.user, article=article, key=said["key"], **by)
