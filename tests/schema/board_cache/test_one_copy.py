"""Both paths read the one stored copy of a board: each response equals the database, whatever wrote to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from kairo.core.models import Brand, ContentPillar, Opportunity, Persona
from kairo.db.tenant_scope import tenant_scope
from kairo.hero.boards import snapshot
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.models import BoardRevision, BoardSnapshot
from kairo.hero.services.board_lookup import versioned_board_from_rows
from tests import factories
from tests.schema.api import Api
from tests.schema.asgi_client import AsgiClient
from tests.schema.board_cache.boards import ready_without_snapshot

pytestmark = pytest.mark.django_db

QUERY = """query ($b: ID!) {
  todayBoard(brandId: $b) {
    __typename
    brand { name }
    meta { opportunityCount dominantPersona { id name } dominantPillar { id name } notes }
    opportunities {
      id title decision { kind } persona { id name } pillar { id name } evidence { id url metrics { views } }
    }
    ... on TodayBoardReady { coverage { pillar { id name } items } brandMentions { phrase } }
  }
}"""
PARTS = "query ($b: ID!) { brand(id: $b) { personas { id name } pillars { id name } } }"
HISTORY = """query ($b: ID!, $board: ID!, $at: DateTime) {
  boards(brandId: $b) { nodes { opportunities { persona { id name } pillar { id name } } } }
  board(id: $board) { opportunities { persona { id name } pillar { id name } } }
  todayBoard(brandId: $b, asOf: $at) { opportunities { persona { id name } pillar { id name } } }
}"""
DUMPED = (
    "core_brand",
    "core_persona",
    "core_contentpillar",
    "core_opportunity",
    "core_opportunitydecision",
    "evidence_normalizedevidenceitem",
    "hero_opportunitiesboard",
    "hero_opportunitiesjob",
    "hero_boardrevision",
    "hero_boardsnapshot",
)


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Clients of one tenant: a web process that keeps what it read, and the executed path."""

    warm: Api
    executed: Api

    def read(self, brand: Brand) -> dict[str, Any]:
        """Returns the board of a new process after both clients were compared with it, byte for byte."""
        body = {"query": QUERY, "variables": {"b": str(brand.id)}}
        cold = self._client(board_cache=True).post(body)
        assert self.warm.post(body).content == cold.content
        assert self.executed.post(body).content == cold.content
        BoardSnapshot.objects.filter(brand=brand).update(version=snapshot.VERSION + 1)
        from_rows = self._client(board_cache=False).post(body)
        BoardSnapshot.objects.filter(brand=brand).update(version=snapshot.VERSION)
        assert from_rows.content == cold.content
        board: dict[str, Any] = json.loads(cold.content)["data"]["todayBoard"]
        return board

    def _client(self, *, board_cache: bool) -> Api:
        return Api(tenant=self.warm.tenant, secret=self.warm.secret, client=AsgiClient(board_cache=board_cache))


@pytest.fixture
def readers() -> Readers:
    warm = Api(client=AsgiClient(board_cache=True))
    return Readers(
        warm=warm, executed=Api(tenant=warm.tenant, secret=warm.secret, client=AsgiClient(board_cache=False))
    )


@pytest.fixture
def brand(readers: Readers) -> Brand:
    """A brand whose board has two opportunities, the first of them pinned, and a current snapshot."""
    brand = factories.make_brand(readers.warm.tenant)
    persona, pillar = brand.personas.get(), brand.pillars.get()
    opportunities = [factories.make_opportunity(brand, persona=persona, pillar=pillar) for _ in range(2)]
    factories.make_ready_board(brand, opportunities)
    opportunity_decisions.pin(caller=factories.make_caller(brand.tenant), opportunity_id=opportunities[0].id)
    return brand


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def ignore_by_hand(brand: Brand) -> None:
    run(
        "INSERT INTO core_opportunitydecision (id, opportunity_id, kind)"
        " SELECT gen_random_uuid(), id, 'ignored' FROM core_opportunity"
    )


def count_by_hand(brand: Brand) -> None:
    run("UPDATE evidence_normalizedevidenceitem SET views = 4711")


def delete_board_by_hand(brand: Brand) -> None:
    run("DELETE FROM hero_opportunitiesboard")


def truncate_decisions(brand: Brand) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("TRUNCATE core_opportunitydecision")


def truncate_boards(brand: Brand) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("TRUNCATE hero_opportunitiesboard CASCADE")


def rename_persona(brand: Brand) -> None:
    run("UPDATE core_persona SET name = 'Night baker'")


@pytest.mark.parametrize(
    "change",
    [ignore_by_hand, count_by_hand, delete_board_by_hand, truncate_decisions, truncate_boards, rename_persona],
)
def test_sql_by_hand_shows_at_once_on_both_paths(
    readers: Readers, brand: Brand, change: Callable[[Brand], None]
) -> None:
    before = readers.read(brand)
    change(brand)
    assert readers.read(brand) != before


def test_truncated_decisions_are_no_longer_shown(readers: Readers, brand: Brand) -> None:
    assert [each["decision"] for each in readers.read(brand)["opportunities"]] == [{"kind": "PINNED"}, None]
    assert not readers.warm.client.bypassed
    truncate_decisions(brand)
    assert [each["decision"] for each in readers.read(brand)["opportunities"]] == [None, None]


def test_restored_older_dump_shows_at_once_on_both_paths(readers: Readers, brand: Brand) -> None:
    """As `pg_restore` does: rows, snapshots and revisions of an earlier moment, with triggers disabled."""
    dumped = readers.read(brand)
    dump()
    caller = factories.make_caller(brand.tenant)
    second = Opportunity.objects.exclude(decisions__kind="pinned").get()
    opportunity_decisions.ignore(caller=caller, opportunity_id=second.id)
    count_by_hand(brand)
    rename_persona(brand)
    latest = readers.read(brand)
    assert latest != dumped
    remembered = BoardRevision.objects.get(brand=brand).revision

    restore()

    assert BoardRevision.objects.get(brand=brand).revision < remembered
    assert readers.read(brand) == dumped
    opportunity_decisions.pin(caller=caller, opportunity_id=second.id)
    assert BoardRevision.objects.get(brand=brand).revision > remembered, "a revision came back"
    assert readers.read(brand) != dumped


def test_entry_has_the_revision_of_its_rows(readers: Readers) -> None:
    """Later rows under an earlier revision would be current again after a restore."""
    brand = ready_without_snapshot(readers.warm.tenant)
    before = BoardRevision.objects.get(brand=brand).revision
    with tenant_scope(brand.tenant_id):
        count_by_hand(brand)
        versioned = versioned_board_from_rows(caller=factories.make_caller(brand.tenant), brand_id=brand.id)
    assert versioned is not None
    assert before < versioned.revision == BoardRevision.objects.get(brand=brand).revision


@pytest.mark.parametrize("url", ["", "redis://127.0.0.1:1/0"])
def test_absent_redis_changes_no_response(readers: Readers, brand: Brand, settings: Settings, url: str) -> None:
    before = readers.read(brand)
    settings.REDIS_URL = url
    assert readers.read(brand) == before
    ignore_by_hand(brand)
    assert readers.read(brand)["opportunities"] == []


def test_renamed_parts_have_one_name_under_one_id(readers: Readers, brand: Brand) -> None:
    before = readers.read(brand)
    Persona.objects.update(name="Night baker")
    ContentPillar.objects.update(name="Rye")
    board = readers.read(brand)
    parts = readers.executed.data(PARTS, b=str(brand.id))["brand"]
    names = {part["id"]: part["name"] for part in (*parts["personas"], *parts["pillars"])}
    assert sorted(names.values()) == ["Night baker", "Rye"]
    stored = brand.boards.get()
    history = readers.executed.data(HISTORY, b=str(brand.id), board=str(stored.id), at=stored.created_at.isoformat())
    for each in (
        board,
        *history["boards"]["nodes"],
        history["board"],
        history["todayBoard"],
    ):
        for opportunity in each["opportunities"]:
            assert {part["id"]: part["name"] for part in (opportunity["persona"], opportunity["pillar"])} == names
    assert board["meta"]["dominantPersona"]["name"] == "Night baker"
    assert board["meta"]["dominantPillar"]["name"] == "Rye"
    assert before["opportunities"][0]["persona"]["id"] == board["opportunities"][0]["persona"]["id"]


def test_deleted_persona_keeps_its_name_in_the_board(readers: Readers, brand: Brand) -> None:
    readers.read(brand)
    Persona.objects.all().delete()
    assert readers.read(brand)["opportunities"][0]["persona"]["name"] == "Home baker"


def dump() -> None:
    for table in DUMPED:
        run(f"CREATE TEMP TABLE dumped_{table} ON COMMIT DROP AS SELECT {columns(table)} FROM {table}")


def restore() -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET LOCAL session_replication_role = replica")
    for table in DUMPED:
        run(f"DELETE FROM {table}")
        run(f"INSERT INTO {table} ({columns(table)}) SELECT {columns(table)} FROM dumped_{table}")
    run("SET LOCAL session_replication_role = DEFAULT")


def columns(table: str) -> str:
    """The columns that a dump has: all but generated ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return str(cursor.fetchone()[0])
