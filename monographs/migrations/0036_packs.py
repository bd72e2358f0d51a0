"""The number under the bars of a pack is one medicine's."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0034_answers_threads_and_closing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='medicinecode',
            name='system',
            field=models.CharField(choices=[('RxNorm', 'RxNorm'), ('SNOMED CT', 'SNOMED CT'), ('dm+d', 'dm+d'), ('UNII', 'UNII'), ('DrugBank', 'DrugBank'), ('GTIN', 'GTIN (the number under the bars on a pack)')], max_length=20, verbose_name='system'),
        ),
        migrations.AddConstraint(
            model_name='medicinecode',
            constraint=models.UniqueConstraint(condition=models.Q(('system', 'GTIN')), fields=('code',), name='gtin_of_one_medicine', violation_error_message='Another medicine has this GTIN.'),
        ),
    ]
