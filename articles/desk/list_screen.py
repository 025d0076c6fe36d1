"""The list of stories: the page that answers what its address asks for."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from articles import bulk
from articles.models import Article

from . import saved_views
from .keyset import place_of
from .list_asked import read, together
from .list_columns import columns_for, in_order
from .list_pages import COUNTED, FOUND, ORDERS, SHOWN, look
from .story_list import short_time


def listing(request, *, site):
    """A page of the stories that this person may see: ``?state=submitted&region=SY&sort=urgency&before=…``."""
    user = request.user
    if not user.has_perm("articles.view_article"):
        raise PermissionDenied
    asked = read(user, request.GET)
    before = request.GET.get("before", "")
    views = saved_views.offered(user, request.GET.get("view", ""), asked)
    context = {**site.each_context(request), "title": "Stories", "opts": Article._meta, "asked": asked, "views": views}
    context |= {
        "form": asked.form,
        "orders": ORDERS,
        "all_columns": columns_for(user),
        "is_search": asked.order is FOUND,
    }
    context |= {"kept": asked.query(), "chips": _chips(asked, views), "before": before}
    if asked.form.is_valid():
        context |= _page(user, asked, before, views)
    context |= {"actions": bulk.offered(user), "most_at_once": bulk.MOST_AT_ONCE}
    context["may_export"] = user.has_perm("articles.export_article")
    return TemplateResponse(request, "desk/stories.html", context)


def _page(user, asked, before, views):
    found = look(user, asked.form, asked.order, before)
    stories = in_order(found.ids[:SHOWN], asked.columns.values())
    on = place_of(asked.order, stories[-1]) if len(found.ids) > SHOWN else found.on
    rows = [(story, [(name, one.label, one.cell(story)) for name, one in asked.columns.items()]) for story in stories]
    older = together(asked.query(), views.part, f"before={on}") if on else ""
    page = {"rows": rows, "stories": stories, "older": older}
    if len(found.ids) <= SHOWN and found.on:
        page["looked_to"] = short_time(found.looked_to) if isinstance(found.looked_to, datetime) else ""
        page["walk_ended"] = True
    # How many there are is said where that is known without counting on.
    is_whole = not found.on and len(found.ids) < COUNTED and len(found.ids) != SHOWN + 1
    page["count"] = len(found.ids) if is_whole and not before else None
    return page


def _chips(asked, views):
    chips = []
    for name, label, words in asked.form.in_words():
        chips.append({"label": label, "words": words, "without": together(asked.query(without=name), views.part)})
    return chips
