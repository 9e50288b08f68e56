"""Persisted operations with the real generators and links."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.clients.workspace import Workspace
from tests.flows.conftest import Stack

pytestmark = pytest.mark.clients

MANIFESTS = {
    "codegen": "src/gql/persisted-documents.json",
    "apollo": "apollo-manifest.json",
    "relay": "relay-manifest.json",
}


def test_automatic_persisted_queries_work_with_clients(built: Workspace) -> None:
    built.check("automatic")


@pytest.mark.parametrize("kind", MANIFESTS)
def test_manifest_is_served_exclusively(published: Workspace, server: Stack, kind: str) -> None:
    with strict_web(server, manifest=published.folder / MANIFESTS[kind]) as port:
        replace(published, url=f"http://127.0.0.1:{port}/graphql").check("published", kind)


@contextmanager
def strict_web(server: Stack, *, manifest: Path) -> Iterator[int]:
    """The port of one more web process over the same data, which serves this manifest only."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"PORT": str(port), "KAIRO_PERSISTED_OPERATIONS": str(manifest), "KAIRO_PERSISTED_ONLY": "true"}
    strict = replace(server, environment={**server.environment, **settings}, port=port, processes=[])
    web = strict.serve()
    try:
        yield port
    finally:
        strict.stop(web)
