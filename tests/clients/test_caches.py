"""Apollo Client, urql and Relay's runtime, reading and changing a running server."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.clients.workspace import OPERATIONS, Workspace

pytestmark = pytest.mark.clients


def test_apollo_polls_normalises_and_joins(built: Workspace, fresh_brand_id: str) -> None:
    replace(built, brand_id=fresh_brand_id).check("apollo")


def test_urql_normalises_and_joins(built: Workspace) -> None:
    built.check("urql")


def test_relay_fetches_and_joins_pages(built: Workspace) -> None:
    built.check("relay")


def test_relay_takes_every_operation(changed: Workspace) -> None:
    """Relay wants a module for each definition, named as it is, and operations that say what they are."""
    for file in OPERATIONS.iterdir():
        (changed.folder / "relay" / f"{file.stem}.ts").write_text(_relay_module(file.read_text()))
    # The operations are for every client; @alias, which Relay wants beside narrowed types, is a word of its own.
    config = json.loads((changed.folder / "relay.config.json").read_text())
    config["featureFlags"] = {"enforce_fragment_alias_where_ambiguous": {"kind": "disabled"}}
    (changed.folder / "relay.config.json").write_text(json.dumps(config))
    changed.run("npx relay-compiler relay.config.json")
    made = {file.name for file in (changed.folder / "relay" / "__generated__").iterdir()}
    assert {"TodayBoardQuery.graphql.ts", "OpportunityCard.graphql.ts", "UpdateBrandMutation.graphql.ts"} <= made
    changed.run("npx tsc --noEmit")


def _relay_module(text: str) -> str:
    bare = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    named = re.sub(r"^(query|mutation) (\w+)", lambda found: f"{found[0]}{found[1].capitalize()}", bare)
    return f"import {{ graphql }} from 'relay-runtime';\nexport default graphql`{named}`;\n"
