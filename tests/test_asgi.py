"""What a web process is before its first request."""

import json
import os
import subprocess
import sys

import pytest

from kairo.devstack.checkout import ROOT

# What only workers, commands or rare requests need. docs/decisions/0008-start-up.md has what it costs.
NOT_IMPORTED = [
    "Stemmer",
    "apify_client",
    "feedparser",
    "httpx",
    "kairo.hero.engine.built_in",
    "kairo.hero.generation.review.candidates",
    "kairo.integrations",
    "kairo.worker",
    "pydantic",
    "regex",
]
LOOK = """
import gc, json, sys
import kairo.asgi
print(json.dumps({"modules": list(sys.modules), "looks": gc.isenabled(), "kept": gc.get_freeze_count()}))
"""


@pytest.fixture(scope="module")
def started() -> dict[str, object]:
    told = {**os.environ, "KAIRO_HOT_PATH": "true"}
    found = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, env=told, capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(found.stdout)
    return answer


@pytest.mark.parametrize("name", NOT_IMPORTED)
def test_it_does_not_import(name: str, started: dict[str, object]) -> None:
    modules = started["modules"]
    assert isinstance(modules, list)
    assert "schema.board_cache.app" in modules
    assert name not in modules


def test_garbage_is_looked_for_among_what_requests_make_alone(started: dict[str, object]) -> None:
    kept = started["kept"]
    assert started["looks"] is True
    assert isinstance(kept, int)
    assert kept > 50_000
