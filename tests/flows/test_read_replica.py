"""A replica with other content, so that each read shows which database served it."""

from __future__ import annotations

import json
import os
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.flows.conftest import Stack
from tests.flows.test_board_over_http import import_everything, post

LISTED = """query($b: ID!) {
  brands { name pillars { name } } brand(id: $b) { name } opportunities(brandId: $b) { nodes { title } }
  boards(brandId: $b) { nodes { id } } evidence(brandId: $b) { nodes { author } }
}"""
RENAME = """mutation($i: UpdateBrandInput!) { updateBrand(input: $i) {
  ... on BrandSaved { brand { name pillars { name } } } } }"""
DIVERGE = """
SET session_replication_role = replica;
UPDATE core_brand SET name = 'as it was';
UPDATE core_contentpillar SET name = 'as it was ' || id;
UPDATE core_opportunity SET title = 'as it was';
UPDATE evidence_normalizedevidenceitem SET author_ref = 'as it was';
DELETE FROM hero_opportunitiesboard;
DELETE FROM hero_opportunitiesjob;
DELETE FROM core_apitoken;
"""


@pytest.mark.slow
class TestReadReplica:
    def test_replica_serves_display_queries_only_under_row_security(self, stack: Stack, tmp_path: Path) -> None:
        brand_id = import_everything(stack, tmp_path, [post(n, now=datetime.now(tz=UTC)) for n in range(10)])
        token = stack.token("demo")
        before = stack.await_today(token, brand_id)
        assert before["state"] == "READY"
        (job,) = stack.ask(token, "query($b: ID!) { generationJobs(brandId: $b) { nodes { id } } }", b=brand_id)[
            "generationJobs"
        ]["nodes"]
        for process in list(stack.processes):
            if process.poll() is None:
                stack.stop(process)
        database = urlsplit(stack.environment["DATABASE_URL"])
        name = f"replica_{uuid4().hex}"
        url = database._replace(path=f"/{name}").geturl()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {database.path.lstrip('/')}")
            try:
                with psycopg.connect(url, autocommit=True) as replica:
                    replica.execute(DIVERGE)
                stack.environment |= {"KAIRO_DATABASE_READ_URL": url, "REDIS_URL": ""}
                stack.serve()
                self._reads(stack, token, brand_id, job_id=job["id"], url=url, ideas=len(before["opportunities"]))
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        # Without the replica, reads come from the primary, and /readyz is degraded.
        assert stack.ask(token, "{ brands { name } }")["brands"] == [{"name": "Renamed"}]
        with urllib.request.urlopen(f"http://127.0.0.1:{stack.port}/readyz") as response:
            status = json.load(response)
        assert status["status"] == "degraded"
        assert status["checks"]["replica"].startswith("failed")

    @staticmethod
    def _reads(stack: Stack, token: str, brand_id: str, *, job_id: str, url: str, ideas: int) -> None:
        old = stack.ask(token, LISTED, b=brand_id)
        assert {brand["name"] for brand in [*old["brands"], old["brand"]]} == {"as it was"}
        assert all(pillar["name"].startswith("as it was") for brand in old["brands"] for pillar in brand["pillars"])
        assert {idea["title"] for idea in old["opportunities"]["nodes"]} == {"as it was"}
        assert {item["author"] for item in old["evidence"]["nodes"]} == {"as it was"}
        assert old["boards"]["nodes"] == []

        # Today's board, jobs, tokens and the results of mutations come from the primary.
        board = stack.today(token, brand_id)
        assert (board["state"], len(board["opportunities"])) == ("READY", ideas)
        assert "as it was" not in json.dumps(board)
        assert stack.ask(token, "query($j: ID!) { generationJob(id: $j) { id } }", j=job_id)["generationJob"]
        renamed = stack.ask(token, RENAME, i={"brandId": brand_id, "name": "Renamed"})["updateBrand"]["brand"]
        assert renamed["name"] == "Renamed"
        assert "as it was" not in json.dumps(renamed)
        with psycopg.connect(url, autocommit=True) as replica:
            assert replica.execute("SELECT DISTINCT name FROM core_brand").fetchall() == [("as it was",)]
            replica.execute("ALTER POLICY kairo_tenant_rows ON core_brand USING (false)")
            assert stack.ask(token, "{ brands { id } }") == {"brands": []}
        with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as database:
            database.execute("UPDATE core_apitoken SET revoked_at = now()")
            with pytest.raises(HTTPError, match="401"):
                stack.ask(token, "{ brands { id } }")
            database.execute("UPDATE core_apitoken SET revoked_at = NULL")
