from __future__ import annotations

import re
from pathlib import Path

from django.core.management import call_command
from graphql import is_specified_scalar_type

from schema.export.reference import reference
from schema.schema import schema

PAGE = Path(__file__).resolve().parents[3] / "docs" / "schema.md"

SDL = '''
type Query {
  "The posts, newest first."
  posts("How many." first: Int! = 20, order: Order = NEWEST): [Post!]!
  old: String @deprecated(reason: "Goes on 2027-01-01. Use `posts`.")
}
type Mutation { write(input: WriteInput!): Post }
"Has an id."
interface Node { id: ID! }
"""
One post.

In two paragraphs.
"""
type Post implements Node { id: ID! at: Moment }
union Found = Post
enum Order { "Latest first." NEWEST OLDEST @deprecated(reason: "Slow.") }
input WriteInput { "What it says." text: String! = "x" }
"A point in time."
scalar Moment @specifiedBy(url: "https://moment.example")
'''


def test_committed_reference_is_current(tmp_path: Path) -> None:
    call_command("export_schema_docs", path=tmp_path / "schema.md")
    assert PAGE.read_text() == (tmp_path / "schema.md").read_text(), "run: python manage.py export_schema_files"


def test_reference_has_every_type_and_no_dead_link() -> None:
    headings = re.findall(r"^### (\w+)$", PAGE.read_text(), re.MULTILINE)
    ours = {n for n, it in schema._schema.type_map.items() if n[:2] != "__" and not is_specified_scalar_type(it)}
    assert sorted(headings) == sorted(ours)
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE.read_text())) <= {heading.lower() for heading in headings}


def test_reference_contains_every_description() -> None:
    page = reference(SDL)
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## Operations",
        "## Objects",
        "## Interfaces",
        "## Unions",
        "## Enums",
        "## Inputs",
        "## Scalars",
    ]
    for line in (
        "- **posts**: [`[Post!]!`](#post) — The posts, newest first.",
        "  - first: `Int!` = `20` — How many.",
        "  - order: [`Order`](#order) = `NEWEST`",
        "- **old**: `String` *Deprecated: Goes on 2027-01-01. Use `posts`.*",
        "- **write**: [`Post`](#post)",
        "One post.\n\nIn two paragraphs.",
        "Implements [`Node`](#node).",
        "One of [`Post`](#post).",
        "- **NEWEST** — Latest first.",
        "- **OLDEST** *Deprecated: Slow.*",
        '- **text**: `String!` = `"x"` — What it says.',
        "Specified by <https://moment.example>.",
    ):
        assert f"\n{line}\n" in page
