"""SQLite makes a table anew to change it, and forgets the triggers on it: what takes stories out of the indexes again."""

from django.db import migrations

TRIGGERS = {
    "articles_desktext_forget": "AFTER DELETE ON articles_article"
    " BEGIN DELETE FROM articles_desktext WHERE rowid = OLD.id; END",
    "articles_wiretext_forget": "AFTER DELETE ON articles_wirerecord"
    " BEGIN DELETE FROM articles_wiretext WHERE rowid = OLD.id; END",
}


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, does in TRIGGERS.items():
            schema_editor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {does}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_locator_maps")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
