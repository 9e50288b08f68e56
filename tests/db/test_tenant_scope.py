"""On connections whose transactions are real: what a test's own transaction would hide is what this is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
import pytest
from django.db import DatabaseError, DataError, connection, connections, transaction
from django.db.models import Func
from psycopg.pq import TransactionStatus
from pytest_django import Settings

from kairo.core.models import Brand, Persona, Tenant
from kairo.db import roles
from kairo.db.roles import WEB
from kairo.db.tenant_scope import new_snapshot, tenant_scope
from tests import factories
from tests.schema.api import REGENERATE, TODAY_BOARD, Api
from tests.schema.door import Door

pytestmark = pytest.mark.django_db(transaction=True)

State = tuple[str, str, str]


def who() -> State:
    """Role, tenant and whether nothing can be written, as the server has them for this statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user::text, coalesce(current_setting('kairo.tenant_id', true), ''),"
            " current_setting('transaction_read_only')"
        )
        return cast(State, cursor.fetchone())


@contextmanager
def noted() -> Iterator[list[tuple[str, State]]]:
    """Each statement of the block that had a transaction around it, with the state that it was run in."""
    seen: list[tuple[str, State]] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
            raw = connection.connection.execute(
                "SELECT current_user::text, coalesce(current_setting('kairo.tenant_id', true), ''),"
                " current_setting('transaction_read_only')"
            )
            seen.append((sql, raw.fetchone()))
        return result

    with connection.execute_wrapper(note):
        yield seen


def elsewhere(sql: str) -> Any:
    """What another connection, the owner's, sees."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        return other.execute(sql).fetchone()


class TestARequest:
    def test_that_reads_is_one_transaction_of_the_webs_role(self) -> None:
        api = Api(door=Door(hot=False))
        brand = factories.make_brand(api.tenant)
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        with noted() as statements:
            assert api.data(TODAY_BOARD, b=str(brand.id))["todayBoard"]["state"] == "READY"
        assert len(statements) == 4
        assert {state for _, state in statements} == {(WEB, str(api.tenant.id), "on")}
        assert who() == (connection.settings_dict["USER"], "", "off")

    def test_that_writes_does_so_in_the_webs_role_as_well(self) -> None:
        api = Api()
        brand = factories.make_brand(api.tenant)
        with noted() as statements:
            answer = api.data(REGENERATE, i={"brandId": str(brand.id)})["regenerateTodayBoard"]
        assert answer["job"]["status"] == "PENDING"
        written = [sql for sql, _ in statements if "INSERT INTO hero_opportunitiesjob" in sql]
        assert written
        assert {state[:2] for _, state in statements} == {(WEB, str(api.tenant.id))}
        assert elsewhere("SELECT dispatched_at IS NOT NULL FROM hero_opportunitiesjob") == (True,)

    def test_with_a_token_that_is_not_valid_leaves_nothing_behind(self) -> None:
        assert Api(tenant=factories.make_tenant(), secret="kairo_no").codes("{ __typename }") == ["UNAUTHENTICATED"]
        assert who() == (connection.settings_dict["USER"], "", "off")

    def test_is_served_without_the_wall_where_that_is_switched_off(self, settings: Settings) -> None:
        settings.ROW_SECURITY = False
        api = Api()
        with noted() as statements:
            assert api.data("{ brands { id } }") == {"brands": []}
        assert statements == []  # each was a transaction of its own, in the role of the session


class TestBehindTheWall:
    def test_an_unscoped_statement_sees_the_tenants_rows_alone(self) -> None:
        mine, _ = factories.make_brand(), factories.make_brand()
        with tenant_scope() as wall:
            assert list(Brand.objects.all()) == []
        with tenant_scope() as wall:
            wall.tenant_id = mine.tenant_id
            assert who()[0] == WEB
            assert list(Brand.objects.all()) == [mine]
        assert Brand.objects.count() == 2

    def test_what_is_read_is_of_one_moment_until_it_is_read_anew(self) -> None:
        brand = factories.make_brand(name="Before")
        change = "UPDATE core_brand SET name = 'After' WHERE name = 'Before' RETURNING name"
        with tenant_scope() as wall:
            wall.tenant_id = brand.tenant_id
            assert [each.name for each in Brand.objects.all()] == ["Before"]
            assert elsewhere(change) == ("After",)
            assert [each.name for each in Brand.objects.all()] == ["Before"]
            new_snapshot()
            assert [each.name for each in Brand.objects.all()] == ["After"]
            with transaction.atomic():
                new_snapshot()  # a transaction that was begun by somebody is not ended
                Tenant.objects.filter(id=brand.tenant_id).update(name="Renamed")
                transaction.set_rollback(True)
        assert not Tenant.objects.filter(name="Renamed").exists()

    def test_rows_of_another_tenant_are_not_written(self) -> None:
        mine, theirs = factories.make_brand(), factories.make_brand()
        with tenant_scope() as wall:
            wall.tenant_id = mine.tenant_id
            assert Brand.objects.filter(id=theirs.id).update(name="Taken") == 0
            with pytest.raises(DatabaseError, match="row-level security"):
                Persona.objects.create(brand=theirs, name="Taken")
        assert not Persona.objects.filter(name="Taken").exists()

    def test_one_connection_serves_tenant_after_tenant(self) -> None:
        first, second = factories.make_brand(), factories.make_brand()
        for brand in (first, second, first):
            with tenant_scope() as wall:
                wall.tenant_id = brand.tenant_id
                assert list(Brand.objects.all()) == [brand]
                with transaction.atomic():
                    assert list(Brand.objects.all()) == [brand]

    def test_a_statement_that_fails_does_not_spoil_the_next(self) -> None:
        brand = factories.make_brand()
        with tenant_scope() as wall:
            wall.tenant_id = brand.tenant_id
            with pytest.raises(DataError), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
            assert list(Brand.objects.all()) == [brand]

    def test_a_write_outside_of_a_block_is_committed_when_it_returns(self) -> None:
        tenant = factories.make_tenant()
        with tenant_scope() as wall:
            wall.tenant_id = tenant.id
            assert Tenant.objects.count() == 1
            Tenant.objects.filter(id=tenant.id).update(name=Func(function="current_user", template="%(function)s"))
            assert elsewhere("SELECT name FROM core_tenant") == (WEB,)
            assert who() == (WEB, str(tenant.id), "on")

    def test_a_block_is_a_transaction_of_its_own_and_what_follows_it_comes_after_its_commit(self) -> None:
        tenant = factories.make_tenant()
        heard: list[object] = []

        def hook() -> None:
            heard.append(elsewhere("SELECT name FROM core_tenant"))
            Tenant.objects.filter(id=tenant.id).update(slug="by-the-hook")

        with tenant_scope() as wall:
            wall.tenant_id = tenant.id
            assert who()[2] == "on"
            with transaction.atomic():
                assert who() == (WEB, str(tenant.id), "off")
                Tenant.objects.update(name="Renamed")
                transaction.on_commit(hook)
                assert heard == []
            assert heard == [("Renamed",)]
            with transaction.atomic():
                Tenant.objects.update(name="Again")
                transaction.set_rollback(True)
        assert elsewhere("SELECT name, slug FROM core_tenant") == ("Renamed", "by-the-hook")

    def test_a_connection_that_is_lost_ends_the_wall_and_the_next_one_stands(self) -> None:
        brand = factories.make_brand()
        with tenant_scope() as wall:
            wall.tenant_id = brand.tenant_id
            assert Brand.objects.count() == 1
            elsewhere(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid}, 5000)")
            with pytest.raises(DatabaseError):
                Brand.objects.count()
        connection.close()
        with tenant_scope() as wall:
            wall.tenant_id = brand.tenant_id
            assert list(Brand.objects.all()) == [brand]

    def test_inside_a_block_it_stands_until_its_end(self) -> None:
        for _ in range(2):
            factories.make_brand()
        with transaction.atomic():
            with tenant_scope() as wall:
                assert Brand.objects.count() == 0
                assert wall.tenant_id is None
            assert Brand.objects.count() == 2
            assert who()[0] == connection.settings_dict["USER"]


class TestWithoutTheRole:
    @pytest.fixture(autouse=True)
    def no_role(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As on a server whose administrator made none."""
        monkeypatch.setattr("kairo.db.backend.base.WEB", "kairo_nobody_made_this")
        monkeypatch.setattr(roles, "_no_until", {})

    def test_the_service_goes_on_and_says_so_once(self, caplog: pytest.LogCaptureFixture) -> None:
        api = Api()
        factories.make_brand(api.tenant)
        for _ in range(2):
            with noted() as statements:
                assert len(api.data("{ brands { id } }")["brands"]) == 1
            assert statements == []  # none of them was in a transaction, so none in another role
        assert [record.getMessage() for record in caplog.records if record.name == "kairo.db"] == [
            "row security is off: there is no role kairo_nobody_made_this that this database user may act in"
        ]


def test_a_process_can_have_a_role_for_good(settings: Settings) -> None:
    settings.DATABASE_ROLE = "kairo_worker"
    other = connections.create_connection("default")
    other.settings_dict = {**other.settings_dict, "OPTIONS": {**other.settings_dict["OPTIONS"], "pool": None}}
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT current_user::text")
            assert cursor.fetchone() == ("kairo_worker",)
    finally:
        other.close()
