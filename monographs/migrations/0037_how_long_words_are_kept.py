"""How long what readers wrote is kept, by what became of it."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0036_packs'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('approved', 'replies that are shown'), ('rejected', 'rejected replies'), ('spam', 'spam'), ('withdrawn', 'replies that their writers withdrew'), ('address', 'the e-mail addresses of writers, after the decision'), ('report', 'what readers wrote in reports of replies')], max_length=10, unique=True, verbose_name='what')),
                ('days', models.PositiveIntegerField(blank=True, help_text='Empty: kept until somebody erases them.', null=True, validators=[django.core.validators.MinValueValidator(30)], verbose_name='days after the decision')),
            ],
            options={
                'verbose_name': 'how long readers’ words are kept',
                'verbose_name_plural': 'how long readers’ words are kept',
                'ordering': ('pk',),
                'permissions': (('export_person', 'Can export everything that is stored of one reader'),),
            },
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('erased_at', None), ('staff', None)), fields=['state', 'at', 'id'], name='comment_to_erase'),
        ),
    ]
