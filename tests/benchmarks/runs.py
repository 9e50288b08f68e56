from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from kairo.devstack.checkout import ROOT
from tests.own_redis import OTHER_REDIS_URL


def run(*words: str, size: str, state: Path) -> str:
    """What `python -m benchmarks` says, on the tests' own servers, with what it keeps in that folder. Its database of
    that size is dropped."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", *words],
            cwd=ROOT,
            env={
                **os.environ,
                "KAIRO_BENCHMARK_STATE": str(state),
                "KAIRO_BENCHMARK_DATABASE_URL": os.environ["DATABASE_URL"],
                "KAIRO_BENCHMARK_REDIS_URL": OTHER_REDIS_URL,
            },
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            named = "SELECT datname FROM pg_database WHERE datname LIKE %s"
            for (database,) in server.execute(named, [f"bench_{size}_%"]).fetchall():
                server.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
