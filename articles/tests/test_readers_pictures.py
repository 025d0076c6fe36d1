"""What readers see of pictures: to the instant at which rights end, on every outlet, and at a price in bytes."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from articles import outlets, photos
from articles.maps import keeping
from articles.models import Photo
from articles.readers import pictures, styles

from .factories import make_photo, make_region, make_released, make_topic, make_user

STYLES = Path(finders.find("readers/tokens.css")).parent
HOUR = timedelta(hours=1)


def compressed(data) -> int:
    return len(gzip.compress(data if isinstance(data, bytes) else data.encode(), 6))


@pytest.fixture
def _few_sizes(monkeypatch):
    monkeypatch.setattr(photos.renditions, "WIDTHS", (320,))


def released_with(*endings, **kw):
    """A live story in Syria with one picture for each ending (hours from now), and the pictures' files."""
    asia = make_region("142", name="Asia", kind="continent")
    syria = make_region("SY", name="Syria", parent=asia, latitude=33.5, longitude=36.3)
    keeping.draw(["SY", "142", "001"])
    made = [make_photo(alt_text=f"Picture {number}") for number, _ in enumerate(endings)]
    for photo, hours in zip(made, endings, strict=True):
        until = timezone.now() + hours * HOUR if hours else None
        Photo.objects.filter(pk=photo.pk).update(usable_until=until)
    article = make_released(
        publisher=make_user("publisher", group="Publisher"),
        regions=[syria],
        topics=[make_topic("Ships")],
        captions=[
            {"photo": photo.public_id, "caption": f"Caption {number}.", "is_lead": number == 0}
            for number, photo in enumerate(made)
        ],
        **kw,
    )
    return article, [{one.file.name for one in photo.renditions.all()} for photo in made]


def answers(client, article):
    """What every outlet of that story answers now: the text, and its ETag, or the time of what has none."""
    found = {}
    for outlet in outlets.of(article):
        answer = client.get(outlet.address)
        assert answer.status_code == 200, outlet.address
        found[outlet.name] = (answer.getvalue().decode(), answer.get("ETag") or answer.get("Last-Modified"))
    return found


def names_in(text, files):
    return {name for name in files if name in text}


@pytest.mark.django_db
@pytest.mark.usefixtures("_few_sizes")
def test_when_rights_end_every_outlet_shows_the_next_picture_and_then_the_map(client, clock):
    article, (first, second) = released_with(1, 2)
    before = answers(client, article)
    with_picture = {name for name, (text, _) in before.items() if names_in(text, first)}
    kinds = {name.partition(":")[0] for name in with_picture}
    assert {"Story page", "Front page", "Front page, RSS", "Region", "Topic", "Day", "Search"} <= kinds
    assert all(word in before["Story page"][0] for word in ("og:image", '"image":[', "Caption 0."))

    clock.shift(HOUR - timedelta(milliseconds=1))
    assert {name for name, (text, _) in answers(client, article).items() if names_in(text, first)} == with_picture

    clock.shift(timedelta(milliseconds=1))
    after = answers(client, article)
    for name, (text, etag) in after.items():
        assert not names_in(text, first), name
        if name in with_picture:
            assert names_in(text, second), name
            assert etag != before[name][1], name
    assert "Caption 0." not in after["Story page"][0]
    assert all(names_in(line, second) for line in re.findall(r".*og:image\".*", after["Story page"][0]))

    clock.shift(HOUR)
    last = answers(client, article)
    for name, (text, etag) in last.items():
        assert not names_in(text, first | second), name
        assert "/media/" not in text, name
        if name in with_picture:
            assert etag != after[name][1], name
    page = last["Story page"][0]
    assert 'aria-label="Map showing Syria in Asia"' in page
    assert not re.search(r"og:image\"[^>]*/media/", page)
    assert '"image":[' not in page


@pytest.mark.django_db
@pytest.mark.usefixtures("_few_sizes")
def test_a_picture_that_may_not_be_used_yet_is_not_shown(client, clock):
    article, (files,) = released_with(None)
    release = article.releases.get()
    later = (timezone.now() + HOUR).isoformat()
    article.releases.update(
        picture={**release.picture, "from": later},
        document={**release.document, "pictures": [{**release.document["pictures"][0], "from": later}]},
    )
    assert not any(names_in(text, files) for text, _ in answers(client, article).values())
    clock.shift(HOUR)
    assert names_in(answers(client, article)["Story page"][0], files)


@pytest.mark.django_db
def test_machines_get_three_ratios_and_readers_the_long_description(client):
    article, _ = released_with(None)
    photo = Photo.objects.get()
    release = article.releases.get()
    described = {**release.document["pictures"][0], "description": "Six boats.\nA <quay>."}
    article.releases.update(document={**release.document, "pictures": [described]})
    page = client.get(f"/stories/{article.public_id}/", follow=True).text
    data = json.loads(re.search(r'<script type="application/ld\+json">(\{.*?NewsArticle.*?)</script>', page)[1])
    crops = photo.renditions.filter(crop__in=["16x9", "4x3", "1x1"])
    assert {image["url"].rpartition("/media/")[2] for image in data["image"]} == {one.file.name for one in crops}
    assert sorted(round(one.width / one.height, 2) for one in crops) == [1, 1.33, 1.78]
    assert re.search(r"<details class=\"described\">.*A &lt;quay&gt;\..*</details>", page, re.DOTALL)
    assert 'content="max-image-preview:large"' in page


def shown(**kw):
    plain = {"alt": "", "caption": "", "credit": "", "is_file_photo": False, "until": None, "crops": {}}
    plain |= {"width": 1200, "height": 800, "focus": [0.5, 0.5], "colour": "#336699", "files": {"jpeg": [[9, "a"]]}}
    return pictures.shown({**plain, **kw}, timezone.now())


@pytest.mark.parametrize(
    ("colour", "tone"),
    [
        ("#000000", "tl1"),
        ("#ffffff", "tl16"),
        ("#808080", "tl10"),
        ("#4f6f8f", "tl8 tc3 th8"),  # a sea: blue
        ("#6b6a4f", "tl8 tc2 th4"),  # an olive grove: no green that shouts
        ("#ff0000", "tl10 tc3 th1"),  # never as loud as it is
        ("red", ""),
        ("", ""),
    ],
)
def test_a_picture_loads_over_a_calm_tone_of_its_own(colour, tone):
    assert " ".join(shown(colour=colour).look.split()[2:]) == tone
    rules = (STYLES / "parts" / "tones.css").read_text()
    assert [name for name in tone.split() if f".{name}{{" not in rules] == []


def test_the_tones_to_load_over_are_those_that_pages_name():
    assert (STYLES / "parts" / "tones.css").read_text() == pictures.tones()


@pytest.mark.parametrize(("size", "shape"), [((800, 1200), "tall"), ((2400, 800), "wide"), ((1200, 800), "")])
def test_a_tall_or_very_wide_picture_is_shown_whole(size, shape):
    assert shown(width=size[0], height=size[1]).shape == shape


# --- bytes ---------------------------------------------------------------------------------------------------------


def test_all_styles_together_stay_small():
    """What is sent: the one file that is made of most of them, and each of the others."""
    one = styles.together([(STYLES / name).read_text() for name in styles.FILES])
    assert "/*" not in one
    others = [file for file in STYLES.rglob("*.css") if str(file.relative_to(STYLES)) not in styles.FILES]
    assert compressed(one) + sum(compressed(file.read_bytes()) for file in others) <= 12 * 1024


@pytest.mark.django_db
@pytest.mark.usefixtures("_few_sizes")
def test_a_long_story_and_a_full_front_page_stay_small(client):
    words = [
        f"Paragraph {number} of the story, {number * 7919 % 1000} boats and {hash((number,)) % 9999} tons."
        for number in range(60)
    ]
    body = "".join(f"<p>{' '.join(words[n : n + 6])}</p>" for n in range(0, 60, 2))
    bare, _ = released_with(body=body)
    page = client.get(f"/stories/{bare.public_id}/", follow=True)
    assert "map-sheet" in page.text
    assert compressed(page.content) <= 15 * 1024
    topics, photo = [make_topic("Ships")], make_photo()
    for number in range(24):
        captions = [{"photo": photo.public_id, "caption": f"Boats at quay {number}."}]
        make_released(
            headline=f"Harbour {number} opens after repairs of {number + 2} years", topics=topics, captions=captions
        )
    assert compressed(client.get("/").content) <= 25 * 1024
