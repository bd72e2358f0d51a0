"""Words that moderators look out for in replies."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0028_letters_and_rota'),
    ]

    operations = [
        migrations.CreateModel(
            name='WordRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='A word or a phrase as people write it. Capitals and accents make no difference.', max_length=200, verbose_name='words')),
                ('action', models.CharField(choices=[('label', 'put a label on it'), ('hold', 'put a label on it, and put it forward in the queue'), ('refuse', 'refuse it, and ask for other words')], max_length=10, verbose_name='what becomes of a reply')),
                ('label', models.CharField(blank=True, choices=[('crisis', 'somebody may be in danger'), ('reaction', 'suspected side effect'), ('personal_data', 'personal data'), ('abuse', 'abuse'), ('spam', 'spam'), ('question', 'question'), ('thanks', 'thanks')], help_text='Under which it is listed; a reply that is refused needs none.', max_length=20, verbose_name='label')),
                ('language', models.CharField(blank=True, help_text='Of the leaflets whose replies are meant. Empty: all.', max_length=10, verbose_name='language')),
                ('expires_on', models.DateField(blank=True, help_text='Empty: until somebody ends it.', null=True, verbose_name='last day')),
                ('why', models.TextField(verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ended')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('ended_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'word rule',
                'verbose_name_plural': 'word rules',
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['ended_at', 'expires_on'], name='word_rule_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action', 'refuse'), models.Q(('label', ''), _negated=True), _connector='OR'), name='word_rule_names_a_label_or_refuses')],
            },
        ),
    ]
