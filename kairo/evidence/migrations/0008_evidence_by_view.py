from django.db import migrations

from kairo.db.tenant_view import TenantView


class Migration(migrations.Migration):
    dependencies = [("evidence", "0007_evidence_read_by_index")]
    operations = [TenantView("NormalizedEvidenceItem", "words")]
