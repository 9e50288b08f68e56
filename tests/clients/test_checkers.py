"""graphql-inspector and graphql-eslint: the operations fit the schema, and the schema keeps the rules."""

from __future__ import annotations

import pytest
from graphql import (
    build_client_schema,
    build_schema,
    get_introspection_query,
    lexicographic_sort_schema,
    print_schema,
)

from tests.clients.guide import GUIDE
from tests.clients.workspace import SCHEMA, Workspace
from tests.flows.conftest import Stack

pytestmark = pytest.mark.clients

LINT_SCHEMA = "npx eslint --max-warnings 0 --config schema.eslint.config.mjs schema.graphql"
BREACHES = {
    "naming-convention": ("pillarIds: [ID!]", "pillar_ids: [ID!]"),
    "relay-page-info": ("  hasPreviousPage: Boolean!\n", "  hasPreviousPage: Boolean\n"),
    "relay-arguments": ("    first: Int! = 20\n", '    first: String! = "20"\n'),
    "relay-connection-types": ("  edges: [OpportunityEdge!]!\n", "  edges: OpportunityEdge!\n"),
    "relay-edge-types": (
        'EvidenceItemEdge {\n  """Where it stands in the list."""\n  cursor: String!\n',
        "EvidenceItemEdge {\n",
    ),
    "require-description": ('"""A page of the tenant\'s tokens, newest first."""\n', ""),
}


def test_operations_pass_the_checkers(laid: Workspace) -> None:
    assert "All documents are valid" in laid.run(GUIDE.commands("Checks for a frontend's CI"))


@pytest.mark.parametrize("command", GUIDE.commands("Checks for a frontend's CI").splitlines())
def test_checkers_fail_an_invalid_operation(changed: Workspace, command: str) -> None:
    file = changed.folder / "operations" / "TodayBoard.graphql"
    file.write_text(file.read_text().replace("asOf", "nothing"))
    assert "nothing" in changed.run(command, code=1)


def test_schema_passes_the_linter(laid: Workspace) -> None:
    laid.run(LINT_SCHEMA)


def test_linter_fails_a_schema_that_breaks_the_rules(changed: Workspace) -> None:
    file = changed.folder / "schema.graphql"
    text = file.read_text()
    for good, bad in BREACHES.values():
        assert good in text
        text = text.replace(good, bad)
    file.write_text(text)
    output = changed.run(LINT_SCHEMA, code=1)
    assert [rule for rule in BREACHES if f"@graphql-eslint/{rule}" not in output] == []


def test_served_schema_equals_the_repositorys(laid: Workspace, server: Stack) -> None:
    introspection = get_introspection_query(specified_by_url=True, schema_description=True)
    served = build_client_schema(server.ask(laid.token, introspection))
    committed = build_schema(SCHEMA.read_text())
    assert print_schema(lexicographic_sort_schema(served)) == print_schema(lexicographic_sort_schema(committed))
