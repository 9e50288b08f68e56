from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connection, models, transaction

from kairo.core.models import ApiToken, Brand, OpportunityDecision, Persona, Tenant
from kairo.db.roles import READER, WEB, WORKER
from kairo.db.row_level_security import belongs_to_tenant, owner_key
from kairo.hero.models import OpportunitiesJob, OpportunitiesJobEvent, RefreshSchedule
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_models() if model.__module__.startswith("kairo.")]
TENANTS = [model for model in MODELS if belongs_to_tenant(model)]


@contextmanager
def acting_as(role: str, tenant_id: UUID | None = None) -> Iterator[None]:
    """Runs the block in this role, with this tenant set."""
    with transaction.atomic(), connection.cursor() as cursor:
        change = "SELECT set_config('role', %s, true), set_config('kairo.tenant_id', %s, true)"
        cursor.execute(change, [role, str(tenant_id or "")])
        yield
        cursor.execute(change, ["none", ""])


def make_complete_tenant() -> Brand:
    """A new tenant with a row in each table; returns its brand."""
    tenant = factories.make_tenant()
    factories.make_secret(tenant)
    brand = factories.make_brand(tenant)
    factories.make_campaign(brand)
    idea = factories.make_opportunity(brand)
    OpportunityDecision.objects.create(opportunity=idea, kind="pinned")
    job = factories.make_job(brand)
    OpportunitiesJobEvent.objects.create(job=job, kind="enqueued")
    factories.make_ready_board(brand, [idea])
    RefreshSchedule.objects.create(brand=brand, hour=7, time_zone="UTC")
    return brand


def rows(model: type[models.Model]) -> int:
    return model._default_manager.count()


class TestEveryTable:
    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
    def test_model_has_a_row_level_policy(self, model: type[models.Model]) -> None:
        """Fails for a new model until a migration has TenantPolicy("…"), or WorkerPolicy("…") without a tenant."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])
            assert cursor.fetchone() == (True,)
            cursor.execute(
                "SELECT polname, polpermissive, polcmd FROM pg_policy"
                " WHERE polrelid = %s::regclass AND polroles = '{0}'",
                [model._meta.db_table],
            )
            for_all = [("kairo_tenant_rows", True, "*")] if belongs_to_tenant(model) else []
            assert cursor.fetchall() == for_all

    def test_tenant_sees_its_own_rows_and_no_tenant_sees_none(self) -> None:
        mine, theirs = make_complete_tenant(), make_complete_tenant()
        everything = {model: rows(model) for model in TENANTS}
        with acting_as(WEB, mine.tenant_id):
            of_mine = {model: rows(model) for model in TENANTS}
        with acting_as(WEB, theirs.tenant_id):
            of_theirs = {model: rows(model) for model in TENANTS}
        with acting_as(WEB):
            assert [model for model in TENANTS if rows(model)] == []
        filled = {model for model in TENANTS if everything[model]}
        assert filled, "a tenant has rows"
        assert {model for model in filled if not (of_mine[model] and of_theirs[model])} == set()
        assert {model: of_mine[model] + of_theirs[model] for model in TENANTS} == everything


class TestWebRole:
    def test_unfiltered_query_returns_the_tenants_rows(self) -> None:
        mine, theirs = factories.make_brand(), factories.make_brand()
        with acting_as(WEB, mine.tenant_id), connection.cursor() as cursor:
            cursor.execute("SELECT current_user::text, array_agg(id) FROM core_brand")
            assert cursor.fetchone() == ("kairo_web", [mine.id])
            cursor.execute("SELECT count(*) FROM core_persona WHERE brand_id = %s", [theirs.id])
            assert cursor.fetchone() == (0,)

    def test_write_to_another_tenant_is_refused(self) -> None:
        mine, theirs = factories.make_brand(), factories.make_brand()
        with acting_as(WEB, mine.tenant_id):
            Persona.objects.create(brand=mine, name="Mine")
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Persona.objects.create(brand=theirs, name="Theirs")
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Persona.objects.filter(brand=mine).update(brand=theirs)
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Brand.objects.filter(id=mine.id).update(tenant_id=theirs.tenant_id)
            assert Brand.objects.filter(id=theirs.id).update(name="Taken") == 0
            assert Persona.objects.filter(brand_id=theirs.id).delete()[0] == 0
        assert Brand.objects.get(id=theirs.id).name != "Taken"

    def test_job_event_of_another_tenant_is_refused(self) -> None:
        mine, theirs = factories.make_job(factories.make_brand()), factories.make_job(factories.make_brand())
        with acting_as(WEB, mine.brand.tenant_id):
            OpportunitiesJobEvent.objects.create(job=mine, kind="enqueued")
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                OpportunitiesJobEvent.objects.create(job=theirs, kind="enqueued")

    def test_schema_change_is_refused(self) -> None:
        with acting_as(WEB), connection.cursor() as cursor:
            for attempt in ("ALTER TABLE core_brand DISABLE ROW LEVEL SECURITY", "TRUNCATE core_brand CASCADE"):
                with pytest.raises(ProgrammingError), transaction.atomic():
                    cursor.execute(attempt)


class TestAuthenticateFunction:
    def test_authenticate_returns_one_token_and_sets_its_tenant(self) -> None:
        brand = factories.make_brand()
        caller = factories.make_caller(brand.tenant, scopes=("read",))
        token_hash = ApiToken.objects.get(id=caller.token_id).token_hash
        with acting_as(WEB), connection.cursor() as cursor:
            assert rows(ApiToken) == 0
            cursor.execute("SELECT * FROM kairo_authenticate(%s)", [token_hash])
            assert cursor.fetchall() == [(caller.token_id, brand.tenant_id, ["read"])]
            assert list(Brand.objects.all()) == [brand]

    @pytest.mark.parametrize("role", [WORKER, READER])
    def test_authenticate_is_granted_to_web_and_owner_only(self, role: str) -> None:
        permission_denied = pytest.raises(ProgrammingError, match="permission denied")
        with acting_as(role), connection.cursor() as cursor, permission_denied, transaction.atomic():
            cursor.execute("SELECT * FROM kairo_authenticate('')")


class TestOtherRoles:
    def test_worker_sees_every_tenant_and_no_token(self) -> None:
        make_complete_tenant()
        make_complete_tenant()
        everything = {model: rows(model) for model in MODELS if model is not ApiToken}
        with acting_as(WORKER):
            assert {model: rows(model) for model in everything} == everything
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(ApiToken)

    def test_reader_reads_only_the_granted_columns_of_every_tenant(self) -> None:
        make_complete_tenant()
        make_complete_tenant()
        validity = (
            "SELECT count(*) FROM core_apitoken t JOIN core_brand b USING (tenant_id)"
            " JOIN hero_opportunitiesjob j ON j.brand_id = b.id"
            " WHERE t.token_hash > '' AND t.revoked_at IS NULL AND b.updated_at > '2000-01-01' AND j.status > ''"
        )
        with acting_as(READER), connection.cursor() as cursor:
            cursor.execute(validity)
            assert cursor.fetchone() == (2,)
            for attempt in (
                "SELECT name FROM core_brand",
                "SELECT id FROM core_opportunity",
                "UPDATE core_brand SET archived_at = NULL",
            ):
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    cursor.execute(attempt)


def test_owner_key_is_on_the_shortest_path_to_the_tenant() -> None:
    assert owner_key(Tenant) is None
    assert owner_key(Brand) is Brand._meta.get_field("tenant")
    assert owner_key(OpportunitiesJob) is OpportunitiesJob._meta.get_field("brand")
    assert owner_key(OpportunityDecision) is OpportunityDecision._meta.get_field("opportunity")


def test_row_security_command_restores_policies_and_privileges(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY kairo_every_row ON core_brand; REVOKE ALL ON core_brand FROM kairo_web")
    brand = factories.make_brand()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # ALTER TABLE fails while foreign key checks are pending
    call_command("row_security")
    call_command("row_security")
    assert "in place" in capsys.readouterr().out
    with acting_as(WORKER):
        assert Brand.objects.filter(id=brand.id).exists()
    with acting_as(WEB, brand.tenant_id):
        assert Brand.objects.filter(id=brand.id).exists()
