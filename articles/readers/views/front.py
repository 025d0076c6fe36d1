"""The front page."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import cache_keys, front
from articles.readers import addresses, http, jsonld, places, sharing
from articles.readers.cards import Link, card, cards

BESIDE = 3  # of the secondary stories, in a column of their own; the others beneath the lead


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
            "breaking": next((one for one in cards(page.newest, at) if one.breaking), None),
            "strips": [_strip(strip, number, language, at) for number, strip in enumerate(page.strips)],
        },
        at=at,
        other=addresses.home(addresses.other_edition(language)),
        feed=addresses.feed(address),
        share=sharing.Share(
            description=_("News by place and by subject, with the sources that each story rests on."),
            image=sharing.first_image(request, shown),
        ),
        described=jsonld.home(jsonld.Site.of(request, language), shown),
        keys=[cache_keys.front(language), cache_keys.at_place("home", language)],
    )


def _strip(strip, number, language, at):
    """A row of stories of one place. Of every other full one the first leads, if it has a picture to lead with."""
    shown = [card(slot.release, at) for slot in strip.stories]
    leads = number % 2 == 0 and len(shown) == front.IN_STRIP and shown[0].picture is not None
    return {"link": _link(strip, language), "cards": shown, "leads": leads}


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
