"""What row security costs a read over HTTP: `python -m benchmarks.row_security`.

Two web processes over one database, one behind the wall and one without it, and the same two without Redis, so that
no board is cached. One client, one connection, one read after the other; the two take turns in every round, and first
in every other one. A figure is the median of a round's reads; the ratio is the median of the rounds' ratios. Answers
are compared before anything is timed.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import psycopg

from kairo.devstack.checkout import ROOT
from kairo.devstack.ports import free_port
from kairo.devstack.servers import Servers, throwaway_servers

TODAY = """query($b: ID!) { todayBoard(brandId: $b) { __typename state readyReason remediation asOf
  meta { generatedAt opportunityCount }
  opportunities { id title angle whyNow type primaryChannel suggestedChannels score
    scoreParts { part points max sentence } persona { id name } pillar { id name } createdAt
    evidence { id platform url author snippet hasTranscript publishedAt metrics { views likes comments shares } }
  } } }"""
BRANDS = "{ brands { id slug name positioning channels pillars { id name } personas { id name } } }"
OPPORTUNITIES = """query($b: ID!) { opportunities(brandId: $b, first: 50) { pageInfo { hasNextPage }
  nodes { id title angle whyNow type score createdAt pillar { id name } evidence { id url author } } } }"""
EVIDENCE = "query($b: ID!) { evidence(brandId: $b, first: 50) { nodes { id url author publishedAt } } }"
SEARCH = """query($b: ID!) { evidence(brandId: $b, first: 50, filter: { search: "word77 oven" }) { nodes { id } } }"""
JOBS = "query($b: ID!) { generationJobs(brandId: $b, first: 20) { nodes { id status } } }"

# What others have: a few ten thousand rows, and one brand of our own that has 20,000 posts.
OTHERS = [
    "INSERT INTO core_tenant (id, slug, name) SELECT gen_random_uuid(), 'other' || n, 'T'"
    " FROM generate_series(1, 200) n",
    "INSERT INTO core_brand (id, tenant_id, slug, name) SELECT gen_random_uuid(), t.id, 'b' || n, 'B'"
    " FROM core_tenant t, generate_series(1, 5) n WHERE t.slug LIKE 'other%'",
    "INSERT INTO core_brand (id, tenant_id, slug, name) SELECT gen_random_uuid(), t.id, 'large', 'Large'"
    " FROM core_tenant t WHERE t.slug = 'demo'",
    "INSERT INTO evidence_normalizedevidenceitem (id, brand_id, platform, content_type, external_id, canonical_url,"
    " published_at, author_ref, text_primary)"
    " SELECT gen_random_uuid(), b.id, 'instagram', 'reel', 'bench' || n, 'https://instagram.example/' || n,"
    " now() - n * interval '1 minute', 'a' || n % 50, 'word' || n % 500 || ' bread oven number ' || n"
    " FROM core_brand b JOIN core_tenant t ON t.id = b.tenant_id,"
    " generate_series(1, CASE WHEN b.slug = 'large' THEN 20000 ELSE 30 END) n"
    " WHERE b.slug = 'large' OR t.slug LIKE 'other%'",
    "INSERT INTO core_opportunity (id, brand_id, concept_key, title, angle, why_now, type, primary_channel, score,"
    " score_parts, claims, evidence_ids)"
    " SELECT gen_random_uuid(), b.id, 'bench' || n, 'Title of ' || n, 'An angle of ten', '4 authors in 3 days',"
    " 'trend',"
    " 'instagram', 1 + n % 100, '[]', '[]',"
    " ARRAY[(SELECT id FROM evidence_normalizedevidenceitem e WHERE e.brand_id = b.id LIMIT 1)]"
    " FROM core_brand b JOIN core_tenant t ON t.id = b.tenant_id, generate_series(1, 30) n"
    " WHERE EXISTS (SELECT 1 FROM evidence_normalizedevidenceitem e WHERE e.brand_id = b.id)",
    "INSERT INTO core_opportunity (id, brand_id, concept_key, title, angle, why_now, type, primary_channel, score,"
    " score_parts, claims, evidence_ids)"
    " SELECT gen_random_uuid(), o.brand_id, o.concept_key || '-' || n, title, angle, why_now, type, primary_channel,"
    " score, score_parts, claims, evidence_ids FROM core_opportunity o JOIN core_brand b ON b.id = o.brand_id,"
    " generate_series(1, 20) n WHERE b.tenant_id = (SELECT id FROM core_tenant WHERE slug = 'demo')",
    "INSERT INTO hero_opportunitiesjob (id, brand_id, tenant_id, status, trigger, max_attempts, available_at,"
    " deadline_at, finished_at) SELECT gen_random_uuid(), b.id, b.tenant_id, 'succeeded', 'user', 3, now(), now(),"
    " now() FROM core_brand b, generate_series(1, 20) n",
    "ANALYZE",
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.row_security", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--reads", type=int, default=150, help="of each kind, a round and process (150)")
    options = parser.parse_args()
    with throwaway_servers() as servers:
        bench = Bench(servers)
        redis = servers.redis_url or ""
        with (
            bench.web(row_security="on", redis="") as on,
            bench.web(row_security="off", redis="") as off,
            bench.web(row_security="on", redis=redis) as cached_on,
            bench.web(row_security="off", redis=redis) as cached_off,
        ):
            for name, query, brand, pair in (
                ("todayBoard, ready, not cached", TODAY, bench.brand, (on, off)),
                ("todayBoard, ready, cached", TODAY, bench.brand, (cached_on, cached_off)),
                ("brands, with pillars and personas", BRANDS, None, (on, off)),
                ("opportunities, a page of 50", OPPORTUNITIES, bench.brand, (on, off)),
                ("evidence, 50 of 20,000", EVIDENCE, bench.large, (on, off)),
                ("evidence, by words in 20,000", SEARCH, bench.large, (on, off)),
                ("generationJobs, a page of 20", JOBS, bench.brand, (on, off)),
            ):
                body = json.dumps({"query": query, "variables": {"b": brand} if brand else {}}).encode()
                bench.compare(name, body, *pair, rounds=options.rounds, reads=options.reads)


class Bench:
    def __init__(self, servers: Servers) -> None:
        self.environment = {
            **os.environ,
            **servers.as_environment(),
            "DJANGO_SETTINGS_MODULE": "kairo.settings",
            "KAIRO_ENV": "test",
            "KAIRO_LOG_LEVEL": "WARNING",
            "KAIRO_SECRET_KEY": secrets.token_urlsafe(48),
        }
        self.manage("migrate", "--verbosity", "0")
        seeded = json.loads(self.manage("seed_demo", "--json").splitlines()[-1])
        self.token, self.brand = seeded["demo_token"], seeded["demo_brand_id"]
        with self.web(row_security="on", redis="") as server:
            server.read(json.dumps({"query": TODAY, "variables": {"b": self.brand}}).encode(), token=self.token)
        self.manage("opportunities_worker", "--once")
        with psycopg.connect(servers.database_url, autocommit=True) as database:
            for statement in OTHERS:
                database.execute(statement)
            found = database.execute("SELECT id FROM core_brand WHERE slug = 'large'").fetchone()
            assert found
            self.large = str(found[0])

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own words
        return done.stdout

    def compare(self, name: str, body: bytes, on: Web, off: Web, *, rounds: int, reads: int) -> None:
        for server in (on, off):
            server.connection.close()  # it may have idled too long; the next read opens it
        answers = [server.read(body, token=self.token) for server in (on, off) for _ in range(20)]
        first = _comparable(answers[0])
        assert "errors" not in first, first
        assert all(_comparable(answer) == first for answer in answers), f"{name}: the answers differ"
        walled: list[float] = []
        open_: list[float] = []
        for number in range(rounds):
            turns = [(on, walled), (off, open_)]
            for server, times in turns if number % 2 else reversed(turns):
                times.append(statistics.median(server.timed(body, token=self.token) for _ in range(reads)))
        ratio = statistics.median(a / b for a, b in zip(walled, open_, strict=True))
        say(
            f"{name:36} wall {statistics.median(walled):6.2f} ms, none {statistics.median(open_):6.2f} ms,"
            f" cost {ratio - 1:+.1%}; median of {rounds} rounds of {reads} reads, {len(answers[0])} bytes"
        )

    @contextmanager
    def web(self, *, row_security: str, redis: str) -> Iterator[Web]:
        port = free_port()
        environment = {**self.environment, "KAIRO_ROW_SECURITY": row_security, "REDIS_URL": redis}
        words = ["-m", "kairo", "web", "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment)  # noqa: S603  our own words
        try:
            yield Web(port)
        finally:
            process.terminate()
            process.wait(30)


class Web:
    """One kept connection to a web process."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=180)
        end = time.monotonic() + 180
        while True:
            try:
                self.connection.request("GET", "/readyz")
                self.connection.getresponse().read()
                return
            except OSError:
                self.connection.close()
                assert time.monotonic() < end, "the web process does not answer"
                time.sleep(0.05)

    def read(self, body: bytes, *, token: str) -> bytes:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self.connection.request("POST", "/graphql", body, headers)
        response = self.connection.getresponse()
        answer = response.read()
        assert response.status == 200, answer
        return answer

    def timed(self, body: bytes, *, token: str) -> float:
        """Milliseconds."""
        began = time.perf_counter()
        self.read(body, token=token)
        return (time.perf_counter() - began) * 1000


def _comparable(answer: bytes) -> dict[str, Any]:
    """Without the moment of the reading."""
    told: dict[str, Any] = json.loads(answer)
    for value in (told.get("data") or {}).values():
        if isinstance(value, dict):
            value.pop("asOf", None)
    return told


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
