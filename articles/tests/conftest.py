"""What every test may use.

Of pytest-django and its like: ``client``, ``admin_client``, ``settings``, ``live_server``, ``time_machine``,
``django_assert_num_queries``, and ``page`` (Chromium). Of ours: ``clock``, ``shared``, ``shared_rows``.
"""

import contextlib
import gc
import hashlib
import shutil
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from articles import places
from articles.photos import renditions

from . import machine, ready

BROWSER_FIXTURES = {"page", "context", "new_context", "browser", "browser_type", "launch_browser"}
APPEND_ONLY = ("articles_event", "articles_eventseal", "articles_frontslot")
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


# --- what this machine may lack -----------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Who uses a browser, ../shared or the database is marked so, forgetful authors included."""
    for item in items:
        if BROWSER_FIXTURES & set(item.fixturenames):
            item.add_marker("browser")
        if "shared" in item.fixturenames:
            item.add_marker("shared")
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames):
            item.add_marker("database")


def pytest_make_parametrize_id(val, argname):
    """What is long by intent does not stand in its test's name, which workers tell one another of each test."""
    return f"{argname} of {len(val)}" if isinstance(val, str | bytes) and len(val) > 200 else None


def pytest_collection_finish():
    """What is loaded by now stays to the end: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item):
    if item.get_closest_marker("database"):
        places.forget()  # the gazetteer of another test's regions, which may be a moment old
    if item.get_closest_marker("shared") and not machine.SHARED.is_dir():
        _leave_out(f"there is no folder {machine.SHARED}")
    if item.get_closest_marker("browser") and not machine.chromium():
        _leave_out("Chromium was not found; CHROMIUM may name it")


def _leave_out(reason):
    (pytest.fail if machine.NOTHING_LEFT_OUT else pytest.skip)(reason)


@pytest.fixture
def shared():
    """The folder beside the project with schemas, samples and seeds; a test that asks for it is left out without."""
    return machine.SHARED


# --- the database -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """On SQLite the test database is laid there before Django looks; it goes with this process's folder."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    with django_db_blocker.unblock():
        ready.begin_with_a_copy(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test that commits is followed by Django's flush; ours knows of the audit log and of the search index."""
    with pytest.MonkeyPatch.context() as patch:
        # Of the class: beside Playwright's event loop, Django opens a connection of its own.
        patch.setattr(type(connection.ops), "sql_flush", _sql_flush)
        with django_db_blocker.unblock():
            # Django asks SQLite this once a process, and the first test to count queries would find it among its own.
            _ = connection.features.supports_json_field
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:  # the database is dropped next
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="module")
def shared_rows(request, django_db_setup, django_db_blocker):
    """Gives a function that makes rows for all tests of a module, each of which begins with them as they were made.

    They stand in a transaction around those of the tests. A test that commits would end it, so a module that has one
    may not use this. Pictures are no rows: their files go with the first test.
    """
    in_module = [item for item in request.session.items if item.module is request.module]
    committing = [item.name for item in in_module if _commits(item)]
    assert not committing, f"These commit, and belong into a module of their own: {committing}"
    with contextlib.ExitStack() as stack:

        def make(maker):
            with django_db_blocker.unblock():
                stack.enter_context(_kept_until_later(django_db_blocker))
                return maker()

        yield make


def _commits(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(COMMITTING & set(item.fixturenames))


@contextlib.contextmanager
def _kept_until_later(django_db_blocker):
    around = transaction.atomic()
    around.__enter__()
    try:
        yield
    finally:
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


def _sql_flush(operations, style, tables, **kwargs):
    """Statements that empty every table. Rows are few after a test, so DELETE is much faster than TRUNCATE.

    The database refuses to empty what is append-only: its triggers are set aside meanwhile, by the tables' owner, in
    the same transaction.
    """
    connection = operations.connection
    names = [*tables, *_tables_without_model(connection)]
    deletes = [f"DELETE FROM {operations.quote_name(name)}" for name in names]
    if connection.vendor == "postgresql":
        return [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in APPEND_ONLY),
            *deletes,
            "SET CONSTRAINTS ALL IMMEDIATE",  # a table with checks still to come cannot be altered
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in APPEND_ONLY),
        ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'")
        triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers] + deletes + [sql for _, sql in triggers]


def _tables_without_model(connection):
    """Tables of the search index, which migrations make without a model."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            of_models = connection.introspection.django_table_names(only_existing=False)
            return set(connection.introspection.table_names(cursor)) - {*of_models, "django_migrations"}
        # Of a full-text index, the virtual table alone: SQLite keeps the tables behind it. And those of the vocabulary.
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND (sql LIKE 'CREATE VIRTUAL TABLE%' OR name LIKE 'articles_word%')"
        )
        return {name for (name,) in cursor.fetchall()}


# --- files and time -----------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _pictures_of_one_test_alone():
    """Each test begins with no picture in storage. The folder is this process's own (see ``settings``)."""
    yield
    shutil.rmtree(django_settings.SCRATCH / "media", ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _pictures_that_look_the_same_are_encoded_once():
    """Nearly all of the tests' pictures do, and encoding AVIF is slow."""
    real, known = renditions._encoded, {}

    def encoded(image, format, notice):
        looks = hashlib.sha256(image.tobytes()).digest()
        key = (looks, image.mode, image.size, format, *notice.values())
        if key not in known:
            known[key] = real(image, format, notice)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renditions, "_encoded", encoded)
        yield


@pytest.fixture
def clock(time_machine):
    """Time stands still, on Monday 2 March 2026, 09:00 UTC. ``clock.move_to(…)`` and ``clock.shift(…)`` move it."""
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)
    return time_machine


# --- the browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium, asking nothing of the network."""
    # Playwright keeps an event loop in this thread from here on, and Django would refuse to use the database beside it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield {
            **browser_type_launch_args,
            "executable_path": machine.chromium(),
            "args": [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        }
