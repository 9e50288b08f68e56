"""The compared servers: the command of each, and its requests."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import queries
from benchmarks.database import POOL
from benchmarks.queries import RequestMaker
from benchmarks.sizes import Size
from kairo.devstack.checkout import ROOT

HERE = Path(__file__).parent
PEERS = HERE / "peers"
PYTHON = HERE / ".venv" / "bin"
GRAPHENE = HERE / ".venv-graphene" / "bin"
NODE_MODULES = PEERS / "node_modules"


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One process. In `command` and `environment`, {port} is where it listens.

    `needs` is the path that exists once it is installed. `ttl` is true for a response cache that expires by time.
    """

    name: str
    label: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    path: str = "/graphql"
    document: str = queries.KAIRO
    is_kairo: bool = False
    is_graphql: bool = True
    ttl: bool = False
    needs: Path | None = None

    def request_maker(self, *, host: str, size: Size) -> RequestMaker:
        if not self.is_graphql:
            return queries.plain_get_requests(host=host, path=self.path)
        return queries.posts(host=host, path=self.path, document=self.document, size=size if self.is_kairo else None)

    @property
    def installed(self) -> bool:
        return self.needs is None or self.needs.exists()


def _kairo(name: str, label: str, **settings: str) -> Contender:
    return Contender(
        name=name,
        label=label,
        command=[sys.executable, "-m", "kairo", "web", "--host", "127.0.0.1", "--port", "{port}"],
        environment=settings,
        is_kairo=True,
    )


def _uvicorn(name: str, label: str, application: str, *, python: Path | None, **more: object) -> Contender:
    """As Kairo's own web process runs it: one process, uvloop, httptools, no access log."""
    words = ["-m", "uvicorn", application, "--host", "127.0.0.1", "--port", "{port}", "--no-access-log"]
    words += ["--log-level", "warning", "--loop", "uvloop", "--http", "httptools", "--backlog", "2048"]
    program = str(python / "python") if python else sys.executable
    return Contender(name=name, label=label, command=[program, *words], needs=python, **more)  # type: ignore[arg-type]  # a contender's fields


def _gunicorn(name: str, label: str, urls: str, *, python: Path) -> Contender:
    words = [
        "-m",
        "gunicorn",
        "django.core.wsgi:get_wsgi_application()",
        "--bind",
        "127.0.0.1:{port}",
        "--workers",
        "1",
        "--worker-class",
        "gthread",
    ]
    words += ["--threads", str(POOL), "--keep-alive", "75", "--log-level", "warning"]
    return Contender(
        name=name,
        label=label,
        command=[str(python / "python"), *words],
        environment={"DJANGO_SETTINGS_MODULE": "django_settings", "ROOT_URLCONF": urls},
        folder=PEERS,
        needs=python,
    )


def _node(name: str, label: str, program: str, *options: str, ttl: bool = False, document: str = "") -> Contender:
    return Contender(
        name=name,
        label=label,
        command=["node", program, *options],
        environment={"NODE_ENV": "production", "PORT": "{port}"},
        folder=PEERS,
        ttl=ttl,
        document=document or queries.KAIRO,
        needs=NODE_MODULES,
    )


LIMIT = "benchmarks.peers.limit:application"
# Kairo's board cache has connections of its own: with the pool they are as many as every other server has.
SHARED = {"KAIRO_HOT_PATH_CONNECTIONS": str(POOL // 2), "KAIRO_DATABASE_POOL_MAX_SIZE": str(POOL // 2)}
KAIRO = _kairo("kairo", "Kairo", **SHARED)
UNJOINED = _kairo("kairo-unjoined", "Kairo, one revalidation a request", KAIRO_HOT_PATH_JOINED="false", **SHARED)
WITHOUT = _kairo("kairo-without", "Kairo without its board cache", KAIRO_HOT_PATH="false")

CONTENDERS = [
    KAIRO,
    # Next to Kairo, because the machine's pace changes within a round and these ratios are nearest to their targets.
    _uvicorn("empty", "an empty response", LIMIT, python=None, path="/empty", is_graphql=False),
    _uvicorn("fixed", "the same fixed bytes every time", LIMIT, python=None, path="/fixed", is_graphql=False),
    UNJOINED,
    WITHOUT,
    _uvicorn("limit", "limit: JSON built in SQL, bytes passed on", LIMIT, python=None, path="/limit", is_graphql=False),
    _gunicorn("strawberry-first", "Strawberry + Django as first written", "strawberry_first", python=PYTHON),
    _gunicorn("strawberry-best", "Strawberry + Django, best practice", "strawberry_best", python=PYTHON),
    _gunicorn("graphene", "graphene-django, prefetching", "graphene_peer", python=GRAPHENE),
    _uvicorn("ariadne", "Ariadne + DataLoader", "ariadne_peer:application", python=PYTHON, folder=PEERS),
    _node("postgraphile", "PostGraphile 5", "postgraphile_peer.mjs", document=queries.POSTGRAPHILE),
    _node("yoga", "Yoga", "yoga_peer.mjs"),
    _node("yoga-cache", "Yoga + response cache", "yoga_peer.mjs", "cache", ttl=True),
    _node("apollo", "Apollo Server 5", "apollo_peer.mjs"),
    _node("apollo-cache", "Apollo Server 5 + response cache", "apollo_peer.mjs", "cache", ttl=True),
    _node("mercurius", "Mercurius", "mercurius_peer.mjs"),
    _node("mercurius-jit", "Mercurius + JIT", "mercurius_peer.mjs", "jit"),
]
