"""What readers' templates need beyond Django's own: dates of the newsroom's calendar, safe text, marked-up data."""

from contextlib import suppress
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import dateformat, timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import text
from articles.readers import fragments, jsonld, rows, styles, telling

register = template.Library()


def _local(value):
    return timezone.localtime(value, timezone.get_default_timezone())


@register.simple_tag(takes_context=True)
def story_card(context, card, **how):
    """A card of a list: its ``shape``, its picture’s ``sizes``, its heading’s ``level``, ``terse``, ``eager``."""
    return fragments.card(card, context, how)


@register.simple_tag(takes_context=True)
def surrounding(context, template):
    """A part of what stands around every page, drawn once for all that have it alike."""
    return fragments.surrounding(template, context.flatten())


@register.filter
def moment(value):
    """An instant on the newsroom's clock: “22 November 2026, 14:05 EET”."""
    local = _local(value)
    zone = dateformat.format(local, "T")
    zone = f"UTC{zone}" if zone[:1] in "+-" else zone
    return dateformat.format(local, _("j F Y, H:i")) + f" {zone}"


@register.filter
def brief(value, today):
    """The same as short as it can be said on that day: “14:05”, “21 November”, “3 May 2019”."""
    local = _local(value)
    if local.date() == today:
        return dateformat.format(local, "H:i")
    return dateformat.format(local, _("j F") if local.year == today.year else _("j F Y"))


@register.filter
def clock(value):
    """An instant's time of day on the newsroom's clock: “14:05”."""
    return dateformat.format(_local(value), "H:i")


@register.filter
def grouped(number):
    """A count with its thousands parted: “12,345”."""
    return f"{number:,}"


@register.filter
def site_of(address):
    """Whose site an address is on: “www.example.org”."""
    with suppress(ValueError):
        return urlsplit(address).hostname or address
    return address


@register.filter
def long_date(day):
    """A day of the calendar: “Sunday, 22 November 2026”."""
    return dateformat.format(day, _("l, j F Y"))


@register.filter
def short_date(day):
    """A day as short as it can be said: “22 November 2026”."""
    return dateformat.format(day, _("j F Y"))


@register.filter
def month_name(day):
    return dateformat.format(day, _("F Y"))


@register.filter
def month_alone(day):
    return dateformat.format(day, "F")


@register.filter
def weekday(day):
    return dateformat.format(day, "D")


@register.filter
def weekday_name(day):
    return dateformat.format(day, "l")


@register.filter
def weekday_letter(day):
    """A weekday where there is room for a letter alone: the first of its name, in Arabic behind the article."""
    return dateformat.format(day, "l").removeprefix("ال")[:1]


@register.filter
def iso(value):
    """An instant or day for a ``datetime`` attribute."""
    return value.isoformat(timespec="seconds") if hasattr(value, "hour") else value.isoformat()


@register.filter
def data_script(data):
    """Data as the contents of a script element of type application/ld+json."""
    return jsonld.script(data)


@register.filter
def sanitised(markup):
    """A story's body: it was sanitised when it was saved and again when it was released."""
    return mark_safe(markup)  # articles.documents.build() sanitises what becomes a document


@register.filter
def drawn(markup):
    """What stands in a map's ``svg`` element: shapes of our own, and names that were escaped when it was drawn."""
    return mark_safe(markup)  # articles.maps.drawing.draw() made it


@register.filter
def language_name(code):
    return dict(settings.COPY_LANGUAGES).get(code, code)


@register.simple_tag
def site_styles():
    """The addresses of the site's stylesheets: one, or where it is being worked on each of those it is made of."""
    return styles.addresses()


@register.simple_tag
def told_story(document, at=None, published_at=None, updated_at=None, breaking=False, pictures=None):
    """A document as its story's page shows it at that instant: for the desk's preview, which is no reader.

    ``{% load readers %}{% told_story document %}`` beneath ``{% include "readers/_styles.html" %}``. ``pictures`` are
    addresses by the ids of pictures, for use instead of the public files, which nothing names before a release.
    """
    at = at or timezone.now()
    language = document["language"] if document["language"] in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    media = {}
    if pictures is not None:
        own = [_private(one) for one in document["pictures"] if one["id"] in pictures]
        document, media = {**document, "pictures": own}, {"media": pictures.get}
    with translation.override(language):
        shown = telling.told(
            document,
            language=language,
            published_at=published_at or at,
            updated_at=updated_at,
            breaking=breaking,
            at=at,
            locator=rows.locator_map(document, language),
            **media,
        )
        return render_to_string(
            "readers/_story.html", {**shown, "language": language, "direction": text.direction(language)}
        )


def _private(picture):
    """The picture with its id in the place of its public files."""
    return {**picture, "files": {"jpeg": [[min(picture["width"], 1280), picture["id"]]]}, "crops": {}}
