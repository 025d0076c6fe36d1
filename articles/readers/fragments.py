"""Parts that many pages have alike: a process draws each once and keeps it, so that a page draws only what is its own.

A part is kept under all that it is drawn from, so nothing has to be forgotten when a story changes: what is new has
another name. The oldest go.
"""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MOST = 1_500  # of some 1.5 kB each

# What stands for an address that differs from page to page until it is put in: signs that no text of ours holds.
_OTHER, _FEED = "\ue000other\ue000", "\ue000feed\ue000"

_kept: OrderedDict[tuple, SafeString] = OrderedDict()


def kept(key: tuple, draw: Callable[[], str]) -> SafeString:
    """What was drawn under that key, or what ``draw`` draws now. With DEBUG on nothing is kept: templates change."""
    if settings.DEBUG:
        return mark_safe(draw())
    key = (*key, timezone.get_default_timezone_name())
    held = _kept.pop(key, None)
    if held is None:
        held = mark_safe(draw())
    _kept[key] = held
    with suppress(KeyError):  # another thread has taken the last of them away
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return held


def card(shown, context: dict, how: dict) -> SafeString:
    """A card as a list shows it; ``how`` is what ``readers/_card.html`` is told beside the card."""
    language, today = context["language"], context["today"]
    told = {**how, "card": shown, "language": language, "today": today}
    key = ("card", repr(shown), language, today, *sorted(how.items()))
    return kept(key, lambda: render_to_string("readers/_card.html", told))


def surrounding(template: str, context: dict) -> SafeString:
    """A part of what stands around every page: it differs by edition, day and section, and by two addresses."""
    sections = context["sections"]
    marked = {context["home_address"], *(section.address for section in sections)}
    here = context["here"] if context["here"] in marked else ""
    told = {**context, "here": here, "other_address": _OTHER, "feed": _FEED}
    key = (template, context["language"], context["today"], context["site_name"], here)
    drawn = kept(key, lambda: render_to_string(template, told))
    for sign, address in ((_OTHER, context["other_address"]), (_FEED, context["feed"] or context["site_feed"])):
        drawn = drawn.replace(sign, escape(address))
    return mark_safe(drawn)
