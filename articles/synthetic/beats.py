"""Some stories made and released by the newsroom's own rules: what every other story of the archive is a copy of.

A beat is what a correspondent covers: a region, subjects, sources, a name above the story. Few are written about very
often and most now and then, so that no two places of the archive are of one size.
"""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.db import transaction
from PIL import Image, ImageDraw

from articles import photos, releasing, workflow, writing
from articles.models import Article, Author, Desk, Region, Source, Topic, User
from articles.models.fields import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH

from . import words
from .multiplying import FIRST_ROUND

# The desk that all stories of such an archive stand at, and how they are told from a newsroom's own.
DESK = "synthetic"
MOST_BEATS = 120
AUTHORS, PICTURES = 40, 5
# Of so many beats one is in Arabic, one in corrected stories, one in retracted ones.
ARABIC, CORRECTED, RETRACTED = 9, 12, 40


@dataclass
class Beat:
    """What one correspondent covers, and how often."""

    number: int
    weight: float
    language: str
    regions: list[Region]
    topics: list[Topic]
    sources: list[Source]
    author: Author
    photo: object = None
    fate: str = ""  # what became of its stories: "corrected", "retracted"
    article: Article = field(default=None, repr=False)


def public_id(chance: Random) -> str:
    """An id whose end says that it is of the first round. No two begin alike, as far as chance has it."""
    return "".join(chance.choices(PUBLIC_ID_ALPHABET, k=PUBLIC_ID_LENGTH - len(FIRST_ROUND))) + FIRST_ROUND


def staff() -> tuple[User, User]:
    """Who writes these stories, and who releases them. They cannot sign in."""
    made = []
    for name in ("synthetic-writer", "synthetic-publisher"):
        user, new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if new:
            user.set_unusable_password()
        user.is_active = user.is_superuser = True
        user.save()
        made.append(user)
    return made[0], made[1]


def dismiss(people) -> None:
    User.objects.filter(pk__in=[user.pk for user in people]).update(is_active=False, is_superuser=False)


def draw_up(chance: Random, count: int) -> list[Beat]:
    """So many beats, over the regions, topics and sources that the newsroom has. Reads and makes no story."""
    countries = list(Region.objects.filter(kind=Region.Kind.COUNTRY).order_by("code"))
    towns: dict[int, list] = {}
    for town in Region.objects.filter(kind__in=(Region.Kind.PROVINCE, Region.Kind.CITY)).order_by("code"):
        towns.setdefault(town.parent_id, []).append(town)
    topics = list(Topic.objects.select_related("parent").order_by("code"))
    sources = list(Source.objects.order_by("code"))
    for things in (countries, topics, sources):
        chance.shuffle(things)
    authors = [_author(number) for number in range(min(AUTHORS, max(2, count // 4)))]
    pictures = [_picture(number) for number in range(min(PICTURES, max(1, count // 20)))]
    beats = []
    for number in range(count):
        country = countries[_often(chance, len(countries))]
        inside = towns.get(country.pk, [])
        regions = [chance.choice(inside) if inside and chance.random() < 0.6 else country]
        if chance.random() < 0.3:
            regions.append(countries[_often(chance, len(countries))])
        fate = ""
        if number % RETRACTED == RETRACTED // 2:
            fate = "retracted"
        elif number % CORRECTED == CORRECTED // 2:
            fate = "corrected"
        beats.append(
            Beat(
                number=number,
                weight=(0.3 if fate else 1) / (number + 3),
                language="ar" if number % ARABIC == ARABIC // 2 else "en",
                regions=list(dict.fromkeys(regions)),
                topics=_some(chance, topics, 3),
                sources=_some(chance, sources, 2),
                author=chance.choice(authors),
                photo=chance.choice(pictures) if chance.random() < 0.6 else None,
                fate=fate,
            )
        )
    return beats


def _often(chance, count):
    """A number below that, the small ones more often, as places and subjects come in the news."""
    return int(count * chance.random() ** 2.5)


def _some(chance, things, most):
    return list(dict.fromkeys(things[_often(chance, len(things))] for _ in range(chance.randint(1, most))))


def _author(number):
    return Author.objects.get_or_create(
        slug=f"synthetic-author-{number}", defaults={"name": f"Correspondent {number}", "role": "Correspondent"}
    )[0]


def _picture(number):
    """A picture that nobody took, with its public files."""
    ground = Image.linear_gradient("L").resize((1600, 1067))
    picture = Image.merge("RGB", (ground, ground.rotate(180), ground.point(lambda value: 90 + value * number // 9)))
    draw = ImageDraw.Draw(picture)
    for step in range(24):
        draw.ellipse((step * 66, 500 + step * number * 4 % 300, step * 66 + 120, 900), outline=(20, 30, 40), width=6)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90)
    photo = photos.take_in(file.getvalue(), name=f"synthetic-{number}.jpg").photo
    photo.caption, photo.alt_text, photo.credit = "A quay by evening.", "Rings on a shore", "Synthetic"
    photo.save()
    photos.make_renditions(photo)
    return photo


@transaction.atomic
def cover(beat: Beat, writer, publisher, *, chance: Random, number: int, published_at) -> None:
    """Write a story on that beat and take it to readers, and on to its fate, by the rules; it is ``beat.article``."""
    language = beat.language
    desk, _ = Desk.objects.get_or_create(code=DESK, defaults={"name": "Synthetic stories"})
    article = Article(desk=desk, created_by=writer, provider_date=published_at, public_id=public_id(chance))
    text = words.story(chance, language, number)
    content = {
        "headline": text.headline,
        "standfirst": text.standfirst,
        "body": text.body,
        "language": language,
        "slugline": f"BEAT-{beat.number}",
        "dateline": beat.regions[0].shown_name(language),
        "urgency": chance.choice((3, 4, 4, 4, 5)),
        "breaking": False,
        "embargo_note": "",
        "embargo_until": None,
        "desk": DESK,
        "translation_of": None,
        "regions": [region.code for region in beat.regions],
        "topics": [topic.code for topic in beat.topics],
        "bylines": [{"author": beat.author.code, "text": ""}],
        "citations": [_citation(source) for source in beat.sources],
        "captions": [_caption(beat.photo)] if beat.photo else [],
    }
    for name in writing.TEXT_FIELDS:
        setattr(article, name, content[name])
    article.save()
    writing.write_children(article, content, replace=False)
    writing.record(article, writer)
    article = _approved(article, publisher)
    releasing.release(article, publisher, seen=article.version)
    if beat.fate == "corrected":
        _correct(article, writer, publisher)
    elif beat.fate == "retracted":
        article.refresh_from_db()
        releasing.retract(article, publisher, seen=article.version, note="What this story said did not happen.")
    beat.article = Article.objects.get(pk=article.pk)


def _approved(article, publisher):
    article = Article.objects.select_related("desk").get(pk=article.pk)
    for status in ("submitted", "approved") if article.status == "draft" else ("approved",):
        article = workflow.move(article, status, publisher, seen=article.version)
    return article


def _correct(article, writer, publisher):
    article = Article.objects.select_related("desk").get(pk=article.pk)
    content = writing.snapshot(article)
    content["standfirst"] = f"{content['standfirst'][:300]} It was said again."
    writing.apply(article, content)
    writing.new_version(article)
    writing.record(article, writer, reason="Corrected a figure")
    article = _approved(article, publisher)
    releasing.release(article, publisher, seen=article.version, correction="An earlier text gave another figure.")


def _citation(source):
    return {"source": source.code, "confidential": None, "as_printed": "", "use": "report", "via": None}


def _caption(photo):
    blank = {"caption": "", "alt_text": "", "credit": "", "credit_raw": "", "photographer": ""}
    return {"photo": photo.public_id, **blank, "is_file_photo": False, "is_lead": True}


# Corrected and retracted stories have later releases: so long after the one before.
LATER = timedelta(hours=2)
