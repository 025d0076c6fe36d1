"""Newsroom time: what an editor types, and how an instant is told."""

from datetime import UTC, datetime

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime


def zone_name() -> str:
    """The newsroom's zone as a person says it: “Beirut”."""
    return timezone.get_current_timezone_name().split("/")[-1].replace("_", " ")


def told(at: datetime) -> str:
    """An instant in newsroom time and in UTC: “Tue 3 March 2026, 14:00 Beirut (12:00 UTC)”."""
    local, world = timezone.localtime(at), at.astimezone(UTC)
    other_day = "" if local.date() == world.date() else f"{world:%a} "
    in_utc = "" if zone_name() == "UTC" else f" ({other_day}{world:%H:%M} UTC)"
    return f"{local:%a} {local.day} {local:%B %Y, %H:%M} {zone_name()}{in_utc}"


def from_newsroom(naive: datetime) -> datetime:
    """The instant at which the newsroom's clock shows that time.

    Raises ``ValueError`` with a sentence where the clock shows it twice, or never, because it is changed that night.
    """
    zone = timezone.get_current_timezone()
    first, second = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = f"{naive:%H:%M} on {naive.day} {naive:%B %Y}"
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) == naive:
        raise ValueError(
            f"The clocks go back that night: {shown} comes twice in {zone_name()}, at {first:%H:%M} UTC and again"
            f" at {second:%H:%M} UTC. Choose a time outside that hour."
        )
    before, after = (_beside(naive, at.astimezone(zone), at) for at in (second, first))
    raise ValueError(
        f"The clocks go forward that night: there is no {shown} in {zone_name()}. Choose {before} or {after}."
    )


def _beside(naive, local, at):
    """An instant next to a time that there is not: with its day where that is another."""
    day = "" if local.date() == naive.date() else f" on {local.day} {local:%B}"
    return f"{local:%H:%M}{day} ({at:%H:%M} UTC)"


class NewsroomTimeField(forms.Field):
    """A day and time of the newsroom's clock; gives an aware datetime in UTC."""

    def __init__(self, **kw):
        kw.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**kw)

    def prepare_value(self, value):
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value).replace(tzinfo=None)
        return value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            naive = parse_datetime(value.strip())
        except ValueError:
            naive = None
        if naive is None or naive.tzinfo is not None or not 1900 <= naive.year <= 9000:
            raise forms.ValidationError("Give a day and a time, such as 2026-03-02 14:30.", code="invalid")
        try:
            return from_newsroom(naive)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="clock_change") from error

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != data
