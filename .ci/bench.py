"""How fast and how large, each figure beside what is promised: make bench

    .venv/bin/python .ci/bench.py [--only parse,intake,…] [--stories N] [--archive N] [--sqlite-only] [--strict]

Every measurement runs in a process of its own, on a database of its own, under production settings. On a machine that
does other things at the same time, times say little; query counts and memory always hold.
"""

import argparse
import contextlib
import io
import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import bench_desk  # noqa: E402 - beside this file
import bench_intake  # noqa: E402
import bench_places  # noqa: E402
import bench_site  # noqa: E402
import bench_wire  # noqa: E402
from postgres import postgresql  # noqa: E402

MISSED = "MISSED"


def main():
    parser = argparse.ArgumentParser(description="Measure the newsroom beside what it promises.")
    parser.add_argument("--only", default="", help=f"of {', '.join(MEASUREMENTS)}; all but “run” if nothing is said")
    parser.add_argument("--stories", type=int, default=1500, help="how many are imported; 100000 for the whole promise")
    parser.add_argument("--archive", type=int, default=20_000, help="how many released stories the large archive has")
    parser.add_argument("--saves", type=int, default=10_000, help="how many saves eight people make")
    parser.add_argument("--desk", type=int, default=50_000, help="how many working copies the desk has")
    parser.add_argument("--near", type=int, default=20_000, help="among how many stories near ones are looked up")
    parser.add_argument(
        "--million", action="store_true", help="a million of them, of “release” and “site”: the promise"
    )
    parser.add_argument(
        "--site",
        type=archive_at,
        action="append",
        metavar="SIZE=URL",
        help="measure “site” on a database that make_archive has filled; may be given for several sizes",
    )
    parser.add_argument("--each", action="store_true", help="say of each filter what it costs")
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a promise is missed")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.desk = 1_000_000 if options.million else options.desk
    options.site = dict(options.site or [])
    if options.child:
        prepare_django()
        for line in MEASUREMENTS[options.child](options):
            print(json.dumps(line))
        return 0

    wanted = [name for name in options.only.split(",") if name] or [name for name in MEASUREMENTS if name != "run"]
    if unknown := set(wanted) - set(MEASUREMENTS):
        parser.error(f"There is no measurement {', '.join(unknown)}. There are: {', '.join(MEASUREMENTS)}.")
    begun = time.monotonic()
    missed = False
    with contextlib.ExitStack() as stack:
        server = None if options.sqlite_only else stack.enter_context(postgresql())
        describe_machine(server, options)
        for name in wanted:
            for database in databases(name, server):
                missed |= run_child(name, database, options)
    print(f"\n{time.monotonic() - begun:.0f} seconds in all.")
    return 1 if missed and options.strict else 0


def archive_at(words):
    size, _, address = words.partition("=")
    return int(size), address


def databases(name, server):
    if name not in ON_DATABASES:
        return ["SQLite"]
    if name in ON_POSTGRESQL:
        return [server] if server else []
    return ["SQLite", server] if server else ["SQLite"]


def describe_machine(server, options):
    import sqlite3

    load = os.getloadavg()[0]
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{versions}, {os.cpu_count()} processors, load {load:.1f}")
    if load > 0.7:
        print("Other work is going on here: times will come out too long.")
    if not server and not options.sqlite_only:
        print("PostgreSQL was not found and is left out. Bring it with: apt-get install -y postgresql")
    print(f"\n{'':76} {'measured':>16}   promised")


def run_child(name, database, options):
    """Runs one measurement on one database and prints its lines; whether one of them misses its promise."""
    with scratch(database) as environment:
        words = ["--child", name, "--stories", str(options.stories), "--archive", str(options.archive)]
        words += ["--million"] if options.million else []
        words += ["--saves", str(options.saves), "--near", str(options.near)]
        words += ["--desk", str(options.desk), *(["--each"] if options.each else [])]
        words += [word for size, address in options.site.items() for word in ("--site", f"{size}={address}")]
        result = subprocess.run(
            [sys.executable, __file__, *words], env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True
        )
    if result.returncode:
        print(f"{name}: {MISSED}, it failed; see above")
        return True
    missed = False
    where = "" if name not in ON_DATABASES else "SQLite: " if database == "SQLite" else "PostgreSQL: "
    for line in map(json.loads, result.stdout.splitlines()):
        kept = line["kept"]
        missed |= kept is False
        verdict = f"   {MISSED}" if kept is False else ""
        print(f"{where + line['what']:76} {line['measured']:>16}   {line['promised']}{verdict}", flush=True)
    return missed


@contextlib.contextmanager
def scratch(database):
    """Production settings on an empty database of that kind, which is taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = {
            "DOTENV": "",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "SECRET_KEY": "only-for-measurements-only-for-measurements-0123456789",
            "DEBUG": "false",
            "ALLOWED_HOSTS": "testserver",
            "SECURE_SSL_REDIRECT": "false",
            "MEDIA": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3",
        }
        if database == "SQLite":
            yield environment
            return
        import psycopg

        name = f"bench_newsroom_{os.getpid()}"
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            try:
                yield {**environment, "DATABASE_URL": f"{database.rpartition('/')[0]}/{name}"}
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def prepare_django():
    import logging

    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.INFO)
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)


# --- lines of the table -------------------------------------------------------------------------------------------


def line(what, measured, promised="", kept=None):
    return {"what": what, "measured": measured, "promised": promised, "kept": kept}


def at_least(what, value, least, unit):
    return line(what, f"{value:,.0f} {unit}", f"at least {least:,} {unit}", value >= least)


def at_most(what, value, most, unit="", digits=0):
    return line(what, f"{value:,.{digits}f} {unit}".strip(), f"at most {most:,} {unit}".strip(), value <= most)


def peak_memory(whose=resource.RUSAGE_SELF):
    """Of this process until now, or of the largest that it started, in megabytes."""
    kilobytes = resource.getrusage(whose).ru_maxrss
    return kilobytes / (1024 if sys.platform != "darwin" else 1024 * 1024)


# --- stories that were never written ------------------------------------------------------------------------------


def raw_copy(count):
    """So many different stories in raw copy, as bytes: the demo's, each with words of its own in every line."""
    copy = "\n\n\n\n".join(
        file.read_text(encoding="utf-8") for file in sorted((ROOT / "fixtures" / "wire").glob("*.txt"))
    )
    originals = [story for story in re.split(r"\n(?:[ \t]*\n){3,}", copy) if story.strip()]
    chance = random.Random(7)
    for number in range(count):
        word = "".join(chance.choice("bcdfghjklmnprstvz") + chance.choice("aeiou") for _ in range(4))
        lines = (varied(text, word) for text in originals[number % len(originals)].split("\n"))
        yield ("\n".join(lines) + "\n\n\n\n").encode()


def varied(text, word):
    """The same line with another word in it. A line that comes twice comes twice again."""
    words = text.split(" ")
    if len(words) < 5:
        return text
    words.insert(len(words) * 2 // 3, word)
    return " ".join(words)


def fill_archive(count):
    """Release so many stories: some twenty by the rules, the others as rows made after those."""
    from articles.models import Article, Listing, Release
    from articles.search import index_release
    from articles.tests.factories import make_author, make_photo, make_region, make_released, make_source, make_topic

    have = Release.objects.count()
    if not have:
        continent = make_region("142", name="Asia", kind="continent")
        photo = make_photo()
        for number in range(20):
            country = make_region(f"Q{chr(65 + number)}", name=f"Land {number}", parent=continent)
            make_released(
                headline=f"Harbour number {number} opens after repairs",
                body="".join(f"<p>{sentence(number * 40 + part)}</p>" for part in range(9)),
                regions=[country],
                topics=[make_topic(f"Topic {number % 10}")],
                citations=[{"source": make_source(f"Observatory {number % 5}").code}],
                bylines=[{"author": make_author().code, "text": ""}],
                captions=[{"photo": photo.public_id, "is_lead": True}],
            )
        have = 20
    models = list(Release.objects.order_by("pk")[:20])
    places = [list(model.listings.all()) for model in models]
    chance = random.Random(count)
    for first in range(have, count, 1000):
        numbers = range(first, min(first + 1000, count))
        articles = Article.objects.bulk_create(
            Article(desk_id=models[0].article.desk_id, headline=f"Harbour number {number} opens") for number in numbers
        )
        copies = []
        for number, article in zip(numbers, articles, strict=True):
            model = models[number % 20]
            copy = Release(**{field.attname: getattr(model, field.attname) for field in Release._meta.concrete_fields})
            copy.pk, copy.article_id, copy.public_id = None, article.pk, article.public_id
            copy.headline = f"Harbour number {number} opens after repairs"
            copy.document = {**copy.document, "body": "".join(f"<p>{sentence(chance.random())}</p>" for _ in range(9))}
            copy.published_at = copy.live_from = model.published_at - timedelta(minutes=7 * number)
            copies.append(copy)
        listings = []
        for number, copy in zip(numbers, Release.objects.bulk_create(copies), strict=True):
            index_release(copy)
            listings += [
                Listing(
                    place=row.place,
                    language=row.language,
                    published_at=copy.published_at,
                    public_id=copy.public_id,
                    article_id=copy.article_id,
                    release=copy,
                    live_from=copy.live_from,
                )
                for row in places[number % 20]
            ]
        Listing.objects.bulk_create(listings, batch_size=2000)
    analyse()


WORDS = ("harbour", "boats", "port", "ministry", "repairs", "grain", "water", "council", "bridge", "officials", "said")


def sentence(seed):
    chance = random.Random(seed)
    return " ".join(
        chance.choice(WORDS) + (str(chance.randint(0, 5000)) if chance.random() < 0.3 else "") for _ in range(35)
    )


def analyse():
    """What the database would do by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


# --- what is measured ---------------------------------------------------------------------------------------------


def measure_parse(options):
    from articles.wire import raw_text

    data = b"".join(raw_copy(3000))
    begun = time.process_time()
    items = sum(1 for item in raw_text.parse(io.BytesIO(data)) if hasattr(item, "headline"))
    taken = time.process_time() - begun
    if items < 2990:
        raise SystemExit(f"Of 3,000 stories, {items} were read.")
    yield at_least("Raw copy parsed, on one processor", items / taken, 3000, "stories/s")


def reference_data():
    from django.core.management import call_command

    with contextlib.redirect_stdout(io.StringIO()):
        call_command("load_reference", verbosity=0)


def measure_pictures(options):
    # Made by another process, and rendered by one that has done nothing else.
    code = (
        "import sys; from PIL import Image;"
        "noise = Image.effect_noise((500, 375), 60).resize((4000, 3000), Image.Resampling.BICUBIC);"
        "noise.convert('RGB').save(sys.argv[1], 'JPEG', quality=90)"
    )
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        file = f"{folder}/picture.jpg"
        subprocess.run([sys.executable, "-c", code, file], check=True)
        command = [sys.executable, ROOT / ".ci" / "bench_photos.py", file]
        found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()[-1])
    what = f"A JPEG of 12 megapixels to {found['files']} renditions on one core"
    yield at_most(what, found["seconds"], 3, "s", digits=2)
    yield at_most("Peak memory of the process that did that, all of it", found["megabytes"], 250, "MB")
    yield at_most("Reading, recognising and keeping such a file first", found["reading"], 1, "s", digits=2)


def measure_archive(options):
    from articles.search import find_released

    small, large = 1000, options.archive
    fill_archive(small)
    before = dict(measure_pages())
    publish_before = measure_publish()
    fill_archive(large)
    after = dict(measure_pages())
    publish_after = measure_publish()
    for what, (queries, ms) in after.items():
        queries_before, ms_before = before[what]
        yield at_most(f"{what}: queries at {small:,} and {large:,} stories", max(queries, queries_before), PAGES[what])
        # A page costs the same at any size; below a few milliseconds the clock itself is the noise.
        most = round(max(1.5 * ms_before, ms_before + 5), 1)
        yield line(
            f"{what}: best time at {small:,} / {large:,} stories",
            f"{ms_before:.1f} / {ms:.1f} ms",
            "the same at any size (within half)",
            ms <= most,
        )
    for query in ("812", "harbour", '"opens after repairs"', "harbour ministry"):
        ms = best_ms(lambda query=query: find_released(query, "en"), 15)
        yield at_most(f"Search for {query} at {large:,} stories: in the database", ms, 30, "ms", digits=1)
    queries, ms = publish_after
    yield at_most(f"Publishing: queries at {small:,} and {large:,} stories", max(queries, publish_before[0]), 25)
    yield line(
        f"Publishing: best time at {small:,} / {large:,} stories",
        f"{publish_before[1]:.1f} / {ms:.1f} ms",
        "the same at any size (within half)",
        ms <= max(1.5 * publish_before[1], publish_before[1] + 5),
    )


PAGES = {"Home": 3, "Region": 3, "Topic": 3, "An old page of a region": 3, "Story": 2, "RSS": 3}
PAGES |= {"Search for a rare word": 3, "Search for a word in every story": 3}
PAGES |= {"Search for a phrase in every story": 3, "Search for two words in every story": 3}


def measure_pages():
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from articles.models import Listing, Region, Release, Topic
    from articles.readers import addresses

    region = addresses.region("en", Region.objects.get(code="QA").path.removeprefix("world/"))
    old = Listing.objects.filter(place="region:QA").order_by("published_at")[5]
    story = Release.objects.order_by("-pk").first()
    paths = {
        "Home": addresses.home("en"),
        "Region": region,
        "Topic": addresses.topic("en", Topic.objects.order_by("pk").first().slug),
        "An old page of a region": f"{region}?before={old.published_at:%Y%m%dT%H%M%S%f}Z-{old.public_id}",
        "Story": addresses.story("en", story.public_id, story.slug),
        "Search for a rare word": f"{addresses.search('en')}?q=812",
        "Search for a word in every story": f"{addresses.search('en')}?q=harbour",
        "Search for a phrase in every story": f"{addresses.search('en')}?q=%22opens+after+repairs%22",
        "Search for two words in every story": f"{addresses.search('en')}?q=harbour+ministry",
        "RSS": addresses.feed(addresses.home("en")),
    }
    client = Client()
    for what, path in paths.items():
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        yield what, (len(queries), best_ms(lambda path=path: client.get(path), 15))


def measure_publish():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from articles import releasing
    from articles.models import Region, Topic
    from articles.tests.factories import approve, make_article, make_user

    publisher = make_user(group="Publisher")
    region, topic = Region.objects.get(code="QB"), Topic.objects.order_by("pk").first()
    waiting = [approve(make_article(regions=[region], topics=[topic]), editor=publisher) for _ in range(9)]
    releasing.release(waiting[0], publisher, seen=waiting[0].version)
    with CaptureQueriesContext(connection) as queries:
        releasing.release(waiting[1], publisher, seen=waiting[1].version)
    rest = iter(waiting[2:])

    def publish():
        article = next(rest)
        releasing.release(article, publisher, seen=article.version)

    statements = [query for query in queries if not re.match(r"BEGIN|SAVEPOINT|RELEASE", query["sql"])]
    return len(statements), best_ms(publish, 7)


def measure_desk(options):
    from django.test import Client

    from articles.tests.factories import make_article, make_region, make_user

    begun = time.monotonic()
    known = bench_desk.fill_desk(options.desk)
    analyse()
    yield line(f"A desk of {options.desk:,} stories, written by SQL", f"{time.monotonic() - begun:.0f} s")
    worst = {}
    for group, who, name, queries, ms in bench_desk.measure(known):
        if options.each:
            yield line(f"  {who}: {name or 'the list'}", f"{queries} / {ms:.1f} ms")
        most = worst.setdefault(group, {"queries": (0, ""), "ms": (0.0, "")})
        most["queries"] = max(most["queries"], (queries, name))
        most["ms"] = max(most["ms"], (ms, f"{name}, {who}".strip(", ")))
    for group, most in worst.items():
        queries, ms = most["queries"], most["ms"]
        yield at_most(f"The desk's list, {group}: most queries ({queries[1] or 'all stories'})", queries[0], 15)
        yield at_most(f"… slowest first page ({ms[1]}), in the database", ms[0], 150, "ms", digits=1)
    client = Client()
    client.force_login(make_user("editor", group="Publisher"))
    story = make_article(regions=[make_region("LB", name="Lebanon")])
    queries, ms = bench_desk.cost_of(client, f"/admin/articles/article/{story.pk}/change/", 3)
    yield at_most("The story editor: queries", queries, 20)
    yield line("The story editor, in the database", f"{ms:.1f} ms")


def best_ms(act, times):
    """The shortest of so many times: what the work itself takes, whatever else the machine does meanwhile."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return min(taken)


def measure_saves(options):
    """Eight people at four stories, each in a process of their own, nearly every save onto what another has changed."""
    from django.db import connection

    from articles.tests import busy_desk

    saves = options.saves
    begun = time.monotonic()
    outcome = busy_desk.write(stories=4, writers=8, saves=saves, all_at_once=in_processes)
    taken = time.monotonic() - begun
    missing, breaks = outcome.missing(), [*outcome.failed, *outcome.breaks()]
    for problem in (*missing[:5], *breaks[:5]):
        print(problem, file=sys.stderr)
    what = f"{saves:,} saves of four stories by 8 people at once"
    # On SQLite, whoever writes waits for the disk before the next may: as long as the disk takes.
    yield at_most(what, taken, 60, "s") if connection.vendor == "postgresql" else line(what, f"{taken:.0f} s")
    yield at_most(f"Texts missing ({outcome.merged:,} merged, {outcome.refused:,} kept beside)", len(missing), 0)
    yield at_most("Saves that failed, and breaks in the history", len(breaks), 0)


def in_processes(count, work):
    """``work(number)`` in so many processes at once; gives what each returned, or raised."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from django.db import connections

    connections.close_all()  # no two processes may share one
    with ProcessPoolExecutor(count, mp_context=get_context("fork")) as pool:
        futures = [pool.submit(work, number) for number in range(count)]
        return [future.exception() or future.result() for future in futures]


def measure_run(options):
    """From a clean clone of what is committed, as somebody would who has just heard of it."""
    import signal
    import urllib.request

    with tempfile.TemporaryDirectory(prefix="newsroom-run-") as folder:
        subprocess.run(["git", "clone", "-q", str(ROOT), f"{folder}/clone"], check=True)
        keep = ("PATH", "HOME", "LANG", "TMPDIR")
        environment = {name: value for name, value in os.environ.items() if name in keep or name.startswith("PIP_")}
        for what, most in (("First make run, to the first page", 60), ("Second make run, to the first page", 5)):
            port = 18000 + os.getpid() % 1000
            begun = time.monotonic()
            server = subprocess.Popen(
                ["make", "run", f"PORT={port}"],
                cwd=f"{folder}/clone",
                env=environment,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                while server.poll() is None and time.monotonic() - begun < 300:
                    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
                        page.read()
                        break
                    time.sleep(0.05)
                if server.poll() is not None:
                    raise SystemExit("make run ended by itself")
                yield at_most(what, time.monotonic() - begun, most, "s", digits=1)
            finally:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGTERM)
                    server.wait(timeout=30)


def measure_release(options):
    """Releasing one story among few and among very many. On PostgreSQL alone: the figure promised is of that."""
    import releasing_at_scale as scale

    small, large = 1000, 1_000_000 if options.million else options.archive
    scale.fill(small)
    before = scale.measure()
    begun = time.monotonic()
    scale.fill(large)
    yield line(f"{large:,} stories made in", f"{time.monotonic() - begun:.0f} s")
    for what, (queries, ms) in scale.measure().items():
        queries_before, ms_before = before[what]
        yield at_most(f"{what}: queries at {small:,} and {large:,} stories", max(queries, queries_before), 25)
        yield at_most(f"{what}: best time in the database at {small:,} stories", ms_before, 40, "ms", digits=1)
        yield at_most(f"{what}: best time in the database at {large:,} stories", ms, 40, "ms", digits=1)


MEASUREMENTS = {
    "parse": measure_parse,
    "intake": bench_intake.measure_intake,
    "places": bench_places.measure_places,
    "pictures": measure_pictures,
    "archive": measure_archive,
    "release": measure_release,
    "saves": measure_saves,
    "desk": measure_desk,
    "wire": bench_wire.measure_near,
    "site": bench_site.measure,
    "run": measure_run,
}
ON_DATABASES = ("intake", "archive", "saves", "desk", "release", "wire", "site")
ON_POSTGRESQL = ("release", "site")

if __name__ == "__main__":
    sys.exit(main())
