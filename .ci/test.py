"""The whole suite: on SQLite, again on PostgreSQL, and in a browser, wherever they can be had.

    .venv/bin/python .ci/test.py [--strict] [words for pytest…]

What was left out stands in the last lines, with the command that brings it. With ``--strict`` or NOTHING_LEFT_OUT=1,
leaving anything out is a failure. Exit status: 0 if everything that ran passed.
"""

import os
import subprocess
import sys
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
        status = pytest(*arguments, *words, strict=strict, **environment)
        if status not in (0, NONE_COLLECTED):
            failed.append(name)

    run("SQLite", "-m", "not browser")
    with postgresql() as address:
        if address:
            # What never touches a database would only do the same again.
            run("PostgreSQL", "-m", "database and not browser", TEST_DATABASE_URL=address)
        else:
            left_out.append("the suite on PostgreSQL. Bring it with: apt-get install -y postgresql")
    if machine.chromium():
        run("Browser", "-m", "browser")
    else:
        left_out.append("browser tests. Bring them with: apt-get install -y chromium")
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


def pytest(*arguments, strict, **environment):
    environment = {**os.environ, "TEST_DATABASE_URL": "", **environment}
    if strict:
        environment["NOTHING_LEFT_OUT"] = "1"
    # A dozen processes import the same modules: each is compiled once.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    workers = str(max(2, min(os.cpu_count() or 2, 8)))
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-n", workers, "--dist", "worksteal", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
