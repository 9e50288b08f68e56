from django.db import migrations

from kairo.db.row_level_security import ReaderColumns, TenantRows


class Migration(migrations.Migration):
    dependencies = [("core", "0005_row_security"), ("hero", "0006_job_tenant")]
    operations = [
        TenantRows("OpportunitiesJob"),
        TenantRows("OpportunitiesJobEvent"),
        TenantRows("OpportunitiesBoard"),
        TenantRows("RefreshSchedule"),
        TenantRows("RefreshSlot"),
        ReaderColumns(
            "OpportunitiesJob", "id", "brand_id", "tenant_id", "status", "deadline_at", "available_at", "updated_at"
        ),
        ReaderColumns("OpportunitiesBoard", "id", "brand_id", "state", "created_at"),
    ]
