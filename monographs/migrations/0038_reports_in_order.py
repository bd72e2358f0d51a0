"""Reports of replies, in the orders in which they are looked for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0037_how_long_words_are_kept'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('words__gt', '')), fields=['at', 'id'], name='report_words'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('hidden_address__gt', '')), fields=['hidden_address', '-at'], name='report_from'),
        ),
    ]
