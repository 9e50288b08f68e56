"""Checks without a client: the guide's blocks, the locks and the files of the operations."""

from __future__ import annotations

import json
import re
from pathlib import Path

from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

from tests.clients.guide import GUIDE
from tests.clients.workspace import OPERATIONS

HERE = Path(__file__).parent


def test_guide_contains_files_and_commands() -> None:
    assert {"codegen.mjs", "src/apollo.ts", "src/urql.ts", "relay.config.json", "today.py"} <= GUIDE.files.keys()


def test_operations_are_in_files_of_their_names() -> None:
    for file in OPERATIONS.iterdir():
        (definition,) = parse(file.read_text()).definitions
        assert isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode)
        assert definition.name
        assert file.name == f"{definition.name.value}.graphql"


def test_locks_pin_versions_and_name_no_host() -> None:
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    assert [version for version in wanted.values() if not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version)] == []
    packages = json.loads((HERE / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert "://" not in (HERE / "python-requirements.lock").read_text()
