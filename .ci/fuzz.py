#!/usr/bin/env python3
"""Feed every parser of the wire damaged files until the time is up: ``.ci/fuzz.py [SECONDS]`` (60).

Of each format it takes the samples under ``articles/tests/samples/<format>/``, cuts, doubles and replaces parts of
them, and asks of what comes out what the property tests ask (``articles/tests/hostile.py``). What breaks a parser is
written to the folder that ``FUZZ_OUT`` names, as short as it can be made. Exit code 1 if anything did.
"""

import os
import random
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TZ", "Asia/Beirut")  # a zone with clock changes

from articles.tests.hostile import PIECES, SAMPLES, check  # noqa: E402
from articles.wire.formats import FORMATS  # noqa: E402

OUT = Path(os.environ.get("FUZZ_OUT", "/tmp/fuzz"))  # noqa: S108 - where findings go if nobody says otherwise


def damage(raw: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The sample with a few parts of it changed."""
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(raw) + 1), chance.choice((0, 1, 10, 100, 1000))
        other = chance.choice(others)
        begin = chance.randrange(len(other) + 1)
        doubled = raw[at : at + length] * chance.randint(0, 50)
        taken = other[begin : begin + chance.randint(0, 2000)]
        piece = chance.choice((chance.choice(PIECES), doubled, taken, chance.randbytes(9)))
        raw = raw[:at] + piece + raw[at + length :]
    return raw


def breaks(format: str, raw: bytes) -> bool:
    """Whether the parser of that format does with these bytes what no parser may."""
    try:
        check(format, raw, seconds=2)
    except Exception:  # noqa: BLE001 - whatever it is, it is a finding
        return True
    return False


def shortened(format: str, raw: bytes) -> bytes:
    """As little of it as still breaks the parser, within ten seconds."""
    until, size = time.monotonic() + 10, len(raw) // 2
    while size and time.monotonic() < until:
        for at in range(0, len(raw), size):
            if breaks(format, without := raw[:at] + raw[at + size :]):
                raw = without
                break
        else:
            size //= 2
    return raw


def main(seconds: float) -> int:
    samples = {name: [path.read_bytes() for path in (SAMPLES / name).glob("*") if path.is_file()] for name in FORMATS}
    samples = {name: found for name, found in samples.items() if found}
    everything = [raw for found in samples.values() for raw in found]
    seed, until, tried, found = time.time_ns() % 10**9, time.monotonic() + seconds, dict.fromkeys(samples, 0), 0
    while time.monotonic() < until:
        for format, own in samples.items():
            seed += 1
            chance = random.Random(seed)  # noqa: S311 - a finding must be found again
            raw = damage(chance.choice(own), everything, chance)
            tried[format] += 1
            if breaks(format, raw):
                found += 1
                OUT.mkdir(parents=True, exist_ok=True)
                path = OUT / f"{format}-{seed}"
                path.write_bytes(shortened(format, raw))
                print(f"{format}: seed {seed} breaks it; see {path}")
                try:
                    check(format, path.read_bytes(), seconds=2)
                except Exception:  # noqa: BLE001 - shown
                    traceback.print_exc(limit=-4)
    print(f"{found} findings in", ", ".join(f"{count} of {name}" for name, count in tried.items()))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60))
