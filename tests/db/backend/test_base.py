"""Real transactions: the test's own transaction would hide the behaviour under test."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, DataError, connection, transaction
from django.db.models import Func

from kairo.core.models import Brand, Persona, Tenant
from kairo.db.roles import WEB
from kairo.db.tenant_scope import new_snapshot, tenant_scope
from tests import factories
from tests.db.statements import current_state, fetch_on_other_connection

pytestmark = pytest.mark.django_db(transaction=True)


class TestTenantScope:
    def test_scope_limits_unfiltered_queries_to_the_tenant(self) -> None:
        mine, _ = factories.make_brand(), factories.make_brand()
        with tenant_scope() as scope:
            assert list(Brand.objects.all()) == []
        with tenant_scope() as scope:
            scope.tenant_id = mine.tenant_id
            assert current_state()[0] == WEB
            assert list(Brand.objects.all()) == [mine]
        assert Brand.objects.count() == 2

    def test_snapshot_is_stable_until_new_snapshot(self) -> None:
        brand = factories.make_brand(name="Before")
        change = "UPDATE core_brand SET name = 'After' WHERE name = 'Before' RETURNING name"
        with tenant_scope() as scope:
            scope.tenant_id = brand.tenant_id
            assert [each.name for each in Brand.objects.all()] == ["Before"]
            assert fetch_on_other_connection(change) == ("After",)
            assert [each.name for each in Brand.objects.all()] == ["Before"]
            new_snapshot()
            assert [each.name for each in Brand.objects.all()] == ["After"]
            with transaction.atomic():
                new_snapshot()  # no effect inside an atomic block
                Tenant.objects.filter(id=brand.tenant_id).update(name="Renamed")
                transaction.set_rollback(True)
        assert not Tenant.objects.filter(name="Renamed").exists()

    def test_scope_refuses_writes_to_another_tenant(self) -> None:
        mine, theirs = factories.make_brand(), factories.make_brand()
        with tenant_scope() as scope:
            scope.tenant_id = mine.tenant_id
            assert Brand.objects.filter(id=theirs.id).update(name="Taken") == 0
            with pytest.raises(DatabaseError, match="row-level security"):
                Persona.objects.create(brand=theirs, name="Taken")
        assert not Persona.objects.filter(name="Taken").exists()

    def test_scope_is_set_per_transaction_on_a_shared_connection(self) -> None:
        first, second = factories.make_brand(), factories.make_brand()
        for brand in (first, second, first):
            with tenant_scope() as scope:
                scope.tenant_id = brand.tenant_id
                assert list(Brand.objects.all()) == [brand]
                with transaction.atomic():
                    assert list(Brand.objects.all()) == [brand]

    def test_failed_statement_does_not_abort_the_next(self) -> None:
        brand = factories.make_brand()
        with tenant_scope() as scope:
            scope.tenant_id = brand.tenant_id
            with pytest.raises(DataError), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
            assert list(Brand.objects.all()) == [brand]

    def test_write_outside_atomic_is_committed_on_return(self) -> None:
        tenant = factories.make_tenant()
        with tenant_scope() as scope:
            scope.tenant_id = tenant.id
            assert Tenant.objects.count() == 1
            Tenant.objects.filter(id=tenant.id).update(name=Func(function="current_user", template="%(function)s"))
            assert fetch_on_other_connection("SELECT name FROM core_tenant") == (WEB,)
            assert current_state() == (WEB, str(tenant.id), "on")

    def test_atomic_block_is_its_own_transaction_and_runs_on_commit_hooks_after_it(self) -> None:
        tenant = factories.make_tenant()
        seen_on_commit: list[object] = []

        def on_commit() -> None:
            seen_on_commit.append(fetch_on_other_connection("SELECT name FROM core_tenant"))
            Tenant.objects.filter(id=tenant.id).update(slug="by-the-callback")

        with tenant_scope() as scope:
            scope.tenant_id = tenant.id
            assert current_state()[2] == "on"
            with transaction.atomic():
                assert current_state() == (WEB, str(tenant.id), "off")
                Tenant.objects.update(name="Renamed")
                transaction.on_commit(on_commit)
                assert seen_on_commit == []
            assert seen_on_commit == [("Renamed",)]
            with transaction.atomic():
                Tenant.objects.update(name="Again")
                transaction.set_rollback(True)
        assert fetch_on_other_connection("SELECT name, slug FROM core_tenant") == ("Renamed", "by-the-callback")

    def test_scope_works_again_after_a_lost_connection(self) -> None:
        brand = factories.make_brand()
        with tenant_scope() as scope:
            scope.tenant_id = brand.tenant_id
            assert Brand.objects.count() == 1
            fetch_on_other_connection(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid}, 5000)")
            with pytest.raises(DatabaseError):
                Brand.objects.count()
        connection.close()
        with tenant_scope() as scope:
            scope.tenant_id = brand.tenant_id
            assert list(Brand.objects.all()) == [brand]

    def test_scope_inside_an_atomic_block_ends_with_the_scope(self) -> None:
        for _ in range(2):
            factories.make_brand()
        with transaction.atomic():
            with tenant_scope() as scope:
                assert Brand.objects.count() == 0
                assert scope.tenant_id is None
            assert Brand.objects.count() == 2
            assert current_state()[0] == connection.settings_dict["USER"]
