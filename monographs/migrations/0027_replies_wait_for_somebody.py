"""Replies wait for somebody, some of them urgently; what rules saw in them, and who can be written to about them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def let_go(apps, schema_editor):
    """SQLite makes tables anew, and renames none that another table's trigger speaks of. The triggers are made again
    behind the migration (`operations.database.complete`)."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%monographs_comment%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def decided_ones_wait_no_more(apps, schema_editor):
    Comment = apps.get_model("monographs", "Comment")
    Comment.objects.exclude(state="pending").update(waits_since=None)
    Comment.objects.filter(state="pending").update(waits_since=models.F("at"))


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0026_second_factor'),
    ]

    operations = [
        migrations.RunPython(let_go, migrations.RunPython.noop, elidable=False),
        migrations.CreateModel(
            name='ReplyLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(db_index=True, max_length=20, verbose_name='label')),
                ('rule', models.CharField(max_length=120, verbose_name='rule')),
                ('words', models.TextField(blank=True, verbose_name='words that it saw')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('is_wrong', models.BooleanField(help_text='Empty: nobody said.', null=True, verbose_name='called wrong')),
            ],
            options={
                'verbose_name': 'label of a reply',
                'verbose_name_plural': 'labels of replies',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ReplyWriter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='address confirmed')),
                ('consent_version', models.CharField(blank=True, max_length=40, verbose_name='wording agreed to')),
                ('consented_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed')),
            ],
            options={
                'verbose_name': 'writer of a reply',
                'verbose_name_plural': 'writers of replies',
            },
        ),
        migrations.RenameIndex(
            model_name='comment',
            new_name='comment_by_state',
            old_name='comment_queue',
        ),
        migrations.AddField(
            model_name='comment',
            name='claimed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by'),
        ),
        migrations.AddField(
            model_name='comment',
            name='claimed_until',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken until'),
        ),
        migrations.AddField(
            model_name='comment',
            name='hidden_address',
            field=models.CharField(blank=True, db_index=True, editable=False, help_text='Under the key of its day; taken away after thirty days.', max_length=64, verbose_name='hidden network address'),
        ),
        migrations.AddField(
            model_name='comment',
            name='is_escalated',
            field=models.BooleanField(default=False, editable=False, verbose_name='passed on to somebody with more to say'),
        ),
        migrations.AddField(
            model_name='comment',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='monographs.comment', verbose_name='in place of'),
        ),
        migrations.AddField(
            model_name='comment',
            name='urgency',
            field=models.SmallIntegerField(choices=[(0, 'in its turn'), (1, 'soon'), (2, 'urgent')], default=0, editable=False, verbose_name='urgency'),
        ),
        migrations.AddField(
            model_name='comment',
            name='waits_since',
            field=models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, help_text='Since when a moderator must look at it; empty once somebody did.', null=True, verbose_name='waits since'),
        ),
        migrations.AddField(
            model_name='commentdecision',
            name='publication',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.publication', verbose_name='version shown then'),
        ),
        migrations.AlterField(
            model_name='comment',
            name='state',
            field=models.CharField(choices=[('pending', 'waiting'), ('approved', 'shown'), ('rejected', 'rejected'), ('spam', 'spam'), ('withdrawn', 'withdrawn by its writer')], db_index=True, default='pending', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='commentdecision',
            name='became',
            field=models.CharField(choices=[('pending', 'waiting'), ('approved', 'shown'), ('rejected', 'rejected'), ('spam', 'spam'), ('withdrawn', 'withdrawn by its writer')], max_length=10, verbose_name='to'),
        ),
        migrations.AlterField(
            model_name='commentdecision',
            name='by',
            field=models.ForeignKey(blank=True, help_text='Empty where its writer withdrew it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AlterField(
            model_name='commentdecision',
            name='was',
            field=models.CharField(choices=[('pending', 'waiting'), ('approved', 'shown'), ('rejected', 'rejected'), ('spam', 'spam'), ('withdrawn', 'withdrawn by its writer')], max_length=10, verbose_name='from'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('waits_since__isnull', False)), fields=['-urgency', 'waits_since', 'id'], name='comment_queue'),
        ),
        migrations.RunPython(decided_ones_wait_no_more, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'pending'), _negated=True), ('waits_since__isnull', False), _connector='OR'), name='comment_pending_waits'),
        ),
        migrations.AddField(
            model_name='replylabel',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='monographs.comment'),
        ),
        migrations.AddField(
            model_name='replylabel',
            name='judged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='judged by'),
        ),
        migrations.AddField(
            model_name='replywriter',
            name='comment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='writer', to='monographs.comment'),
        ),
        migrations.AddIndex(
            model_name='replylabel',
            index=models.Index(fields=['rule', 'is_wrong'], name='label_precision'),
        ),
        migrations.AddIndex(
            model_name='replywriter',
            index=models.Index(fields=['email'], name='reply_writer_email'),
        ),
        migrations.RunPython(migrations.RunPython.noop, let_go),  # on the way back
    ]
