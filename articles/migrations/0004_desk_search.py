"""The index of the desk's search, and the readers' index in the order of publication.

FTS5 gives its rows in order by itself, so a release's row is numbered by the second it was published in, then by its id:
the newest hits of a common word are read without the others. PostgreSQL orders what its index finds by a column.
"""

import re

from django.db import migrations

from articles import text

RELEASED = {
    "sqlite": (
        [
            "ALTER TABLE articles_releasetext RENAME TO articles_releasetext_before",
            "CREATE VIRTUAL TABLE articles_releasetext USING fts5"
            " (edition, head, rest, columnsize = 0, tokenize = \"unicode61 remove_diacritics 2\")",
            "INSERT INTO articles_releasetext (rowid, edition, head, rest) SELECT"
            " max(-8589934592, min(CAST(strftime('%s', substr(made.published_at, 1, 19)) AS integer), 8589934591))"
            " * 1073741824 + (made.id & 1073741823), made.language, head, rest"
            " FROM articles_releasetext_before AS held JOIN articles_release AS made ON made.id = held.rowid ORDER BY 1",
            "DROP TABLE articles_releasetext_before",
        ],
        [
            "ALTER TABLE articles_releasetext RENAME TO articles_releasetext_before",
            "CREATE VIRTUAL TABLE articles_releasetext USING fts5"
            " (head, rest, tokenize = \"unicode61 remove_diacritics 2\")",
            "INSERT INTO articles_releasetext (rowid, head, rest)"
            " SELECT rowid & 1073741823, head, rest FROM articles_releasetext_before ORDER BY 1",
            "DROP TABLE articles_releasetext_before",
        ],
    ),
    "postgresql": (
        [
            "ALTER TABLE articles_releasetext ADD COLUMN published_at timestamptz",
            "UPDATE articles_releasetext AS held SET published_at = made.published_at,"
            " words = held.words || array_to_tsvector(ARRAY[':edition-' || made.language])"
            " FROM articles_release AS made WHERE made.id = held.release_id",
            "ALTER TABLE articles_releasetext ALTER COLUMN published_at SET NOT NULL",
        ],
        [
            "UPDATE articles_releasetext AS held SET words = ts_delete(words, ':edition-' || made.language)"
            " FROM articles_release AS made WHERE made.id = held.release_id",
            "ALTER TABLE articles_releasetext DROP COLUMN published_at",
        ],
    ),
}

# Of a story that is deleted, nothing stays in the index. On SQLite a migration that makes the table of stories anew
# takes the trigger away: it has to make that anew as well, and a test says so.
WORKED_ON = {
    "sqlite": (
        [
            "CREATE VIRTUAL TABLE articles_desktext USING fts5"
            " (desk, head, rest, columnsize = 0, tokenize = \"unicode61 remove_diacritics 2\")",
            "CREATE TRIGGER articles_desktext_forget AFTER DELETE ON articles_article"
            " BEGIN DELETE FROM articles_desktext WHERE rowid = old.id; END",
        ],
        ["DROP TRIGGER articles_desktext_forget", "DROP TABLE articles_desktext"],
    ),
    "postgresql": (
        [
            "CREATE TABLE articles_desktext (article_id bigint PRIMARY KEY"
            " REFERENCES articles_article (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,"
            " words tsvector NOT NULL)",
            "CREATE INDEX articles_desktext_words ON articles_desktext USING gin (words)",
        ],
        ["DROP TABLE articles_desktext"],
    ),
}

FILL = {
    "sqlite": "INSERT INTO articles_desktext (rowid, desk, head, rest) VALUES (%s, 'desk' || %s, %s, %s)",
    "postgresql": "INSERT INTO articles_desktext (article_id, words) VALUES (%s, array_to_tsvector(ARRAY[':desk' || %s])"
    " || to_tsvector('simple', %s) || to_tsvector('simple', %s))",
}


def run(statements, *, forwards):
    def operation(apps, schema_editor):
        for sql in statements[schema_editor.connection.vendor][0 if forwards else 1]:
            schema_editor.execute(sql)

    return operation


def fill(apps, schema_editor):
    """Index the stories that are there, in words as they were made when this was written."""
    connection = schema_editor.connection
    articles = apps.get_model("articles", "Article").objects.using(connection.alias)
    stories = articles.order_by("pk").only("public_id", "headline", "standfirst", "slugline", "body", "desk_id")

    def words(*parts):
        return re.sub(r"['’-]", " ", text.fold(" ".join(parts)))[:200_000]

    def insert(rows):
        with connection.cursor() as cursor:
            cursor.executemany(FILL[connection.vendor], rows)

    rows = []
    for story in stories.prefetch_related("captions").iterator(chunk_size=200):
        head = words(story.headline, story.standfirst, story.slugline, story.public_id)
        captions = [caption.caption for caption in story.captions.all()]
        rows.append((story.pk, str(story.desk_id), head, words(text.plain(story.body), *captions)))
        if len(rows) == 200:
            insert(rows)
            rows = []
    insert(rows)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_the_desk")]

    operations = [
        migrations.RunPython(run(RELEASED, forwards=True), run(RELEASED, forwards=False)),
        migrations.RunPython(run(WORKED_ON, forwards=True), run(WORKED_ON, forwards=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
