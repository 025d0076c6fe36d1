"""The front page."""

from datetime import timedelta

from django.utils import timezone

from articles.readers import addresses, http, jsonld, places, rows, words
from articles.readers.cards import Link, cards

NEWEST = 40
SECONDARY = 5
BESIDE = 3  # of these, in a column of their own; the others beneath the lead
LATEST = 9
IN_STRIP = 4
# How long a breaking story stays in the banner, and how far back the lead may be looked for.
BREAKING_FOR = timedelta(hours=6)
LEAD_WITHIN = timedelta(hours=30)


@http.public()
def home(request, language):
    at = timezone.now()
    wanted = {rows.HOME: NEWEST} | {place: SECONDARY + LATEST + IN_STRIP for place, *_rest in places.STRIPS}
    found = {place: cards(releases, at) for place, releases in rows.newest_at(wanted, language, at).items()}
    newest = found[rows.HOME]
    lead, secondary = _top(newest)
    shown = {card.public_id for card in [*([lead] if lead else []), *secondary]}
    latest = [card for card in newest if card.public_id not in shown][:LATEST]
    address = addresses.home(language)
    return http.Page(
        "readers/home.html",
        {
            "lead": lead,
            "beside": secondary[:BESIDE],
            "beneath": secondary[BESIDE:],
            "latest": latest,
            "breaking": _breaking(newest, at),
            "strips": _strips(found, shown, language),
            "jsonld": {
                "@context": "https://schema.org",
                **jsonld.organisation(words.site_name(), addresses.absolute(request, address)),
            },
        },
        at=at,
        other=addresses.home(addresses.other_edition(language)),
        feed=addresses.feed(address),
    )


def _top(newest):
    """The lead and what stands beside it: the most urgent of the last day, one with a picture first to lead."""
    if not newest:
        return None, []
    recent = [card for card in newest if newest[0].published_at - card.published_at <= LEAD_WITHIN]
    ranked = sorted(recent, key=lambda card: card.urgency)  # stable: the newest first among equals
    lead = min(ranked, key=lambda card: (card.urgency, card.picture is None))
    rest = [card for card in ranked if card is not lead]
    rest += [card for card in newest if card not in recent]
    return lead, rest[:SECONDARY]


def _breaking(newest, at):
    """The newest breaking story, while it is that."""
    for card in newest:
        if card.breaking and at - (card.updated_at or card.published_at) <= BREAKING_FOR:
            return card
    return None


def _strips(found, shown, language):
    """A strip for each place that has stories which no strip above it shows, nor the top."""
    used, strips = set(shown), []
    for place, label, kind, path in places.STRIPS:
        fresh = [card for card in found[place] if card.public_id not in used][:IN_STRIP]
        used |= {card.public_id for card in fresh}
        if fresh:
            strips.append({"link": Link(str(label), getattr(addresses, kind)(language, path)), "cards": fresh})
    return strips
