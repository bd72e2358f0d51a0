"""A leaflet, and an answer that is kept ready, may be in Simplified Chinese."""

from django.db import migrations, models

_LANGUAGES = [('en', 'English'), ('ar', 'Arabic'), ('cy', 'Welsh'), ('de', 'German'), ('es', 'Spanish'), ('fr', 'French'), ('it', 'Italian'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('ur', 'Urdu'), ('zh-hans', 'Chinese (simplified)')]


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0042_leaflets_by_edition'),
    ]

    operations = [
        migrations.AlterField(
            model_name='cannedanswer',
            name='language',
            field=models.CharField(choices=_LANGUAGES, default='en', max_length=10, verbose_name='language'),
        ),
        migrations.AlterField(
            model_name='leaflet',
            name='language',
            field=models.CharField(choices=_LANGUAGES, default='en', max_length=10, verbose_name='language'),
        ),
    ]
