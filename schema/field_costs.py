"""What a field costs besides the number of its values: its SQL, and what it computes of all that it reads.

The unit is the cost of one value. `python -m benchmarks.costs` measures cost and processor time on a brand that fills
every page; a new root field that takes more than the default gets its line here.
"""

from __future__ import annotations

from collections.abc import Mapping

from graphql import GraphQLNamedType

# An operation that reads or writes anything: reading the request, the token's check, the answer.
OPERATION_COST = 350
# A root field: its SQL.
ROOT_COST = 100
ROOT_COSTS: Mapping[str, int] = {
    "todayBoard": 1_100,
    "board": 400,
    "boards": 300,
    "boardDiff": 400,
    "boardMentionDiff": 400,
    "brand": 40,
    "evidence": 300,
    "evidenceCoverage": 8_000,  # counts over all posts of the window
    "ingestionJobs": 200,
    "node": 150,
    "nodes": 400,
    "opportunities": 500,
}
# An item of a list, where reading it takes more than its values do.
ITEM_COSTS: Mapping[tuple[str, str], int] = {
    ("Query", "boards"): 80,  # a whole board is read, whatever is selected of it
    ("Query", "nodes"): 10,
    ("Brand", "pillars"): 2,
    ("Brand", "personas"): 2,
    ("Brand", "campaigns"): 2,
}
# Lists without a page size that are longer than others.
LIST_LENGTHS: Mapping[tuple[str, str], int] = {("Query", "brands"): 100}


def root_cost(name: str) -> int:
    """The cost of a field of the query or mutation type without its items."""
    return 1 if name.startswith("__") else ROOT_COSTS.get(name, ROOT_COST)


def item_cost(parent: GraphQLNamedType | None, name: str) -> int:
    """The cost of an item of a list without its values."""
    return ITEM_COSTS.get((parent.name, name), 0) if parent else 0


def list_length(parent: GraphQLNamedType | None, name: str) -> int | None:
    """The assumed length of a list without a page size; None for that of any other."""
    return LIST_LENGTHS.get((parent.name, name)) if parent else None
