"""What was published on a day, and the calendars that lead there."""

import calendar
from datetime import date, timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from articles import cache_keys
from articles.readers import addresses, http, rows, sharing

from .lists import list_page


def today(at):
    return timezone.localdate(at, timezone.get_default_timezone())


def local_day(instant):
    return timezone.localdate(instant, timezone.get_default_timezone())


@http.public()
def archive(request, language):
    at = timezone.now()
    ends = rows.ends(language, at)
    months = months_between(*(local_day(instant) for instant in ends)) if ends else []
    newest = months[:2]
    days = [day for month in reversed(newest) for day in days_of(month)]
    spans = [(day, day + timedelta(days=1)) for day in days] + [(month, next_month(month)) for month in months]
    filled = rows.with_stories(spans, language, at)
    with_stories = {month for number, month in enumerate(months, len(days)) if number in filled}
    days_with = {days[number] for number in filled if number < len(days)}
    years = sorted({month.year for month in with_stories}, reverse=True)
    return http.Page(
        "readers/archive.html",
        {
            "newest": [_calendar(month, days_with, language) for month in newest if month in with_stories],
            "years": [
                {
                    "year": year,
                    "address": addresses.year(language, year),
                    "months": [
                        {"day": month, "address": addresses.month(language, month) if month in with_stories else ""}
                        for month in (date(year, number, 1) for number in range(1, 13))
                    ],
                }
                for year in years
            ],
        },
        at=at,
        other=addresses.archive(addresses.other_edition(language)),
        share=sharing.Share(_("Archive"), _("Everything we have published, by the day on which it first stood here.")),
    )


@http.public()
def year(request, language, year):
    at = timezone.now()
    first = published_day(year, 1, 1, at)
    days = [date(first.year, 1, 1) + timedelta(days=number) for number in range(366)]
    days = [day for day in days if day.year == first.year]
    filled = _filled(days, language, at)
    if not filled:
        raise Http404("Nothing was published in that year.")
    months = sorted({day.replace(day=1) for day in filled})
    earlier, later = _neighbours(language, at, first, date(first.year + 1, 1, 1))
    return http.Page(
        "readers/year.html",
        {
            "year": first.year,
            "months": [_calendar(month, filled, language) for month in months],
            "earlier": earlier and {"year": earlier.year, "address": addresses.year(language, earlier.year)},
            "later": later and {"year": later.year, "address": addresses.year(language, later.year)},
        },
        at=at,
        share=sharing.Share(str(first.year), _("Days with stories")),
        keys=[cache_keys.calendar(first, language)],
    )


@http.public()
def month(request, language, year, month):
    at = timezone.now()
    first = published_day(year, month, 1, at)
    filled = _filled(days_of(first), language, at)
    if not filled:
        raise Http404("Nothing was published in that month.")
    earlier, later = _neighbours(language, at, first, next_month(first))
    return http.Page(
        "readers/month.html",
        {
            "calendar": _calendar(first, filled, language),
            "year": {"year": first.year, "address": addresses.year(language, first.year)},
            "earlier": earlier and {"day": earlier, "address": addresses.month(language, earlier)},
            "later": later and {"day": later, "address": addresses.month(language, later)},
        },
        at=at,
        share=sharing.Share(date_format(first, "F Y"), _("Days with stories")),
        keys=[cache_keys.calendar(first, language)],
    )


@http.public()
def day(request, language, year, month, day):
    at = timezone.now()
    here = published_day(year, month, day, at)
    earlier, later = _neighbours(language, at, here, here + timedelta(days=1))
    page = list_page(
        request,
        language,
        at,
        template="readers/day.html",
        place=f"day:{here.isoformat()}",
        address=addresses.day(language, here),
        other="",
        context={
            "day": here,
            "month": {"day": here, "address": addresses.month(language, here)},
            "earlier": earlier and {"day": earlier, "address": addresses.day(language, earlier)},
            "later": later and {"day": later, "address": addresses.day(language, later)},
        },
        steps=[(_("Archive"), addresses.archive(language))],
        title=date_format(here, _("l, j F Y")),
        description=_("What we published on that day."),
    )
    if isinstance(page, http.Page) and not page.context["cards"]:
        raise Http404("Nothing was published on that day.")
    return page


def _filled(days, language, at) -> set[date]:
    """Those of these days on which something was published that readers have."""
    spans = [(day, day + timedelta(days=1)) for day in days]
    return {days[number] for number in rows.with_stories(spans, language, at)}


def _neighbours(language, at, first, end):
    """The nearest days with a story before ``first`` and from ``end`` on, or None. Two queries."""
    home = rows.published_at(language, at)
    earlier = home.filter(published_at__lt=rows.day_begins(first)).first()
    later = home.filter(published_at__gte=rows.day_begins(end)).order_by("published_at", "public_id").first()
    return earlier and local_day(earlier), later and local_day(later)


def _calendar(month, filled, language) -> dict:
    """A month as its table shows it; the days that have stories lead to them."""
    weeks = calendar.Calendar(firstweekday=6 if language == "ar" else 0).monthdatescalendar(month.year, month.month)
    return {
        "month": month.replace(day=1),
        "address": addresses.month(language, month),
        "weekdays": weeks[1],
        "weeks": [
            [
                {
                    "day": day if day.month == month.month else None,
                    "address": addresses.day(language, day) if day.month == month.month and day in filled else "",
                }
                for day in week
            ]
            for week in weeks
        ],
    }


def days_of(month):
    """The days of the month that a day is in."""
    first = month.replace(day=1)
    return [first + timedelta(days=number) for number in range((next_month(first) - first).days)]


def months_between(oldest, newest):
    """The first days of every month from one day to another, the newest first."""
    months, month = [], newest.replace(day=1)
    while month >= oldest.replace(day=1):
        months.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return months


def next_month(month):
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def published_day(year, month, day, at):
    """That day. Raises ``Http404`` where the calendar has none such, or it is still to come."""
    try:
        there = date(int(year), int(month), int(day))
    except ValueError as error:
        raise Http404("There is no such day.") from error
    if there > today(at):
        raise Http404("That day is still to come.")
    return there
