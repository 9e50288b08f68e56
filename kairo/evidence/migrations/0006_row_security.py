from django.db import migrations

from kairo.db.row_level_security import TenantPolicy, WorkerPolicy


class Migration(migrations.Migration):
    dependencies = [("core", "0005_row_security"), ("evidence", "0005_raw_payload")]
    operations = [
        TenantPolicy("NormalizedEvidenceItem"),
        TenantPolicy("SourceConnection"),
        TenantPolicy("IngestionJob"),
        TenantPolicy("SourceRun"),
        WorkerPolicy("SpendEntry"),
    ]
