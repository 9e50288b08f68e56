from __future__ import annotations

import pytest
from graphql import parse

from schema.merged_fields import exceeds_merged_pairs


def pairs(document: str) -> int:
    """The number of pairs that are counted."""
    return next(most for most in range(10_000) if not exceeds_merged_pairs(parse(document), most=most))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ a b c }", 0),
        ("{ a a a }", 3),
        ("{ x: a x: b a }", 1),
        ("{ ... { a } ... on T { a } a }", 3),
        ("{ a { b } a { b } a { b } }", 3 + 3),
        ("{ a { b b } a { b b } }", 1 + 6),
        ("{ ...F a } fragment F on T { a }", 1),
        ("{ ...F ...F } fragment F on T { a }", 0),
        ("{ ...F ...G } fragment F on T { a } fragment G on T { a }", 1),
        ("{ x { ...F } y { ...F } } fragment F on T { a a }", 1 + 1 + 1),
        ("{ b } fragment Unused on T { a a a }", 3),
        ("{ a a } query B { a a }", 2),
    ],
)
def test_pairs_are_those_of_one_response_name_on_one_object(document: str, expected: int) -> None:
    assert pairs(document) == expected


@pytest.mark.parametrize(
    "document",
    [
        "{ ...F } fragment F on T { a { ...F } b { ...F } }",
        "{ ...F } fragment F on T { ...F a { ...G } } fragment G on T { b { ...F ...G } c { ...F } }",
        "{ ...Missing a { ...Missing } }",
    ],
)
def test_fragment_that_contains_itself_is_counted_once(document: str) -> None:
    assert not exceeds_merged_pairs(parse(document), most=100)


def test_counting_ends_for_fragments_that_double() -> None:
    doubling = " ".join(f"fragment F{i} on T {{ a {{ ...F{i + 1} }} b {{ ...F{i + 1} }} }}" for i in range(40))
    assert exceeds_merged_pairs(parse(f"{{ ...F0 }} {doubling} fragment F40 on T {{ a }}"), most=100)
