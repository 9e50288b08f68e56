"""Requests, on connections whose transactions are real: the test's own transaction would hide the scope's."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import Settings

from kairo.db import roles
from kairo.db.roles import WEB
from tests import factories
from tests.db.statements import current_state, fetch_on_other_connection, recorded_statements
from tests.schema.api import REGENERATE, TODAY_BOARD, Api
from tests.schema.asgi_client import AsgiClient

pytestmark = pytest.mark.django_db(transaction=True)


class TestRequest:
    def test_query_runs_in_one_read_only_transaction_of_the_web_role(self) -> None:
        api = Api(client=AsgiClient(board_cache=False))
        brand = factories.make_brand(api.tenant)
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        with recorded_statements() as statements:
            assert api.data(TODAY_BOARD, b=str(brand.id))["todayBoard"]["state"] == "READY"
        assert len(statements) == 3  # the server has authenticated the token on a connection of its own
        assert {state for _, state in statements} == {(WEB, str(api.tenant.id), "on")}
        assert current_state() == (connection.settings_dict["USER"], "", "off")

    def test_mutation_writes_in_the_web_role(self) -> None:
        api = Api()
        brand = factories.make_brand(api.tenant)
        with recorded_statements() as statements:
            answer = api.data(REGENERATE, i={"brandId": str(brand.id)})["regenerateTodayBoard"]
        assert answer["job"]["status"] == "PENDING"
        written = [sql for sql, _ in statements if "INSERT INTO hero_opportunitiesjob" in sql]
        assert written
        assert {state[:2] for _, state in statements} == {(WEB, str(api.tenant.id))}
        assert fetch_on_other_connection("SELECT dispatched_at IS NOT NULL FROM hero_opportunitiesjob") == (True,)

    def test_invalid_token_leaves_the_connection_unscoped(self) -> None:
        assert Api(tenant=factories.make_tenant(), secret="kairo_no").codes("{ __typename }") == ["UNAUTHENTICATED"]
        assert current_state() == (connection.settings_dict["USER"], "", "off")

    def test_row_security_switched_off_leaves_statements_unscoped(self, settings: Settings) -> None:
        settings.ROW_SECURITY = False
        api = Api()
        with recorded_statements() as statements:
            assert api.data("{ brands { id } }") == {"brands": []}
        assert statements == []  # none ran in a transaction of a scope


class TestMissingRole:
    @pytest.fixture(autouse=True)
    def no_role(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As on a server without the roles."""
        monkeypatch.setattr("kairo.db.backend.base.WEB", "kairo_missing")
        monkeypatch.setattr(roles, "_next_check_at", {})

    def test_missing_role_serves_unscoped_and_warns_once(self, caplog: pytest.LogCaptureFixture) -> None:
        api = Api()
        factories.make_brand(api.tenant)
        for _ in range(2):
            with recorded_statements() as statements:
                assert len(api.data("{ brands { id } }")["brands"]) == 1
            assert statements == []  # none ran in a transaction of a scope
        assert [record.getMessage() for record in caplog.records if record.name == "kairo.db"] == [
            "row security is off: there is no role kairo_missing that this database user may act in"
        ]
