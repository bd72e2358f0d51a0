"""Words taken out of replies, cries for help and their playbook, readers' reports, appeals."""

import django.db.models.deletion
import django.utils.timezone
import monographs.comments.objections.reports
from django.conf import settings
from django.db import migrations, models


def let_go(apps, schema_editor):
    """On the way back SQLite takes no table away that another table's trigger speaks of."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%monographs_redaction%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0032_replies_are_passed_on_and_rejected_with_a_reason'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='comment',
            options={'ordering': ('at', 'pk'), 'permissions': (('moderate_comment', 'Can approve, reject and mark replies as spam'), ('answer_comment', 'Can answer replies for the clinic'), ('erase_comment', 'Can erase the words of replies for good'), ('view_original_comment', 'Can see what was taken out of replies')), 'verbose_name': 'reply', 'verbose_name_plural': 'replies'},
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True, verbose_name='what the writer says')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('is_upheld', models.BooleanField(blank=True, null=True, verbose_name='the reply is shown after all')),
                ('grounds', models.TextField(blank=True, verbose_name='grounds')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='monographs.comment')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
            },
        ),
        migrations.CreateModel(
            name='Playbook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('steps', models.TextField(default='Read the whole reply slowly, and what it answers.\nTell a colleague that you have opened it. You do not have to do this alone.\nIf an address or a number was left: call or write now, with the words below.\nIf somebody may be in danger at this moment and can be found: call the emergency services.\nTell the person at the clinic who is responsible for safeguarding.\nWrite down below what was done and by whom, without words of the reply.', help_text='One a line.', verbose_name='steps to tick')),
                ('words', models.TextField(default='Thank you for telling us. It took courage to write this. You are not alone, and we want you to be safe.\nAre you safe at this moment? Have you taken anything?\nPlease call the emergency number now, or one of the lines on this page. They answer day and night.', verbose_name='words to use')),
                ('when_to_call', models.TextField(default='Call the emergency services if something was taken in an amount that may harm, if somebody says that they will act soon, cannot breathe, is unconscious or is a child, and you know where or how they can be found.', verbose_name='when to call the emergency services')),
            ],
            options={
                'verbose_name': 'playbook for a cry for help',
                'verbose_name_plural': 'the playbook for a cry for help',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='only_one_playbook')],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_name', models.CharField(blank=True, max_length=80)),
                ('was_body', models.TextField(blank=True)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('body', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('reason', models.CharField(max_length=1000, verbose_name='reason')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='monographs.comment', verbose_name='reply')),
            ],
            options={
                'verbose_name': 'words taken out of a reply',
                'verbose_name_plural': 'words taken out of replies',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='CrisisCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='opened')),
                ('steps', models.JSONField(default=list, verbose_name='steps')),
                ('note', models.TextField(blank=True, verbose_name='what was done')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='crisis', to='monographs.comment')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
            ],
            options={
                'verbose_name': 'cry for help',
                'verbose_name_plural': 'cries for help',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closed_by', models.F('opened_by')), _negated=True)), _connector='OR'), name='crisis_closed_by_a_second_person')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='monographs.comment')),
            ],
            options={
                'verbose_name': 'opening of a cry for help',
                'verbose_name_plural': 'openings of cries for help',
                'indexes': [models.Index(fields=['by', 'at'], name='opening_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('illegal', 'It is against the law'), ('false', 'It is false, and could harm somebody'), ('personal', 'It tells who somebody is'), ('other', 'Something else')], max_length=10, verbose_name='reason')),
                ('words', models.TextField(blank=True, verbose_name='in their words')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('key', models.CharField(default=monographs.comments.objections.reports._new_key, editable=False, max_length=40, unique=True)),
                ('hidden_address', models.CharField(blank=True, editable=False, max_length=64)),
                ('is_upheld', models.BooleanField(blank=True, null=True, verbose_name='the reply was taken away')),
                ('grounds', models.TextField(blank=True, verbose_name='grounds')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='monographs.comment', verbose_name='reply')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
            ],
            options={
                'verbose_name': 'report of a reply',
                'verbose_name_plural': 'reports of replies',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['comment', 'decided_at'], name='report_open'), models.Index(condition=models.Q(('decided_at', None)), fields=['at'], name='report_waits')],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, let_go),
    ]
