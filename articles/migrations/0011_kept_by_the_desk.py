"""Drafts that came while another one waited, who guesses passwords, what groups were offered, and a notice of spikes."""

import django.db.models.deletion
from django.db import migrations, models


def remember_offers(apps, schema_editor):
    """The groups that are there have been offered what this newsroom knew before this upgrade.

    Permissions that come with it are made when all migrations are through, and are not among these.
    """
    using = schema_editor.connection.alias
    groups = list(apps.get_model("auth", "Group").objects.using(using))
    permissions = list(apps.get_model("auth", "Permission").objects.using(using))
    offered = apps.get_model("articles", "OfferedPermission")
    offered.objects.using(using).bulk_create(
        offered(group=group, permission=permission) for group in groups for permission in permissions
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_index_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferedPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=64)),
                ("address", models.CharField(max_length=45)),
                ("at", models.DateTimeField()),
                ("got_in", models.BooleanField(default=False)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="autosave",
            name="autosave_once_a_story",
        ),
        migrations.RemoveConstraint(
            model_name="autosave",
            name="autosave_once_a_form",
        ),
        migrations.RemoveConstraint(
            model_name="autosave",
            name="autosave_of_one_thing",
        ),
        migrations.AlterField(
            model_name="mute",
            name="reason",
            field=models.CharField(
                choices=[
                    ("submitted", "A story was submitted to a desk I lead"),
                    ("returned", "A story of mine was returned"),
                    ("spiked", "A story of mine, or of a desk I lead, was spiked"),
                    ("approved", "A story of mine was approved"),
                    ("released", "A story of mine went out to readers"),
                    ("schedule_canceled", "What I had scheduled was cancelled"),
                    ("retracted", "A story of mine was retracted"),
                    ("assigned", "Work was given to me"),
                    ("accepted", "Work that I gave out was accepted or done"),
                    ("due", "Work of mine is due soon, or late"),
                    ("mentioned", "Somebody mentioned me in a note"),
                    ("noted", "Somebody left a note on a story of mine"),
                    ("wire", "The wire changed or killed a story of mine"),
                    ("confirm", "Something waits for a second person's word"),
                    ("alarm", "Something has gone wrong that a desk must know of"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="reason",
            field=models.CharField(
                choices=[
                    ("submitted", "A story was submitted to a desk I lead"),
                    ("returned", "A story of mine was returned"),
                    ("spiked", "A story of mine, or of a desk I lead, was spiked"),
                    ("approved", "A story of mine was approved"),
                    ("released", "A story of mine went out to readers"),
                    ("schedule_canceled", "What I had scheduled was cancelled"),
                    ("retracted", "A story of mine was retracted"),
                    ("assigned", "Work was given to me"),
                    ("accepted", "Work that I gave out was accepted or done"),
                    ("due", "Work of mine is due soon, or late"),
                    ("mentioned", "Somebody mentioned me in a note"),
                    ("noted", "Somebody left a note on a story of mine"),
                    ("wire", "The wire changed or killed a story of mine"),
                    ("confirm", "Something waits for a second person's word"),
                    ("alarm", "Something has gone wrong that a desk must know of"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="autosave",
            constraint=models.UniqueConstraint(fields=("user", "article", "key"), name="autosave_once_a_story"),
        ),
        migrations.AddConstraint(
            model_name="autosave",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article", None)), fields=("user", "key"), name="autosave_once_a_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="autosave",
            constraint=models.CheckConstraint(
                condition=models.Q(("article__isnull", False), models.Q(("key", ""), _negated=True), _connector="OR"),
                name="autosave_of_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="offeredpermission",
            name="group",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="auth.group"),
        ),
        migrations.AddField(
            model_name="offeredpermission",
            name="permission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="auth.permission"
            ),
        ),
        migrations.AddIndex(
            model_name="signin",
            index=models.Index(fields=["address", "at"], name="articles_si_address_3fa2b3_idx"),
        ),
        migrations.AddIndex(
            model_name="signin",
            index=models.Index(fields=["at"], name="articles_si_at_2591c0_idx"),
        ),
        migrations.AddConstraint(
            model_name="offeredpermission",
            constraint=models.UniqueConstraint(fields=("group", "permission"), name="offeredpermission_once"),
        ),
        migrations.RunPython(remember_offers, migrations.RunPython.noop),
    ]
