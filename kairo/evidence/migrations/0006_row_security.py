from django.db import migrations

from kairo.db.row_level_security import TenantRows, WorkerRows


class Migration(migrations.Migration):
    dependencies = [("core", "0005_row_security"), ("evidence", "0005_raw_payload")]
    operations = [
        TenantRows("NormalizedEvidenceItem"),
        TenantRows("SourceConnection"),
        TenantRows("IngestionJob"),
        TenantRows("SourceRun"),
        WorkerRows("SpendEntry"),
    ]
