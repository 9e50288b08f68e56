"""graphql-codegen's client preset, under `tsc --strict`."""

from __future__ import annotations

import pytest

from tests.clients.workspace import Workspace

pytestmark = pytest.mark.clients

ERROR_CASE = (
    "    case 'TodayBoardError':\n      return [board.remediation, board.retryable ? 'Try again.' : board.errorCode];\n"
)


def test_typescript_examples_compile_with_typed_scalars(changed: Workspace) -> None:
    (changed.folder / "src" / "typed.ts").write_text(
        "import type * as documents from './gql/graphql';\n"
        "type Post = documents.EvidencePostFragment;\n"
        "export const day: Post['publishedAt'] = 1;\n"
        "export const views: Post['metrics']['views'] = 'many';\n"
        "export const id: Post['id'] = 7;\n"
    )
    output = changed.run("npx tsc --noEmit", code=1)
    assert output.count("error TS2322") == output.count("error TS") == 3, output


def test_typescript_refuses_a_missing_state(changed: Workspace) -> None:
    file = changed.folder / "src" / "board.ts"
    whole = file.read_text()
    assert ERROR_CASE in whole
    file.write_text(whole.replace(ERROR_CASE, ""))
    output = changed.run("npx tsc --noEmit", code=1)
    assert "src/board.ts" in output
    assert "never" in output


def test_typescript_masks_fragments(changed: Workspace) -> None:
    file = changed.folder / "src" / "board.ts"
    file.write_text(file.read_text().replace("unmask(OpportunityCardFragmentDoc, masked)", "masked"))
    assert "src/board.ts" in changed.run("npx tsc --noEmit", code=1)
