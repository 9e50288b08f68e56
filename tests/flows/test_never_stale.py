"""Eight clients poll a real server while what they see changes: no answer is older than what was committed before it
was asked for."""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.error
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
import pytest

from tests.flows.conftest import REGENERATE, Stack

QUERIES = (
    "query($b: ID!) { todayBoard(brandId: $b) { __typename brand { name } job { percent } "
    "opportunities { decision { reason } evidence { metrics { views } } } } }",
    "query Q($b: ID!) { x: todayBoard(brandId: $b) { ...F } } fragment F on TodayBoard { __typename brand { name } "
    "job { percent } opportunities { decision { reason } evidence { metrics { views } } } }",
)
CLIENTS = 8

_SEED = """
WITH t AS (INSERT INTO core_tenant (id, slug, name) VALUES (gen_random_uuid(), %(slug)s, 'T') RETURNING id),
b AS (INSERT INTO core_brand (id, tenant_id, slug, name, channels)
      SELECT gen_random_uuid(), id, 'b', '0', ARRAY['instagram'] FROM t RETURNING id),
e AS (INSERT INTO evidence_normalizedevidenceitem (id, brand_id, platform, content_type, external_id, views)
      SELECT gen_random_uuid(), id, 'instagram', 'reel', 'p', 0 FROM b RETURNING id, brand_id)
SELECT brand_id::text, id::text FROM e
"""
_IDEA = """
INSERT INTO core_opportunity (id, brand_id, concept_key, title, angle, why_now, type, primary_channel, score,
                              score_parts, claims, evidence_ids)
VALUES (gen_random_uuid(), %(b)s, 'c', 'A title', 'An angle of it', 'Because of it', 'trend', 'instagram', 70,
        '[]', '[]', ARRAY[%(e)s]::uuid[]) RETURNING id::text
"""

_NEWEST_JOB = """
SELECT extract(epoch FROM created_at) * 1000 FROM hero_opportunitiesjob WHERE brand_id = %s
ORDER BY created_at DESC LIMIT 1
"""


@dataclass
class Seen:
    """What is committed, by name, each a number that only grows; and what clients found wrong."""

    committed: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    answers: int = 0
    over: bool = False


def told(board: dict[str, Any]) -> dict[str, int]:
    """The numbers in an answer."""
    numbers = {"name": int(board["brand"]["name"])}
    if board["job"]:
        numbers["percent"] = board["job"]["percent"]
    else:
        numbers["made"] = int(datetime.fromisoformat(board["asOf"]).timestamp() * 1000)
    for idea in board["opportunities"]:
        numbers["views"] = idea["evidence"][0]["metrics"]["views"]
        if idea["decision"]:
            numbers["reason"] = int(idea["decision"]["reason"] or 0)
    return numbers


def document(n: int) -> tuple[str, str]:
    """One of many ways to ask for the same, and the name of its variable."""
    variable, alias, flag = f"v{n % 5}", f"x{n % 7}", str(n % 2 == 0).lower()
    fields = "__typename asOf brand { id name } job { percent } "
    ideas = f"opportunities {{ {alias}: title decision {{ reason }} evidence {{ metrics {{ views }} }} }}"
    if n % 3 == 0:
        return (
            f"query(${variable}: ID!) {{ {alias}: todayBoard(brandId: ${variable}) {{ {fields} {ideas} }} }}",
            variable,
        )
    return (
        f"query Q{n % 11}(${variable}: ID!, $f: Boolean = {flag}) {{ {alias}: todayBoard(brandId: ${variable}) "
        f"{{ ...F @include(if: $f) ...F @skip(if: $f) }} }} fragment F on TodayBoard {{ {fields} {ideas} }}",
        variable,
    )


def poll(stack: Stack, token: str, brand_id: str, seen: Seen, client: int, *, anothers: str = "") -> None:
    """Asks in ever other ways. `anothers` is a brand of another tenant, which must not be there for this token."""
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=60)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    own = b64encode(f"Brand:{brand_id}".encode()).decode()
    n = client * 1000

    def asked(id_: str) -> Any:
        query, variable = document(n)
        connection.request("POST", "/graphql", json.dumps({"query": query, "variables": {variable: id_}}), headers)
        return json.loads(connection.getresponse().read())

    try:
        while not seen.over:
            n += 1
            before = dict(seen.committed)
            board = next(iter(asked(brand_id)["data"].values()))
            seen.answers += 1
            numbers = told(board)
            seen.wrong += [f"{n} {numbers[n]} < {before[n]}" for n in numbers if numbers[n] < before.get(n, 0)]
            if board["brand"]["id"] != own:
                seen.wrong.append("another's board")
            if anothers and (answer := asked(anothers)).get("data"):
                seen.wrong.append(f"told about another's: {answer}")
    except Exception as error:
        seen.wrong.append(repr(error))


def goes_on(pytestconfig: pytest.Config, *, since: float, enough: bool) -> bool:
    """A while, and on a slow machine for as long as it takes to have seen enough; to the end of all patience."""
    lasted = time.monotonic() - since
    return lasted < (60 if pytestconfig.getoption("--faults") else 2.5) or (lasted < 120 and not enough)


@pytest.fixture(scope="class")
def environment() -> dict[str, str]:
    """Changes are made here by SQL, past the services that drop the copy in Redis: Django's answers go without it."""
    return {"OPPORTUNITIES_CACHE_TTL_S": "0"}


def at_once(look: Callable[[], None]) -> list[Future[None]]:
    """All clients look at once, each until it has seen the end."""
    pool = ThreadPoolExecutor(CLIENTS)
    looking = [pool.submit(look) for _ in range(CLIENTS)]
    pool.shutdown(wait=False)
    return looking


@pytest.fixture
def database(stack: Stack) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def clock(database: psycopg.Connection[Any]) -> float:
    """The database's, in seconds since the epoch."""
    (now,) = database.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone() or (0,)
    return float(now)


def a_board(database: psycopg.Connection[Any], slug: str) -> tuple[str, str, str]:
    """A brand with a ready board of one idea: ids of brand, idea and post."""
    brand, post = database.execute(_SEED, {"slug": slug}).fetchone() or ("", "")
    (idea,) = database.execute(_IDEA, {"b": brand, "e": post}).fetchone() or ("",)
    content = {
        "version": 1,
        "opportunities": [
            {
                "id": idea,
                "concept_key": "c",
                "title": "A title",
                "angle": "An angle of it",
                "why_now": "Because of it",
                "type": "trend",
                "primary_channel": "instagram",
                "suggested_channels": [],
                "score": 70,
                "score_parts": [],
                "claims": [],
                "evidence_ids": [post],
                "persona": None,
                "pillar": None,
                "created_via": "ai_suggested",
            }
        ],
    }
    database.execute(
        "INSERT INTO hero_opportunitiesboard (id, brand_id, state, ready_reason, opportunity_ids, content)"
        " VALUES (gen_random_uuid(), %s, 'ready', 'generated', ARRAY[%s]::uuid[], %s)",
        [brand, idea, json.dumps(content)],
    )
    return brand, idea, post


class TestPolling:
    def test_shows_each_change_that_was_committed_before(
        self, stack: Stack, database: psycopg.Connection[Any], pytestconfig: pytest.Config
    ) -> None:
        brand, idea, post = a_board(database, "polling")
        neighbour, _, _ = a_board(database, "neighbour")
        token, seen, theirs = stack.token("polling"), Seen(), Seen()
        threads = [threading.Thread(target=poll, args=(stack, token, brand, seen, n)) for n in range(CLIENTS)]
        threads.append(
            threading.Thread(
                target=poll,
                args=(stack, stack.token("neighbour"), neighbour, theirs, CLIENTS),
                kwargs={"anothers": brand},
            )
        )
        changes: dict[str, Callable[[int], object]] = {
            "name": lambda n: database.execute("UPDATE core_brand SET name = %s WHERE id = %s", [str(n), brand]),
            "views": lambda n: database.execute(
                "UPDATE evidence_normalizedevidenceitem SET views = %s WHERE id = %s", [n, post]
            ),
            "reason": lambda n: database.execute(
                "INSERT INTO core_opportunitydecision (id, opportunity_id, kind, reason)"
                " VALUES (gen_random_uuid(), %s, 'pinned', %s)",
                [idea, str(n)],
            ),
        }
        for thread in threads:
            thread.start()
        since, n = time.monotonic(), 0
        while goes_on(pytestconfig, since=since, enough=seen.answers > 50 and theirs.answers > 1 and n > 10):
            n += 1
            for name, change in changes.items():
                change(n)
                seen.committed[name] = n
            time.sleep(0.01)
        seen.over = theirs.over = True
        for thread in threads:
            thread.join()
        assert seen.wrong == theirs.wrong == []
        assert seen.answers > 50
        assert theirs.answers > 1
        assert n > 10

    def test_shows_a_regeneration_that_was_asked_for_before(
        self, stack: Stack, database: psycopg.Connection[Any], pytestconfig: pytest.Config
    ) -> None:
        brand, _, _ = a_board(database, "regenerating")
        token, seen, runs = stack.token("regenerating"), Seen(), 0
        threads = [threading.Thread(target=poll, args=(stack, token, brand, seen, n)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        since = time.monotonic()
        while goes_on(pytestconfig, since=since, enough=seen.answers > 50 and runs > 1):
            stack.ask(token, REGENERATE, i={"brandId": brand})
            # From here on there is a job, or a board that is younger than the job.
            (asked_at,) = database.execute(_NEWEST_JOB, [brand]).fetchone() or (0,)
            seen.committed["made"] = int(asked_at)
            stack.await_today(token, brand)
            runs += 1
        seen.over = True
        for thread in threads:
            thread.join()
        assert seen.wrong == []
        assert seen.answers > 50
        assert runs > 1

    def test_shows_an_idea_again_once_its_snooze_ends(self, stack: Stack, database: psycopg.Connection[Any]) -> None:
        brand, idea, _ = a_board(database, "snoozed")
        token = stack.token("snoozed")
        assert len(stack.ask(token, QUERIES[0], b=brand)["todayBoard"]["opportunities"]) == 1
        (end,) = database.execute(
            "INSERT INTO core_opportunitydecision (id, opportunity_id, kind, until)"
            " VALUES (gen_random_uuid(), %s, 'snoozed', now() + interval '2 s') RETURNING extract(epoch FROM until)",
            [idea],
        ).fetchone() or (0,)
        shown = []

        def look() -> None:
            while True:
                before = clock(database)
                board = stack.ask(token, QUERIES[0], b=brand)["todayBoard"]
                if clock(database) < end:
                    assert board["opportunities"] == []
                    shown.append(0)
                elif before >= end:
                    assert len(board["opportunities"]) == 1
                    return

        for looking in at_once(look):
            looking.result()
        assert shown

    def test_ends_at_once_with_its_brand(self, stack: Stack, database: psycopg.Connection[Any]) -> None:
        brand, _, _ = a_board(database, "deleted")
        token = stack.token("deleted")
        for _ in range(5):
            assert stack.ask(token, QUERIES[0], b=brand)
        deletion = f"from kairo.core.models import Brand; Brand.objects.get(id={brand!r}).delete()"
        stack.manage("shell", "--no-imports", "-c", deletion)
        with pytest.raises(AssertionError, match="Brand not found"):
            stack.ask(token, QUERIES[0], b=brand)

    def test_ends_at_once_with_a_revoked_token(self, stack: Stack, database: psycopg.Connection[Any]) -> None:
        brand, _, _ = a_board(database, "revoked")
        token = stack.token("revoked")
        assert stack.ask(token, QUERIES[0], b=brand)
        revoked = threading.Event()

        def look() -> None:
            while True:
                was_revoked = revoked.is_set()
                try:
                    stack.ask(token, QUERIES[0], b=brand)
                except urllib.error.HTTPError as error:
                    code = error.code
                    break
                assert not was_revoked
            assert code == 401

        all_looking = at_once(look)
        time.sleep(0.3)
        database.execute(
            "UPDATE core_apitoken SET revoked_at = now()"
            " WHERE tenant_id = (SELECT tenant_id FROM core_brand WHERE id = %s)",
            [brand],
        )
        revoked.set()
        for looking in all_looking:
            looking.result()

    def test_shows_a_job_until_its_deadline_and_not_after(
        self, stack: Stack, database: psycopg.Connection[Any]
    ) -> None:
        brand, _, _ = a_board(database, "deadline")
        token = stack.token("deadline")
        (end,) = database.execute(
            "INSERT INTO hero_opportunitiesjob (id, brand_id, status, lease_token, lease_expires_at, locked_at,"
            " started_at, attempts, deadline_at) VALUES (gen_random_uuid(), %s, 'running', gen_random_uuid(),"
            " now() + interval '1 h', now(), now(), 3, now() + interval '2 s')"
            " RETURNING extract(epoch FROM deadline_at)",
            [brand],
        ).fetchone() or (0,)
        states = []
        while True:
            now = clock(database)
            state = stack.ask(token, QUERIES[0], b=brand)["todayBoard"]["__typename"]
            states.append(state)
            if now > end:
                break
        assert states[0] == "TodayBoardGenerating"
        assert states[-1] == "TodayBoardError"
