"""Which items that the newsroom has the items of a chunk may be: a few queries for the whole chunk.

Every item on record has a thread, which its versions share, and a cluster, which it shares with what others tell of
the same. An item is found by its provider's id, or by one that it names as replaced; by its text; or by its paragraphs.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from django.db import connection

from articles import nearness
from articles.models import WireKey, WireRecord
from articles.wire import identity, versions
from articles.wire.identity import Fingerprint
from articles.wire.items import Standing
from articles.wire.reading import Reading
from articles.wire.versions import Facts, Version

# A paragraph that stands in more stories than this is furniture, and says nothing about which story this is.
COMMON = 40
# Of one that has come more often than this, no more is kept, so that an archive of any size costs the same.
TOO_COMMON = 50
# Of the records that share a band with a text, so many at most are looked at, those with the most bands first.
LOOKED_AT = 20

_CHANGING = (WireRecord.Outcome.CREATED, WireRecord.Outcome.UPDATED)
_VERSIONS = (*_CHANGING, WireRecord.Outcome.OUT_OF_DATE, WireRecord.Outcome.KILLED)
_State = WireRecord.State


class Found(NamedTuple):
    """What an item is. ``how`` is "" for a new one, otherwise a word of ``versions.compare`` or ``duplicate``."""

    thread: str
    how: str = ""
    article: int | None = None
    state: str = ""  # of the newest version on record, in the inbox
    killed: tuple[str, ...] = ()  # of a kill: all threads that it withdraws
    is_lost: bool = False  # its story was deleted at the desk
    is_first: bool = True  # of its version, so that it is the one that is known by it


class _Row(NamedTuple):
    """A version on record."""

    pk: int
    thread: str
    article: int | None
    provider: str
    provider_id: str
    state: str
    outcome: str
    version: Version


class Known:
    """The items on record that these may be, looked up once."""

    def __init__(self, readings: list[Reading]):
        self._by_id = self._look_up_ids(readings)
        prints = [one.fingerprint for one in readings]
        self._by_text = self._look_up_texts({one.text for one in prints})
        unknown = [one for one in readings if not self._is_known(one)]
        self._keys, self.too_common = look_up_keys(_keys_asked(readings, unknown))
        self._near = _look_up_near(self._keys, prints)
        self._shared, self._headlines = self._look_up_stories([one.fingerprint for one in unknown])
        threads = {row.thread for row in self._by_text.values()} | set(self._by_id.values())
        candidates = {thread for one in unknown for thread in self._candidates(one.fingerprint)}
        self._rows = self._look_up_threads(threads | candidates)
        self._paragraphs = self._newest_paragraphs(candidates)

    def find(self, reading: Reading) -> Found:
        """What this item is."""
        item, one = reading.item, reading.fingerprint
        new = versions.of(item, one.text)
        named = [self._by_id[key] for key in _ids(item) if key in self._by_id]
        if named:
            rows = [row for thread in dict.fromkeys(named) for row in self._rows[thread]]
            how = versions.compare(new, [row.version for row in rows])
            return self._found(named[0], how, new, tuple(dict.fromkeys(named)))
        if row := self._by_text.get(one.text):
            how = versions.SAME
            if item.provider_id and row.provider_id:
                how = "duplicate"
            elif item.provider_id or row.provider_id:
                how = versions.compare(new, [each.version for each in self._rows[row.thread]])
            return self._found(row.thread, how, new)
        if thread := self._same_story(item, one):
            how = versions.KILL if new.facts.standing == Standing.CANCELED else versions.NEWER
            return self._found(thread, how, new)
        thread = identity.of_item(item, one.text)
        return Found(thread, versions.KILL if new.facts.standing == Standing.CANCELED else "", killed=(thread,))

    def cluster(self, one: Fingerprint) -> str:
        """The cluster of what others tell of the same, or "" where nobody does."""
        best, most = "", nearness.NEAR
        near = self._near.get(one.text, ())
        likenesses = nearness.likenesses(one.signature, [signature for signature, _ in near])
        for likeness, (_, cluster) in zip(likenesses, near, strict=True):
            if likeness >= most:
                best, most = cluster, likeness
        return best

    def _found(self, thread, how, new, killed=()):
        rows = self._rows[thread]
        article = next((row.article for row in reversed(rows) if row.article), None)
        newest = rows[-1] if rows else None
        lost = bool(newest) and article is None and any(row.state in (_State.TAKEN, _State.ATTACHED) for row in rows)
        if new.number:
            first = all(row.version.number != new.number for row in rows)
        else:
            first = all(row.version.text != new.text for row in rows)
        return Found(thread, how, article, newest.state if newest else "", killed or (thread,), lost, first)

    def _is_known(self, reading):
        return reading.fingerprint.text in self._by_text or any(key in self._by_id for key in _ids(reading.item))

    def _look_up_ids(self, readings):
        wanted = {key for one in readings for key in _ids(one.item)}
        if not wanted:
            return {}
        rows = WireRecord.objects.filter(
            provider__in={provider for provider, _ in wanted}, provider_id__in={name for _, name in wanted}
        ).exclude(thread="")
        found = rows.order_by("pk").values_list("provider", "provider_id", "thread")
        return {(provider, name): thread for provider, name, thread in found if (provider, name) in wanted}

    def _look_up_texts(self, texts):
        rows = _versions(WireRecord.objects.filter(text_key__in=texts, outcome__in=_CHANGING).order_by("-pk"))
        return {row.version.text: row for row in rows}  # of several, the first that came

    def _look_up_threads(self, threads):
        rows = defaultdict(list)
        if threads:
            found = WireRecord.objects.filter(thread__in=threads, outcome__in=_VERSIONS).order_by("pk")
            for row in _versions(found):
                rows[row.thread].append(row)
        return rows

    def _look_up_stories(self, prints):
        """The threads that each paragraph of these stands in, and those under each headline."""
        shared, headlines = defaultdict(set), defaultdict(set)
        if not prints:
            return shared, headlines
        changing = WireRecord.objects.filter(outcome__in=_CHANGING).order_by()
        rows = changing.filter(headline_key__in={one.headline for one in prints})
        for key, thread in rows.values_list("headline_key", "thread"):
            headlines[key].add(thread)
        keys = {key for one in prints for key in one.paragraphs if key in self._keys} - self.too_common
        records = {record for key in keys for record in self._keys[key]}
        thread_of = dict(changing.filter(pk__in=records).values_list("pk", "thread")) if records else {}
        for key in keys:
            shared[key] |= {thread_of[record] for record in self._keys[key] if record in thread_of}
        return shared, headlines

    def _candidates(self, one: Fingerprint) -> set[str]:
        """The threads that this may belong to, by all that can be told without their other paragraphs."""
        keys = set(one.paragraphs)
        common = Counter(thread for key in keys for thread in self._shared.get(key, ()))
        unseen = len(keys & self.too_common)  # may stand in any of them
        telling = {thread for key in keys if len(there := self._shared.get(key, ())) <= COMMON for thread in there}
        same_headline = self._headlines.get(one.headline, set())
        return {
            thread
            for thread in telling | same_headline
            if identity.may_be_same(common[thread] + unseen, len(keys), same_headline=thread in same_headline)
        }

    def _newest_paragraphs(self, threads):
        newest = {row.thread: row.pk for thread in threads for row in self._rows[thread] if row.outcome in _CHANGING}
        if not newest:
            return {}
        held = dict(WireRecord.objects.filter(pk__in=newest.values()).order_by().values_list("pk", "paragraphs"))
        return {thread: identity.unpack(bytes(held[pk])) for thread, pk in newest.items() if pk in held}

    def _same_story(self, item, one: Fingerprint) -> str:
        best, most = "", 0
        for thread in sorted(self._candidates(one)):
            rows = self._rows[thread]
            if item.provider_id and rows and rows[-1].provider_id:
                continue  # whoever gives ids gives each item its own
            theirs = self._paragraphs.get(thread, ())
            same_headline = thread in self._headlines.get(one.headline, ())
            if identity.same_story(one.paragraphs, theirs, same_headline=same_headline):
                common = len(set(one.paragraphs) & set(theirs))
                if common > most:
                    best, most = thread, common
        return best


def _ids(item) -> list[tuple[str, str]]:
    """The ids by which an item may be on record: its own first."""
    return [(item.provider, name[:200]) for name in (item.provider_id, *item.replaces) if name]


def _versions(records) -> Iterable[_Row]:
    rows = records.values_list(
        *("pk", "thread", "article_id", "provider", "provider_id", "state", "outcome"),
        *("provider_version", "sent_at", "text_key"),
        *("standing", "embargo_until", "no_archive", "no_syndication"),
        *("territories", "excluded_territories", "delete_by"),
    )
    for pk, thread, article, provider, provider_id, state, outcome, number, sent_at, text, *facts in rows:
        *facts, territories, excluded, delete_by = facts
        facts = Facts(*facts, tuple(territories), tuple(excluded), delete_by)
        yield _Row(pk, thread, article, provider, provider_id, state, outcome, Version(number, sent_at, text, facts))


# --- the numbers that records are found by -------------------------------------------------------------------------


def _keys_asked(readings, unknown):
    keys = {key for one in unknown for key in one.fingerprint.paragraphs}
    return keys.union(*(nearness.bands(one.fingerprint.signature) for one in readings))


def look_up_keys(keys):
    """The records under each of these numbers, and the numbers under which there are too many."""
    found = defaultdict(list)
    table = connection.ops.quote_name(WireKey._meta.db_table)
    if keys:
        with connection.cursor() as cursor:
            sql = f"SELECT key, record FROM {table} WHERE key {_among()}"  # noqa: S608 - the name of a table
            cursor.execute(sql, [_numbers(keys)])
            for key, record in cursor.fetchall():
                found[key].append(record)
    return found, {key for key, records in found.items() if len(records) > TOO_COMMON}


def _look_up_near(keys, prints):
    """Of each text, the signatures and clusters of the records that share the most bands with it."""
    asked = {one.text: likeliest for one in prints if (likeliest := _likeliest(keys, one.signature))}
    held = _signatures({record for near in asked.values() for record in near})
    return {text: [held[record] for record in near if record in held] for text, near in asked.items()}


def near(keys, signature: bytes) -> list[tuple[bytes, str]]:
    """The same for one signature: those of others, with their clusters."""
    return list(_signatures(_likeliest(keys, signature)).values())


def _likeliest(keys, signature):
    common = Counter(chain.from_iterable(keys.get(key, ()) for key in nearness.bands(signature)))
    return [record for record, _ in common.most_common(LOOKED_AT)]


def _signatures(records):
    if not records:
        return {}
    table = connection.ops.quote_name(WireRecord._meta.db_table)
    sql = f"SELECT id, signature, cluster FROM {table} WHERE id {_among()}"  # noqa: S608 - the name of a table
    with connection.cursor() as cursor:
        cursor.execute(sql, [_numbers(records)])
        return {pk: (bytes(signature), cluster) for pk, signature, cluster in cursor.fetchall()}


def _among():
    """One parameter of :func:`_numbers`, however many they are."""
    return "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"


def _numbers(numbers):
    return list(numbers) if connection.vendor == "postgresql" else json.dumps(list(numbers))


def remember(rows: Iterable[tuple[int, int]]) -> None:
    """Keep (key, id of a record), so that the record is found by them.

    They are thirty times as many as stories. Written without a model instance for each, they cost a tenth.
    """
    table = connection.ops.quote_name(WireKey._meta.db_table)
    rows = sorted(rows)
    with connection.cursor() as cursor:
        if not rows:
            return
        if connection.vendor == "postgresql":
            sql = f"INSERT INTO {table} (key, record) SELECT * FROM unnest(%s::bigint[], %s::bigint[])"  # noqa: S608
            cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(f"INSERT INTO {table} (key, record) VALUES (%s, %s)", rows)  # noqa: S608
