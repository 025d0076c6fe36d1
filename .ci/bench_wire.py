"""What the wire inbox costs where very much has come in: the look-up of what others tell of the same.

Signatures are made up: of every ten, nine are of texts that nobody else tells, one is told again with a part changed.
"""

import contextlib
import random
import time

from articles import nearness

TRIED = 200


def measure_near(options):
    """Fill the index of bands for so many stories, and look up what a newly arrived one is near to."""
    from bench import analyse, at_most, line
    from django.db import transaction

    from articles import rows
    from articles.models import Desk, WireBatch, WireBytes, WireKey, WireRecord
    from articles.wire import known

    count = 1_000_000 if options.million else options.near

    def keep(first, signed):
        with transaction.atomic():
            ids = rows.insert(
                WireRecord,
                ["batch_id", "received_id", "parser", "outcome", "state", "headline", "signature", "cluster"],
                (
                    [batch.pk, "0" * 64, "text", "created", "taken", "A story", one, f"{n + first}"]
                    for n, one in enumerate(signed)
                ),
                keys=True,
            )
            pairs = [[key, pk] for one, pk in zip(signed, ids, strict=True) for key in nearness.bands(one)]
            rows.insert(WireKey, ["key", "record"], sorted(pairs))

    batch = WireBatch.objects.create(name="bench", desk=Desk.objects.create(code="bench", name="Bench"))
    WireBytes.objects.create(sha256="0" * 64, data=b"")
    chance, kept = random.Random(5), []
    begun = time.monotonic()
    with _index_afterwards():
        for first in range(0, count, 5000):
            signed = [_signature(chance, kept) for _ in range(min(5000, count - first))]
            keep(first, signed)
    yield line(f"Bands of {count:,} stories kept", f"{count / (time.monotonic() - begun):,.0f} stories/s")
    analyse()
    asked = [_changed(chance, one) for one in kept[-TRIED:]]
    taken, found = [], 0
    for one in asked:
        begun = time.perf_counter()
        hits, _ = known.look_up_keys(set(nearness.bands(one)))
        near = known.near(hits, one)
        taken.append(time.perf_counter() - begun)
        found += any(nearness.likeness(one, signature) >= nearness.NEAR for signature, _ in near)
    if found < len(asked) * 0.8:
        raise SystemExit(f"Of {len(asked)} stories that others tell, {found} were found.")
    taken.sort()
    yield at_most(f"Near-duplicate look-up among {count:,}, median", taken[len(taken) // 2] * 1000, 50, "ms", 1)
    yield at_most(
        f"… the slowest of a hundred, {WireKey.objects.count():,} keys",
        taken[int(len(taken) * 0.99)] * 1000,
        50,
        "ms",
        1,
    )


@contextlib.contextmanager
def _index_afterwards():
    """The index of the keys made at the end, on PostgreSQL: tens of millions of rows are there in minutes."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_wirekey DROP CONSTRAINT articles_wirekey_pkey")
        yield
        cursor.execute("SET maintenance_work_mem = '256MB'")
        cursor.execute("ALTER TABLE articles_wirekey ADD PRIMARY KEY (key, record)")


def _signature(chance, kept):
    if kept and chance.random() < 0.1:
        return _changed(chance, chance.choice(kept[-500:]))
    one = nearness.signature({chance.getrandbits(32) for _ in range(nearness.BINS * 2)})
    if chance.random() < 0.05:
        kept.append(one)
    return one


def _changed(chance, signed):
    """The signature of the same text with a third of it changed."""
    bins = bytearray(signed)
    for number in chance.sample(range(nearness.BINS), nearness.BINS // 3):
        bins[number * 4 : number * 4 + 4] = chance.randbytes(4)
    return bytes(bins)
