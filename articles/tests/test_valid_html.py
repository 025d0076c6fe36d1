"""Every public page is valid HTML, as the Nu validator (https://validator.github.io/validator/) reads it.

It runs where Java and ``vnu.jar`` are: ``npm install --no-save vnu-jar`` puts it into ``node_modules``; VNU_JAR may
name another. Elsewhere it is left out.
"""

import json
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLResolver
from django.utils import timezone

from articles import fixtures, photos, releasing, summaries
from articles.readers import addresses

from .factories import fresh, make_author, make_photo, make_region, make_released, make_source, make_topic, make_user
from .machine import ROOT
from .test_readers_pages import address_of, many_more

JAR = Path(os.environ.get("VNU_JAR", ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"))
NO_PAGES = {"media", "favicon", "robots", "security", "indexnow_key", "healthz", "readyz", "manifest", "worker"}
NO_PAGES |= {"story_by_id"}  # leads to the story

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (JAR.is_file() and shutil.which("java")), reason="there is no Java, or no vnu.jar"),
]


@pytest.fixture
def pages(client, monkeypatch):
    """One page of each kind in both editions, by its address: with pictures, corrections, odd words, and none of it."""
    monkeypatch.setattr(photos.renditions, "WIDTHS", (320,))
    publisher = make_user("publisher", group="Publisher")
    asia = make_region("142", name="Asia", kind="continent", name_ar="آسيا")
    country = make_region("SY", name="Syria & <more>", slug="syria", name_ar="سوريا", parent=asia)
    author, source = make_author("Lina “Haddad”", slug="lina"), make_source(slug="observatory", description="A & b")
    first, second = make_photo(), make_photo()
    things = {
        "regions": [country],
        "topics": [make_topic("Ships")],
        "bylines": [{"author": author.code, "text": ""}],
        "citations": [{"source": source.code, "use": "quote"}, {"as_printed": "the port authority"}],
        "dateline": "Tartus",
    }
    pictures = [
        {"photo": first.public_id, "caption": "A quay at dawn & <dusk>.", "is_lead": True, "alt_text": 'The "quay"'},
        {"photo": second.public_id, "caption": "Boats.", "is_file_photo": True},
    ]
    body = "<p>One.</p><h2>A crosshead</h2><p>Two, <a href='https://example.org/?a=1&amp;b=2'>a link</a>.</p>"
    body += "<blockquote><p>Said.</p></blockquote><ul><li>An item.</li></ul><hr><p>H<sub>2</sub>O<br>x</p>"
    bare = make_released(publisher=publisher, headline="Bare & plain", standfirst="", **things)
    many_more(bare, 30)
    story = make_released(
        publisher=publisher, headline='Harbour "opens" & <more>', body=body, captions=pictures, breaking=True, **things
    )
    arabic = make_released(
        publisher=publisher,
        headline="افتتاح المرفأ",
        language="ar",
        body="<p>فُتح المرفأ.</p><p>بعد عام.</p>",
        captions=pictures,
        translation_of=fresh(story),
        **things,
    )
    many_more(arabic, 30)
    story = fresh(story)
    releasing.release(story, publisher, seen=story.version, correction="On Monday, not Sunday.")
    gone = make_released(publisher=publisher, headline="Wrong story", **things)
    gone_address = address_of(gone)
    releasing.retract(gone, publisher, seen=gone.version, note="The report was wrong.")
    make_region("JP", name="Japan", parent=asia)
    fixtures.load_reference(["pages"])
    summaries.count_all()
    day = timezone.localdate()
    paths = [address_of(story), address_of(bare), address_of(arabic), gone_address]
    for language in ("en", "ar"):
        lists = [
            *(addresses.home(language), addresses.latest(language), addresses.region(language, country.path)),
            *(addresses.region(language, "asia"), addresses.topic(language, "ships")),
            *(addresses.source(language, "observatory"), addresses.author(language, "lina")),
            addresses.day(language, day),
        ]
        older = "?before=29000101T000000000000Z-zzzzzzzzzz"
        paths += [*lists, *(f"{page}{older}" for page in lists[1:])]
        paths += [addresses.regions(language), addresses.topics(language), addresses.sources(language)]
        paths += [addresses.archive(language), addresses.year(language, day.year), addresses.month(language, day)]
        paths += [addresses.month(language, day - timedelta(days=1)), addresses.corrections(language)]
        paths += [
            f"{addresses.search(language)}{query}"
            for query in ("", "?q=harbour&region=SY", "?q=harbuor&since=2026-01-01")
        ]
        paths += [addresses.fixed(language, slug) for slug in addresses.FIXED]
        paths += [addresses.region(language, "asia/japan")]
        paths += [addresses.programs(language), addresses.offline(language), f"{addresses.prefix(language)}/nowhere/"]
    found = {path: client.get(path) for path in paths}
    return {path: answer for path, answer in found.items() if answer.get("Content-Type", "").startswith("text/html")}


def kinds(patterns):
    """The names of the readers' views among those addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from kinds(pattern.url_patterns)
        elif not (pattern.name or "").startswith("api_") and pattern.callback.__module__.startswith(
            ("articles.readers.views", "articles.readers.api.views")
        ):
            yield pattern.name


def test_every_page_is_valid(pages, tmp_path):
    read = {resolve(path.partition("?")[0]).url_name for path in pages}
    public = [one for one in get_resolver().url_patterns if "admin" not in str(one.pattern)]
    assert set(kinds(public)) - read == NO_PAGES, "a new kind of page must be among those above"
    names = {}
    for number, (path, answer) in enumerate(pages.items()):
        assert answer.status_code == 200 or "nowhere" in path or answer.status_code == 410, path
        file = tmp_path / f"{number}.html"
        file.write_bytes(answer.content)
        names[file.name] = path
    (tmp_path / "broken.html").write_text('<!doctype html><html lang="en"><title>x</title><p><img src="x">')
    said = subprocess.run(
        ["java", "-Xss8m", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)],
        capture_output=True,
        check=True,
    )
    errors = [one for one in json.loads(said.stdout)["messages"] if one["type"] != "info"]
    told = [(Path(one["url"]).name, f"{one['message']} {one.get('extract', '')[:120]}") for one in errors]
    assert [name for name, _ in told if name == "broken.html"], "the validator finds nothing at all"
    wrong = [f"{names[name]}: {words}" for name, words in told if name in names]
    assert not wrong, "\n".join(wrong)
