"""The web process after startup, before its first request."""

import json
import os
import subprocess
import sys

import pytest

from kairo.devstack.checkout import ROOT

# Needed by workers, commands or rare requests only; docs/decisions/0008-start-up.md has their import times.
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
    "strawberry_django",
]
REPORT = """
import gc, json, sys
import kairo.asgi
print(json.dumps({"modules": list(sys.modules), "gc_enabled": gc.isenabled(), "frozen": gc.get_freeze_count()}))
"""


@pytest.fixture(scope="module")
def started() -> dict[str, object]:
    command = [sys.executable, "-c", REPORT]
    environment = {**os.environ, "KAIRO_HOT_PATH": "true"}
    process = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    report: dict[str, object] = json.loads(process.stdout)
    return report


@pytest.mark.parametrize("name", NOT_IMPORTED)
def test_startup_does_not_import(name: str, started: dict[str, object]) -> None:
    modules = started["modules"]
    assert isinstance(modules, list)
    assert "schema.server.app" in modules
    assert name not in modules


def test_startup_objects_are_frozen_for_the_garbage_collector(started: dict[str, object]) -> None:
    frozen = started["frozen"]
    assert started["gc_enabled"] is True
    assert isinstance(frozen, int)
    assert frozen > 50_000
