"""One statement reads the state of a brand's Today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from kairo.core.errors import NotFound
from kairo.core.models import Brand, Opportunity
from kairo.core.services.access import Caller
from kairo.db.tenant_scope import tenant_scope
from kairo.hero.boards import snapshot
from kairo.hero.enums import TodayBoardState
from kairo.hero.services.today_service import get_today_board, regenerate_today_board
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


class TestSnapshot:
    @pytest.mark.parametrize("ideas", [1, 24])
    def test_snapshot_answers_in_one_statement_and_rows_in_three(
        self, brand: Brand, caller: Caller, ideas: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        factories.make_ready_board(brand, [factories.make_opportunity(brand) for _ in range(ideas)])
        with django_assert_num_queries(3):
            from_rows = get_today_board(caller=caller, brand_id=brand.id)
        snapshot.refresh(brand_id=brand.id)
        with django_assert_num_queries(1):
            from_snapshot = get_today_board(caller=caller, brand_id=brand.id)
        assert not from_rows.meta.cache_hit
        assert replace(from_snapshot, meta=replace(from_snapshot.meta, cache_hit=False)) == from_rows

    def test_snapshot_is_not_another_tenants(self, brand: Brand, caller: Caller) -> None:
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        snapshot.refresh(brand_id=brand.id)
        stranger = factories.make_caller(factories.make_tenant())
        with pytest.raises(NotFound):
            get_today_board(caller=stranger, brand_id=brand.id)

    def test_regeneration_shows_the_snapshot_as_stale(self, brand: Brand, caller: Caller) -> None:
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        snapshot.refresh(brand_id=brand.id)
        regenerate_today_board(caller=caller, brand_id=brand.id)
        board = get_today_board(caller=caller, brand_id=brand.id)
        assert board.state == TodayBoardState.GENERATING
        assert board.stale


class TestConcurrentChange:
    def test_rows_are_of_one_moment_despite_a_concurrent_deletion(self, brand: Brand, caller: Caller) -> None:
        idea = factories.make_opportunity(brand)
        board = factories.make_ready_board(brand, [idea])
        gone: list[UUID] = []

        def delete_after_the_first(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            found = execute(sql, *rest)
            if not gone:
                gone.append(board.id)
                with psycopg.connect(**connection.get_connection_params()) as other:
                    other.execute("DELETE FROM hero_opportunitiesboard WHERE id = %s", [board.id])
                    other.execute("DELETE FROM core_opportunity WHERE id = %s", [idea.id])
            return found

        with tenant_scope(brand.tenant_id), connection.execute_wrapper(delete_after_the_first):
            shown = get_today_board(caller=caller, brand_id=brand.id)
        assert gone == [shown.board_id]
        assert [each.id for each in shown.opportunities] == [idea.id]
        assert not Opportunity.objects.filter(id=idea.id).exists()
