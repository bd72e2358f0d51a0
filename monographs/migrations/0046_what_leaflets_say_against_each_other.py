"""Where leaflets may contradict each other, and what the staff says of it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0045_clinic_has_a_logo'),
    ]

    operations = [
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('one-sided', 'one leaflet names the other, which is silent about it'), ('amount', 'an amount that the other’s own leaflet does not give')], max_length=10, verbose_name='kind')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='SHA-256 of the sentences')),
                ('why', models.TextField(verbose_name='not one, because')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('leaflet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.leaflet', verbose_name='leaflet')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.leaflet', verbose_name='the other leaflet')),
            ],
            options={
                'verbose_name': 'judgement',
                'verbose_name_plural': 'judgements',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('leaflet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='monographs.leaflet')),
                ('made_by', models.CharField(help_text='A digest of the names, classes and rules.', max_length=64)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.publication')),
            ],
            options={
                'verbose_name': 'reading',
                'verbose_name_plural': 'readings',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('one-sided', 'one leaflet names the other, which is silent about it'), ('amount', 'an amount that the other’s own leaflet does not give')], max_length=10, verbose_name='kind')),
                ('anchor', models.CharField(blank=True, max_length=100)),
                ('sentences', models.JSONField(default=list)),
                ('other_sentences', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('leaflet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.leaflet', verbose_name='leaflet')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.leaflet', verbose_name='the other leaflet')),
                ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.judgement')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('judgement__isnull', True)), fields=['-id'], name='finding_open'), models.Index(condition=models.Q(('judgement__isnull', False)), fields=['-id'], name='finding_judged')],
            },
        ),
        migrations.CreateModel(
            name='Naming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leaflet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monographs.leaflet')),
                ('medicine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='monographs.medicine')),
            ],
            options={
                'verbose_name': 'naming',
                'verbose_name_plural': 'namings',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('leaflet', 'medicine'), name='naming_once')],
            },
        ),
    ]
