"""A database on which every migration has run, made once; each worker of each run begins with a copy of it.

It is made anew when a migration, or what one imports of ours, has changed. On SQLite it is a file in ``.pytest_cache``;
on PostgreSQL a database beside those of the tests, which says of itself that it may be dropped.
"""

import contextlib
import fcntl
import hashlib
import re
import shutil
import sqlite3
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

CACHE = Path(settings.BASE_DIR) / ".pytest_cache"
OURS = re.compile(rb"^(?:import|from) (articles[\w.]*)(?: import (\w+))?", re.MULTILINE)
PREFIX = "newsroom_ready_"
DAYS = 1  # after which a database that nobody's tests have made anew is taken away
LOCK = 0x6E657773  # any number that is ours


def begin_with_a_copy(connection):
    """Lays a copy where Django is about to make the test database, or tells Django to copy it."""
    of_tests = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copyfile(_file(connection), of_tests["NAME"])
    else:
        of_tests["TEMPLATE"] = _database(connection)


def _file(connection):
    CACHE.mkdir(exist_ok=True)
    file = CACHE / f"ready-{_fingerprint(sqlite3.sqlite_version)}.sqlite3"
    with (CACHE / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for old in CACHE.glob("ready-*"):
                old.unlink()
            unfinished = file.with_name("ready-unfinished")
            _migrate(connection, str(unfinished))
            unfinished.rename(file)
    return file


def _database(connection):
    name = PREFIX + _fingerprint()
    with connection._nodb_cursor() as cursor:
        # The lock is held by this connection: it goes with it, whatever happens.
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE starts_with(datname, %s)",
            [PREFIX],
        )
        there = dict(cursor.fetchall())
        if there.get(name):  # it says so only when it is whole
            return name
        oldest = (timezone.now() - timedelta(days=DAYS)).isoformat()
        for other, said in there.items():
            if other == name or (said or "").rpartition(" ")[2] < oldest:
                cursor.execute(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
        _migrate(connection, name)
        said = f"For tests of the newsroom; may be dropped. Made {timezone.now().isoformat()}"
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{said}'")
    return name


def _migrate(connection, name):
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False, database=connection.alias, run_syncdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _fingerprint(*more):
    """Of all that the migrations do: their own text, and that of our modules which they import."""
    digest = hashlib.sha256(repr((django.__version__, *more)).encode())
    files = set()
    for app in apps.get_app_configs():
        files |= set((Path(app.path) / "migrations").glob("*.py"))
    for file in sorted(files):
        digest.update(file.read_bytes())
    for file in sorted(_imported(files)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _imported(files):
    for file in files:
        for module, name in OURS.findall(file.read_bytes()):
            yield Path(import_module(module.decode()).__file__)
            with contextlib.suppress(ModuleNotFoundError):
                if name:
                    yield Path(import_module(f"{module.decode()}.{name.decode()}").__file__)
