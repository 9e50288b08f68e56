"""A cache miss whose rows are locked: the client gets 503 in time, whatever the reading thread does."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import psycopg
import pytest

from tests.flows.boards import a_board
from tests.flows.conftest import TODAY, Stack


class TestLockedRows:
    @pytest.fixture(scope="class")
    @classmethod
    def environment(cls) -> dict[str, str]:
        return {"KAIRO_HOT_PATH": "true", "KAIRO_DATABASE_LOCK_TIMEOUT_S": "60", "KAIRO_DATABASE_POOL_MAX_SIZE": "2"}

    def test_locked_rows_are_503_in_time(self, stack: Stack) -> None:
        with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as database:
            brand = a_board(database, "late")
            token = stack.token("late")
            with database.transaction():
                database.execute("LOCK TABLE hero_opportunitiesboard")
                for _ in range(3):  # more often than there are connections
                    status, payload = ask(stack, token, brand.id)
                    assert (status, payload["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert stack.today(token, brand.id)["state"] == "READY"
        assert stack.ask(token, "{ brands { id } }")["brands"]  # which takes a connection of the same pool


def ask(stack: Stack, token: str, brand_id: str) -> tuple[int, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{stack.port}/graphql",
        json.dumps({"query": TODAY, "variables": {"b": brand_id}}).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)
