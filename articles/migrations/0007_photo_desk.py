"""The photo desk: rights, framing and versions of pictures, what they look like, and which releases show them.

Pictures can be searched: of one that is deleted, nothing stays in the index. On SQLite a migration that makes the table
of pictures anew takes the trigger away: it has to make that anew as well.
"""

import re

import articles.models.fields
import articles.models.photo
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from articles import text

PHOTO_TEXT = {
    "sqlite": (
        [
            "CREATE VIRTUAL TABLE articles_phototext USING fts5"
            " (words, columnsize = 0, tokenize = \"unicode61 remove_diacritics 2\")",
            "CREATE TRIGGER articles_phototext_forget AFTER DELETE ON articles_photo"
            " BEGIN DELETE FROM articles_phototext WHERE rowid = old.id; END",
        ],
        ["DROP TRIGGER articles_phototext_forget", "DROP TABLE articles_phototext"],
    ),
    "postgresql": (
        [
            "CREATE TABLE articles_phototext (photo_id bigint PRIMARY KEY"
            " REFERENCES articles_photo (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,"
            " words tsvector NOT NULL)",
            "CREATE INDEX articles_phototext_words ON articles_phototext USING gin (words)",
        ],
        ["DROP TABLE articles_phototext"],
    ),
}
FILL = {
    "sqlite": "INSERT INTO articles_phototext (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO articles_phototext (photo_id, words) VALUES (%s, to_tsvector('simple', %s))",
}


def run(statements, *, forwards):
    def operation(apps, schema_editor):
        for sql in statements[schema_editor.connection.vendor][0 if forwards else 1]:
            schema_editor.execute(sql)

    return operation


def index_photos(apps, schema_editor):
    """Index the pictures that are there, in words as they were made when this was written."""
    connection = schema_editor.connection
    rows = []
    for photo in apps.get_model("articles", "Photo").objects.using(connection.alias).select_related("region", "agency"):
        parts = [photo.caption, photo.alt_text, photo.credit, photo.photographer, photo.rights_holder]
        parts += [photo.original_name, photo.public_id]
        parts += [thing.name for thing in (photo.region, photo.agency) if thing]
        rows.append((photo.pk, re.sub(r"['’-]", " ", text.fold(" ".join(parts)))[:200_000]))
    with connection.cursor() as cursor:
        cursor.executemany(FILL[connection.vendor], rows)


def note_what_releases_show(apps, schema_editor):
    alias = schema_editor.connection.alias
    photos = dict(apps.get_model("articles", "Photo").objects.using(alias).values_list("public_id", "pk"))
    shown = apps.get_model("articles", "ReleasedPhoto")
    releases = apps.get_model("articles", "Release").objects.using(alias).exclude(picture=None).only("pk", "document")
    rows = []
    for release in releases.iterator(chunk_size=200):
        for position, picture in enumerate(release.document.get("pictures", ())):
            if picture.get("id") in photos:
                rows.append(shown(release_id=release.pk, photo_id=photos[picture["id"]], position=position))
        if len(rows) > 500:
            shown.objects.using(alias).bulk_create(rows)
            rows = []
    shown.objects.using(alias).bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_wire_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('original', models.FileField(blank=True, max_length=200, storage=articles.models.photo.original_storage, upload_to='')),
                ('original_name', articles.models.fields.LineField(blank=True, max_length=200)),
                ('metadata', models.JSONField(default=dict)),
                ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-replaced_at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LikenessBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.IntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PhotoRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('author_name', articles.models.fields.LineField(blank=True, max_length=160)),
                ('reason', articles.models.fields.LineField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-number'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ReleasedPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(help_text='Its place among the pictures of the released document.')),
                ('recipe', models.CharField(blank=True, max_length=32)),
                ('crop_recipe', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'ordering': ['release', 'position'],
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='rendition',
            name='rendition_once',
        ),
        migrations.AddField(
            model_name='photo',
            name='city',
            field=articles.models.fields.LineField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='photo',
            name='cost_class',
            field=models.CharField(blank=True, choices=[('', 'not known'), ('owned', 'our own'), ('free', 'free to use'), ('handout', 'handout'), ('subscription', 'in a subscription'), ('per_use', 'paid for each use')], default='', max_length=12, verbose_name='cost'),
        ),
        migrations.AddField(
            model_name='photo',
            name='digital_source',
            field=models.CharField(blank=True, help_text='IPTC’s word for how it was made: digitalCapture, trainedAlgorithmicMedia.', max_length=60),
        ),
        migrations.AddField(
            model_name='photo',
            name='excluded_territories',
            field=models.JSONField(blank=True, default=list, help_text='Codes of the countries where it may not.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='extended_description',
            field=models.TextField(blank=True, help_text='For a chart or a map: all that it shows, for those who cannot see it.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='files_deleted_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When its public files left storage because rights had ended.', null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='headline',
            field=articles.models.fields.LineField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='photo',
            name='instructions',
            field=models.TextField(blank=True, verbose_name='special instructions'),
        ),
        migrations.AddField(
            model_name='photo',
            name='keep_h',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='keep_w',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='keep_x',
            field=models.FloatField(blank=True, help_text='Left edge of the part that no crop may cut.', null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='keep_y',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='keywords',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='photo',
            name='licence',
            field=articles.models.fields.LineField(blank=True, help_text='“CC BY 4.0”, or the contract.', max_length=120),
        ),
        migrations.AddField(
            model_name='photo',
            name='likeness',
            field=models.CharField(blank=True, editable=False, help_text='What the picture looks like, in hexadecimal digits.', max_length=80),
        ),
        migrations.AddField(
            model_name='photo',
            name='people',
            field=models.JSONField(blank=True, default=list, help_text='Names, from left to right.', verbose_name='people shown'),
        ),
        migrations.AddField(
            model_name='photo',
            name='provider_id',
            field=articles.models.fields.LineField(blank=True, max_length=120, verbose_name='supplier’s number'),
        ),
        migrations.AddField(
            model_name='photo',
            name='render_problem',
            field=articles.models.fields.LineField(blank=True, editable=False, help_text='Why it could not be prepared.', max_length=200),
        ),
        migrations.AddField(
            model_name='photo',
            name='supplier',
            field=models.ForeignKey(blank=True, help_text='Whom the newsroom has it from.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supplied_photos', to='articles.source'),
        ),
        migrations.AddField(
            model_name='photo',
            name='taken_offset',
            field=models.SmallIntegerField(blank=True, editable=False, help_text='Minutes east of UTC where it was taken; empty: not known.', null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='taken_precision',
            field=models.CharField(choices=[('time', 'to the minute'), ('day', 'the day'), ('month', 'the month'), ('year', 'the year')], default='time', max_length=5),
        ),
        migrations.AddField(
            model_name='photo',
            name='territories',
            field=models.JSONField(blank=True, default=list, help_text='Codes of the countries where it may be used; none: everywhere.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='usable_from',
            field=models.DateTimeField(blank=True, help_text='Nobody may use the picture before this.', null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='photocaption',
            name='awaited_file',
            field=articles.models.fields.LineField(blank=True, editable=False, help_text='The file or number by which the copy named the picture.', max_length=200),
        ),
        migrations.AddField(
            model_name='photocaption',
            name='framing',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='photocaption',
            name='written_over',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='rendition',
            name='recipe',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['-created_at', '-id'], name='photo_newest'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['region', '-created_at', '-id'], name='photo_of_region'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['supplier', '-created_at', '-id'], name='photo_of_supplier'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['taken_at'], name='photo_taken'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('usable_until__isnull', False)), fields=['usable_until'], name='photo_ending'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('alt_text', '')), fields=['-created_at', '-id'], name='photo_without_alt'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='photo_by_provider'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('keep_h', None), ('keep_w', None), ('keep_x', None), ('keep_y', None)), models.Q(('keep_h__gt', 0), ('keep_w__gt', 0), ('keep_x__gte', 0), ('keep_y__gte', 0), ('keep_x__lte', django.db.models.expressions.CombinedExpression(models.Value(1.0001), '-', models.F('keep_w'))), ('keep_y__lte', django.db.models.expressions.CombinedExpression(models.Value(1.0001), '-', models.F('keep_h')))), _connector='OR'), name='photo_keep_inside'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('usable_from', None), ('usable_until', None), ('usable_until__gt', models.F('usable_from')), _connector='OR'), name='photo_rights_window_valid'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.UniqueConstraint(fields=('photo', 'recipe', 'crop', 'format', 'width'), name='rendition_once'),
        ),
        migrations.AddField(
            model_name='formerfile',
            name='photo',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_files', to='articles.photo'),
        ),
        migrations.AddField(
            model_name='likenessband',
            name='photo',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likeness_bands', to='articles.photo'),
        ),
        migrations.AddField(
            model_name='photorevision',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='photo_revisions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='photorevision',
            name='photo',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='articles.photo'),
        ),
        migrations.AddField(
            model_name='releasedphoto',
            name='photo',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases_shown', to='articles.photo'),
        ),
        migrations.AddField(
            model_name='releasedphoto',
            name='release',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos_shown', to='articles.release'),
        ),
        migrations.AddIndex(
            model_name='likenessband',
            index=models.Index(fields=['band', 'photo'], name='likeness_by_band'),
        ),
        migrations.AddConstraint(
            model_name='photorevision',
            constraint=models.UniqueConstraint(fields=('photo', 'number'), name='photorevision_number_unique'),
        ),
        migrations.AddConstraint(
            model_name='releasedphoto',
            constraint=models.UniqueConstraint(fields=('release', 'position'), name='releasedphoto_once'),
        ),
        migrations.RunPython(run(PHOTO_TEXT, forwards=True), run(PHOTO_TEXT, forwards=False)),
        migrations.RunPython(index_photos, migrations.RunPython.noop),
        migrations.RunPython(note_what_releases_show, migrations.RunPython.noop),
    ]
