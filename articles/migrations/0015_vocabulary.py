"""The words that readers' stories are made of, for “did you mean”; see ``articles.search.vocabulary``."""

from django.db import migrations

MAKE = [
    "CREATE TABLE articles_word (language varchar(8) NOT NULL, word varchar(24) NOT NULL, shown varchar(80) NOT NULL,"
    " stories integer NOT NULL, PRIMARY KEY (language, word))",
    "CREATE INDEX articles_word_rarest ON articles_word (language, stories)",
    "CREATE TABLE articles_wordnear (language varchar(8) NOT NULL, near varchar(24) NOT NULL, word varchar(24) NOT NULL,"
    " PRIMARY KEY (language, near, word))",
    "CREATE INDEX articles_wordnear_word ON articles_wordnear (language, word)",
    "CREATE TABLE articles_wordsaid (release_id bigint PRIMARY KEY"
    " REFERENCES articles_release (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)",
]
DROP = [f"DROP TABLE {table}" for table in ("articles_wordsaid", "articles_wordnear", "articles_word")]


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_place_summaries")]

    operations = [migrations.RunSQL(MAKE, DROP)]
