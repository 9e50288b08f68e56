"""What an operation costs and what it takes: `python -m benchmarks.costs`.

Fifty operations about a brand that fills every page, one after the other, to a web process without a board cache. The
time is the processor's, of the web process and of its PostgreSQL sessions together. The last line says how far apart
the cost per millisecond of the cheapest and of the dearest counted operation are: at most a factor of 5.
"""

from __future__ import annotations

import argparse
import json
import statistics
from dataclasses import dataclass

import psycopg

from benchmarks.reads import IDEA, READS, Read
from benchmarks.row_security import SEARCHES, Bench, Web, say
from kairo.devstack.servers import throwaway_servers

MAX_FACTOR = 5
WARMING = 8
BRAND = "id slug name positioning channels handles"
POST = "id platform url author snippet publishedAt hasTranscript"


def aliased(times: int, field: str) -> Read:
    fields = " ".join(f"f{number}: {field}" for number in range(times))
    return Read(document=f"query($b: ID!) {{ {fields} }}", variables={"b": "brand"}, most=0)


def of_brand(selection: str) -> Read:
    return Read(document=f"query($b: ID!) {{ {selection} }}", variables={"b": "brand"}, most=0)


READS_OF_FULL_PAGES = {
    "20 x todayBoard, state": aliased(20, "todayBoard(brandId: $b) { state }"),
    "todayBoard, state": of_brand("todayBoard(brandId: $b) { state }"),
    "todayBoard, titles": of_brand("todayBoard(brandId: $b) { state opportunities { id title score } }"),
    "5 x todayBoard, titles": aliased(5, "todayBoard(brandId: $b) { state opportunities { id title score } }"),
    "20 x brand, name": aliased(20, "brand(id: $b) { name }"),
    "5 x evidenceCoverage": aliased(5, "evidenceCoverage(brandId: $b) { __typename }"),
    "20 x viewer": Read(document=f"{{ {' '.join(f'f{n}: viewer {{ __typename }}' for n in range(20))} }}", most=0),
    "brandConnection, 100": Read(document=f"{{ brandConnection(first: 100) {{ nodes {{ {BRAND} }} }} }}", most=0),
    "brandConnection, 100, all": Read(
        document=f"{{ brandConnection(first: 100) {{ nodes {{ {BRAND} pillars {{ id name keywords }}"
        " personas { id name } campaigns { id name } } } }",
        most=0,
    ),
    "brands, names": Read(document="{ brands { id name } }", most=0),
    "opportunities, 100": of_brand(f"opportunities(brandId: $b, first: 100) {{ nodes {{ {IDEA} }} }}"),
    "opportunities, 100, titles": of_brand("opportunities(brandId: $b, first: 100) { nodes { id title score } }"),
    "evidence, 100": of_brand(f"evidence(brandId: $b, first: 100) {{ nodes {{ {POST} }} }}"),
    "evidence, 100, ids": of_brand("evidence(brandId: $b, first: 100) { nodes { id } }"),
    "boards, 100": of_brand("boards(brandId: $b, first: 100) { nodes { id state asOf meta { opportunityCount } } }"),
    "boards, 5, whole": of_brand(
        f"boards(brandId: $b, first: 5) {{ nodes {{ id state opportunities {{ {IDEA} }} }} }}"
    ),
    "generationJobs, 100": of_brand("generationJobs(brandId: $b, first: 100) { nodes { id status stage attempts } }"),
    "ingestionJobs, 100": of_brand(
        "ingestionJobs(brandId: $b, first: 100) { nodes { id status runs { id status items created } } }"
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    name: str
    cost: int
    cpu_ms: float

    @property
    def per_ms(self) -> float:
        return self.cost / self.cpu_ms

    def __str__(self) -> str:
        return f"| {self.name} | {self.cost:,} | {self.cpu_ms:.1f} | {self.per_ms:,.0f} |"


def measured(bench: Bench, web: Web, name: str, read: Read, *, rounds: int, reads: int) -> Row:
    """The median of the rounds, each the processor's time of so many reads divided by their number."""
    body = bench.body(read)
    web.connection.close()
    for _ in range(WARMING):
        answer = json.loads(web.read(body, token=bench.token))
    assert "errors" not in answer, (name, answer["errors"])
    times = []
    for _ in range(rounds):
        began = bench.cpu_s(web)
        for _ in range(reads):
            web.read(body, token=bench.token)
        times.append(1000 * (bench.cpu_s(web) - began) / reads)
    return Row(name=name, cost=answer["extensions"]["cost"]["requested"], cpu_ms=statistics.median(times))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.costs", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reads", type=int, default=30, help="of each operation, a round (30)")
    options = parser.parse_args()
    rows = []
    with throwaway_servers() as servers:
        bench = Bench(servers)
        with psycopg.connect(bench.database_url, autocommit=True) as database:
            for statement in FULL_PAGES:
                database.execute(statement, {"large": bench.world["brand"]})
        say("| operation | cost | ms of processor | cost a ms |\n|---|--:|--:|--:|")
        with bench.web("on", redis="", board_cache=False) as web:
            for name, read in (READS | SEARCHES | READS_OF_FULL_PAGES).items():
                rows.append(measured(bench, web, name, read, rounds=options.rounds, reads=options.reads))
                say(str(rows[-1]))
    rates = sorted(row.per_ms for row in rows)
    say(f"\n{len(rows)} operations; cost a ms from {rates[0]:,.0f} to {rates[-1]:,.0f}: {rates[-1] / rates[0]:.1f} x")
    if rates[-1] > MAX_FACTOR * rates[0]:
        raise SystemExit(f"more than {MAX_FACTOR} x")


# Beside the rows of `benchmarks.row_security`: 100 brands of the tenant, with ten of what has no pages.
FULL_PAGES = [
    "INSERT INTO core_brand (id, tenant_id, slug, name)"
    " SELECT gen_random_uuid(), b.tenant_id, 'page-' || n, 'Page ' || n FROM core_brand b, generate_series(1, 95) n"
    " WHERE b.id = %(large)s",
    "INSERT INTO core_contentpillar (id, brand_id, name, keywords, rank) SELECT gen_random_uuid(), b.id, 'P' || n,"
    " '{a,b,c,d,e,f,g,h,i,j}', n FROM core_brand b, generate_series(1, 10) n WHERE b.slug LIKE 'page-%%'",
    "INSERT INTO core_persona (id, brand_id, name) SELECT gen_random_uuid(), b.id, 'P' || n"
    " FROM core_brand b, generate_series(1, 10) n WHERE b.slug LIKE 'page-%%'",
    "INSERT INTO core_campaign (id, brand_id, name, starts, ends)"
    " SELECT gen_random_uuid(), b.id, 'C' || n, now(), now() FROM core_brand b, generate_series(1, 10) n"
    " WHERE b.slug LIKE 'page-%%'",
    # The newest and the best opportunities have the parts, claims and posts of one that the engine has made.
    """
    UPDATE core_opportunity o SET score_parts = made.score_parts, claims = made.claims, evidence_ids = made.evidence_ids
    FROM (SELECT * FROM core_opportunity WHERE brand_id = %(large)s AND score_parts <> '[]'
          ORDER BY score DESC LIMIT 1) made
    WHERE o.brand_id = %(large)s AND o.score_parts = '[]'
      AND (o.score = 100 OR o.created_at > now() - interval '150 minutes')
    """,
    "VACUUM ANALYZE",
]


if __name__ == "__main__":
    main()
