"""Installs the other servers, each from its own package with the hashes of the lock files, and says their versions."""

from __future__ import annotations

import json
import platform
import subprocess
import venv
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import psycopg
import redis

from benchmarks.contenders import GRAPHENE, NODE_MODULES, PEERS, PYTHON
from benchmarks.database import Servers

LOCKS = {PYTHON: PEERS / "requirements.lock", GRAPHENE: PEERS / "requirements-graphene.lock"}
SHOWN = ("strawberry-graphql", "graphene-django", "ariadne", "graphql-core", "celery", "django", "gunicorn")
SHOWN_OF_NODE = ("postgraphile", "graphql-yoga", "@apollo/server", "mercurius", "graphql", "pg")
OURS = ("django", "strawberry-graphql", "graphql-core", "uvicorn", "psycopg", "dramatiq")


def prepare(say: Callable[[str], None]) -> None:
    """
    Raises:
        subprocess.CalledProcessError: a package index could not be reached, or refused.
    """
    for programs, lock in LOCKS.items():
        say(f"{lock.name} into {programs.parent}")
        if not programs.exists():
            venv.create(programs.parent, with_pip=True)
        words = ["-m", "pip", "install", "--quiet", "--no-compile", "--require-hashes", "-r", str(lock)]
        subprocess.run([str(programs / "python"), *words], check=True)  # noqa: S603  our own words
    say(f"package-lock.json into {NODE_MODULES}")
    subprocess.run(
        ["npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],  # noqa: S607  Node's, from PATH
        cwd=PEERS,
        check=True,
    )


def versions(servers: Servers) -> dict[str, str]:
    found = {"Python": platform.python_version(), **{f"{name} (Kairo)": version(name) for name in OURS}}
    for programs in LOCKS:
        found |= _python_versions(programs)
    for name in SHOWN_OF_NODE:
        manifest = NODE_MODULES / name / "package.json"
        if manifest.exists():
            found[name] = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    if NODE_MODULES.exists():
        found["Node"] = _said(["node", "--version"]).removeprefix("v")
    with psycopg.connect(servers.admin_url) as connection:
        found["PostgreSQL"] = str(connection.info.parameter_status("server_version"))
    info = redis.Redis.from_url(servers.redis_url).info("server")
    found["Valkey"] = str(info.get("valkey_version", info["redis_version"]))
    return found


def _python_versions(programs: Path) -> dict[str, str]:
    if not programs.exists():
        return {}
    listed = json.loads(_said([str(programs / "python"), "-m", "pip", "list", "--format", "json"]))
    where = "" if programs == PYTHON else " (beside graphene)"
    return {f"{one['name']}{where}": one["version"] for one in listed if one["name"].lower() in SHOWN}


def _said(words: list[str]) -> str:
    return subprocess.run(words, capture_output=True, check=False, text=True).stdout.strip()  # noqa: S603  our own words
