"""The wire desk: what the standard formats say of an item, how its versions are known, and where it stands in the inbox."""

import struct

import articles.models.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SEARCHED = {
    "sqlite": (
        [
            "CREATE VIRTUAL TABLE articles_wiretext USING fts5"
            " (words, columnsize = 0, tokenize = \"unicode61 remove_diacritics 2\")",
            # SQLite makes a table anew to change it, and forgets the triggers on it.
            "CREATE TRIGGER IF NOT EXISTS articles_desktext_forget AFTER DELETE ON articles_article"
            " BEGIN DELETE FROM articles_desktext WHERE rowid = OLD.id; END",
            "CREATE TRIGGER articles_wiretext_forget AFTER DELETE ON articles_wirerecord"
            " BEGIN DELETE FROM articles_wiretext WHERE rowid = OLD.id; END",
        ],
        ["DROP TRIGGER articles_wiretext_forget", "DROP TABLE articles_wiretext"],
    ),
    "postgresql": (
        [
            "CREATE TABLE articles_wiretext (record_id bigint PRIMARY KEY"
            " REFERENCES articles_wirerecord (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,"
            " words tsvector NOT NULL)",
            "CREATE INDEX articles_wiretext_words ON articles_wiretext USING gin (words)",
        ],
        ["DROP TABLE articles_wiretext"],
    ),
}


def run(statements, *, forwards):
    def operation(apps, schema_editor):
        for sql in statements[schema_editor.connection.vendor][0 if forwards else 1]:
            schema_editor.execute(sql)

    return operation


def carry_over(apps, schema_editor):
    """Give what came before a thread, an identity and a place in the inbox, and its paragraphs their shorter rows."""
    alias = schema_editor.connection.alias
    Record = apps.get_model("articles", "WireRecord")
    Paragraph = apps.get_model("articles", "WireParagraph")
    Key = apps.get_model("articles", "WireKey")
    records = Record.objects.using(alias)
    states = {"rejected": "quarantined", "duplicate": "known", "unchanged": "known"}
    known, threads, held = set(), {}, {}
    for record in records.order_by("pk").defer("content").iterator(chunk_size=500):
        changing = record.outcome in ("created", "updated")
        record.state = states.get(record.outcome, "new" if record.is_offered else "taken")
        if record.article_id:
            record.thread = threads.setdefault(record.article_id, record.text_key)
        if changing:
            record.thread = record.thread or record.text_key
            record.cluster = record.thread
            if record.text_key and record.text_key not in known:
                known.add(record.text_key)
                record.identity = record.text_key
            if record.article_id and not record.is_offered:
                held[record.article_id] = record.pk
            keys = list(Paragraph.objects.using(alias).filter(record=record.pk).order_by("pk").values_list("key", flat=True))
            record.paragraphs = struct.pack(f">{len(keys)}q", *keys)
            Key.objects.using(alias).bulk_create([Key(key=key, record=record.pk) for key in set(keys)])
        record.save(update_fields=["state", "thread", "cluster", "identity", "paragraphs"])
    pks = list(held.values())
    for first in range(0, len(pks), 500):
        records.filter(pk__in=pks[first : first + 500]).update(is_held=True)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('web', 'address on the web'), ('folder', 'watched folder'), ('mailbox', 'Mailbox')], default='web', max_length=8)),
                ('address', models.CharField(help_text='https://…, a folder, or imaps://host/folder.', max_length=500)),
                ('login', articles.models.fields.LineField(blank=True, max_length=160)),
                ('secret_name', models.CharField(blank=True, help_text='The environment variable that holds its password or token.', max_length=80)),
                ('format', models.CharField(default='auto', max_length=20)),
                ('waits', models.BooleanField(default=True, help_text='Until somebody takes it; otherwise each item is a draft at once.', verbose_name='waits in the inbox')),
                ('is_active', models.BooleanField(default=True)),
                ('every', models.PositiveIntegerField(default=5, help_text='Minutes between two looks.')),
                ('silent_after', models.PositiveIntegerField(blank=True, help_text='Minutes without a new item after which the desk is told.', null=True)),
                ('etag', models.CharField(blank=True, editable=False, max_length=300)),
                ('last_modified', models.CharField(blank=True, editable=False, max_length=100)),
                ('seen', models.JSONField(blank=True, default=dict, editable=False, help_text='Where the last look ended.')),
                ('next_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('looked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_item_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('last_error', articles.models.fields.LineField(blank=True, editable=False, max_length=300)),
            ],
            options={
                'ordering': ['source__name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WireKey',
            fields=[
                ('pk', models.CompositePrimaryKey('key', 'record', blank=True, editable=False, primary_key=True, serialize=False)),
                ('key', models.BigIntegerField()),
                ('record', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='WireRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urgency', models.PositiveSmallIntegerField(blank=True, help_text='Where it gives none: 1 the most urgent, 8 the least.', null=True)),
                ('replacements', models.TextField(blank=True, help_text='One a line, “find → put”; in headline, standfirst, body and captions, case counts.')),
                ('keep_words', models.TextField(blank=True, help_text='One a line. Kept only if one of them is in it. Empty: all.')),
                ('drop_words', models.TextField(blank=True, help_text='One a line. What holds one of them is spiked on arrival.')),
                ('keep_categories', models.TextField(blank=True, help_text='Codes or names of its subjects and genres, one a line.')),
                ('drop_categories', models.TextField(blank=True, help_text='Codes or names of its subjects and genres, one a line.')),
                ('obeys_kills', models.BooleanField(default=False, help_text='A kill retracts what readers have at once, with the note below. Otherwise a person does.')),
                ('kill_note', models.CharField(blank=True, default='This story has been withdrawn because the agency that it came from withdrew it.', help_text='What readers are told then.', max_length=300)),
                ('silent_after', models.PositiveIntegerField(blank=True, help_text='Minutes without anything from it after which the desk is told.', null=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['source__name'],
            },
        ),
        migrations.CreateModel(
            name='WireUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', articles.models.fields.LineField(max_length=200)),
                ('size', models.PositiveIntegerField(default=0)),
                ('format', models.CharField(default='auto', max_length=20)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AlterModelOptions(
            name='article',
            options={'ordering': ['-updated_at', '-id'], 'permissions': [('submit_article', 'Can submit stories'), ('edit_submitted_article', 'Can edit stories that were submitted'), ('approve_article', 'Can approve stories'), ('publish_article', 'Can release and schedule stories'), ('correct_article', 'Can send corrections to readers'), ('retract_article', 'Can retract stories'), ('spike_article', 'Can spike stories and take them back'), ('set_legal_hold', 'Can set and lift a legal hold'), ('override_two_persons', 'Can release without a second person, with a reason'), ('override_embargo', 'Can release before an embargo ends, with a reason'), ('override_usage', "Can release against an agency's usage terms, with a reason"), ('lift_kill', 'Can use a story again that the wire killed or withheld, with a reason'), ('view_confidential_article', 'Can see and mark confidential stories'), ('export_article', 'Can export lists of stories'), ('share_preview', 'Can give outsiders a preview'), ('erase_text', 'Can erase a passage from every revision and release'), ('name_revision', 'Can name revisions'), ('span_desks', 'Can work on every desk')]},
        ),
        migrations.AlterModelOptions(
            name='wirebatch',
            options={'ordering': ['-created_at', '-id'], 'permissions': [('import_stories', 'Can import stories'), ('undo_import', 'Can undo an import')], 'verbose_name_plural': 'wire batches'},
        ),
        migrations.AlterModelOptions(
            name='wirerecord',
            options={'ordering': ['-id'], 'permissions': [('work_wire', 'Can take, attach, park, spike and repair what came over the wire')]},
        ),
        migrations.RemoveConstraint(
            model_name='savedview',
            name='savedview_name_unique',
        ),
        migrations.RemoveConstraint(
            model_name='wirerecord',
            name='wirerecord_outcome_valid',
        ),
        migrations.AddField(
            model_name='article',
            name='delete_by',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='excluded_territories',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='no_archive',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='no_syndication',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='territories',
            field=models.JSONField(blank=True, default=list, editable=False, help_text='ISO codes; empty: everywhere.'),
        ),
        migrations.AddField(
            model_name='article',
            name='usage_terms',
            field=models.TextField(blank=True, editable=False, help_text="In the agency's words."),
        ),
        migrations.AddField(
            model_name='article',
            name='wire_changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='wire_note',
            field=articles.models.fields.LineField(blank=True, editable=False, help_text="Why, in the agency's words.", max_length=500),
        ),
        migrations.AddField(
            model_name='article',
            name='wire_standing',
            field=models.CharField(choices=[('usable', 'Usable'), ('withheld', 'Withheld'), ('canceled', 'killed')], default='usable', editable=False, help_text='What the agency that it came from says of it. Anything else stands between the story and readers.', max_length=10),
        ),
        migrations.AddField(
            model_name='release',
            name='excluded_territories',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='release',
            name='no_archive',
            field=models.BooleanField(default=False, help_text='Not to be kept: no day of the archive lists it.'),
        ),
        migrations.AddField(
            model_name='release',
            name='no_syndication',
            field=models.BooleanField(default=False, help_text='Not to be passed on: left out of every export.'),
        ),
        migrations.AddField(
            model_name='release',
            name='territories',
            field=models.JSONField(blank=True, default=list, help_text='ISO codes of where it may show; empty: all.'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='screen',
            field=models.CharField(default='stories', editable=False, help_text='The list that it is of.', max_length=10),
        ),
        migrations.AddField(
            model_name='wirebatch',
            name='asked_at',
            field=models.DateTimeField(blank=True, help_text='When somebody said that it is to be brought in.', null=True),
        ),
        migrations.AddField(
            model_name='wirebatch',
            name='undone_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wirebatch',
            name='waits',
            field=models.BooleanField(default=False, help_text='What came waits in the inbox until somebody takes it; otherwise it is drafts at once.'),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='cluster',
            field=models.CharField(blank=True, help_text='What the tellings of one story share.', max_length=32),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='delete_by',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='ednote',
            field=models.TextField(blank=True, verbose_name='note to editors'),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='embargo_note',
            field=articles.models.fields.LineField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='embargo_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='excluded_territories',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='first_sent_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='genre',
            field=articles.models.fields.LineField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='identity',
            field=models.CharField(blank=True, help_text='Hash of provider, id and version, or of its text.', max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='is_held',
            field=models.BooleanField(default=False, help_text="The version that the desk's story was last made from."),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='link',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='mended_from',
            field=models.ForeignKey(blank=True, help_text='What was repaired by hand.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mended', to='articles.wirerecord'),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='no_archive',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='no_syndication',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='paragraphs',
            field=models.BinaryField(default=b'', help_text='Hashes of its paragraphs, eight bytes each.'),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='sent_at',
            field=models.DateTimeField(blank=True, help_text='When its provider sent this version.', null=True),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='signature',
            field=models.BinaryField(default=b'', help_text='MinHash of its word shingles, four bytes a bin.'),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='slugline',
            field=articles.models.fields.LineField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='source',
            field=models.ForeignKey(blank=True, help_text='Who sent it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='wire_records', to='articles.source'),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='standing',
            field=models.CharField(choices=[('usable', 'Usable'), ('withheld', 'Withheld'), ('canceled', 'killed')], default='usable', max_length=10),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='state',
            field=models.CharField(choices=[('new', 'waits'), ('taken', 'Taken'), ('attached', 'Attached'), ('parked', 'Parked'), ('spiked', 'Spiked'), ('quarantined', 'Quarantined'), ('replaced', 'a newer one took its place'), ('known', 'nothing new')], default='new', max_length=12),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='taken_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='taken_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='taken_records', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='territories',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='thread',
            field=models.CharField(blank=True, help_text='What the versions of one item share.', max_length=32),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='unmapped',
            field=models.JSONField(blank=True, default=dict, help_text='What no field holds, as it stood.'),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='urgency',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wirerecord',
            name='usage_terms',
            field=models.TextField(blank=True, help_text="In the provider's words."),
        ),
        migrations.AlterField(
            model_name='wirerecord',
            name='outcome',
            field=models.CharField(choices=[('created', 'Created'), ('updated', 'Updated'), ('unchanged', 'Unchanged'), ('duplicate', 'Duplicate'), ('out_of_date', 'out of date'), ('killed', 'kill'), ('rejected', 'Rejected')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('wire_standing', 'usable'), _negated=True), fields=['-wire_changed_at'], name='article_wire_hold'),
        ),
        migrations.AddIndex(
            model_name='wirerecord',
            index=models.Index(condition=models.Q(('thread', ''), _negated=True), fields=['thread'], name='wirerecord_by_thread'),
        ),
        migrations.AddIndex(
            model_name='wirerecord',
            index=models.Index(condition=models.Q(('cluster', ''), _negated=True), fields=['cluster'], name='wirerecord_by_cluster'),
        ),
        migrations.AddIndex(
            model_name='wirerecord',
            index=models.Index(condition=models.Q(('state__in', ['new', 'parked', 'quarantined'])), fields=['state', '-id'], name='wirerecord_waiting'),
        ),
        migrations.AddIndex(
            model_name='wirerecord',
            index=models.Index(fields=['source', '-id'], name='wirerecord_by_source'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('wire_standing__in', ['usable', 'withheld', 'canceled'])), name='article_wire_standing_valid'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'screen', 'name'), name='savedview_name_unique'),
        ),
        migrations.AddConstraint(
            model_name='wirerecord',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['created', 'updated', 'unchanged', 'duplicate', 'out_of_date', 'killed', 'rejected'])), name='wirerecord_outcome_valid'),
        ),
        migrations.AddConstraint(
            model_name='wirerecord',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'taken', 'attached', 'parked', 'spiked', 'quarantined', 'replaced', 'known'])), name='wirerecord_state_valid'),
        ),
        migrations.AddConstraint(
            model_name='wirerecord',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['usable', 'withheld', 'canceled'])), name='wirerecord_standing_valid'),
        ),
        migrations.AddConstraint(
            model_name='wirerecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_held', True)), fields=('thread', 'article'), name='wirerecord_one_held_a_story'),
        ),
        migrations.AddField(
            model_name='feedpoint',
            name='desk',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='articles.desk'),
        ),
        migrations.AddField(
            model_name='feedpoint',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='articles.source'),
        ),
        migrations.AddField(
            model_name='wirebatch',
            name='feed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batches', to='articles.feedpoint'),
        ),
        migrations.AddField(
            model_name='wirerule',
            name='desk',
            field=models.ForeignKey(blank=True, help_text='Where it goes; empty for the wire desk.', null=True, on_delete=django.db.models.deletion.PROTECT, to='articles.desk'),
        ),
        migrations.AddField(
            model_name='wirerule',
            name='regions',
            field=models.ManyToManyField(blank=True, help_text='Given to each of its stories.', to='articles.region'),
        ),
        migrations.AddField(
            model_name='wirerule',
            name='source',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='wire_rule', to='articles.source'),
        ),
        migrations.AddField(
            model_name='wirerule',
            name='topics',
            field=models.ManyToManyField(blank=True, help_text='Given to each of its stories.', to='articles.topic'),
        ),
        migrations.AddField(
            model_name='wireupload',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='articles.wirebatch'),
        ),
        migrations.AddField(
            model_name='wireupload',
            name='received',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='articles.wirebytes'),
        ),
        migrations.AddIndex(
            model_name='feedpoint',
            index=models.Index(fields=['is_active', 'next_at'], name='articles_fe_is_acti_b15eb2_idx'),
        ),
        migrations.AddConstraint(
            model_name='feedpoint',
            constraint=models.UniqueConstraint(fields=('kind', 'address', 'login'), name='feedpoint_once'),
        ),
        migrations.AddConstraint(
            model_name='feedpoint',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['web', 'folder', 'mailbox'])), name='feedpoint_kind_valid'),
        ),
        migrations.AddConstraint(
            model_name='wirerule',
            constraint=models.CheckConstraint(condition=models.Q(('urgency', None), models.Q(('urgency__gte', 1), ('urgency__lte', 8)), _connector='OR'), name='wirerule_urgency_valid'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='WireParagraph',
        ),
        migrations.RunPython(run(SEARCHED, forwards=True), run(SEARCHED, forwards=False)),
    ]
