"""What the database itself holds to: the audit log only ever grows, and what readers have can be searched."""

from django.db import migrations

APPEND_ONLY = {
    "sqlite": (
        [
            "CREATE TRIGGER articles_event_no_update BEFORE UPDATE ON articles_event"
            " BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END",
            "CREATE TRIGGER articles_event_no_delete BEFORE DELETE ON articles_event"
            " BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END",
        ],
        ["DROP TRIGGER articles_event_no_update", "DROP TRIGGER articles_event_no_delete"],
    ),
    "postgresql": (
        [
            "CREATE FUNCTION articles_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$",
            "CREATE TRIGGER articles_event_no_change BEFORE UPDATE OR DELETE ON articles_event"
            " FOR EACH ROW EXECUTE FUNCTION articles_event_append_only()",
            "CREATE TRIGGER articles_event_no_truncate BEFORE TRUNCATE ON articles_event"
            " FOR EACH STATEMENT EXECUTE FUNCTION articles_event_append_only()",
        ],
        [
            "DROP TRIGGER articles_event_no_truncate ON articles_event",
            "DROP TRIGGER articles_event_no_change ON articles_event",
            "DROP FUNCTION articles_event_append_only()",
        ],
    ),
}

RELEASED_TEXT = {
    "sqlite": (
        [
            "CREATE VIRTUAL TABLE articles_releasetext USING fts5"
            " (head, rest, tokenize = \"unicode61 remove_diacritics 2\")"
        ],
        ["DROP TABLE articles_releasetext"],
    ),
    "postgresql": (
        [
            "CREATE TABLE articles_releasetext (release_id bigint PRIMARY KEY"
            " REFERENCES articles_release (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,"
            " words tsvector NOT NULL)",
            "CREATE INDEX articles_releasetext_words ON articles_releasetext USING gin (words)",
        ],
        ["DROP TABLE articles_releasetext"],
    ),
}


def run(statements, *, forwards):
    def operation(apps, schema_editor):
        for sql in statements[schema_editor.connection.vendor][0 if forwards else 1]:
            schema_editor.execute(sql)

    return operation


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunPython(run(APPEND_ONLY, forwards=True), run(APPEND_ONLY, forwards=False)),
        migrations.RunPython(run(RELEASED_TEXT, forwards=True), run(RELEASED_TEXT, forwards=False)),
    ]
