import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters are counted by person and date; those of before were counted by version and are forgotten."""

    dependencies = [
        ('monographs', '0006_texts_have_a_longest_length'),
    ]

    operations = [
        migrations.DeleteModel(name='Reminder'),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='next review')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days before')),
                ('claimed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('leaflet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.leaflet')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='to whom')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'constraints': [models.UniqueConstraint(fields=('person', 'leaflet', 'due_on', 'days'), name='reminder_once')],
            },
        ),
    ]
