from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients import toolchain
from tests.clients.guide import GUIDE
from tests.clients.workspace import Workspace
from tests.flows.conftest import Stack, running_stack

SCOPES = ("read", "write", "admin")  # in production `admin` may introspect, and generators do
BABEL = "npx babel relay --extensions .ts --out-dir built/relay"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = any(item.get_closest_marker("clients") for item in items)
    if wanted and config.getoption("--clients") and (lack := toolchain.missing()):
        pytest.exit(lack, returncode=1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A server as a deployment runs it."""
    with running_stack(tmp_path_factory.mktemp("logs"), {}) as stack:
        yield stack


@pytest.fixture(scope="session")
def laid(server: Stack, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The guide's files; nothing was generated yet. The first demo brand has a board that is ready."""
    demo = json.loads(server.manage("seed_demo", "--json"))
    arguments = [word for scope in SCOPES for word in ("--scope", scope)]
    token = server.manage("create_token", "--tenant", "demo", "--name", "clients", *arguments).strip()
    node_modules = toolchain.install_node_modules()
    workspace = Workspace(
        folder=tmp_path_factory.mktemp("frontend"),
        url=f"http://127.0.0.1:{server.port}/graphql",
        token=token,
        brand_id=demo["demo_brand_id"],
        programs=(toolchain.install_python_clients(), node_modules / ".bin"),
    )
    workspace.lay_down(node_modules=node_modules)
    assert server.await_today(token, workspace.brand_id)["state"] == "READY"
    return workspace


@pytest.fixture(scope="session")
def fresh_brand_id(laid: Workspace, server: Stack) -> str:
    """A brand with enough evidence whose board was never read."""
    brands = server.ask(laid.token, "{ brands { id slug } }")["brands"]
    return next(str(brand["id"]) for brand in brands if brand["slug"] == "saltmoss-kitchen")


@pytest.fixture(scope="session")
def built(laid: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Generated, compiled under `strict` and ready to run, with both manifests made; Relay sends documents."""
    workspace = laid.copy(tmp_path_factory.mktemp("built"))
    workspace.run(GUIDE.commands("Types from the operations"))
    workspace.run(GUIDE.commands("Persisted operations"))
    workspace.run("npx tsc")
    workspace.run(GUIDE.commands("Relay"))
    return workspace


@pytest.fixture(scope="session")
def published(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """As `built`, but Relay sends ids."""
    workspace = built.copy(tmp_path_factory.mktemp("published"))
    workspace.run(GUIDE.commands("Persisted operations"))
    workspace.run(BABEL)
    return workspace


@pytest.fixture
def changed(built: Workspace, tmp_path: Path) -> Workspace:
    """As `built`, to be broken."""
    return built.copy(tmp_path / "changed")
