"""Every read of the schema on databases big enough for PostgreSQL to choose: many brands, and brands of many rows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from kairo.devstack.checkout import ROOT
from tests.own_redis import OTHER_REDIS_URL

MANY_BRANDS = {"--brands": "1500", "--opportunities": "8", "--evidence": "20", "--grows": "1400"}
BIG_BRANDS = {"--brands": "8", "--opportunities": "300", "--evidence": "4000", "--grows": "2000"}


@pytest.mark.parametrize(
    "size", [MANY_BRANDS, pytest.param(BIG_BRANDS, marks=pytest.mark.slow)], ids=["many brands", "big brands"]
)
def test_every_read_goes_by_indexes_in_its_number_of_statements(size: dict[str, str], tmp_path: Path) -> None:
    words = [word for option in size.items() for word in option]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "scale", *words],
            cwd=ROOT,
            env={
                **os.environ,
                "KAIRO_BENCHMARK_STATE": str(tmp_path),
                "KAIRO_BENCHMARK_DATABASE_URL": os.environ["DATABASE_URL"],
                "KAIRO_BENCHMARK_REDIS_URL": OTHER_REDIS_URL,
            },
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            name = "bench_{--brands}x{--opportunities}x{--evidence}_%".format(**size)
            for (database,) in server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [name]
            ).fetchall():
                server.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
