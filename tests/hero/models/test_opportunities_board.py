"""The database refuses contradictory boards, through the ORM and by raw SQL, in one transaction and in two."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kairo.core.ids import opportunity_id
from kairo.hero.enums import GenerationErrorCode, ReadyReason, TodayBoardState
from kairo.hero.models import OpportunitiesBoard
from tests import factories
from tests.constraints import assert_violates as refused
from tests.constraints import execute as run


@pytest.mark.django_db
class TestBoardStates:
    @pytest.mark.parametrize("state", ["not_generated_yet", "generating", "great"])
    def test_board_state_is_storable(self, state: str) -> None:
        brand = factories.make_brand()
        refused("board_state_storable", lambda: OpportunitiesBoard.objects.create(brand=brand, state=state))
        factories.make_ready_board(brand, [])
        refused(
            "board_state_storable",
            lambda: run("UPDATE hero_opportunitiesboard SET state = %s, ready_reason = NULL", state),
        )

    def test_board_that_is_ready_and_empty_has_a_reason(self) -> None:
        brand = factories.make_brand()
        refused(
            "board_empty_ready_has_reason",
            lambda: OpportunitiesBoard.objects.create(brand=brand, state=TodayBoardState.READY),
        )
        factories.make_ready_board(brand, [])
        refused("board_empty_ready_has_reason", lambda: run("UPDATE hero_opportunitiesboard SET ready_reason = NULL"))

    def test_board_ready_reason_is_known(self) -> None:
        brand = factories.make_brand()
        refused("board_ready_reason_known", lambda: factories.make_ready_board(brand, [], ready_reason="because"))
        factories.make_ready_board(brand, [])
        refused("board_ready_reason_known", lambda: run("UPDATE hero_opportunitiesboard SET ready_reason = 'no'"))

    @pytest.mark.parametrize("state", [TodayBoardState.ERROR, TodayBoardState.INSUFFICIENT_EVIDENCE])
    def test_board_that_is_not_ready_has_no_reason(self, state: TodayBoardState) -> None:
        brand = factories.make_brand()
        reason = ReadyReason.NO_VALID_CANDIDATES
        refused(
            "board_only_ready_has_reason_or_ideas",
            lambda: OpportunitiesBoard.objects.create(brand=brand, state=state, ready_reason=reason),
        )
        factories.make_ready_board(brand, [])
        refused(
            "board_only_ready_has_reason_or_ideas",
            lambda: run("UPDATE hero_opportunitiesboard SET state = %s", state.value),
        )

    def test_board_error_code_is_known(self) -> None:
        brand = factories.make_brand()
        refused(
            "board_error_code_known",
            lambda: OpportunitiesBoard.objects.create(brand=brand, state="error", error_code="gremlins"),
        )
        OpportunitiesBoard.objects.create(brand=brand, state="error", error_code=GenerationErrorCode.INTERNAL)
        refused("board_error_code_known", lambda: run("UPDATE hero_opportunitiesboard SET error_code = 'gremlins'"))

    def test_board_is_the_only_one_of_its_job(self) -> None:
        brand = factories.make_brand()
        job = factories.make_job(brand)
        factories.make_ready_board(brand, [], job=job)
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.make_ready_board(brand, [], job=job)
        factories.make_ready_board(brand, [])
        with pytest.raises(IntegrityError), transaction.atomic():
            run("UPDATE hero_opportunitiesboard SET job_id = %s", job.id)


@pytest.mark.django_db(transaction=True)
class TestBoardReferences:
    """Real commits: the board's check is deferred to them."""

    def test_board_of_unknown_opportunities_does_not_commit(self) -> None:
        brand = factories.make_brand()
        refused(
            "board_opportunities_exist",
            lambda: OpportunitiesBoard.objects.create(
                brand=brand, state="ready", ready_reason="generated", opportunity_ids=[uuid4()]
            ),
        )
        board = factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        refused(
            "board_opportunities_exist",
            lambda: run(
                "UPDATE hero_opportunitiesboard SET opportunity_ids = opportunity_ids || %s WHERE id = %s",
                [uuid4()],
                board.id,
            ),
        )
        board.refresh_from_db()
        assert len(board.opportunity_ids) == 1

    def test_board_of_another_brands_opportunities_does_not_commit(self) -> None:
        brand, stranger = factories.make_brand(), factories.make_brand()
        theirs = factories.make_opportunity(stranger)
        refused("board_opportunities_exist", lambda: factories.make_ready_board(brand, [theirs]))
        board = factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        refused(
            "board_opportunities_exist",
            lambda: run("UPDATE hero_opportunitiesboard SET brand_id = %s WHERE id = %s", stranger.id, board.id),
        )

    def test_board_and_opportunities_may_come_in_any_order_in_one_transaction(self) -> None:
        brand = factories.make_brand()
        id_ = opportunity_id(brand_id=brand.id, concept_key="later")
        with transaction.atomic():
            board = OpportunitiesBoard.objects.create(
                brand=brand, state="ready", ready_reason="generated", opportunity_ids=[id_]
            )
            assert board.validate_referential_integrity() == (False, [str(id_)])
            factories.make_opportunity(brand, concept_key="later")
        assert board.validate_referential_integrity() == (True, [])

    def test_board_prevents_the_deletion_of_its_opportunities(self) -> None:
        brand, stranger = factories.make_brand(), factories.make_brand()
        row, free = factories.make_opportunity(brand), factories.make_opportunity(brand)
        factories.make_ready_board(brand, [row])
        refused("opportunity_named_by_board", row.delete)
        refused("opportunity_named_by_board", lambda: run("DELETE FROM core_opportunity WHERE id = %s", row.id))
        refused(
            "opportunity_named_by_board",
            lambda: run("UPDATE core_opportunity SET id = %s, concept_key = 'moved' WHERE id = %s", uuid4(), row.id),
        )
        theirs = factories.make_post(stranger)
        refused(
            "opportunity_named_by_board",
            lambda: run(
                "UPDATE core_opportunity SET brand_id = %s, evidence_ids = %s WHERE id = %s",
                stranger.id,
                [theirs.id],
                row.id,
            ),
        )
        free.delete()

    def test_opportunity_deletion_requires_read_committed(self) -> None:
        brand = factories.make_brand()
        row = factories.make_opportunity(brand)

        def delete_it() -> None:
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            row.delete()

        with pytest.raises(DatabaseError, match="read committed"), transaction.atomic():
            delete_it()

    @pytest.mark.parametrize("first", ["board", "delete"])
    def test_board_and_concurrent_deletion_do_not_both_commit(self, first: str) -> None:
        brand = factories.make_brand()
        row = factories.make_opportunity(brand)

        def name_it(db: psycopg.Connection) -> None:
            db.execute(
                "INSERT INTO hero_opportunitiesboard (id, brand_id, state, ready_reason, opportunity_ids)"
                " VALUES (%s, %s, 'ready', 'generated', %s)",
                (uuid4(), brand.id, [row.id]),
            )
            db.execute("SET CONSTRAINTS ALL IMMEDIATE")

        def delete_it(db: psycopg.Connection) -> None:
            db.execute("DELETE FROM core_opportunity WHERE id = %s", (row.id,))

        steps = [name_it, delete_it] if first == "board" else [delete_it, name_it]
        assert _race(*steps) == 1

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM core_opportunity WHERE id = %s", [row.id])
            left = cursor.fetchone()[0]
        assert left == (1 if first == "board" else 0)
        assert OpportunitiesBoard.objects.count() == left


def _race(first: Callable[[psycopg.Connection], None], second: Callable[[psycopg.Connection], None]) -> int:
    """The first acts and waits uncommitted until the second is blocked by it, then commits: how many got through."""
    committed = []
    url = connection.get_connection_params()
    info = {name: url[name] for name in ("dbname", "user", "password", "host", "port") if url.get(name)}

    def chase() -> None:
        with psycopg.connect(**info) as db:
            try:
                second(db)
                db.commit()
                committed.append("second")
            except psycopg.errors.ForeignKeyViolation:
                db.rollback()

    with psycopg.connect(**info) as db:
        first(db)
        chaser = threading.Thread(target=chase)
        chaser.start()
        chaser.join(0.3)
        assert chaser.is_alive(), "the second transaction must wait for the first"
        db.commit()
        committed.append("first")
        chaser.join(60)
    return len(committed)
