"""What the desk needs beside stories: work, notes, notices, unsaved drafts, the front page, seals of the log."""

import articles.models.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def _append_only(table, sentence):
    """Triggers that refuse to change or delete a row, for SQLite and for PostgreSQL, and what takes them away."""
    sqlite = [
        f"CREATE TRIGGER {table}_no_{word} BEFORE {word.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        for word in ("update", "delete")
    ]
    postgresql = [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN RAISE EXCEPTION '{sentence}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]
    back = [f"DROP TRIGGER {table}_no_{word} ON {table}" for word in ("truncate", "change")]
    return {
        "sqlite": (sqlite, [f"DROP TRIGGER {table}_no_{word}" for word in ("update", "delete")]),
        "postgresql": (postgresql, [*back, f"DROP FUNCTION {table}_append_only()"]),
    }


APPEND_ONLY = (
    _append_only("articles_eventseal", "Seals are append-only."),
    _append_only("articles_frontslot", "Decisions about the front page are append-only."),
)


def run(tables, *, forwards):
    def operation(apps, schema_editor):
        for statements in tables:
            for sql in statements[schema_editor.connection.vendor][0 if forwards else 1]:
                schema_editor.execute(sql)

    return operation


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_database_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('first_event', models.PositiveBigIntegerField()),
                ('last_event', models.PositiveBigIntegerField()),
                ('events', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['number'],
                'default_permissions': ('view',),
            },
        ),
        migrations.AlterModelOptions(
            name='article',
            options={'ordering': ['-updated_at', '-id'], 'permissions': [('submit_article', 'Can submit stories'), ('edit_submitted_article', 'Can edit stories that were submitted'), ('approve_article', 'Can approve stories'), ('publish_article', 'Can release and schedule stories'), ('correct_article', 'Can send corrections to readers'), ('retract_article', 'Can retract stories'), ('spike_article', 'Can spike stories and take them back'), ('set_legal_hold', 'Can set and lift a legal hold'), ('override_two_persons', 'Can release without a second person, with a reason'), ('override_embargo', 'Can release before an embargo ends, with a reason'), ('view_confidential_article', 'Can see and mark confidential stories'), ('export_article', 'Can export lists of stories'), ('share_preview', 'Can give outsiders a preview'), ('erase_text', 'Can erase a passage from every revision and release'), ('name_revision', 'Can name revisions'), ('span_desks', 'Can work on every desk')]},
        ),
        migrations.AddField(
            model_name='article',
            name='confidential',
            field=models.BooleanField(default=False, editable=False, help_text='Only who wrote it, who works on it, and who may see such stories.'),
        ),
        migrations.AddField(
            model_name='revision',
            name='name',
            field=articles.models.fields.LineField(blank=True, help_text='“Before the lawyers”: a revision with a name is kept for good.', max_length=80),
        ),
        # The table is the one that the relation had by itself; only the role is new.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='DeskMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='articles.desk')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'articles_desk_members',
                    },
                ),
                migrations.AlterField(
                    model_name='desk',
                    name='members',
                    field=models.ManyToManyField(blank=True, related_name='desks', through='articles.DeskMember', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterUniqueTogether(
                    name='deskmember',
                    unique_together={('desk', 'user')},
                ),
            ],
        ),
        migrations.AddField(
            model_name='deskmember',
            name='role',
            field=models.CharField(choices=[('guest', 'Guest: reads and comments, changes nothing'), ('member', 'Member'), ('lead', 'Lead: is told what the desk is told, and gives out work')], default='member', max_length=6),
        ),
        migrations.CreateModel(
            name='FrontSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.CharField(help_text='lead, secondary-1 …, strip-1 …, strip-1-story-1 …', max_length=40)),
                ('language', models.CharField(max_length=8)),
                ('public_id', models.CharField(blank=True, max_length=16)),
                ('place', models.CharField(blank=True, max_length=64)),
                ('live_from', models.DateTimeField()),
                ('live_until', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by_name', articles.models.fields.LineField(blank=True, max_length=160)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='front_slots', to=settings.AUTH_USER_MODEL)),
                ('withdraws', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_by', to='articles.frontslot')),
            ],
            options={
                'ordering': ['-id'],
                'permissions': [('arrange_front', 'Can arrange the front page')],
            },
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('submitted', 'A story was submitted to a desk I lead'), ('returned', 'A story of mine was returned'), ('approved', 'A story of mine was approved'), ('released', 'A story of mine went out to readers'), ('schedule_canceled', 'What I had scheduled was cancelled'), ('retracted', 'A story of mine was retracted'), ('assigned', 'Work was given to me'), ('accepted', 'Work that I gave out was accepted or done'), ('due', 'Work of mine is due soon, or late'), ('mentioned', 'Somebody mentioned me in a note'), ('noted', 'Somebody left a note on a story of mine'), ('wire', 'The wire changed or killed a story of mine'), ('confirm', "Something waits for a second person's word"), ('alarm', 'Something has gone wrong that a desk must know of')], max_length=20)),
                ('channel', models.CharField(choices=[('desk', 'on the desk'), ('mail', 'by e-mail')], max_length=4)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('field', models.CharField(blank=True, help_text='The field it is about; empty for the whole story.', max_length=40)),
                ('passage', models.TextField(blank=True, help_text='The paragraph it is about, as it then read.')),
                ('author_name', articles.models.fields.LineField(blank=True, max_length=160)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='articles.article')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to=settings.AUTH_USER_MODEL)),
                ('mentions', models.ManyToManyField(blank=True, related_name='mentioned_in', to=settings.AUTH_USER_MODEL)),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='resolved_notes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('submitted', 'A story was submitted to a desk I lead'), ('returned', 'A story of mine was returned'), ('approved', 'A story of mine was approved'), ('released', 'A story of mine went out to readers'), ('schedule_canceled', 'What I had scheduled was cancelled'), ('retracted', 'A story of mine was retracted'), ('assigned', 'Work was given to me'), ('accepted', 'Work that I gave out was accepted or done'), ('due', 'Work of mine is due soon, or late'), ('mentioned', 'Somebody mentioned me in a note'), ('noted', 'Somebody left a note on a story of mine'), ('wire', 'The wire changed or killed a story of mine'), ('confirm', "Something waits for a second person's word"), ('alarm', 'Something has gone wrong that a desk must know of')], max_length=20)),
                ('text', articles.models.fields.LineField(max_length=400)),
                ('address', models.CharField(blank=True, help_text='Where it leads, where that is not a story.', max_length=200)),
                ('once', models.CharField(max_length=120)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('by_mail', models.BooleanField(default=False)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='articles.article')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='OutletCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outlet', models.CharField(help_text='“Story page”, “Home”, “Region: Syria”, “RSS: Syria” …', max_length=80)),
                ('address', models.CharField(max_length=400)),
                ('expected', models.PositiveIntegerField(help_text='The release that should show there; empty for none.', null=True)),
                ('found', models.PositiveIntegerField(help_text='The release that showed there; empty for none.', null=True)),
                ('is_right', models.BooleanField()),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outlet_checks', to='articles.article')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('is_writing', models.BooleanField(default=False, help_text='They have changed something and not saved it yet.')),
                ('note', articles.models.fields.LineField(blank=True, help_text='“Please leave me this paragraph.”', max_length=200)),
                ('passage', articles.models.fields.LineField(blank=True, help_text='How the paragraph that the note is about begins.', max_length=200)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='articles.article')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('for_whom', articles.models.fields.LineField(help_text='Who gets it.', max_length=120)),
                ('at', models.DateTimeField(blank=True, help_text='The instant it shows; empty for the moment of opening.', null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('opened', models.PositiveIntegerField(default=0)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='articles.article')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(blank=True, help_text='Empty for the newest.', null=True, on_delete=django.db.models.deletion.CASCADE, to='articles.revision')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', articles.models.fields.LineField(max_length=80)),
                ('query', models.TextField(blank=True, help_text='The filters, as they stand in the address.')),
                ('columns', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('desk', models.ForeignKey(blank=True, help_text='The desk that it is shared with; empty for a private one.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to='articles.desk')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', articles.models.fields.LineField(help_text='What the story is.', max_length=200)),
                ('briefing', models.TextField(blank=True, help_text='Angle, people to ring, what the desk expects.')),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('words', models.PositiveIntegerField(blank=True, help_text='How long it should be.', null=True)),
                ('accepted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('done_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='articles.article')),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='given_assignments', to=settings.AUTH_USER_MODEL)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='articles.desk')),
            ],
            options={
                'ordering': ['due_at', 'id'],
                'indexes': [models.Index(fields=['assignee', 'done_at', 'due_at'], name='articles_as_assigne_ff3004_idx'), models.Index(fields=['desk', 'done_at', 'due_at'], name='articles_as_desk_id_ee3c84_idx')],
            },
        ),
        migrations.CreateModel(
            name='Autosave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, max_length=32)),
                ('base', models.PositiveIntegerField(default=0, help_text='The revision that they began from; 0 for a new story.')),
                ('form', models.JSONField(help_text='The fields by name, each a list of values, as a browser sends them.')),
                ('saved_at', models.DateTimeField()),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='autosaves', to='articles.article')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='autosaves', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-saved_at'],
                'constraints': [models.UniqueConstraint(fields=('user', 'article'), name='autosave_once_a_story'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('user', 'key'), name='autosave_once_a_form'), models.CheckConstraint(condition=models.Q(models.Q(('article', None), models.Q(('key', ''), _negated=True)), models.Q(('article__isnull', False), ('key', '')), _connector='OR'), name='autosave_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='BulkOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=20)),
                ('details', models.JSONField(default=dict)),
                ('stories', models.JSONField()),
                ('reason', articles.models.fields.LineField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('results', models.JSONField(default=list)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmed_orders', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_orders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('made_by')), _negated=True), _connector='OR'), name='bulkorder_second_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='deskmember',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['guest', 'member', 'lead'])), name='deskmember_role_valid'),
        ),
        migrations.AddIndex(
            model_name='frontslot',
            index=models.Index(fields=['language', 'slot', '-id'], name='articles_fr_languag_87f179_idx'),
        ),
        migrations.AddIndex(
            model_name='frontslot',
            index=models.Index(fields=['language', 'live_until'], name='articles_fr_languag_1b478e_idx'),
        ),
        migrations.AddConstraint(
            model_name='frontslot',
            constraint=models.CheckConstraint(condition=models.Q(('live_until', None), ('live_until__gt', models.F('live_from')), _connector='OR'), name='frontslot_window_valid'),
        ),
        migrations.AddConstraint(
            model_name='frontslot',
            constraint=models.CheckConstraint(condition=models.Q(('live_from__gte', models.F('made_at'))), name='frontslot_never_of_the_past'),
        ),
        migrations.AddConstraint(
            model_name='frontslot',
            constraint=models.CheckConstraint(condition=models.Q(('withdraws__isnull', False), models.Q(('public_id', ''), _negated=True), models.Q(('place', ''), _negated=True), _connector='OR'), name='frontslot_holds_something'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.UniqueConstraint(fields=('user', 'reason', 'channel'), name='mute_once'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['desk', 'mail'])), name='mute_channel_valid'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['article', 'resolved_at', 'created_at'], name='articles_no_article_994a76_idx'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['recipient', 'read_at', '-id'], name='articles_no_recipie_d2bb0e_idx'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('recipient', 'once'), name='notice_once'),
        ),
        migrations.AddIndex(
            model_name='outletcheck',
            index=models.Index(fields=['is_right', 'checked_at'], name='articles_ou_is_righ_9becc6_idx'),
        ),
        migrations.AddConstraint(
            model_name='outletcheck',
            constraint=models.UniqueConstraint(fields=('article', 'address'), name='outletcheck_once'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('article', 'user'), name='presence_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='savedview_name_unique'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['action', '-id'], name='event_by_action'),
        ),
        migrations.RunPython(run(APPEND_ONLY, forwards=True), run(APPEND_ONLY, forwards=False)),
    ]
