"""A newsroom that is upgraded keeps what it has: migrations carry over what older versions wrote.

Runs in a database of its own beside that of the tests. It takes long, and what is carried over is carried by the ORM:
SQLite's run has it, and on PostgreSQL the same migrations make every test's database.
"""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

ALIAS = "upgraded"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def empty(django_db_blocker, tmp_path):
    """A connection to a database with nothing in it."""
    if connection.vendor != "sqlite":
        pytest.skip("What older versions wrote is carried over by the ORM: SQLite’s run has it.")
    connections.databases[ALIAS] = {**connection.settings_dict, "NAME": str(tmp_path / "older.sqlite3")}
    with django_db_blocker.unblock():
        try:
            yield connections[ALIAS]
        finally:
            connections[ALIAS].close()
            del connections[ALIAS], connections.databases[ALIAS]


def migrate(database, name=None):
    """Bring our tables there to the migration of that name, or to the newest. Gives the models as they then are.

    It goes by the migrations as they were written, not by the one that does the work of many in an empty database.
    """
    executor = MigrationExecutor(database)
    executor.loader = MigrationLoader(database, replace_migrations=False)
    leaves = executor.loader.graph.leaf_nodes("articles")
    targets = [("articles", name)] if name else [leaf for leaf in leaves if leaf not in executor.loader.replacements]
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def fill(apps):
    """A newsroom as version 0005 kept it: a live story with its picture, from the wire, and one that was refused."""

    def make(model, /, **kw):
        return apps.get_model("articles", model).objects.using(ALIAS).create(**kw)

    desk = make("Desk", code="world", name="World")
    article = make("Article", public_id="bcdfghjkmn", headline="Harbour opens", body="<p>It did.</p>", desk=desk)
    revision = make("Revision", article=article, number=1, content={"headline": "Harbour opens"}, created_at=AT)
    photo = make(
        "Photo", public_id="pqrstvwxyz", original="a.jpg", sha256="0" * 64, width=10, height=10, caption="Six boats"
    )
    make("Rendition", photo=photo, crop="full", format="jpeg", width=10, height=10, size=1, file="00/0.jpeg")
    make("PhotoCaption", article=article, photo=photo, is_lead=True)
    picture = {"id": "pqrstvwxyz", "files": {"jpeg": [[10, "00/0.jpeg"]]}}
    release = make(
        "Release",
        article=article,
        public_id=article.public_id,
        revision=revision,
        sequence=1,
        kind="first",
        live_from=AT,
        published_at=AT,
        archive_day=AT.date(),
        created_at=AT,
        language="en",
        slug="harbour-opens",
        headline="Harbour opens",
        document={"headline": "Harbour opens", "pictures": [picture]},
        picture=picture,
    )
    received = make("WireBytes", sha256="1" * 64, data=b"Harbour opens")
    batch = make("WireBatch", public_id="bcdfghjkmm", name="wire.txt", desk=desk)
    kept = {"batch": batch, "received": received, "parser": "text"}
    record = make("WireRecord", **kept, outcome="created", article=article, headline="Harbour opens", text_key="a" * 32)
    make("WireParagraph", record=record, key=77)
    make("WireRecord", **kept, outcome="rejected", code="empty_file")
    return release, record


def schema(database):
    """What belongs to our tables in that database, by kind and name: the parts of what makes it, in no order."""
    ours = "SELECT type, name, lower(sql) FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name LIKE 'articles%'"
    with database.cursor() as cursor:
        cursor.execute(ours)
        # A table that was renamed has quotation marks about its name.
        return {(kind, name): sorted(re.split(r",\s*", sql.replace('"', ""))) for kind, name, sql in cursor.fetchall()}


@pytest.mark.django_db
def test_what_an_older_version_kept_is_carried_over(empty):
    release, record = fill(migrate(empty, "0005_lists"))
    apps = migrate(empty)

    def all_of(name):
        return apps.get_model("articles", name).objects.using(ALIAS)

    brought, refused = all_of("WireRecord").order_by("pk")
    assert (brought.state, refused.state) == ("taken", "quarantined")
    assert bytes(brought.paragraphs) == (77).to_bytes(8, "big")
    assert all_of("WireKey").get().record == record.pk
    assert brought.is_held
    assert all_of("ReleasedPhoto").get().release_id == release.pk
    assert all_of("Article").get().suggestions == []
    with empty.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_phototext")
        assert cursor.fetchone() == (1,)
    # The database of the tests began empty: there, one migration did what many did here.
    assert schema(connection) == schema(empty)
