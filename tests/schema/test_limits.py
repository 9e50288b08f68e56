from __future__ import annotations

import pytest
from graphql import GraphQLError, build_schema, get_introspection_query, parse, validate

from schema import limits
from schema.documents import parse_and_validate
from schema.field_costs import OPERATION_COST, ROOT_COST
from schema.schema import schema
from tests.effort import count_calls
from tests.schema.api import TODAY_BOARD

TOO_COMPLEX = "QUERY_TOO_COMPLEX"


def codes(document: str) -> list[str]:
    """The codes of the errors that the document is refused with."""
    parse_and_validate.cache.clear()
    try:
        errors = parse_and_validate(schema, document).errors
    except GraphQLError as error:
        errors = (error,)
    return [(error.extensions or {}).get("code", "") for error in errors]


def fragment_bomb(fragments: int) -> str:
    """A document that is small, and doubles with each fragment when they are spread out."""
    doubling = "".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}\n" for i in range(fragments))
    return f"{{ ...F0 }}\n{doubling}fragment F{fragments} on Query {{ __typename }}"


def repeated(field: str, times: int) -> str:
    return "{" + " ".join(field.format(i) for i in range(times)) + "}"


FULL = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
)


@pytest.mark.parametrize("document", [TODAY_BOARD, FULL, "{ __typename }"], ids=["board", "introspection", "nothing"])
def test_typical_documents_are_within_the_limits(document: str) -> None:
    assert codes(document) == []


ATTACKS = {
    "nested fragment bomb of 60": fragment_bomb(60),
    "nested fragment bomb of 40": fragment_bomb(40),
    "nested fragment bomb of 150": fragment_bomb(150),
    "aliases": repeated("a{}: __typename", limits.MAX_ALIASES + 1),
    "aliases in a fragment": "{ ...F ...F } fragment F on Query " + repeated("a{}: __typename", 16),
    "root fields": repeated("a{}: __typename", limits.MAX_ROOT_FIELDS + 1),
    "one field over and over": repeated("__typename", 1900),
    "one field in inline fragments": "query ($b: ID!) { todayBoard(brandId: $b) { "
    + "...on TodayBoardReady{meta{generatedAt}} " * 196
    + "} }",
    "one field in fragments": "query ($b: ID!) { todayBoard(brandId: $b) { "
    + " ".join(f"...F{i}" for i in range(90))
    + " } } "
    + " ".join(f"fragment F{i} on TodayBoard {{ meta {{ generatedAt }} }}" for i in range(90)),
    "one field below repeated parents": "query ($b: ID!) { "
    + ("todayBoard(brandId: $b) { " + ("opportunities { " + ("evidence { " + "id " * 5 + "} ") * 5 + "} ") * 5 + "} ")
    * 4
    + "}",
    "one field in an unused fragment": "{ __typename } fragment F on TodayBoard { "
    + "... { meta { generatedAt } } " * 150
    + "}",
    "many fields": "{ ...F ...F ...F ...F } fragment F on Query { brands { "
    + "".join("... on Brand { id slug name pillars { id name } } " for _ in range(30))
    + "} }",
    "aliases below": "{ brands { " + "".join(f"a{i}: name " for i in range(limits.MAX_ALIASES + 1)) + "} }",
    "directives of the operation": "query " + "@a " * (limits.MAX_DIRECTIVES + 1) + "{ __typename }",
    "directives": "{ __typename " + "@include(if: true) " * (limits.MAX_DIRECTIVES + 1) + "}",
    "unknown directives": "{ __typename " + "@a " * 900 + "}",
    "inline fragments": "{" + "...{" * 100 + "__typename" + "}" * 101,
    "levels": "{ brands { " + "pillars { " * 14 + "id" + " }" * 16,
    "circular introspection": "{ __schema { types " + "{ fields { type " * 5 + "{ name }" + " }" * 12,
    "wide introspection": "{ __schema { types { fields { args { type { fields { args { type { name } } } } } } } } }",
    "lists of lists": "{ brands { pillars { keywords } personas { keywords priorities pains } campaigns { keywords } } "
    + "".join(f"a{i}: brands {{ pillars {{ keywords id }} campaigns {{ id keywords }} }} " for i in range(19))
    + "...F ...G } fragment F on Query { "
    + "".join(f"f{i}: brands {{ pillars {{ id }} }} " for i in range(6))
    + "} fragment G on Query { __typename }",
    "mutations": "mutation { ...F ...F } fragment F on Mutation {"
    + "".join(f'm{i}: regenerateTodayBoard(input: {{ brandId: "x" }}) {{ __typename }} ' for i in range(3))
    + "}",
    "tokens": "query (" + "".join(f"$a{i}: ID " for i in range(limits.MAX_TOKENS // 4)) + ") { __typename }",
    "characters": "{ __typename " + " " * limits.MAX_CHARACTERS + "}",
    "characters in a comment": "{ __typename } #" + "x" * limits.MAX_CHARACTERS,
}


def calls(document: str) -> int:
    """How many function calls refusing the document takes."""
    refused, made = count_calls(lambda: codes(document))
    assert refused == [TOO_COMPLEX]
    return made


@pytest.mark.parametrize("document", ATTACKS.values(), ids=ATTACKS.keys())
def test_oversized_documents_are_rejected_at_once(document: str) -> None:
    assert calls(document) < 40 * len(document)


@pytest.mark.parametrize(
    "document",
    [
        "{ ...A } fragment A on Query { ...A ...A }",
        "{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }",
        "{ ...Missing }",
        "{ ... on Nothing { id } }",
        "{ nothing { nothing { nothing } } }",
    ],
)
def test_limits_ignore_other_validation_errors(document: str) -> None:
    assert set(codes(document)) == {"GRAPHQL_VALIDATION_FAILED"}


def test_nesting_beyond_the_parsers_limit_is_a_parse_failure() -> None:
    with pytest.raises(GraphQLError, match="nested too deeply"):
        parse_and_validate(schema, "{" + "a{" * 400 + "a" + "}" * 401)


def at_most(document: str, over: str) -> None:
    assert codes(document) == []
    assert codes(over) == [TOO_COMPLEX]


def test_each_limit_is_exact() -> None:
    at_most(
        "{ ...F } fragment F on Query " + repeated("a{}: __typename", limits.MAX_ROOT_FIELDS),
        "{ ...F } fragment F on Query " + repeated("a{}: __typename", limits.MAX_ROOT_FIELDS + 1),
    )
    at_most(repeated("__typename", limits.MAX_SAME_FIELD), repeated("__typename", limits.MAX_SAME_FIELD + 1))
    inner = "... @include(if: true) { "
    at_most(
        "{" + inner * limits.MAX_DIRECTIVES + "__typename" + "}" * (limits.MAX_DIRECTIVES + 1),
        "{" + inner * (limits.MAX_DIRECTIVES + 1) + "__typename" + "}" * (limits.MAX_DIRECTIVES + 2),
    )
    mutation = 'm{}: regenerateTodayBoard(input: {{ brandId: "x" }}) {{ __typename }}'
    at_most(
        "mutation" + repeated(mutation, limits.MAX_ROOT_MUTATIONS),
        "mutation" + repeated(mutation, limits.MAX_ROOT_MUTATIONS + 1),
    )


PAGED = build_schema("""
type Query {
  post: Post
  all: [Post!]!
  posts(first: Int): [Post!]!
  any(last: Int): [Post!]!
  feed(first: Int): PostConnection!
  named(ids: [ID!]!): [Post]!
}
type Post { text: String tags: [String!] posts(first: Int): [Post] }
type PostConnection { nodes: [Post!]! edges: [PostEdge!]! }
type PostEdge { node: Post! cursor: String! }
""")


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ post { text } }", 2),
        ("{ all { text } }", 1 + limits.ASSUMED_LIST),
        ("{ all { text tags } }", 1 + 2 * limits.ASSUMED_LIST),
        ("{ posts(first: 7) { text } }", 1 + 7),
        ("{ any(last: 7) { text } }", 1 + 7),
        ("{ any { text } }", 1 + limits.MAX_PAGE),
        ("{ posts(first: 0) { text } }", 1 + 1),
        ("{ posts(first: -3) { text } }", 1 + 1),
        ("query ($n: Int) { posts(first: $n) { text } }", 1 + limits.MAX_PAGE),
        ("{ posts(first: 7) { posts(first: 5) { text } } }", 1 + 7 * (1 + 5)),
        ("{ posts(first: 7) { ...F } } fragment F on Post { posts(first: 5) { text } }", 1 + 7 * (1 + 5)),
        ("{ posts(first: 7) { ... { posts(first: 5) { text } } } }", 1 + 7 * (1 + 5)),
        ("{ posts(first: 99999999999999999999) { text } }", 1 + 999_999_999),
        ("{ feed(first: 5) { nodes { text } } }", 1 + 5 * (1 + 1)),
        ('{ named(ids: ["a", "b", "c"]) { text } }', 1 + 3),
        ("query ($ids: [ID!]!) { named(ids: $ids) { text } }", 1 + limits.MAX_PAGE),
        ("{ feed(first: 5) { edges { cursor node { text } } } }", 1 + 5 * (1 + 1 + 2)),
    ],
)
def test_cost_is_the_number_of_values(monkeypatch: pytest.MonkeyPatch, query: str, cost: int) -> None:
    cost += OPERATION_COST + ROOT_COST - 1
    for most, refused in ((cost, False), (cost - 1, True)):
        monkeypatch.setattr(limits, "MAX_COST", most)
        assert bool(validate(PAGED, parse(query), [limits.LimitsRule])) == refused
