"""The memory of a web process stays within bounds for any number of distinct documents."""

from __future__ import annotations

import http.client
import json
import subprocess

import psycopg
import pytest

from tests.flows.boards import a_board
from tests.flows.conftest import PATIENCE_S, Stack

PIN = """
mutation($idea: ID!) { pinOpportunity(input: { opportunityId: $idea }) { __typename } }
"""
GROWS_BY_MB = 25  # other allocations and fragmentation


@pytest.fixture(scope="class")
def environment() -> dict[str, str]:
    return {"KAIRO_HOT_PATH_MEMORY_MB": "8", "KAIRO_RATE_LIMIT_TOKEN_COST_PER_MIN": "1000000000"} | {
        "KAIRO_RATE_LIMIT_TENANT_COST_PER_MIN": "1000000000"
    }


def memory_mb(pid: int) -> float:
    """Returns the resident memory of the process."""
    output = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(output.stdout) / 1000


@pytest.mark.slow
class TestDistinctDocuments:
    @pytest.mark.parametrize(("many", "filled", "large"), [(1_500, 500, 10), (100_000, 10_000, 1)])
    def test_memory_is_bounded_for_distinct_documents(self, stack: Stack, many: int, filled: int, large: int) -> None:
        with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as database:
            brand = a_board(database, "documents").id
        token, web = stack.token("documents"), stack.processes[-1]
        (idea,) = stack.today(token, brand)["opportunities"]
        stack.ask(token, PIN, idea=idea["id"])  # a decision writes the board's snapshot: each document costs one row
        connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=PATIENCE_S)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

        def ask(n: int) -> None:
            ideas = "id title angle whyNow score evidence { id url author }" if n % 10 < large else "id"
            query = f"query Q{n % 7}($b{n % 5}: ID!, $f: Boolean = {str(n % 2 > 0).lower()}) {{ x{n}: "
            query += f"todayBoard(brandId: $b{n % 5}) {{ state @skip(if: $f) opportunities {{ {ideas} }} }} }}"
            body = {"query": query, "variables": {f"b{n % 5}": brand}}
            status = 503
            while status == 503:  # on a busy machine
                connection.request("POST", "/graphql", json.dumps(body), headers)
                response = connection.getresponse()
                status, answer = response.status, response.read()
            assert b'"opportunities":[{' in answer, answer

        for n in range(filled):
            ask(n)
        before = memory_mb(web.pid)
        for n in range(filled, many):
            ask(n)
        assert memory_mb(web.pid) < before + GROWS_BY_MB
