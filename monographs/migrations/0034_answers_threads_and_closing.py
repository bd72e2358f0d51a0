"""Places kept for answers, the list of what is unanswered, prepared answers, requests to change a leaflet, closing."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import monographs.comments.answering.canned
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, OuterRef


BATCH = 1_000


def let_go(apps, schema_editor):
    """On the way back SQLite takes no table away that another table's trigger speaks of."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%monographs_emptyplace%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def list_unanswered(apps, schema_editor):
    """What is shown to readers and has no answer of the clinic's."""
    Comment, Unanswered = apps.get_model("monographs", "Comment"), apps.get_model("monographs", "Unanswered")
    answers = Comment.objects.filter(parent=OuterRef("pk"), staff__isnull=False, state="approved")
    labels = apps.get_model("monographs", "ReplyLabel").objects.filter(comment=OuterRef("pk"), label="question")
    replies = Comment.objects.filter(~Exists(answers), state="approved", staff=None, erased_at=None)
    replies, last = replies.annotate(is_question=Exists(labels.exclude(is_wrong=True))).order_by("pk"), 0
    while rows := list(replies.filter(pk__gt=last).values_list("pk", "leaflet_id", "at", "is_question")[:BATCH]):
        Unanswered.objects.bulk_create(
            Unanswered(comment_id=pk, leaflet_id=leaflet, since=at, is_question=is_question)
            for pk, leaflet, at, is_question in rows
        )
        last = rows[-1][0]


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0033_hidden_words_reports_and_cries_for_help'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmptyPlace',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='empty_place', serialize=False, to='monographs.comment')),
            ],
            options={
                'verbose_name': 'empty place of a reply',
                'verbose_name_plural': 'empty places of replies',
            },
        ),
        migrations.CreateModel(
            name='CannedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='For colleagues.', max_length=100, verbose_name='title')),
                ('body', models.TextField(help_text='Places that are filled in: {name}, {medicine}, {leaflet}, {clinic_name}, {clinic_phone}, {clinic_email}, {urgent_number}, {emergency_number}, and {section:dosage} for a section of the leaflet by its kind.', validators=[django.core.validators.MaxLengthValidator(5000), monographs.comments.answering.canned._check_places], verbose_name='text')),
                ('language', models.CharField(choices=[('en', 'English'), ('ar', 'Arabic'), ('cy', 'Welsh'), ('de', 'German'), ('es', 'Spanish'), ('fr', 'French'), ('it', 'Italian'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('ur', 'Urdu')], default='en', max_length=10, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'prepared answer',
                'verbose_name_plural': 'prepared answers',
                'ordering': ('language', 'title', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('language', 'title'), name='prepared_answer_title_once', violation_error_message='There is a prepared answer with this title in this language.')],
            },
        ),
        migrations.CreateModel(
            name='LeafletReplies',
            fields=[
                ('leaflet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='replies_rule', serialize=False, to='monographs.leaflet')),
                ('choice', models.CharField(choices=[('open', 'They stay open, however old the version is'), ('closed', 'They are closed')], max_length=6, verbose_name='replies')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'replies of a leaflet',
                'verbose_name_plural': 'replies of leaflets',
            },
        ),
        migrations.CreateModel(
            name='ReplyRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_closed', models.BooleanField(default=False, help_text='Under no leaflet, whatever is said of it. What is shown stays.', verbose_name='no replies at all')),
                ('closes_after_days', models.PositiveSmallIntegerField(blank=True, help_text='So many days after it was published, a leaflet takes no more replies. Empty: it does.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3650)], verbose_name='days after a leaflet’s latest version')),
                ('ask_instead', models.TextField(blank=True, help_text='Readers find it where the form stood, above the clinic’s telephone and e-mail. A sentence or two, in the site’s language; empty: our own words, in the language of the leaflet.', validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='where to ask instead')),
            ],
            options={
                'verbose_name': 'rules for closing replies',
                'verbose_name_plural': 'closing replies',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='only_one_set_of_reply_rules')],
            },
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, choices=[('introduction', 'In short'), ('what_it_is', 'What it is'), ('uses', 'What it is used for'), ('before_taking', 'Before you take it'), ('avoid', 'What to avoid'), ('interactions', 'Other medicines, food and drink'), ('pregnancy', 'Pregnancy and breastfeeding'), ('dosage', 'How to take it'), ('missed_dose', 'If you miss a dose'), ('overdose', 'If you take too much'), ('stopping', 'If you stop taking it'), ('side_effects', 'Side effects'), ('storage', 'How to store it'), ('more', 'More information'), ('other', 'Other information')], help_text='Empty: the leaflet as a whole.', max_length=20, verbose_name='section')),
                ('words', models.TextField(help_text='In your own words, without anything that tells who asked: what you write here is kept when the reply is erased.', validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name='what is unclear')),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('state', models.CharField(choices=[('open', 'waits for an author'), ('done', 'changed'), ('declined', 'declined')], default='open', max_length=10, verbose_name='state')),
                ('why', models.TextField(blank=True, verbose_name='what was changed, or why not')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='asker told')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to='monographs.comment', verbose_name='reply')),
                ('leaflet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to='monographs.leaflet')),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.publication', verbose_name='version in which it was changed')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
            ],
            options={
                'verbose_name': 'request to change a leaflet',
                'verbose_name_plural': 'requests to change leaflets',
                'ordering': ('-raised_at', '-pk'),
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['raised_at', 'id'], name='change_request_open'), models.Index(condition=models.Q(('state', 'done'), ('told_at', None)), fields=['publication', 'id'], name='change_request_to_tell'), models.Index(fields=['leaflet', '-raised_at'], name='change_request_of_leaflet')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('comment', 'section'), name='change_request_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('publication', None), ('state', 'open')), models.Q(('closed_at__isnull', False), ('publication__isnull', False), ('state', 'done')), models.Q(('closed_at__isnull', False), ('publication', None), ('state', 'declined'), models.Q(('why', ''), _negated=True)), _connector='OR'), name='change_request_closed_with_a_reason_or_version')],
            },
        ),
        migrations.CreateModel(
            name='Unanswered',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='unanswered', serialize=False, to='monographs.comment')),
                ('since', models.DateTimeField(verbose_name='received')),
                ('is_question', models.BooleanField(default=False, verbose_name='a rule saw a question in it')),
                ('set_aside_at', models.DateTimeField(blank=True, null=True, verbose_name='set aside')),
                ('leaflet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.leaflet')),
                ('set_aside_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set aside by')),
            ],
            options={
                'verbose_name': 'reply without an answer',
                'verbose_name_plural': 'replies without an answer',
                'indexes': [models.Index(condition=models.Q(('set_aside_at', None)), fields=['since', 'comment'], name='unanswered_oldest'), models.Index(condition=models.Q(('set_aside_at', None)), fields=['is_question', 'since', 'comment'], name='unanswered_questions'), models.Index(condition=models.Q(('set_aside_at', None)), fields=['leaflet', 'since', 'comment'], name='unanswered_of_leaflet')],
            },
        ),
        migrations.RunPython(list_unanswered, migrations.RunPython.noop),
        migrations.RunPython(migrations.RunPython.noop, let_go),
    ]
