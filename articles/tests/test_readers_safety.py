"""Stored text never executes, and a picture without rights is not shown."""

import json
import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import photos
from articles.models import Photo, Release
from articles.readers import jsonld, pictures, snippets

from .factories import make_author, make_photo, make_released, make_source, make_topic, make_user
from .test_readers_pages import address_of

PAYLOADS = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}",
    "]]><script>alert(1)</script>",
    "<!--<script>",
    "javascript:alert(1)",
)


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("payload", [" ".join(PAYLOADS[:3]), " ".join(PAYLOADS[3:])], ids=["closing", "opening"])
def test_a_payload_in_any_field_stays_text(client, payload):
    publisher = make_user("publisher", group="Publisher")
    photo = make_photo(caption=payload, alt_text=payload, credit=payload)
    author = make_author(name=payload, slug="lina")
    source = make_source(name=payload, slug="observatory", description=payload)
    topic = make_topic(f"Ships {payload}", slug="ships")
    article = make_released(
        publisher=publisher,
        headline=f"Harbour {payload}",
        standfirst=payload,
        body=f"<p>Harbour.</p><p onclick='alert(1)'>x</p><p>{payload}</p>",
        dateline=payload[:80],
        topics=[topic],
        bylines=[{"author": author.code, "text": ""}, {"author": None, "text": payload}],
        citations=[{"source": source.code}, {"as_printed": payload, "use": "quote"}],
        captions=[{"photo": photo.public_id, "caption": payload, "credit": payload, "photographer": payload}],
    )
    story = address_of(article)
    for path in (
        *(story, "/", "/regions/land-xa/", "/topics/", "/topics/ships/", "/sources/", "/sources/observatory/"),
        *("/authors/lina/", "/search/?q=harbour", f"/search/?q={payload}", "/rss.xml", "/topics/ships/rss.xml"),
    ):
        page = client.get(path).text
        for active in ("<script>alert", "<img src=x", "<svg/onload", "onerror=alert(1)>", "onclick="):
            assert active not in page, path
        assert "1414" not in page
        assert "14{" not in page
        for href in re.findall(r'(?:href|src)="([^"]*)"', page):
            assert not href.lower().startswith("javascript:"), path
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(story).text, re.DOTALL)
    assert json.loads(scripts[0])["headline"] == Release.objects.in_force(article.public_id).headline


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_data_for_machines_never_ends_its_script_element(data):
    words = jsonld.script(data)
    assert "<" not in words
    assert ">" not in words
    assert json.loads(words) == data


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(max_size=40))
def test_a_snippet_holds_no_markup_but_its_marks(passage, query):
    words, beginning = snippets.wanted(query)
    for shown in (snippets.snippet(passage, words, beginning), snippets.marked(passage, words, beginning)):
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare


@pytest.mark.django_db
def test_the_desk_sees_a_working_copy_in_the_readers_own_template(client):
    """The preview's tag: the same words and pictures as the story's page, from a document alone."""
    photo = make_photo()
    article = make_released(
        headline="Harbour <opens>", dateline="Tartus", captions=[{"photo": photo.public_id, "caption": "A quay."}]
    )
    document = Release.objects.in_force(article.public_id).document
    shown = Template("{% load readers %}{% told_story document %}").render(Context({"document": document}))
    told = re.search(r'<article class="story".*?</article>', client.get(address_of(article)).text, re.DOTALL)[0]
    for words in ("<h1>Harbour &lt;opens&gt;</h1>", '<span class="dateline">Tartus</span>', "A quay.", "/media/"):
        assert words in shown
        assert words in told
    assert "story-share" not in shown


# --- rights --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_picture_past_its_rights_is_shown_nowhere(client, time_machine):
    now = timezone.now()
    publisher = make_user("publisher", group="Publisher")
    photo = make_photo()
    Photo.objects.filter(pk=photo.pk).update(usable_until=now + timedelta(hours=1))
    article = make_released(
        publisher=publisher,
        topics=[make_topic("Ships")],
        captions=[{"photo": photo.public_id, "caption": "A quay at dawn."}],
    )
    paths = [address_of(article), "/", "/regions/land-xa/", "/topics/ships/", "/search/?q=harbour", "/rss.xml"]
    etags = {}
    for path in paths:
        page = client.get(path)
        etags[path] = page["ETag"]
        assert "/media/" in page.text, path
    time_machine.move_to(now + timedelta(hours=1, seconds=1))
    for path in paths:
        page = client.get(path, headers={"If-None-Match": etags[path]})
        assert page.status_code == 200, path
        assert "/media/" not in page.text, path
        assert "A quay at dawn." not in page.text, path


@pytest.mark.django_db
def test_every_picture_has_size_alternative_text_and_both_formats(client):
    publisher = make_user("publisher", group="Publisher")
    first, second = make_photo(), make_photo(alt_text="Two boats")
    article = make_released(
        publisher=publisher,
        body="<p>One.</p><p>Two.</p><p>Three.</p>",
        captions=[
            {"photo": first.public_id, "caption": "First.", "is_lead": True},
            {"photo": second.public_id, "caption": "Second."},
        ],
    )
    for path in (address_of(article), "/", "/regions/land-xa/"):
        page = client.get(path).text
        images = re.findall(r"<img [^>]*>", page)
        assert images, path
        for image in images:
            for attribute in ("width=", "height=", "alt=", "srcset=", "sizes="):
                assert attribute in image, path
            assert ('loading="lazy"' in image) != ('fetchpriority="high"' in image)
        assert '<source type="image/avif"' in page
        assert '<link rel="preload" as="image"' in page
    story = client.get(address_of(article)).text
    assert re.findall(r'alt="([^"]*)"', story)[:2] == ["Six boats at a quay", "Two boats"]
    assert story.index("First.") < story.index("<p>One.") < story.index("Second.") < story.index("<p>Three.")


def test_the_point_of_interest_is_kept_in_tenths():
    picture = {
        "alt": "",
        "caption": "",
        "credit": "",
        "is_file_photo": False,
        "until": None,
        "crops": {},
        "width": 100,
        "height": 50,
        "focus": [0.99, 0.0],
        "files": {"jpeg": [[100, "aa/a.jpeg"]]},
    }
    shown = pictures.shown(picture, timezone.now())
    assert shown.look.split() == ["fx10", "fy0"]
    assert (shown.width, shown.height) == (100, 50)
    assert pictures.shown(None, timezone.now()) is None
    assert pictures.shown({**picture, "files": {}}, timezone.now()) is None
