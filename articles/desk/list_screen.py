"""The list of stories: the page that answers what its address asks for."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from articles import bulk
from articles.models import Article

from . import saved_views
from .address_form import together
from .keyset import place_of
from .list_asked import read
from .list_columns import columns_for, in_order
from .list_pages import COUNTED, FOUND, ORDERS, SHOWN, look
from .story_list import short_time


def _asked_for(user, given):
    asked = read(user, given)
    return asked.query() if asked.form.is_valid() else None


SCREEN = saved_views.Screen("stories", "article", lambda user: user.has_perm("articles.view_article"), _asked_for)


def listing(request, *, site):
    """A page of the stories that this person may see: ``?state=submitted&region=SY&sort=urgency&before=…``."""
    user = request.user
    if not user.has_perm("articles.view_article"):
        raise PermissionDenied
    asked = read(user, request.GET)
    before = request.GET.get("before", "")
    desks = [desk for desk in asked.form.desks if desk.is_own]
    views = saved_views.offered(SCREEN, user, request.GET.get("view", ""), asked.query(), desks)
    context = {**site.each_context(request), "title": "Stories", "opts": Article._meta, "asked": asked, "views": views}
    context["first"] = [(SCREEN.address, "All stories", not views.open and not asked.query())]
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
