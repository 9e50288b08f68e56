"""Eight clients poll a real server while what they see changes: no answer is older than what was committed before it
was asked for."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from tests.flows.conftest import Stack

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
    for idea in board["opportunities"]:
        numbers["views"] = idea["evidence"][0]["metrics"]["views"]
        if idea["decision"]:
            numbers["reason"] = int(idea["decision"]["reason"] or 0)
    return numbers


def poll(stack: Stack, token: str, brand_id: str, seen: Seen, query: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=20)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    body = json.dumps({"query": query, "variables": {"b": brand_id}})
    try:
        while not seen.over:
            before = dict(seen.committed)
            connection.request("POST", "/graphql", body, headers)
            answer = json.loads(connection.getresponse().read())
            seen.answers += 1
            numbers = told(next(iter(answer["data"].values())))
            seen.wrong += [f"{n} {numbers[n]} < {before[n]}" for n in numbers if numbers[n] < before.get(n, 0)]
    except Exception as error:
        seen.wrong.append(repr(error))


@pytest.fixture
def database(stack: Stack) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as connection:
        yield connection


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
        token, seen = stack.token("polling"), Seen()
        threads = [
            threading.Thread(target=poll, args=(stack, token, brand, seen, QUERIES[n % 2])) for n in range(CLIENTS)
        ]
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
        end, n = time.monotonic() + (60 if pytestconfig.getoption("--faults") else 5), 0
        while time.monotonic() < end:
            n += 1
            for name, change in changes.items():
                change(n)
                seen.committed[name] = n
            time.sleep(0.01)
        seen.over = True
        for thread in threads:
            thread.join()
        assert seen.wrong == []
        assert seen.answers > 50
        assert n > 10

    def test_ends_at_once_with_a_revoked_token(self, stack: Stack, database: psycopg.Connection[Any]) -> None:
        brand, _, _ = a_board(database, "revoked")
        token = stack.token("revoked")
        for _ in range(5):
            assert stack.ask(token, QUERIES[0], b=brand)
        database.execute(
            "UPDATE core_apitoken SET revoked_at = now()"
            " WHERE tenant_id = (SELECT tenant_id FROM core_brand WHERE id = %s)",
            [brand],
        )
        with pytest.raises(Exception, match="401"):
            stack.ask(token, QUERIES[0], b=brand)

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
            (now,) = database.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone() or (0,)
            state = stack.ask(token, QUERIES[0], b=brand)["todayBoard"]["__typename"]
            states.append(state)
            if now > end:
                break
        assert states[0] == "TodayBoardGenerating"
        assert states[-1] == "TodayBoardError"
