"""What patients meet of each leaflet stands in its row, too; names are found by the key of their first word; and what
lists and the ledger are filtered by has its index.

The rows are filled behind the migration (`operations.database.complete`).
"""

import datetime
import django.core.validators
import django.db.models.functions.comparison
import monographs.audit.models
import monographs.medicines.places
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0024_log_in'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(monographs.audit.models.KIND_OF_SUBJECT, 'position', name='entry_kind'),
        ),
        migrations.AddField(
            model_name='standing',
            name='coming_digest',
            field=models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of what is scheduled'),
        ),
        migrations.AddField(
            model_name='standing',
            name='draft_review_on',
            field=models.DateField(null=True, verbose_name='next review in the draft'),
        ),
        migrations.AddField(
            model_name='standing',
            name='shown_review_on',
            field=models.DateField(null=True, verbose_name='next review that patients are told'),
        ),
        migrations.AddField(
            model_name='standing',
            name='folded',
            field=models.CharField(blank=True, db_index=True, max_length=200, verbose_name='title as it is looked for'),
        ),
        migrations.AddField(
            model_name='standing',
            name='holds_until',
            field=models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc), verbose_name='until when this holds'),
        ),
        migrations.AddField(
            model_name='standing',
            name='shown',
            field=models.CharField(blank=True, help_text='Empty: nothing yet.', max_length=10, verbose_name='what patients meet'),
        ),
        migrations.AddField(
            model_name='standing',
            name='shown_digest',
            field=models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of what patients read'),
        ),
        migrations.AddField(
            model_name='medicinename',
            name='first_key',
            field=monographs.medicines.places.FirstKeyField(db_index=True, default='', editable=False, max_length=200),
        ),
        migrations.AlterField(
            model_name='medicine',
            name='drug_class',
            field=models.CharField(blank=True, db_index=True, help_text='For example: Muscle relaxant.', max_length=200, verbose_name='class'),
        ),
        migrations.AddField(
            model_name='standing',
            name='due_on',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('shown_review_on', 'draft_review_on'), output_field=models.DateField()),
        ),
        migrations.AddField(
            model_name='standing',
            name='stands',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(number=0, then=models.Value('empty')), models.When(review_state='waiting', then=models.Value('waiting')), models.When(review_state='approved', then=models.Value('approved')), models.When(review_state='sent-back', then=models.Value('sent-back')), models.When(models.Q(models.Q(('coming_digest', ''), _negated=True), ('coming_digest', models.F('digest'))), then=models.Value('scheduled')), models.When(shown='withdrawal', then=models.Value('withdrawn')), models.When(shown='expiry', then=models.Value('expired')), models.When(shown='version', shown_digest=models.F('digest'), then=models.Value('published')), models.When(shown='version', then=models.Value('changed')), default=models.Value('draft')), output_field=models.CharField(max_length=10)),
        ),
        migrations.AlterField(
            model_name='medicine',
            name='atc_code',
            field=models.CharField(blank=True, db_index=True, help_text='WHO Anatomical Therapeutic Chemical classification.', max_length=7, validators=[django.core.validators.RegexValidator('^[A-Z](\\d\\d([A-Z]([A-Z](\\d\\d)?)?)?)?$', 'An ATC code looks like M03BX01.')], verbose_name='ATC code'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['folded', 'leaflet'], name='standing_in_order'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['stands', 'folded', 'leaflet'], name='standing_stands'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['-stands', 'folded', 'leaflet'], name='standing_stands_last'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['due_on', 'folded', 'leaflet'], name='standing_due'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['holds_until'], name='standing_holds_until'),
        ),
    ]
