"""One story: as it stands, or what is left in its place."""

from dataclasses import asdict

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import cache_keys
from articles.documents import RELATED_MAX
from articles.models import Release
from articles.outlet_answers import mark_of
from articles.readers import addresses, http, jsonld, places, rows, sharing, telling
from articles.readers.breaking import is_breaking
from articles.readers.cards import Link, card

FROM_HERE = 4  # more stories from the same place


@http.public(http.PAGE)
def story(request, language, public_id, slug=""):
    at = timezone.now()
    release = rows.standing(public_id, at)
    if release is None:
        raise Http404("Readers have no such story.")
    # What the law had removed is not named by its address either.
    right_slug = "" if release.removed_by_law else release.slug
    if language != release.language or (slug != right_slug and not release.removed_by_law):
        return http.Moved(addresses.story(release.language, public_id, right_slug))
    address = addresses.story(language, public_id, right_slug)
    if release.is_gone:
        return _gone(release, at, address)
    document = release.document
    return _standing(request, release, document, at, address)


def _standing(request, release, document, at, address):
    language = release.language
    wanted = [*document["related"], *document["translations"]]
    if document["regions"]:
        here = places.place("region", document["regions"][0]["code"])
        near, newest = rows.with_newest(wanted, here, language, at, most=FROM_HERE + RELATED_MAX + 1)
    else:
        near, newest = rows.resolved(wanted, at), []
    # Each story once: what is related has its own place on the page.
    from_here = [one for one in newest if one.public_id not in (release.public_id, *document["related"])]
    told = telling.told(
        document,
        language=language,
        published_at=release.published_at,
        updated_at=release.live_from if release.is_updated else None,
        breaking=is_breaking(release, at),
        at=at,
        locator=rows.map_of(release),
    )
    steps = [Link(_("Home"), addresses.home(language)), *told["regions"][:1], Link(release.headline, address)]
    site = jsonld.Site.of(request, language)
    url = site.absolute(address)
    translations = [
        {**asdict(Link(near[one].headline, _address(near[one]))), "language": near[one].language}
        for one in document["translations"]
        if one in near
    ]
    abroad = next((one["address"] for one in translations if one["language"] != language), "")
    return http.Page(
        "readers/story.html",
        {
            **told,
            "public_id": release.public_id,
            "mark": mark_of(release),
            "related": [card(near[one], at) for one in document["related"] if one in near],
            "from_here": [card(one, at) for one in from_here[:FROM_HERE]],
            "translations": translations,
            "url": url,
        },
        at=at,
        other=abroad,
        canonical=address,
        share=sharing.Share(release.headline, release.standfirst, sharing.image(request, told["lead"]), "article"),
        described=[
            jsonld.article(
                site,
                release,
                told,
                url=url,
                translations=[(site.absolute(one["address"]), one["language"]) for one in translations],
            ),
            jsonld.breadcrumb([(step.name, site.absolute(step.address)) for step in steps]),
        ],
        keys=[cache_keys.story(one) for one in [*near, *(one.public_id for one in from_here[:FROM_HERE])]],
        changed=release.live_from,
    )


def _gone(release, at, address):
    """A dated notice in the place of a story that was retracted, has expired, or was removed by law."""
    retracted = release.kind == Release.Kind.RETRACTION
    return http.Page(
        "readers/gone.html",
        {
            "mark": mark_of(release),
            "headline": release.headline if retracted and not release.removed_by_law else "",
            "story_language": release.document["language"],
            "story_direction": release.document["direction"],
            "retracted": retracted and not release.removed_by_law,
            "removed": release.removed_by_law,
            "at": release.live_from,
            "note": release.public_note,
            "published_at": release.published_at if retracted and not release.removed_by_law else None,
            "notes": [] if release.removed_by_law else telling.notes(release.document)[1:],
        },
        at=at,
        changed=release.live_from,
        status=200 if retracted and not release.removed_by_law else 410,
        canonical=address,
        noindex=True,
        share=sharing.Share(release.headline if retracted and not release.removed_by_law else ""),
    )


def _address(release):
    return addresses.story(release.language, release.public_id, release.slug)
