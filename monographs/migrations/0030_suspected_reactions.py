"""Reports of suspected adverse reactions, and which medicines are under additional monitoring (▼)."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import monographs.audit.readers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("monographs", "0029_word_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name='medicine',
            name='is_under_additional_monitoring',
            field=models.BooleanField(default=False, help_text='Authorities watch it closely: any suspected reaction is reported, with brand and batch number.', verbose_name='under additional monitoring (▼)'),
        ),
        migrations.CreateModel(
            name='SuspectedReaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('sent', 'sent'), ('with-number', 'reference number received')], default='draft', max_length=12, verbose_name='state')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='begun')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('reference_number', models.CharField(blank=True, help_text='What the authority calls this report.', max_length=100, verbose_name='reference number')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('seal', models.CharField(blank=True, default=monographs.audit.readers.new_seal, max_length=64, verbose_name='key of the seal of its words')),
                ('form_key', models.CharField(blank=True, help_text='Of the form that it was typed into.', max_length=32, null=True, unique=True)),
                ('received_on', models.DateField(help_text='When somebody of the clinic first had word of it, with all four items.', verbose_name='first received')),
                ('reporter_qualification', models.CharField(blank=True, choices=[('1', 'physician'), ('2', 'pharmacist'), ('3', 'other health professional'), ('4', 'lawyer'), ('5', 'patient, relative, or anybody else who is no health professional')], max_length=1, verbose_name='who reports it')),
                ('reporter_country', models.CharField(blank=True, help_text='GB, IE, ES …', max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'A country has two capital letters (ISO 3166-1): GB, IE, ES …')], verbose_name='the reporter’s country')),
                ('patient_initials', models.CharField(blank=True, help_text='Such as A.B.: no name.', max_length=10, verbose_name='the patient’s initials')),
                ('local_number', models.CharField(blank=True, help_text='Of your own list, so that you can find the patient again. No NHS number, no date of birth.', max_length=20, verbose_name='the clinic’s own number for the patient')),
                ('patient_age', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(99999)], verbose_name='age when it began')),
                ('patient_age_unit', models.CharField(blank=True, choices=[('a', 'years'), ('mo', 'months'), ('wk', 'weeks'), ('d', 'days'), ('h', 'hours')], max_length=2, verbose_name='unit of the age')),
                ('patient_age_group', models.CharField(blank=True, choices=[('0', 'unborn child'), ('1', 'newborn, also born too early'), ('2', 'infant'), ('3', 'child'), ('4', 'adolescent'), ('5', 'adult'), ('6', 'elderly')], help_text='Only if the age is not known.', max_length=1, verbose_name='age group')),
                ('patient_sex', models.CharField(blank=True, choices=[('1', 'male'), ('2', 'female')], max_length=1, verbose_name='sex')),
                ('product', models.CharField(blank=True, help_text='The name as the reporter gives it.', max_length=250, verbose_name='product or brand')),
                ('batch', models.CharField(blank=True, help_text='On the pack, after LOT.', max_length=35, verbose_name='batch number')),
                ('dose', models.TextField(blank=True, max_length=2000, verbose_name='dose, as text')),
                ('taken_from', models.CharField(blank=True, help_text='A day, or only the month or year if that is all there is: 2026-11-03, 2026-11, 2026.', max_length=10, verbose_name='taken from')),
                ('taken_until', models.CharField(blank=True, help_text='Empty if it is still taken, or not known.', max_length=10, verbose_name='last taken')),
                ('reaction', models.CharField(blank=True, help_text='In a few of the reporter’s words, without anything that tells who it was.', max_length=250, verbose_name='suspected reaction')),
                ('reporter_language', models.CharField(blank=True, choices=[('ara', 'Arabic'), ('zho', 'Chinese'), ('eng', 'English'), ('fra', 'French'), ('deu', 'German'), ('ita', 'Italian'), ('pol', 'Polish'), ('por', 'Portuguese'), ('spa', 'Spanish'), ('urd', 'Urdu'), ('cym', 'Welsh')], max_length=3, verbose_name='language of these words')),
                ('reaction_in_english', models.CharField(blank=True, help_text='Only if it was told in another language.', max_length=250, verbose_name='the same in English')),
                ('began_on', models.CharField(blank=True, help_text='A day, or only the month or year if that is all there is: 2026-11-03, 2026-11, 2026.', max_length=10, verbose_name='began')),
                ('ended_on', models.CharField(blank=True, help_text='Empty if it goes on.', max_length=10, verbose_name='ended')),
                ('results_in_death', models.BooleanField(default=False, verbose_name='results in death')),
                ('is_life_threatening', models.BooleanField(default=False, verbose_name='life-threatening')),
                ('caused_hospitalisation', models.BooleanField(default=False, verbose_name='caused or prolonged a stay in hospital')),
                ('is_disabling', models.BooleanField(default=False, verbose_name='disabling or incapacitating')),
                ('is_birth_defect', models.BooleanField(default=False, verbose_name='congenital anomaly or birth defect')),
                ('is_otherwise_important', models.BooleanField(default=False, verbose_name='another medically important condition')),
                ('outcome', models.CharField(choices=[('0', 'unknown'), ('1', 'recovered'), ('2', 'recovering'), ('3', 'not recovered: it goes on'), ('4', 'recovered, with lasting effects'), ('5', 'fatal')], default='0', max_length=1, verbose_name='outcome')),
                ('narrative', models.TextField(blank=True, help_text='The course, what was done about it, other medicines. No names, addresses or telephone numbers.', max_length=10000, verbose_name='what happened, in your words')),
                ('comment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suspected_reaction', to='monographs.comment', verbose_name='reply')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by')),
                ('medicine', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suspected_reactions', to='monographs.medicine')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
            ],
            options={
                'verbose_name': 'suspected adverse reaction',
                'verbose_name_plural': 'suspected adverse reactions',
                'ordering': ('state', '-pk'),
                'permissions': (('export_suspectedreaction', 'Can export suspected adverse reactions'),),
                'default_permissions': ('view', 'change'),
                'indexes': [models.Index(fields=['state', '-id'], name='reaction_list'), models.Index(fields=['medicine', 'state', '-id'], name='reaction_of_medicine')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reference_number', ''), ('sent_at', None), ('sent_by', None), ('state', 'draft')), models.Q(('reference_number', ''), ('sent_at__isnull', False), ('sent_by__isnull', False), ('state', 'sent')), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False), ('state', 'with-number'), models.Q(('reference_number', ''), _negated=True)), _connector='OR'), name='reaction_sent_has_an_instant'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('batch', ''), ('began_on', ''), ('dose', ''), ('ended_on', ''), ('local_number', ''), ('narrative', ''), ('patient_age', None), ('patient_age_group', ''), ('patient_age_unit', ''), ('patient_initials', ''), ('patient_sex', ''), ('product', ''), ('reaction', ''), ('reaction_in_english', ''), ('seal', ''), ('taken_from', ''), ('taken_until', '')), _connector='OR'), name='reaction_erased_has_no_words')],
            },
        ),
    ]
