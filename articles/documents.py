"""From a revision to what readers get: the render-ready document of a release, its card, and where it is listed.

Everything is worked out here, once, when a story is released, so that no reader's request has to.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from articles import text, writing
from articles.models import Article, Author, Listing, Region, Release, Source, Topic
from articles.models.caption import credit_line
from articles.photos import framing, renditions

RELATED_MAX = 4
RELATED_CANDIDATES = 12
# The place that lists what readers were told was wrong.
CORRECTIONS = "corrections"


@dataclass
class Readable:
    """A document, its card, and the places that list it."""

    document: dict
    kicker: str
    picture: dict | None
    places: list[str]
    # (key of the picture, recipe of its files, recipe of its crops) of each picture of the document, in order.
    shown: list[tuple[int, str, str]] = field(default_factory=list)


def edition(language: str) -> str:
    """The edition of the site that a story in that language stands in."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def build(article: Article, content: dict, *, published_at, photos: dict, corrections: list[dict]) -> Readable:
    """Make what readers get of that snapshot.

    ``photos`` are the pictures it names, by public id, with renditions; ``corrections`` the public notes of earlier and
    this release, newest first, each ``{"kind", "at", "note"}``.
    """
    language = content["language"]
    regions = _found(Region, content["regions"], "region")
    topics = _topics(content["topics"])
    sources = _cited(content["citations"])
    authors = writing.by_code(Author, [line["author"] for line in content["bylines"]], kind="author")
    bylines = [_byline(line, authors.get(line["author"]), language) for line in content["bylines"]]
    body = text.sanitise(content["body"])
    words = text.count_words(text.plain(body))
    captions = [caption for caption in content["captions"] if caption["photo"] in photos]
    captions.sort(key=lambda caption: not caption["is_lead"])
    pictures = [picture_of(caption, photos[caption["photo"]]) for caption in captions]
    shown = [shown_of(caption, photos[caption["photo"]]) for caption in captions]
    places = _places(regions, topics, sources, bylines, published_at)
    kicker = regions[0].shown_name(language) if regions else ""
    document = {
        "headline": content["headline"],
        "standfirst": content["standfirst"],
        "body": body,
        "language": language,
        "direction": text.direction(language),
        "dateline": content["dateline"],
        "kicker": kicker,
        "bylines": [line for line in bylines if line["name"]],
        "regions": [
            {"code": region.code, "path": region.path, "name": region.shown_name(language)} for region in regions
        ],
        "topics": [{"code": topic.code, "slug": topic.slug, "name": topic.shown_name(language)} for topic in topics],
        "sources": sources if language != "ar" else [{**source, "name": source["name_ar"]} for source in sources],
        "pictures": pictures,
        "corrections": corrections,
        "words": words,
        "minutes": text.reading_minutes(words),
        "related": _related(article, places, edition(language), f"{content['headline']} {content['standfirst']}"),
        "translations": _translations(article),
    }
    return Readable(document, kicker, card_picture(pictures), places, shown)


def gone(earlier: dict, corrections: list[dict]) -> Readable:
    """What readers get of a story that was retracted or has expired: its headline and the dated note, nothing else."""
    document = {
        **{key: earlier[key] for key in ("language", "direction")},
        "headline": earlier["headline"],
        "standfirst": "",
        "body": "",
        "dateline": "",
        "kicker": "",
        **{key: [] for key in ("bylines", "regions", "topics", "sources", "pictures", "related", "translations")},
        "corrections": corrections,
        "words": 0,
        "minutes": 0,
    }
    return Readable(document, "", None, [])


def _found(model, codes, kind):
    things = writing.by_code(model, codes, kind=kind)
    return list(dict.fromkeys(things[code] for code in codes if code in things))


def _topics(codes):
    """Those topics with their parents; what was merged away is found under what it was merged into. One query."""
    things = {topic.code: topic for topic in Topic.objects.filter(code__in=codes).select_related("parent")}
    if len(things) < len(set(codes)):
        things |= writing.by_code(Topic, set(codes) - set(things), kind="topic")
    return list(dict.fromkeys(things[code] for code in codes if code in things))


def _byline(line, author, language):
    if author is None:
        return {"name": line["text"], "slug": "", "code": ""}
    return {"name": line["text"] or author.shown_name(language), "slug": author.slug, "code": author.code}


def _cited(citations):
    """The named sources of a story, each once, with what it rests on them for. The confidential never come this far."""
    known = writing.by_code(Source, [citation["source"] for citation in citations], kind="source")
    cited: dict[str, dict] = {}
    for citation in citations:
        if citation["confidential"]:
            continue
        if source := known.get(citation["source"]):
            key, name, name_ar, slug, kind = source.code, source.name, source.shown_name("ar"), source.slug, source.kind
        elif citation["as_printed"]:
            name = name_ar = citation["as_printed"]
            key, slug, kind = text.fold(name), "", ""
        else:
            continue
        entry = cited.setdefault(
            key, {"code": key if slug else "", "name": name, "name_ar": name_ar, "slug": slug, "kind": kind, "use": []}
        )
        if citation["use"] not in entry["use"]:
            entry["use"].append(citation["use"])
    return list(cited.values())


def picture_of(caption: dict, photo) -> dict:
    """One picture of a document: that photo, as it is now, under that caption of a snapshot."""
    files: dict[str, list] = {}
    crops: dict[str, dict] = {}
    how = framing.of(photo, caption.get("framing"))
    for rendition in renditions.current(photo, caption.get("framing")):
        if rendition.crop == framing.FULL:
            files.setdefault(rendition.format, []).append([rendition.width, rendition.file.name])
        else:
            crops[rendition.crop] = {
                "file": rendition.file.name,
                "width": rendition.width,
                "height": rendition.height,
                "size": rendition.size,
            }
    photographer = caption["photographer"] or photo.photographer
    credit = caption["credit"] or photo.credit
    return {
        "id": photo.public_id,
        "caption": caption["caption"] or photo.caption,
        "alt": caption["alt_text"] or photo.alt_text,
        "description": photo.extended_description,
        "credit": credit_line(photographer, credit),
        "is_file_photo": caption["is_file_photo"] or photo.is_file_photo,
        "is_lead": caption["is_lead"],
        "width": photo.width,
        "height": photo.height,
        "colour": photo.dominant_colour,
        "focus": [round(part, 3) for part in how.focus],
        "from": photo.usable_from.isoformat() if photo.usable_from else None,
        "until": photo.usable_until.isoformat() if photo.usable_until else None,
        "files": {format: sorted(sizes) for format, sizes in sorted(files.items())},
        "crops": crops,
    }


def card_picture(pictures):
    """The picture of the card: the first, with those that take its place in turn when the rights to it end."""
    if not pictures:
        return None
    chain = pictures[:1]
    for picture in pictures[1:]:
        last = chain[-1]["until"]
        if last is None:
            break
        if picture["until"] is None or picture["until"] > last:
            chain.append(picture)
    return {**chain[0], "next": chain[1:]} if chain[1:] else chain[0]


def shown_of(caption: dict, photo) -> tuple[int, str, str]:
    """The same for :attr:`Readable.shown`."""
    return photo.pk, framing.recipe(photo), framing.crop_recipe(photo, caption.get("framing"))


def _places(regions, topics, sources, bylines, published_at):
    """Home, the day, each region with all above it and every grouping of any of these, each topic with its parent …"""
    places = ["home", day_place(timezone.localdate(published_at))]
    codes = set()
    if regions:
        paths = {path for region in regions for path in [region.path, *region.ancestor_paths()]} | {"world"}
        tree = Region.objects.filter(path__in=paths)
        groupings = Region.objects.filter(
            pk__in=Region.members.through.objects.filter(to_region__in=tree).values("from_region")
        )
        codes = set(
            tree.values_list("code", flat=True).order_by().union(groupings.values_list("code", flat=True).order_by())
        )
    places += sorted(f"region:{code}" for code in codes)
    topic_codes = {topic.code for topic in topics} | {topic.parent.code for topic in topics if topic.parent_id}
    places += sorted(f"topic:{code}" for code in topic_codes)
    places += sorted({f"source:{source['code']}" for source in sources if source["code"]})
    places += sorted({f"author:{line['code']}" for line in bylines if line["code"]})
    return places


def places_of(document: dict, published_at) -> list[str]:
    """Where a released document is to be listed, as regions, groupings and topics now stand."""
    return _places(
        _found(Region, [region["code"] for region in document["regions"]], "region"),
        _topics([topic["code"] for topic in document["topics"]]),
        document["sources"],
        document["bylines"],
        published_at,
    )


def day_place(day) -> str:
    """The place that lists what was published on that day of the newsroom's calendar."""
    return f"day:{day.isoformat()}"


def without_archive(places: list[str]) -> list[str]:
    """Those places without the days of the archive, for what may not be kept there."""
    return [place for place in places if not place.startswith("day:")]


def _related(article, places, language, words):
    """Ids of the newest stories that share most with this one. Readers resolve them through what is in force.

    Each narrow place that two stories share counts one. So does a word of both their headlines and standfirsts, shared
    out among all the candidates that have it: a river's name tells more than what every story of a region says.
    """
    rows = [
        Listing.objects.at_place(place, language)
        .exclude(article=article)
        .values_list("public_id", "published_at", "release__headline", "release__standfirst")[:RELATED_CANDIDATES]
        for place in _narrowest(places)
    ]
    shared: dict[str, float] = {}
    newest, said = {}, {}
    for public_id, published_at, headline, standfirst in Listing.objects.together(rows):
        shared[public_id] = shared.get(public_id, 0) + 1
        newest[public_id] = published_at
        said[public_id] = _telling_words(f"{headline} {standfirst}")
    own = _telling_words(words)
    having = Counter(word for others in said.values() for word in own & others)
    for public_id, others in said.items():
        shared[public_id] += sum(1 / having[word] for word in sorted(own & others))
    ranked = sorted(shared, key=lambda public_id: (shared[public_id], newest[public_id], public_id), reverse=True)
    return ranked[:RELATED_MAX]


def _telling_words(passage):
    """The words of a passage that may say what it is about: long ones, by their beginnings, whatever their endings."""
    return {word[:7] for word in text.fold(passage).split() if len(word) > 3}


def _narrowest(places):
    # The longer a code, the narrower the place: "region:SY-DY" before "region:SY" before "region:145".
    topics = [place for place in places if place.startswith("topic:")]
    regions = sorted(
        (place for place in places if place.startswith("region:") and not place[7:].isdigit()), key=len, reverse=True
    )
    return topics[:3] + regions[:3]


def _translations(article):
    """Ids of the same story in other languages: its original, and what was translated from that."""
    original = article.translation_of_id or article.pk
    same = Article.objects.filter(Q(pk=original) | Q(translation_of=original)).exclude(pk=article.pk)
    pairs = same.order_by("pk").values_list("pk", "public_id")
    return [public_id for pk, public_id in sorted(pairs, key=lambda pair: pair[0] != original)]


def note(kind: str, at, words: str) -> dict:
    """One public note as a document keeps it."""
    return {"kind": kind, "at": at.isoformat(), "note": words}


def corrections_of(article: Article, at=None) -> list[dict]:
    """The public notes that readers have been given about this story by that instant, newest first."""
    given = article.releases.standing().filter(live_from__lte=at or timezone.now()).exclude(public_note="")
    given = given.exclude(kind=Release.Kind.EXPIRY)  # said while it is gone; no correction
    return [note(one.kind, one.live_from, one.public_note) for one in given.order_by("-sequence").defer("document")]
