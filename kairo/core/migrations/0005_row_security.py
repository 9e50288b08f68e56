"""The second wall: to the web's role, rows of other tenants are not there (see docs/decisions/0006)."""

from django.db import migrations

from kairo.db.row_level_security import CreateRoles, ColumnGrant, TenantPolicy, FunctionGrant

# Who calls is asked before there is a tenant: by the hash of a token, and for nothing but what is told here. The
# answer's tenant is the transaction's from then on.
FORWARDS = r"""
CREATE FUNCTION kairo_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(pg_catalog.current_setting('kairo.tenant_id', true), '')::uuid
$$;

DO $do$
BEGIN
    EXECUTE format($create$
        CREATE FUNCTION kairo_authenticate(hash text)
        RETURNS TABLE (token_id uuid, tenant_id uuid, scopes text[])
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, %I, pg_temp AS $$
        BEGIN
            SELECT t.id, t.tenant_id, t.scopes INTO token_id, tenant_id, scopes FROM core_apitoken t
            WHERE t.token_hash = hash AND t.revoked_at IS NULL
              AND (t.expires_at IS NULL OR t.expires_at > statement_timestamp());
            IF FOUND THEN
                PERFORM set_config('kairo.tenant_id', tenant_id::text, true);
                RETURN NEXT;
            END IF;
        END $$
    $create$, current_schema());
END $do$;
"""

BACKWARDS = r"""
DROP FUNCTION kairo_authenticate(text);
DROP FUNCTION kairo_tenant_id();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_opportunity_newest")]
    operations = [
        CreateRoles(),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        FunctionGrant("kairo_authenticate(text)"),
        TenantPolicy("Tenant"),
        TenantPolicy("ApiToken"),
        TenantPolicy("Brand"),
        TenantPolicy("ContentPillar"),
        TenantPolicy("Persona"),
        TenantPolicy("Campaign"),
        TenantPolicy("Opportunity"),
        TenantPolicy("OpportunityDecision"),
        ColumnGrant("ApiToken", "id", "tenant_id", "token_hash", "scopes", "expires_at", "revoked_at"),
        ColumnGrant("Brand", "id", "tenant_id", "archived_at", "updated_at"),
    ]
