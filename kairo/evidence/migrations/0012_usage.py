"""How many posts a tenant has stored, for its quotas; and the error code of a source run that a quota ended.

The release before writes no usage and no such code. What it stores meanwhile is counted by the next pruning.
"""

import django.db.models.deletion
from django.db import migrations, models

from kairo.db.row_level_security import TenantPolicy


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0007_opportunity_angle_parts'),
        ('evidence', '0011_daily_in_a_time_zone'),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidenceUsage',
            fields=[
                ('tenant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='core.tenant')),
                ('posts', models.BigIntegerField(null=True)),
                ('day', models.DateField()),
                ('day_bytes', models.BigIntegerField(db_default=0)),
            ],
        ),
        TenantPolicy("EvidenceUsage"),
        migrations.RemoveConstraint(
            model_name='ingestionjob',
            name='ingestion_error_code_known',
        ),
        migrations.RemoveConstraint(
            model_name='sourcerun',
            name='source_run_error_code_known',
        ),
        migrations.AlterField(
            model_name='ingestionjob',
            name='error_code',
            field=models.CharField(blank=True, choices=[('source_not_available', 'Source Not Available'), ('invalid_identifier', 'Invalid Identifier'), ('consent_missing', 'Consent Missing'), ('run_cap_reached', 'Run Cap Reached'), ('daily_cap_reached', 'Daily Cap Reached'), ('total_cap_reached', 'Total Cap Reached'), ('quota_exceeded', 'Quota Exceeded'), ('unauthorized', 'Unauthorized'), ('payment_required', 'Payment Required'), ('not_found', 'Not Found'), ('refused', 'Refused'), ('rate_limited', 'Rate Limited'), ('unavailable', 'Unavailable'), ('timed_out', 'Timed Out'), ('invalid_answer', 'Invalid Answer'), ('incomplete_answer', 'Incomplete Answer'), ('start_unknown', 'Start Unknown'), ('run_failed', 'Run Failed'), ('run_aborted', 'Run Aborted'), ('run_timed_out', 'Run Timed Out'), ('no_items', 'No Items'), ('no_usable_items', 'No Usable Items'), ('stuck_job_timeout', 'Stuck Job Timeout'), ('worker_died', 'Worker Died'), ('database_unavailable', 'Database Unavailable'), ('cancelled', 'Cancelled'), ('internal', 'Internal')], max_length=32, null=True),
        ),
        migrations.AlterField(
            model_name='sourcerun',
            name='error_code',
            field=models.CharField(blank=True, choices=[('source_not_available', 'Source Not Available'), ('invalid_identifier', 'Invalid Identifier'), ('consent_missing', 'Consent Missing'), ('run_cap_reached', 'Run Cap Reached'), ('daily_cap_reached', 'Daily Cap Reached'), ('total_cap_reached', 'Total Cap Reached'), ('quota_exceeded', 'Quota Exceeded'), ('unauthorized', 'Unauthorized'), ('payment_required', 'Payment Required'), ('not_found', 'Not Found'), ('refused', 'Refused'), ('rate_limited', 'Rate Limited'), ('unavailable', 'Unavailable'), ('timed_out', 'Timed Out'), ('invalid_answer', 'Invalid Answer'), ('incomplete_answer', 'Incomplete Answer'), ('start_unknown', 'Start Unknown'), ('run_failed', 'Run Failed'), ('run_aborted', 'Run Aborted'), ('run_timed_out', 'Run Timed Out'), ('no_items', 'No Items'), ('no_usable_items', 'No Usable Items'), ('stuck_job_timeout', 'Stuck Job Timeout'), ('worker_died', 'Worker Died'), ('database_unavailable', 'Database Unavailable'), ('cancelled', 'Cancelled'), ('internal', 'Internal')], max_length=32, null=True),
        ),
        migrations.AddConstraint(
            model_name='ingestionjob',
            constraint=models.CheckConstraint(condition=models.Q(('error_code__isnull', True), ('error_code__in', ['source_not_available', 'invalid_identifier', 'consent_missing', 'run_cap_reached', 'daily_cap_reached', 'total_cap_reached', 'quota_exceeded', 'unauthorized', 'payment_required', 'not_found', 'refused', 'rate_limited', 'unavailable', 'timed_out', 'invalid_answer', 'incomplete_answer', 'start_unknown', 'run_failed', 'run_aborted', 'run_timed_out', 'no_items', 'no_usable_items', 'stuck_job_timeout', 'worker_died', 'database_unavailable', 'cancelled', 'internal']), _connector='OR'), name='ingestion_error_code_known'),
        ),
        migrations.AddConstraint(
            model_name='sourcerun',
            constraint=models.CheckConstraint(condition=models.Q(('error_code__isnull', True), ('error_code__in', ['source_not_available', 'invalid_identifier', 'consent_missing', 'run_cap_reached', 'daily_cap_reached', 'total_cap_reached', 'quota_exceeded', 'unauthorized', 'payment_required', 'not_found', 'refused', 'rate_limited', 'unavailable', 'timed_out', 'invalid_answer', 'incomplete_answer', 'start_unknown', 'run_failed', 'run_aborted', 'run_timed_out', 'no_items', 'no_usable_items', 'stuck_job_timeout', 'worker_died', 'database_unavailable', 'cancelled', 'internal']), _connector='OR'), name='source_run_error_code_known'),
        ),
    ]
