"""The front page."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import front
from articles.readers import addresses, http, jsonld, places, sharing
from articles.readers.cards import Link, card, cards

BESIDE = 3  # of the secondary stories, in a column of their own; the others beneath the lead
# How long a breaking story stays in the banner.
BREAKING_FOR = timedelta(hours=6)


@http.public()
def home(request, language):
    at = timezone.now()
    page = front.front_at(language, at)
    secondary = [card(slot.release, at) for slot in page.secondary]
    address = addresses.home(language)
    lead = card(page.lead.release, at) if page.lead else None
    shown = [*([lead] if lead else []), *secondary]
    return http.Page(
        "readers/home.html",
        {
            "lead": lead,
            "beside": secondary[:BESIDE],
            "beneath": secondary[BESIDE:],
            "latest": cards(page.latest, at),
            "breaking": _breaking(cards(page.newest, at), at),
            "strips": [
                {"link": _link(strip, language), "cards": [card(slot.release, at) for slot in strip.stories]}
                for strip in page.strips
            ],
        },
        at=at,
        other=addresses.home(addresses.other_edition(language)),
        feed=addresses.feed(address),
        share=sharing.Share(
            description=_("News by place and by subject, with the sources that each story rests on."),
            image=sharing.first_image(request, shown),
        ),
        described=jsonld.home(jsonld.Site.of(request, language), shown),
    )


def _breaking(newest, at):
    """The newest breaking story, while it is that."""
    for one in newest:
        if one.breaking and at - (one.updated_at or one.published_at) <= BREAKING_FOR:
            return one
    return None


def _link(strip, language) -> Link:
    """A strip's heading, which leads to the list of its place."""
    if strip.named is None:
        label, kind, path = places.STRIPS[strip.place]
        return Link(str(label), getattr(addresses, kind)(language, path))
    names = strip.named
    name = (language == "ar" and names["name_ar"]) or names.get("shown") or names["name"]
    if "path" in names:
        return Link(name, addresses.region(language, names["path"]))
    return Link(name, addresses.topic(language, names["slug"]))
