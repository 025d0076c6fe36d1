"""What was published on a day, and the calendar that leads there."""

import calendar
from datetime import date, timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from articles.readers import addresses, http, rows, sharing

from .lists import list_page

RECENT_DAYS = 14


def today(at):
    return timezone.localdate(at, timezone.get_default_timezone())


def local_day(instant):
    return timezone.localdate(instant, timezone.get_default_timezone())


@http.public()
def archive(request, language):
    at = timezone.now()
    now = today(at)
    ends = rows.ends(language, at)
    recent = [now - timedelta(days=back) for back in range(RECENT_DAYS)]
    months = months_between(*(local_day(instant) for instant in ends)) if ends else []
    spans = [(day, day + timedelta(days=1)) for day in recent] + [(month, next_month(month)) for month in months]
    filled = rows.with_stories(spans, language, at) if ends else set()
    years: dict[int, list] = {}
    for number, month in enumerate(months, start=RECENT_DAYS):
        if number in filled:
            years.setdefault(month.year, []).append({"day": month, "address": addresses.month(language, month)})
    return http.Page(
        "readers/archive.html",
        {
            "days": [
                {"day": day, "address": addresses.day(language, day)}
                for number, day in enumerate(recent)
                if number in filled
            ],
            "years": sorted(years.items(), reverse=True),
        },
        at=at,
        other=addresses.archive(addresses.other_edition(language)),
        share=sharing.Share(_("Archive"), _("Everything we have published, by the day on which it first stood here.")),
    )


def months_between(oldest, newest):
    """The first days of every month from one day to another, the newest first."""
    months, month = [], newest.replace(day=1)
    while month >= oldest.replace(day=1):
        months.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return months


def next_month(month):
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


@http.public()
def month(request, language, year, month):
    at = timezone.now()
    first = published_day(year, month, 1, at)
    weeks = calendar.Calendar(firstweekday=6 if language == "ar" else 0).monthdatescalendar(first.year, first.month)
    days = [day for week in weeks for day in week if day.month == first.month]
    filled = rows.with_stories([(day, day + timedelta(days=1)) for day in days], language, at)
    if not filled:
        raise Http404("Nothing was published in that month.")
    linked = {days[number] for number in filled}
    return http.Page(
        "readers/month.html",
        {
            "month": first,
            "weekdays": weeks[1],
            "weeks": [
                [
                    {
                        "day": day if day.month == first.month else None,
                        "address": addresses.day(language, day) if day in linked else "",
                    }
                    for day in week
                ]
                for week in weeks
            ],
        },
        at=at,
        share=sharing.Share(date_format(first, "F Y"), _("Days with stories")),
    )


@http.public()
def day(request, language, year, month, day):
    at = timezone.now()
    here = published_day(year, month, day, at)
    address = addresses.day(language, here)
    home = rows.cards_at(rows.HOME, language, at)
    earlier = home.filter(published_at__lt=rows.day_begins(here)).first()
    later = (
        home.filter(published_at__gte=rows.day_begins(here + timedelta(days=1)))
        .order_by("published_at", "public_id")
        .first()
    )
    page = list_page(
        request,
        language,
        at,
        template="readers/day.html",
        place=f"day:{here.isoformat()}",
        address=address,
        other="",
        context={
            "day": here,
            "earlier": _near(earlier, language),
            "later": _near(later, language),
        },
        steps=[(_("Archive"), addresses.archive(language))],
        title=date_format(here, _("l, j F Y")),
        description=_("What we published on that day."),
    )
    if isinstance(page, http.Page) and not page.context["cards"]:
        raise Http404("Nothing was published on that day.")
    return page


def _near(row, language):
    if row is None:
        return None
    there = local_day(row.published_at)
    return {"day": there, "address": addresses.day(language, there)}


def published_day(year, month, day, at):
    """That day. Raises ``Http404`` where the calendar has none such, or it is still to come."""
    try:
        there = date(int(year), int(month), int(day))
    except ValueError as error:
        raise Http404("There is no such day.") from error
    if there > today(at):
        raise Http404("That day is still to come.")
    return there
