"""The audit log only ever grows: the database itself refuses anything else, whoever asks and however."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from articles import audit
from articles.models import Event

from .factories import make_desk, make_user

pytestmark = pytest.mark.django_db

COLUMNS = "id, at, actor, actor_name, action, kind, thing, name, reason, data"
COPY_OF_ITSELF = "SELECT id, at, 'forger', actor_name, action, kind, thing, name, reason, data FROM articles_event"


@pytest.fixture
def event():
    return audit.log(make_user("witness"), "approve", make_desk(), reason="It was true.")


def sql(statement):
    def attempt(event):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    attempt.__name__ = statement.split(" FROM ")[0][:40]
    return attempt


def save_again(event):
    event.actor = "forger"
    event.save()


def delete_instance(event):
    event.delete()


def update_queryset(event):
    Event.objects.update(actor="forger")


def delete_queryset(event):
    Event.objects.all().delete()


def delete_without_collecting(event):
    Event.objects.all()._raw_delete(using="default")


def update_in_bulk(event):
    event.actor = "forger"
    Event.objects.bulk_update([event], ["actor"])


def upsert(event):
    event.actor = "forger"
    Event.objects.bulk_create([event], update_conflicts=True, unique_fields=["id"], update_fields=["actor"])


def update_or_create(event):
    Event.objects.update_or_create(pk=event.pk, defaults={"actor": "forger"})


EVERYWHERE = [
    save_again,
    delete_instance,
    update_queryset,
    delete_queryset,
    delete_without_collecting,
    update_in_bulk,
    upsert,
    update_or_create,
    sql("UPDATE articles_event SET actor = 'forger'"),
    sql("UPDATE articles_event SET id = id + 1000"),
    sql("DELETE FROM articles_event"),
    sql("DELETE FROM articles_event WHERE actor = 'witness'"),
    # “WHERE true”: SQLite's grammar needs it between SELECT and ON CONFLICT.
    sql(
        f"INSERT INTO articles_event ({COLUMNS}) {COPY_OF_ITSELF} WHERE true"
        " ON CONFLICT (id) DO UPDATE SET actor = excluded.actor"
    ),
]
ON_SQLITE = [
    sql(f"REPLACE INTO articles_event ({COLUMNS}) {COPY_OF_ITSELF}"),
    sql(f"INSERT OR REPLACE INTO articles_event ({COLUMNS}) {COPY_OF_ITSELF}"),
    sql("UPDATE OR REPLACE articles_event SET actor = 'forger'"),
]
ON_POSTGRESQL = [
    sql("TRUNCATE articles_event"),
    sql("TRUNCATE articles_event RESTART IDENTITY CASCADE"),
    sql("UPDATE ONLY articles_event SET actor = 'forger'"),
    sql("WITH gone AS (DELETE FROM articles_event RETURNING *) SELECT count(*) FROM gone"),
    sql(
        "MERGE INTO articles_event AS old USING (SELECT 1) AS new ON true WHEN MATCHED THEN UPDATE SET actor = 'forger'"
    ),
]


def refused(attempt, event):
    before = list(Event.objects.values())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempt(event)
    assert list(Event.objects.values()) == before


@pytest.mark.parametrize("attempt", EVERYWHERE, ids=lambda attempt: attempt.__name__)
def test_the_database_refuses(event, attempt):
    refused(attempt, event)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own words")
@pytest.mark.parametrize("attempt", ON_SQLITE, ids=lambda attempt: attempt.__name__)
def test_sqlite_refuses(event, attempt):
    refused(attempt, event)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own words")
@pytest.mark.parametrize("attempt", ON_POSTGRESQL, ids=lambda attempt: attempt.__name__)
def test_postgresql_refuses(event, attempt):
    refused(attempt, event)


def test_the_log_takes_what_is_new(event):
    audit.log(None, "expired", make_desk())
    assert [entry.action for entry in Event.objects.order_by("id")] == ["approve", "expired"]


def test_what_is_undone_leaves_no_entry(event):
    with transaction.atomic():
        audit.log(None, "never happened", make_desk())
        transaction.set_rollback(True)
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("screen", "form"),
    [
        ("ID/change", {"actor": "forger", "reason": "forged", "action": "approve", "_save": "Save"}),
        ("ID/delete", {"post": "yes"}),
        ("add", {"actor": "forger", "action": "approve", "kind": "desk", "thing": "1", "name": "x", "data": "{}"}),
    ],
)
def test_the_desk_offers_no_way_either(admin_client, event, screen, form):
    address = f"/admin/articles/event/{screen.replace('ID', str(event.pk))}/"
    before = list(Event.objects.values())
    assert admin_client.post(address, form).status_code in (302, 403, 404)
    assert list(Event.objects.values()) == before


def test_the_desk_deletes_no_selection(admin_client, event):
    before = list(Event.objects.values())
    form = {"action": "delete_selected", "_selected_action": event.pk, "post": "yes"}
    answer = admin_client.post(reverse("admin:articles_event_changelist"), form)
    assert answer.status_code < 500
    assert list(Event.objects.values()) == before
