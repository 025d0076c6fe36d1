"""What a page says of itself to whoever shows a link to it: OpenGraph (https://ogp.me) and the cards of X.

The template ``readers/_sharing.html`` writes it into the head of every page.
"""

from dataclasses import asdict, dataclass

from django.templatetags.static import static

from . import addresses

# OpenGraph names a language with a country; these stand for the edition, not for the country.
LOCALES = {"en": "en_GB", "ar": "ar_AR"}


@dataclass(frozen=True)
class Image:
    """A picture file that fits a card, at its absolute address."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Share:
    """What stands on the card of a page. Without a title it is the site's name."""

    title: str = ""
    description: str = ""
    image: Image | None = None
    kind: str = "website"


def image(request, picture) -> Image | None:
    """The wide cut of a picture that a page shows; None where there is neither."""
    crop = picture.crops.get("16x9") if picture else None
    if not crop:
        return None
    return Image(addresses.absolute(request, crop["file"]), crop["width"], crop["height"], picture.alt)


def first_image(request, cards) -> Image | None:
    """The same of the first of these stories that has one."""
    return next((found for card in cards if (found := image(request, card.picture))), None)


def told(request, share: Share | None, site_name: str, language: str) -> dict:
    """What the template is given, as plain data; ``icon`` is for a page without a picture."""
    share = share or Share()
    return {
        **asdict(share),
        "icon": addresses.absolute(request, static(addresses.ICON)),
        "title": share.title or site_name,
        "locale": LOCALES.get(language, language),
        "other_locale": LOCALES.get(addresses.other_edition(language), ""),
    }
