"""What each place has, counted; and of each list an index of the few rows that have an end."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0013_deletion_by_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlaceSummary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=8)),
                ('stories', models.PositiveIntegerField(default=0)),
                ('topics', models.JSONField(default=list, help_text='Topics of its stories of late: pairs of a code and a count.')),
                ('sources', models.JSONField(default=list, help_text='Sources that its newest stories rest on: the same.')),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'place summaries',
                'ordering': ['place', 'language'],
            },
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(condition=models.Q(('live_until__isnull', False)), fields=['place', 'language', 'live_until'], name='listing_that_ends'),
        ),
        migrations.AddIndex(
            model_name='placesummary',
            index=models.Index(fields=['counted_at'], name='summary_by_age'),
        ),
        migrations.AddConstraint(
            model_name='placesummary',
            constraint=models.UniqueConstraint(fields=('place', 'language'), name='summary_once'),
        ),
    ]
