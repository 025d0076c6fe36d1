"""Addresses of each kind of the readers' pages, with their queries and bytes, as JSON. For bench_site.py."""

import gzip
import json
import random
import re
import statistics
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Listing, Region, Release, Source, Topic  # noqa: E402
from articles.readers import addresses  # noqa: E402
from articles.synthetic import words  # noqa: E402

PAGE, DEEP, EACH = 24, 5000, 12


def kinds():
    chance = random.Random(3)
    # As of the middle of the archive: of a million rows, some by their numbers.
    newest = Release.objects.order_by("-pk").values_list("pk", flat=True)[0]
    some = sorted(chance.randrange(1, newest) for _ in range(6000))
    stories = Release.objects.filter(pk__in=some, kind="first", language="en").only("public_id", "slug")[:1500]
    yield "bare", [f"/bare/{story.pk}/" for story in stories]
    yield "story", [addresses.story("en", story.public_id, story.slug) for story in stories]
    yield "home", [addresses.home("en")]
    full = [region for region in Region.objects.defer("aliases", "towns") if holds(f"region:{region.code}")]
    leaves = [region for region in full if region.kind in ("country", "province", "city")]
    yield (
        "region, a leaf",
        [addresses.region("en", region.path) for region in chance.sample(leaves, min(60, len(leaves)))],
    )
    continents = [region for region in full if region.kind == "continent"]
    yield "region, a continent", [addresses.region("en", region.path) for region in continents]
    topics = [topic for topic in Topic.objects.all() if holds(f"topic:{topic.code}")]
    yield "topic", [addresses.topic("en", topic.slug) for topic in chance.sample(topics, min(60, len(topics)))]
    sources = [source for source in Source.objects.all() if holds(f"source:{source.code}")]
    yield "source", [addresses.source("en", one.slug) for one in chance.sample(sources, min(60, len(sources)))]
    last = Listing.objects.at_place("home", "en").first().published_at
    days = [timezone.localdate(last - timedelta(days=back)) for back in range(1, 25)]
    yield "archive, a day", [addresses.day("en", day) for day in days]
    yield "the 5,000th page", deep()
    search = addresses.search("en")
    for kind, word in (("a rare word", words.RARE), ("a word of 1 %", words.HUNDREDTH), ("a word of 50 %", words.HALF)):
        yield f"search, {kind}", [f"{search}?q={word}", f"{search}?q={word}+-nosuchword", f"{search}?q={word.upper()}"]
    yield "feed", [addresses.feed(addresses.region("en", region.path)) for region in continents]


def holds(place):
    """Whether it has more than a page."""
    return len(Listing.objects.at_place(place, "en").values_list("pk", flat=True)[: PAGE + 1]) > PAGE


def deep():
    """Pages of the largest list, 5,000 pages down, or as far as it goes."""
    rows = Listing.objects.at_place("region:001", "en").values_list("published_at", "public_id")
    first = min(PAGE * DEEP, max(0, rows.count() - 2 * PAGE * EACH))
    address = addresses.region("en", "world")
    cuts = rows[first : first + PAGE * EACH : PAGE]
    return [f"{address}?before={at:%Y%m%dT%H%M%S%f}Z-{public_id}" for at, public_id in cuts]


def main():
    client = Client()
    found = {"paths": {}, "queries": {}, "bytes": {}}
    for kind, paths in kinds():
        found["paths"][kind] = paths
        sizes, queries = [], 0
        client.get(paths[0])
        for path in paths[:EACH]:
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
            queries = max(queries, len(captured))
            sizes.append((len(answer.content), len(gzip.compress(answer.content, 6))))
        found["queries"][kind] = queries
        found["bytes"][kind] = [statistics.median(size) for size in zip(*sizes, strict=True)]
    found["beside"] = beside(client.get(found["paths"]["story"][0]).text)
    print(json.dumps(found))


def beside(page):
    """The bytes of styles and scripts that a browser loads with that page, as they are kept compressed."""
    links = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"(?! media="print")', page)
    scripts = re.findall(r'<script[^>]* src="/static/([^"]+)"', page)
    return {kind: sum(map(compressed, names)) for kind, names in (("css", links), ("js", scripts))}


def compressed(name):
    file = Path(settings.STATIC_ROOT, f"{name}.br")
    return file.stat().st_size if file.is_file() else len(gzip.compress(Path(settings.STATIC_ROOT, name).read_bytes()))


if __name__ == "__main__":
    main()
