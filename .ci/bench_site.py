"""What the readers' pages cost, over HTTP, beside a bare view of Django. For bench.py: ``--only site``.

Each archive is built by ``manage.py make_archive`` in a database of its own, and served by gunicorn with two sync
workers under production settings, no cache before it. wrk loads one kind of page at a time, over many addresses of it.

On a machine that does other things, requests a second say little. What a request takes of the processors does: that of
the workers and of their connections to the database is read off the kernel's own accounts, and the ratios are of that.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import bench_lighthouse  # beside this file

HERE = Path(__file__).resolve().parent
SECONDS, CONNECTIONS, WORKERS = 4, 4, 2
TICK = os.sysconf("SC_CLK_TCK")

# The least part of the bare view's requests that a page serves; None: it is told and not promised.
PROMISED = {
    "bare": None,
    "story": 0.8,
    "home": 0.5,
    "region, a leaf": 0.5,
    "region, a continent": 0.5,
    "topic": 0.5,
    "source": 0.5,
    "archive, a day": 0.5,
    "the 5,000th page": 0.5,
    "search, a rare word": None,
    "search, a word of 1 %": None,
    "search, a word of 50 %": None,
    "feed": None,
    "API": None,
}
QUERIES = {"story": 2, "home": 3, "region, a leaf": 3, "region, a continent": 3, "topic": 3, "source": 3}
QUERIES |= {"the 5,000th page": 3, "search, a rare word": 3, "search, a word of 1 %": 3, "search, a word of 50 %": 3}
LARGEST = {"story": 15, "home": 25}  # kB of HTML, compressed
MOST_PSS = 60  # MB, of one worker


@dataclass
class Loaded:
    """One kind of page under load."""

    per_second: float
    p50: float  # ms
    p99: float
    web: float  # ms of processor time a request: the worker's
    database: float  # … and its connection's
    failed: int

    @property
    def all(self):
        return self.web + self.database


def measure(options):
    """The lines of bench.py's table."""
    from bench import at_most, line

    if not shutil.which("wrk"):
        yield line("The readers' pages under load", "left out", "wrk was not found: apt-get install -y wrk")
        return
    sizes = {10_000: ""} | ({1_000_000: ""} if options.million else {}) if not options.site else options.site
    found = {}
    for size, address in sizes.items():
        with archive(size, address) as (environment, seconds):
            if seconds:
                yield at_most(f"make_archive {size:,}", seconds, max(60, size * 1800 // 1_000_000), "s")
            probed = probe(environment)
            with served(environment) as (port, workers):
                loaded = {kind: load(port, workers, environment, paths) for kind, paths in probed["paths"].items()}
                pss = max(map(pss_of, workers))
                seen = [] if found else list(by_lighthouse(port, probed["paths"]))
            found[size] = loaded
            yield from lines_of(size, probed, loaded, pss)
            yield from seen
    if len(found) > 1:
        yield from beside(found)


def lines_of(size, probed, loaded, pss):
    from bench import at_most, line

    bare = loaded["bare"]
    for kind, one in loaded.items():
        ratio, least = bare.all / one.all, PROMISED[kind]
        queries, most = probed["queries"][kind], QUERIES.get(kind)
        html, small = probed["bytes"][kind]
        yield line(
            f"{size:,}: {kind}: {one.per_second:.0f}/s, p50 {one.p50:.1f} ms, p99 {one.p99:.0f} ms, "
            f"{one.web:.2f} + {one.database:.2f} ms, {queries} queries, {html / 1000:.1f} kB",
            f"{ratio:.2f} of bare",
            f"at least {least}" if least else "",
            least is None or ratio >= least,
        )
        if one.failed:
            yield at_most(f"{size:,}: {kind}: answers other than 200", one.failed, 0)
        if most:
            yield at_most(f"{size:,}: {kind}: queries", queries, most)
        if kind in LARGEST:
            yield at_most(f"{size:,}: {kind}: HTML, gzipped", small / 1000, LARGEST[kind], "kB", digits=1)
        if kind.startswith("search"):
            yield at_most(f"{size:,}: {kind}: half of the answers within", one.p50, 30, "ms", digits=1)
    for kind, most in (("css", 12), ("js", 6)):
        yield at_most(
            f"{size:,}: {kind.upper()} of a story, as it is sent", probed["beside"][kind] / 1000, most, "kB", digits=1
        )
    yield at_most(f"{size:,}: memory of a worker of its own (PSS)", pss, MOST_PSS, "MB", digits=1)


def beside(found):
    """A page of the largest archive beside the same page of the smallest."""
    from bench import line

    small, *_, large = sorted(found)
    for kind, one in found[large].items():
        times = one.all / found[small][kind].all
        # Both are measured beside the bare view of the same minute.
        times /= found[large]["bare"].all / found[small]["bare"].all
        promised = not kind.startswith("search") and kind != "bare"
        yield line(
            f"{kind}: cost at {large:,} stories beside {small:,}",
            f"{times:.2f} times",
            "at most 1.2 times" if promised else "",
            not promised or times <= 1.2,
        )
    first, deep = found[large]["region, a continent"], found[large]["the 5,000th page"]
    times = deep.all / first.all
    yield line("The 5,000th page beside the first", f"{times:.2f} times", "the same (at most 1.2)", times <= 1.2)


def by_lighthouse(port, paths):
    if not bench_lighthouse.program():
        from bench import line

        yield line("Lighthouse", "left out", "it was not found: npm install -g lighthouse")
        return
    for kind in ("story", "home"):
        yield from bench_lighthouse.lines(kind, bench_lighthouse.look(f"http://127.0.0.1:{port}{paths[kind][0]}"))


# --- an archive ---------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def archive(size, address):
    """The environment of an archive of that size, and the seconds that making it took; at an address, one that is."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench_settings", "PYTHONPATH": f"{HERE}:{HERE.parent}"}
    environment |= {"ALLOWED_HOSTS": "127.0.0.1,testserver", "DOTENV": ""}
    if address:
        yield {**environment, "DATABASE_URL": address}, 0
        return
    import psycopg

    server = os.environ["DATABASE_URL"]
    name = f"{server.rpartition('/')[2]}_{size}"
    environment["DATABASE_URL"] = f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            begun = time.monotonic()
            for words in (["migrate", "--skip-checks"], ["make_archive", str(size)]):
                command = [sys.executable, HERE.parent / "manage.py", *words, "-v0"]
                subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            yield environment, time.monotonic() - begun
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def probe(environment):
    """What is found out without load: addresses of each kind, queries, bytes."""
    command = [sys.executable, HERE / "bench_probe.py"]
    return json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)


# --- under load ---------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def served(environment):
    """gunicorn on a free port, each worker warm. Gives the port and the workers' process ids."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--worker-class", "sync", "--log-level", "warning"]
    server = subprocess.Popen(
        [*command, *os.environ.get("BENCH_GUNICORN", "").split()], env=environment, cwd=HERE.parent
    )
    try:
        deadline = time.monotonic() + 60
        while server.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            time.sleep(0.1)
        time.sleep(1)
        yield port, children(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def children(pid):
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found]


def load(port, workers, environment, paths) -> Loaded:
    """Those addresses under load, after each was asked for a few times."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        run_wrk(port, file.name, 1)
        backends = connections_of(environment)
        before = processor(workers), processor(backends)
        said = run_wrk(port, file.name, SECONDS)
        after = processor(workers), processor(backends)
    requests = int(re.search(r"(\d+) requests in", said)[1])
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Loaded(
        per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),
        p50=milliseconds(re.search(r"(?m)^\s*50%\s+(\S+)", said)[1]),
        p99=milliseconds(re.search(r"(?m)^\s*99%\s+(\S+)", said)[1]),
        web=(after[0] - before[0]) * 1000 / max(requests, 1),
        database=(after[1] - before[1]) * 1000 / max(requests, 1),
        failed=int(failed[1]) if failed else 0,
    )


def run_wrk(port, file, seconds):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", HERE / "wrk.lua"]
    command += [f"http://127.0.0.1:{port}", "--", file]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def milliseconds(words):
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m)", words)
    if not found:  # nothing was answered in time
        return float("inf")
    number, unit = found.groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def connections_of(environment):
    """The processes of the server that work for this archive, where it is a server on this machine."""
    import psycopg

    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return [pid for (pid,) in rows if Path(f"/proc/{pid}").exists()]


def processor(pids):
    """Seconds of processor time that these processes have had."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def pss_of(pid):
    """What a process has of its own, and its part of what it shares, in megabytes."""
    return int(re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[1]) / 1024
