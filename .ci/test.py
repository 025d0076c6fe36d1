"""The whole suite: on SQLite, again on PostgreSQL, and beside both in a browser, wherever they can be had.

    .venv/bin/python .ci/test.py [--strict] [words for pytest…]

What was left out stands in the last lines, with the command that brings it. With ``--strict`` or NOTHING_LEFT_OUT=1,
leaving anything out is a failure. Exit status: 0 if everything that ran passed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from postgres import postgresql  # noqa: E402 - beside this file

from articles.tests import machine  # noqa: E402 - found by the line above

NONE_COLLECTED = 5  # pytest's exit status


def main(words):
    strict = "--strict" in words or machine.NOTHING_LEFT_OUT
    words = [word for word in words if word != "--strict"]
    left_out = []
    failed = []
    begun = time.monotonic()

    def run(name, *arguments, **environment):
        print(f"\n--- {name} ---", flush=True)
        note(name, pytest(*arguments, *words, strict=strict, **environment).wait())

    def note(name, status):
        if status not in (0, NONE_COLLECTED):
            failed.append(name)

    with contextlib.ExitStack() as stack:
        if machine.chromium():
            # It waits much of its time, for pages and for what is typed: the others work meanwhile.
            said = stack.enter_context(tempfile.TemporaryFile())
            browser = pytest("-m", "browser", *words, strict=strict, stdout=said, stderr=subprocess.STDOUT)
            stack.callback(end, browser)
        else:
            browser = None
            left_out.append("browser tests. Bring them with: apt-get install -y chromium")
        run("SQLite", "-m", "not browser")
        with postgresql() as address:
            if address:
                # What never touches a database would only do the same again.
                run("PostgreSQL", "-m", "database and not browser", TEST_DATABASE_URL=address)
            else:
                left_out.append("the suite on PostgreSQL. Bring it with: apt-get install -y postgresql")
        if browser:
            note("Browser", browser.wait())
            said.seek(0)
            print(f"\n--- Browser ---\n{said.read().decode(errors='replace')}", flush=True)
    if not machine.varnish():
        left_out.append("tests on a real HTTP cache. Bring it with: apt-get install -y varnish varnish-modules")
    if not machine.SHARED.is_dir():
        left_out.append(f"tests on samples and schemas. Bring them by laying their folder at {machine.SHARED}")

    print(f"\n{time.monotonic() - begun:.0f} seconds in all.")
    for name in failed:
        print(f"FAILED: {name}")
    for what in left_out:
        print(f"Left out: {what}")
    if strict and left_out:
        print("FAILED: nothing may be left out here.")
    return 1 if failed or (strict and left_out) else 0


def pytest(*arguments, strict, stdout=None, stderr=None, **environment):
    """Starts the tests that those words name, in that environment. Gives the process."""
    environment = {**os.environ, "TEST_DATABASE_URL": "", **environment}
    if strict:
        environment["NOTHING_LEFT_OUT"] = "1"
    # A dozen processes import the same modules: each is compiled once.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    workers = str(max(2, min(os.cpu_count() or 2, 8)))
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-n", workers, "--dist", "worksteal", *arguments]
    told = {"stdin": subprocess.DEVNULL, "stdout": stdout, "stderr": stderr}
    return subprocess.Popen(command, cwd=ROOT, env=environment, **told)


def end(process):
    """Where we are broken off, what still runs ends as it does by itself: with its browsers and its workers."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
