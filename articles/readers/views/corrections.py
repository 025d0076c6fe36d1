"""What we got wrong: every correction and retraction, by the day on which readers were told, the newest first."""

from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import cache_keys
from articles.models import Release
from articles.outlet_answers import mark_of
from articles.readers import addresses, cursors, http, jsonld, rows, sharing, words

from .archive import local_day


@http.public()
def corrections(request, language):
    at = timezone.now()
    address = addresses.corrections(language)
    cursor = cursors.Cursor.read(request.GET["before"]) if "before" in request.GET else None
    told = rows.corrections(language, at)
    if cursor:
        told = told.filter(cursor.older())
    told = list(told[: cursors.PAGE + 1])
    older = str(cursors.Cursor.of(told[cursors.PAGE - 1])) if len(told) > cursors.PAGE else ""
    current = rows.in_force({row.public_id for row in told}, at)
    notes = [
        _note(row, current[row.public_id]) for row in told[: cursors.PAGE] if _may_name(current.get(row.public_id))
    ]
    return http.Page(
        "readers/corrections.html",
        {
            "days": [(day, list(same)) for day, same in groupby(notes, key=lambda note: local_day(note["at"]))],
            "is_first": cursor is None,
            "older": older,
            "list_address": address,
        },
        at=at,
        other=addresses.corrections(addresses.other_edition(language)) if cursor is None else "",
        canonical=f"{address}?{request.GET.urlencode()}" if cursor else address,
        keys=[cache_keys.at_place(rows.CORRECTIONS, language), *(cache_keys.story(row.public_id) for row in told)],
        noindex=not notes,
        share=sharing.Share(
            _("Corrections"),
            _("What we got wrong, and when we said so. Each note also stands on the story itself, for good."),
        ),
        described=[jsonld.breadcrumb([(_("Corrections"), addresses.absolute(request, address))])],
    )


def _may_name(current):
    """Whether the story may still be named: what the law had removed and what has expired is not, here or anywhere."""
    return current is not None and not current.removed_by_law and current.kind != Release.Kind.EXPIRY


def _note(row, current):
    # The headline is today's: one that was itself corrected, or retracted, does not linger here.
    told = row.release
    return {
        "mark": mark_of(told),
        "kind": str(words.NOTE_KINDS[told.kind]),
        "is_retraction": told.kind == Release.Kind.RETRACTION,
        "at": told.live_from,
        "note": told.public_note,
        "headline": current.headline,
        "address": addresses.story(current.language, current.public_id, current.slug),
    }
