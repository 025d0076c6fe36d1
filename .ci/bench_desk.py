"""A desk with very many stories, written by SQL, and what its list and its editor cost the database. For bench.py."""

import contextlib
import re
import time
from datetime import timedelta
from urllib.parse import urlencode

# Multipliers that send neighbours far apart; one for each thing that is chosen, so that no two go together.
MULTIPLIERS = (7919, 104729, 15485863, 32452843, 49979687, 67867967, 86028121, 122949823, 141650939, 160481183)
MULTIPLIERS += (179424673, 198491317, 217645177, 236887691, 256203161)
SENTENCE = "<p>The harbour council said on Monday that repairs of the old bridge would go on until spring.</p>"


def fill_desk(count):
    """So many working copies with their regions, topics, bylines, sources, pictures, revisions and releases."""
    from django.db import connection, transaction
    from django.utils import timezone

    from articles.tests import factories

    desks = [factories.make_desk(code) for code in ("world", "africa", "asia", "europe", "sport", "culture", "tiny")]
    continents = [factories.make_region(f"1{n}", name=f"Part {n}", kind="continent") for n in range(5)]
    countries = [
        factories.make_region(f"Q{chr(65 + n // 26)}{chr(65 + n % 26)}", name=f"Land {n}", parent=continents[n % 5])
        for n in range(200)
    ]
    parents = [factories.make_topic(f"Field {n}") for n in range(10)]
    topics = [factories.make_topic(f"Matter {n}", parent=parents[n % 10]) for n in range(90)]
    sources = [factories.make_source(f"Agency {n}") for n in range(40)]
    authors = [factories.make_author(f"Writer {n}") for n in range(60)]
    staff = [factories.make_user(f"reporter{n}", desks=[desks[n % 6]]) for n in range(20)]
    photo = factories.make_photo(renditions=False)
    sql = _Sql(connection.vendor, count, timezone.now() - timedelta(minutes=1))
    with transaction.atomic(), connection.cursor() as cursor:
        if sql.is_postgresql:
            cursor.execute("SELECT current_setting('is_superuser')")
            if cursor.fetchone()[0] == "on":  # rows that refer to what is there need no check of each
                cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in _statements(sql, desks, countries, topics, sources, authors, staff, photo):
            cursor.execute(_INSERT.sub(_with_the_rest, statement, count=1))
    return {
        "desks": desks,
        "continent": continents[0],
        "country": countries[3],
        "rare country": countries[199],
        "topic": topics[5],
        "parent": parents[2],
        "source": sources[7],
        "author": authors[9],
        "staff": staff,
    }


class _Sql:
    """The few words in which the two databases differ."""

    def __init__(self, vendor, count, now):
        self.is_postgresql, self.count, self.now = vendor == "postgresql", count, int(now.timestamp())

    def numbers(self):
        if self.is_postgresql:
            return f"(SELECT generate_series(1, {self.count})::bigint AS n) AS numbers"
        return (
            f"(WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {self.count})"
            " SELECT n FROM counted) AS numbers"
        )

    def time(self, seconds):
        return f"to_timestamp({seconds})" if self.is_postgresql else f"datetime({seconds}, 'unixepoch')"

    def yes(self, condition):
        return f"({condition})"

    def one_of(self, things, number):
        """One of those things' keys, by a number."""
        cases = " ".join(f"WHEN {place} THEN {thing.pk}" for place, thing in enumerate(things))
        return f"CASE {number} % {len(things)} {cases} END"


_INSERT = re.compile(r"INSERT INTO (\w+) \(([^)]*)\)\s+SELECT ")


def _with_the_rest(insert):
    """That INSERT with whatever else the table does not let be empty, as a new row has it."""
    from django.apps import apps

    table, named = insert[1], [column.strip('" ') for column in insert[2].replace("\n", " ").split(",")]
    models = {model._meta.db_table: model for model in apps.get_app_config("articles").get_models()}
    if table not in models:
        return insert[0]
    rest = [one for one in models[table]._meta.concrete_fields if one.column not in named and not one.primary_key]
    rest = {one.column: one.get_default() for one in rest if not one.null}
    values = [str(value).lower() if isinstance(value, bool) else f"'{value}'" for value in rest.values()]
    return f"INSERT INTO {table} ({', '.join([*rest, insert[2]])}) SELECT {''.join(f'{value}, ' for value in values)}"


def _mixed(shift):
    """A number that has little to do with n."""
    return f"(((n * {MULTIPLIERS[shift]}) % 1000003) / 7)"


# Every value is a number or a word of this file.
# ruff: noqa: S608
def _statements(sql, desks, countries, topics, sources, authors, staff, photo):
    begun = sql.now - 300 * sql.count
    created = f"({begun} + 300 * n)"
    changed = f"({created} + ({_mixed(1)} % 300) * 60 * (CASE WHEN n < {sql.count} - 200 THEN 1 ELSE 0 END))"
    status = (
        f"CASE WHEN n > {sql.count} - {max(60, sql.count // 500)} THEN"
        " CASE n % 3 WHEN 0 THEN 'draft' WHEN 1 THEN 'submitted' ELSE 'editing' END"
        " WHEN n % 20 = 7 THEN 'spiked' WHEN n % 7 = 3 THEN 'draft' ELSE 'approved' END"
    )
    desk = f"CASE WHEN n % 2000 = 0 THEN {desks[6].pk} ELSE {sql.one_of(desks[:6], _mixed(5))} END"
    no, yes = ("false", "true") if sql.is_postgresql else ("0", "1")
    approved = f"({status}) = 'approved'"
    yield f"""
        INSERT INTO articles_article (id, public_id, headline, standfirst, body, language, slugline, dateline, urgency,
            breaking, desk_id, status, version, approved_number, embargo_note, confidential, legal_hold,
            legal_hold_reason, created_at, created_by_id, updated_at)
        SELECT n, 'z' || n, 'Harbour number ' || n || ' opens after repairs', 'What the council of town ' || {_mixed(2)}
            || ' decided.', '<p>Word' || {_mixed(3)} || ' and word' || {_mixed(4)} || '.</p>{SENTENCE * 4}',
            CASE WHEN n % 25 < 20 THEN 'en' WHEN n % 25 < 23 THEN 'fr' ELSE 'ar' END, 'HARBOUR-' || n % 5000, '',
            1 + ({_mixed(6)} % 8), {no}, {desk}, {status}, 3, CASE WHEN {approved} THEN 1 END, '',
            CASE WHEN n % 5003 = 0 THEN {yes} ELSE {no} END, {no}, '', {sql.time(created)},
            {sql.one_of(staff, _mixed(7))}, {sql.time(changed)}
        FROM {sql.numbers()}
    """
    few = f"{sql.one_of(countries[:199], _mixed(8))}"
    yield f"""
        INSERT INTO articles_storyregion (article_id, region_id, position)
        SELECT n, CASE WHEN n % 4001 = 0 THEN {countries[199].pk} ELSE {few} END, 0 FROM {sql.numbers()}
    """
    yield f"""
        INSERT INTO articles_topiclink (content_object_id, tag_id, position)
        SELECT n, {sql.one_of(topics[:45], _mixed(9))}, 0 FROM {sql.numbers()}
    """
    yield f"""
        INSERT INTO articles_topiclink (content_object_id, tag_id, position)
        SELECT n, {sql.one_of(topics[45:], _mixed(10))}, 1 FROM {sql.numbers()}
    """
    yield f"""
        INSERT INTO articles_byline (article_id, author_id, text, position)
        SELECT n, {sql.one_of(authors, _mixed(11))}, '', 0 FROM {sql.numbers()}
    """
    yield f"""
        INSERT INTO articles_citation (article_id, source_id, as_printed, "use", position)
        SELECT n, {sql.one_of(sources, _mixed(12))}, '', 'report', 0 FROM {sql.numbers()}
    """
    yield f"""
        INSERT INTO articles_photocaption (article_id, photo_id, caption, alt_text, credit, credit_raw, photographer,
            is_file_photo, is_lead, position)
        SELECT n, CASE WHEN n % 400 = 0 THEN NULL ELSE {photo.pk} END, 'Boats.', '', '', '', '', {no}, {no}, 0
        FROM {sql.numbers()} WHERE n % 2 = 0
    """
    yield f"""
        INSERT INTO articles_revision (id, article_id, number, content, origin, author_name, reason, name, created_at)
        SELECT n, n, 1, '{{}}', 'desk', '', '', '', {sql.time(created)} FROM {sql.numbers()}
    """
    yield f"""
        INSERT INTO articles_release (article_id, sequence, revision_id, kind, live_from, public_note, removed_by_law,
            cancel_reason, public_id, slug, language, published_at, archive_day, headline, standfirst, kicker, urgency,
            breaking, document, created_at, created_by_name)
        SELECT n, 1, n, CASE WHEN n % 3001 = 0 THEN 'expiry' ELSE 'first' END,
            {sql.time(f"CASE WHEN n % 10007 = 0 THEN {sql.now} + 3600 ELSE {created} + 60 END")}, '', {no}, '',
            'z' || n, 'harbour', 'en', {sql.time(created)}, '2026-01-01', 'Harbour', '', '', 4, {no}, '{{}}',
            {sql.time(created)}, ''
        FROM {sql.numbers()} WHERE {approved}
    """
    yield f"""
        INSERT INTO articles_assignment (title, briefing, desk_id, article_id, assignee_id, created_at)
        SELECT 'Harbour', '', {desk}, n, {sql.one_of(staff, _mixed(13))}, {sql.time(created)}
        FROM {sql.numbers()} WHERE n % 500 = 0
    """
    if sql.is_postgresql:
        yield (
            "INSERT INTO articles_desktext (article_id, words) SELECT id, array_to_tsvector(ARRAY[':desk' || desk_id])"
            " || to_tsvector('simple', headline || ' ' || standfirst || ' ' || body) FROM articles_article"
        )
        for table in ("article", "revision"):
            yield f"SELECT setval(pg_get_serial_sequence('articles_{table}', 'id'), {sql.count})"
    else:
        yield (
            "INSERT INTO articles_desktext (rowid, desk, head, rest)"
            " SELECT id, 'desk' || desk_id, lower(headline || ' ' || replace(standfirst, '.', '')),"
            " lower(replace(replace(replace(body, '.', ''), '<p>', ' '), '</p>', ' ')) FROM articles_article"
        )


# --- what is asked ---------------------------------------------------------------------------------------------------


def addresses(known):
    """Addresses of the list by name: none, each filter alone, pairs."""
    desk = known["desks"][1].code
    alone = {
        **{f"state {state}": {"state": state} for state in ("draft", "submitted", "approved", "spiked")},
        **{f"desk {desk}": {"desk": desk} for desk in (desk, "tiny")},
        **{f"region, a {name}": {"region": known[name].code} for name in ("continent", "country", "rare country")},
        "region, the world": {"region": "001"},
        "topic": {"topic": known["topic"].code},
        "topic with others beneath": {"topic": known["parent"].code},
        "source": {"source": known["source"].code},
        "author": {"author": known["author"].code},
        "assigned to somebody": {"assigned": known["staff"][3].username},
        "assigned to me": {"assigned": "me"},
        "assigned to nobody": {"assigned": "nobody"},
        **{f"readers {word}": {"readers": word} for word in ("live", "scheduled", "gone", "never")},
        **{f"pictures {word}": {"pictures": word} for word in ("with", "without", "awaited")},
        **{f"language {code}": {"language": code} for code in ("en", "ar", "he")},
        **{f"urgency {number}": {"urgency": number} for number in (1, 6)},
        **{f"confidential {word}": {"confidential": word} for word in ("yes", "no")},
        **{
            f"{what} in a {span}": {what: span}
            for what in ("changed", "created", "released")
            for span in ("day", "month")
        },
        **{
            f"{what} long ago": {f"{what}_from": "2025-05-01T00:00", f"{what}_to": "2025-05-02T00:00"}
            for what in ("changed", "created", "released")
        },
        "a common word": {"q": "harbour"},
        "a rare word": {"q": "word4711"},
        **{f"order {name}": {"sort": name} for name in ("untouched", "created", "oldest", "urgency")},
    }
    region, topic = {"region": known["country"].code}, {"topic": known["topic"].code}
    pairs = {
        "state and desk": {"state": "submitted", "desk": desk},
        "state and region": {"state": "approved", **region},
        "state and topic": {"state": "draft", **topic},
        "desk and region": {"desk": desk, **region},
        "desk and topic": {"desk": desk, **topic},
        "region and topic": {**region, **topic},
        "region and readers": {**region, "readers": "live"},
        "state and time": {"state": "draft", "changed": "week"},
        "region and time": {**region, "created": "month"},
        "source and language": {"source": known["source"].code, "language": "ar"},
        "author and urgency": {"author": known["author"].code, "urgency": 2},
        "desk and what awaits pictures": {"desk": desk, "pictures": "awaited"},
        "words and state": {"q": "harbour", "state": "spiked"},
        "words and region": {"q": "harbour", **region},
        "region, most urgent first": {**region, "sort": "urgency"},
        "state, newest first": {"state": "spiked", "sort": "created"},
    }
    return {"": {}}, alone, pairs


def measure(known, path="/admin/articles/article/", times=3):
    """For each group of addresses and each person: (group, who, name, queries, milliseconds of the database)."""
    from django.test import Client

    from articles.tests import factories

    desks = known["desks"]
    people = {
        "publisher": factories.make_user("publisher", group="Publisher", permissions="view_assignment"),
        "editor of one desk": factories.make_user(
            "one", group="Desk editor", permissions="view_assignment", desks=desks[1:2]
        ),
        "editor of three desks": factories.make_user(
            "three", group="Desk editor", permissions="view_assignment", desks=[*desks[1:3], desks[6]]
        ),
    }
    none, alone, pairs = addresses(known)
    for who, user in people.items():
        client = Client()
        client.force_login(user)
        for group, asked in (("the list", none), ("each filter", alone), ("pairs", pairs)):
            for name, query in asked.items():
                if query.get("desk") == "tiny" and who == "editor of one desk":
                    continue  # not theirs: such a filter is refused
                yield group, who, name, *cost_of(client, f"{path}?{urlencode(query)}", times)


def cost_of(client, address, times):
    """Queries of a page, and the least time that the database took for them, their rows included."""
    taken = []
    for _ in range(times):
        with metered() as meter:
            answer = client.get(address)
        if answer.status_code != 200 or b"is not understood" in answer.content:
            raise SystemExit(f"{address} answered {answer.status_code}")
        taken.append((meter.ms, meter.queries))
    return taken[0][1], min(ms for ms, _ in taken)


class Meter:
    """How many queries there were, and how long they took: SQLite does most of its work while rows are fetched."""

    def __init__(self, clock=time.perf_counter):
        self.queries, self.ms, self.clock = 0, 0.0, clock

    def timed(self, act, *arguments):
        begun = self.clock()
        try:
            return act(*arguments)
        finally:
            self.ms += (self.clock() - begun) * 1000


@contextlib.contextmanager
def metered(clock=time.perf_counter):
    """Everything that the database is asked inside is measured."""
    from django.db import connection
    from django.db.backends.utils import CursorWrapper

    meter = Meter(clock)

    class MeteredCursor(CursorWrapper):
        def execute(self, sql, params=None):
            meter.queries += 1
            return meter.timed(super().execute, sql, params)

        def fetchone(self):
            return meter.timed(self.cursor.fetchone)

        def fetchmany(self, *size):
            return meter.timed(self.cursor.fetchmany, *size)

        def fetchall(self):
            return meter.timed(self.cursor.fetchall)

        def __iter__(self):
            return iter(self.fetchall())

    connection.make_cursor = lambda cursor: MeteredCursor(cursor, connection)
    try:
        yield meter
    finally:
        del connection.make_cursor
