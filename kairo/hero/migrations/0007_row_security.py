from django.db import migrations

from kairo.db.row_level_security import ColumnGrant, TenantPolicy


class Migration(migrations.Migration):
    dependencies = [("core", "0005_row_security"), ("hero", "0006_job_tenant")]
    operations = [
        TenantPolicy("OpportunitiesJob"),
        TenantPolicy("OpportunitiesJobEvent"),
        TenantPolicy("OpportunitiesBoard"),
        TenantPolicy("RefreshSchedule"),
        TenantPolicy("RefreshSlot"),
        ColumnGrant(
            "OpportunitiesJob", "id", "brand_id", "tenant_id", "status", "deadline_at", "available_at", "updated_at"
        ),
        ColumnGrant("OpportunitiesBoard", "id", "brand_id", "state", "created_at"),
    ]
