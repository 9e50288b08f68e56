"""Fills an empty, migrated database: `python -m benchmarks.seed SIZE`, SIZE as `Size.as_argument` writes it.

One brand is written by Kairo's own models; the others are copies of its rows, made in the database, one statement
for each table. A new table or column of Kairo's is copied with the rest. Triggers are off meanwhile and indexes
are built at the end; what the triggers would have checked holds for copies because it held for the first.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg
from django.conf import settings
from psycopg import sql

from benchmarks.sizes import Size, secret

PEERS = Path(__file__).parent / "peers.sql"
PEERS_AT_MOST = 20_000  # brands: the other servers are measured on a small database only


def main() -> None:
    size = Size.from_argument(sys.argv[1])
    django.setup()
    from django.db import transaction  # noqa: PLC0415  Django is set up by now

    from benchmarks.seed_template import BRAND, TENANT, write_template  # noqa: PLC0415  as above

    with transaction.atomic():
        write_template(size=size, now=datetime.now(UTC).replace(microsecond=0))
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        for table in filled_tables(connection):
            copy_rows(connection, table, size=size, brand=BRAND, tenant=TENANT)
        _make_tokens(connection, size)
        if size.brands <= PEERS_AT_MOST:
            connection.execute(PEERS.read_bytes())
        connection.execute("VACUUM ANALYZE")


def filled_tables(connection: psycopg.Connection) -> list[str]:
    """The tables in which the template left rows, biggest last."""
    names = [
        row[0]
        for row in connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname NOT LIKE 'django%' ORDER BY relname"
        )
    ]
    counts = {
        name: connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        for name in names
    }
    return sorted((name for name in names if counts[name] != (0,)), key=lambda name: counts[name] or (0,))


def copy_rows(connection: psycopg.Connection, table: str, *, size: Size, brand: str, tenant: str) -> None:
    """A copy of the template's rows for every brand, or every tenant where no row is of a brand."""
    began = time.perf_counter()
    columns = connection.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    ).fetchall()
    name, listed = sql.Identifier(table), sql.SQL(", ").join(sql.Identifier(column) for column, _ in columns)
    connection.execute(sql.SQL("CREATE TEMP TABLE template AS SELECT {} FROM {}").format(listed, name))
    connection.execute(sql.SQL("DELETE FROM {}").format(name))
    of_brands = connection.execute("SELECT bool_or(t::text LIKE %s) FROM template t", [f"%{brand}%"]).fetchone()
    indexes = _without_indexes(connection, table)
    copies = sql.SQL(
        "INSERT INTO {name} ({listed}) SELECT {picked} FROM generate_series(0, {last}) n"
        " CROSS JOIN LATERAL (SELECT lpad(to_hex(n), 8, '0') AS own, lpad(to_hex(n % {tenants}), 8, '0') AS of"
        " OFFSET 0) x CROSS JOIN template t"
    ).format(
        name=name,
        listed=listed,
        picked=sql.SQL(", ").join(_copied(connection, *column, brand=brand, tenant=tenant) for column in columns),
        last=sql.Literal((size.brands if of_brands == (True,) else size.tenants) - 1),
        tenants=sql.Literal(size.tenants),
    )
    rows = connection.execute(copies).rowcount
    connection.execute("DROP TABLE template")
    for definition in indexes:
        connection.execute(definition)
    sys.stderr.write(f"  {table}: {rows:,} rows in {time.perf_counter() - began:.1f} s\n")


def _copied(connection: psycopg.Connection, column: str, type_: str, *, brand: str, tenant: str) -> sql.Composable:
    """The template's value, with the copy's own numbers where it names a brand or a tenant.

    Binary columns are hexadecimal as text, and what they hold names the brand in plain letters.
    """
    value = sql.SQL("t.{}").format(sql.Identifier(column))
    changed: sql.Composable = sql.SQL("{}::text").format(value)
    changes = False
    for mark, own in ((brand, sql.SQL("x.own")), (tenant, sql.SQL("x.of"))):
        for text, number in (
            (mark, own),
            (mark.encode().hex(), sql.SQL("encode({}::bytea, 'hex')").format(own)),
        ):
            found = connection.execute(
                sql.SQL("SELECT bool_or(position({} IN {}::text) > 0) FROM template t").format(sql.Literal(text), value)
            ).fetchone()
            if found == (True,):
                changes = True
                changed = sql.SQL("replace({}, {}, {})").format(changed, sql.Literal(text), number)
    return sql.SQL("({})::{}").format(changed, sql.SQL(type_)) if changes else value


def _without_indexes(connection: psycopg.Connection, table: str) -> list[bytes]:
    """Drops the indexes that no constraint stands on, and returns what makes them again."""
    found = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %s::regclass"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [table],
    ).fetchall()
    for index, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(index)))
    return [definition.encode() for _, definition in found]


def _make_tokens(connection: psycopg.Connection, size: Size) -> None:
    from kairo.core.services.access import token_hash  # noqa: PLC0415  Django is set up by now

    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO core_apitoken (id, tenant_id, name, token_hash, prefix, scopes)"
            " VALUES (gen_random_uuid(), %s::uuid, 'benchmark', %s, 'kairo_benchm', '{read,write,admin}')",
            [(f"{at:08x}-0000-7000-8000-000000000000", token_hash(secret(at))) for at in range(size.tenants)],
        )


if __name__ == "__main__":
    main()
