"""Every read of the schema on a big database: `python -m benchmarks scale`.

States how long migrations and filling took and how big the tables are, runs each document of `reads.py` through
Django's whole request handling, counts its SQL, and asks PostgreSQL how it would run each statement in the role that
runs it: no table that grows may be scanned from end to end, and nothing long sorted to show a page. Ends with 1
where one is, or where there are more statements than promised.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.database import STATE, environment, prepared_database, servers, time_taken
from benchmarks.reads import READS, ids_of
from benchmarks.sizes import Size, brand_id, secret, tenant_id, tenant_number
from kairo.db.roles import WEB

KEPT = STATE / "scale.json"
GROWS = 5_000  # rows from which on reading a whole table is no way to answer
LONG = 250  # rows from which on sorting them to show a page is none; a request may name 100 ids


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale", description=__doc__)
    parser.add_argument("--brands", type=int, default=100_000)
    parser.add_argument("--opportunities", type=int, default=10, help="of a brand; 10")
    parser.add_argument("--evidence", type=int, default=30, help="posts of a brand; 30")
    parser.add_argument("--grows", type=int, default=GROWS, help="rows of a table that may not be scanned; 5,000")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the two tables there as Markdown too")
    options = parser.parse_args()
    size = Size(brands=options.brands, opportunities=options.opportunities, evidence=options.evidence)
    with servers() as found:
        name, _ = prepared_database(found, size)
        os.environ.update(environment(found, name) | {"REDIS_URL": "", "KAIRO_LOG_LEVEL": "ERROR"})
        with psycopg.connect(found.database_url(name), autocommit=True) as connection:
            kept: dict[str, Any] = {
                "took_s": time_taken(name),
                "tables": _tables(connection),
                "reads": {},
            }
            grown = {table for table, (rows, _) in kept["tables"].items() if rows >= options.grows}
            tenant = tenant_number(size.brands // 2, size)
            for read, statements, milliseconds in _reads(size):
                plans = [_plan(connection, one, tenant=tenant) for one in statements]
                scanned = {table for plan in plans for table in _sequential(plan)} & grown
                kept["reads"][read] = {
                    "statements": len(statements),
                    "most": READS[read].most,
                    "ms": milliseconds,
                    "scanned": sorted(scanned),
                    "sorted": max((rows for plan in plans for rows in _sorts(plan)), default=0),
                }
    KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    sys.stdout.write(report(kept) + "\n")
    if options.write:
        options.write.write_text(report(kept) + "\n", encoding="utf-8")
    reads = kept["reads"].values()
    bad = [one for one in reads if one["scanned"] or one["sorted"] >= LONG or one["statements"] > one["most"]]
    return 1 if bad else 0


def _reads(size: Size) -> Iterator[tuple[str, list[str], float]]:
    """Yields each document's SQL and milliseconds at its second execution."""
    import django  # noqa: PLC0415  the environment names the database by now

    django.setup()
    from django.db import connection  # noqa: PLC0415  Django is set up by now
    from django.test import Client  # noqa: PLC0415  as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  as above

    brand = size.brands // 2
    client = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {secret(tenant_number(brand, size))}"})
    world = _world(brand)
    for name, read in READS.items():
        body = json.dumps({"query": read.document, "variables": ids_of(world, read.variables)})
        for _ in range(2):
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                answer = client.post("/graphql", body, content_type="application/json")
            took = 1000 * (time.perf_counter() - began)
        payload = json.loads(answer.content)
        assert "errors" not in payload, (name, payload["errors"])
        yield name, [one["sql"] for one in captured.captured_queries if "SELECT" in one["sql"]], took


def _world(brand: int) -> dict[str, Any]:
    def named(type_: str, kind: int, at: int = 0) -> str:
        return b64encode(f"{type_}:{brand:08x}-{kind:04x}-7000-8000-{at:012x}".encode()).decode()

    world = {
        "board": named("TodayBoardReady", 5),
        "idea": named("Opportunity", 4, 1),
        "post": named("EvidenceItem", 3, 1),
        "job": named("GenerationJob", 7),
        "ingestion": named("IngestionJob", 9),
    }
    others = [named("Persona", 1), named("ContentPillar", 2), named("SourceConnection", 8), named("SourceRun", 10)]
    return {**world, "all": [*world.values(), *others], "brand": str(brand_id(brand)), "now": "2999-01-01T00:00:00Z"}


def _tables(connection: psycopg.Connection) -> dict[str, tuple[int, int]]:
    """Rows and bytes with indexes, biggest first."""
    found = connection.execute(
        "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0 ORDER BY 3 DESC"
    )
    return {name: (rows, size) for name, rows, size in found}


def _plan(connection: psycopg.Connection, statement: str, *, tenant: int) -> dict[str, Any]:
    """How the web's role would run it for this tenant: policies are part of the plan."""
    with connection.transaction():
        connection.execute(f"SET LOCAL ROLE {WEB}; SET LOCAL kairo.tenant_id = '{tenant_id(tenant)}'")
        row = connection.execute("EXPLAIN (FORMAT JSON) " + statement).fetchone()
    assert row
    plan: dict[str, Any] = row[0][0]["Plan"]
    return plan


def _sorts(plan: dict[str, Any]) -> Iterator[int]:
    """How many rows each sort is expected to take in."""
    parts = plan.get("Plans", [])
    if plan["Node Type"] == "Sort":
        yield parts[0]["Plan Rows"]
    for part in parts:
        yield from _sorts(part)


def _sequential(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", []):
        yield from _sequential(part)


def report(kept: dict[str, Any]) -> str:
    took = kept["took_s"]
    lines = [
        f"Migrations of an empty database took {took['migrate']:.0f} s, filling it {took['seed']:.0f} s."
        if took
        else "How long migrations and filling took is not known any more.",
        "",
        "| table | rows | MB with indexes |",
        "|---|--:|--:|",
        *(
            f"| `{name}` | {rows:,} | {size / 2**20:,.0f} |"
            for name, (rows, size) in kept["tables"].items()
            if rows >= GROWS
        ),
        "",
        "| read | SQL statements | at most | ms | tables scanned whole | rows sorted |",
        "|---|--:|--:|--:|---|--:|",
        *(
            f"| {name} | {one['statements']} | {one['most']} | {one['ms']:.1f} "
            f"| {', '.join(one['scanned']) or 'none'} | {one['sorted']:,} |"
            for name, one in kept["reads"].items()
        ),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
