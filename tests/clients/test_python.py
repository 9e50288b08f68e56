"""gql and ariadne-codegen."""

from __future__ import annotations

import pytest

from tests.clients.guide import GUIDE
from tests.clients.workspace import Workspace
from tests.flows.conftest import Stack

pytestmark = pytest.mark.clients


def test_python_clients_read_the_board(laid: Workspace, server: Stack) -> None:
    board = server.today(laid.token, laid.brand_id)
    assert board["opportunities"]
    output = laid.run(GUIDE.commands("Python"))
    assert f"READY {board['asOf'][:10]}" in output
    assert "GENERATED" in output
    for idea in board["opportunities"]:
        assert output.count(f"{idea['score']} {idea['title']}") == 2  # once by each


def test_codegen_refuses_an_unknown_field(changed: Workspace) -> None:
    file = changed.folder / "operations" / "TodayBoard.graphql"
    file.write_text(file.read_text().replace("asOf", "nothing"))
    assert "nothing" in changed.run("ariadne-codegen --config ariadne-codegen.toml", code=1)
    assert "nothing" in changed.run("python today.py", code=1)
