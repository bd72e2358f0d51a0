"""Readers regret: the words of a reply can go, and the record holds none. Rows of before keep their unsealed digests."""

import monographs.audit.readers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0022_replies_have_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('key', models.CharField(default=monographs.audit.readers.new_seal, max_length=64, verbose_name='key')),
            ],
            options={
                'verbose_name': 'key of a day’s addresses',
                'verbose_name_plural': 'keys of the days’ addresses',
            },
        ),
        migrations.AlterModelOptions(
            name='comment',
            options={'ordering': ('at', 'pk'), 'permissions': (('moderate_comment', 'Can approve, reject and mark replies as spam'), ('answer_comment', 'Can answer replies for the clinic'), ('erase_comment', 'Can erase the words of replies for good')), 'verbose_name': 'reply', 'verbose_name_plural': 'replies'},
        ),
        migrations.RemoveConstraint(
            model_name='comment',
            name='comment_has_text',
        ),
        migrations.AddField(
            model_name='comment',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='erased'),
        ),
        migrations.AddField(
            model_name='comment',
            name='seal',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='key of the seal of its words'),
        ),
        migrations.AlterField(
            model_name='comment',
            name='seal',
            field=models.CharField(blank=True, default=monographs.audit.readers.new_seal, editable=False, max_length=64, verbose_name='key of the seal of its words'),
        ),
        migrations.AddField(
            model_name='factcheck',
            name='seal',
            field=models.CharField(default='', editable=False, max_length=64, verbose_name='key of the seal of its words'),
        ),
        migrations.AlterField(
            model_name='factcheck',
            name='seal',
            field=models.CharField(default=monographs.audit.readers.new_seal, editable=False, max_length=64, verbose_name='key of the seal of its words'),
        ),
        migrations.AlterField(
            model_name='comment',
            name='body',
            field=models.TextField(blank=True, verbose_name='text'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_at', None), models.Q(('body', ''), _negated=True)), models.Q(('body', ''), ('erased_at__isnull', False), ('name', ''), ('seal', '')), _connector='OR'), name='comment_has_text_or_is_erased'),
        ),
    ]
