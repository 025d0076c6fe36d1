"""Indexes for the desk's list of stories: a page of it is read along one of them, in its order."""

from django.db import migrations, models


def index(model, name, *fields, **kw):
    return migrations.AddIndex(model, models.Index(fields=fields, name=name, **kw))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_desk_search")]

    operations = [
        migrations.RemoveIndex("article", "articles_ar_status_4a9240_idx"),
        index("article", "articles_ar_status_8dd1f2_idx", "status", "-updated_at", "-id"),
        index("article", "articles_ar_desk_id_b94227_idx", "desk", "-updated_at", "-id"),
        index("article", "articles_ar_languag_e3de87_idx", "language", "-updated_at", "-id"),
        index("article", "articles_ar_urgency_58a2a4_idx", "urgency", "-updated_at", "-id"),
        index("article", "articles_ar_created_a3d32e_idx", "-created_at", "-id"),
        index("article", "article_confidential", "-updated_at", "-id", condition=models.Q(confidential=True)),
        index("release", "articles_re_kind_04aa13_idx", "kind", "article"),
    ]
