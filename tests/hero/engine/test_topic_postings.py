"""Postings: which phrases are anchors, in which order, and what topic the posts of one make."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topic_postings import MAX_TRADE_POSTS, Postings
from kairo.hero.engine.topics import TopicSearch
from kairo.hero.engine.window_days import window_days
from kairo.hero.ports import SynthesisRequest
from tests.hero.builders import AS_OF, brand, post
from tests.hero.engine.workshop_board import MATERIALS, tokenized

TOOLS = ["spokeshave", "marking gauge", "bow saw", "shoulder plane"]
ENDING = ". Blueprint link follows"
DOINGS = ["Sharpening", "Repair of", "Restore", "First look at"]


def posts(number: int, *, signed: int, hours_apart: float) -> list[EvidenceItemDTO]:
    """Posts about four tools in turn, of which the first `signed` end in one sentence; no two are near-copies."""
    return [
        post(
            f"post-{n}",
            f"{DOINGS[n // 4 % 4]} my {TOOLS[n % 4]} for repair, {own_words(n)}{ENDING if n < signed else ''}",
            hours_ago=hours_apart * n + 1,
        )
        for n in range(number)
    ]


def own_words(n: int) -> str:
    """Three words that no other post has."""
    stem = "".join("bcdfghjklm"[int(digit)] + "o" for digit in f"{n:02}")
    return f"{stem}ra {stem}ni {stem}tu"


def concepts(evidence: Sequence[EvidenceItemDTO]) -> list[str]:
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=tuple(evidence))
    return [idea.concept_key for idea in BuiltinSynthesizer().synthesize(request).candidates]


@pytest.mark.parametrize(("number", "signed"), [(40, 36), (60, 60)])
def test_boilerplate_of_nine_posts_in_ten_is_no_topic_and_takes_no_posts(number: int, signed: int) -> None:
    found = concepts(posts(number, signed=signed, hours_apart=14))
    assert not [concept for concept in found if "blueprint" in concept or "link" in concept]
    for tool in ("spokeshav", "gaug", "bow", "plan"):
        assert [concept for concept in found if tool in concept]


@pytest.mark.parametrize(("number", "signed"), [(39, 39), (40, 35)])
def test_boilerplate_is_not_a_phrase_of_fewer_posts_or_of_a_smaller_board(number: int, signed: int) -> None:
    found = concepts(posts(number, signed=signed, hours_apart=14))
    assert [concept for concept in found if "blueprint" in concept or "link" in concept]


def test_boilerplate_is_not_a_phrase_that_nearly_all_posts_took_up_lately() -> None:
    found = concepts(posts(40, signed=40, hours_apart=4))
    assert [concept for concept in found if "blueprint" in concept or "link" in concept]


BENCH, PLANE, BENCH_PLANE = (phrase_key(text, "en") for text in ("bench", "plane", "bench plane"))


def postings(posts: Sequence[TokenizedPost], *, off_brand: str = "", trade: str = "") -> Postings:
    """The postings of a board; posts that contain the word `off_brand` are not the brand's business."""
    items = [one.item for one in posts]
    return Postings(
        TopicSearch(
            posts=posts,
            keywords=frozenset(),
            long_keywords=frozenset(),
            trade=frozenset({trade}),
            fits=lambda members: not any(off_brand and off_brand in one.written_keys for one in members),
            days=window_days(items, counts_of(items, as_of=AS_OF), as_of=AS_OF),
            as_of=AS_OF,
        )
    )


def test_anchor_needs_two_authors_in_their_own_words() -> None:
    assert BENCH_PLANE in postings(tokenized("A bench plane", "My bench plane")).ranked()
    assert postings(tokenized("A bench plane", "My bench plane", author="anna")).ranked() == []
    assert postings(tokenized("Listen", "Watch", transcript="a bench plane")).ranked() == []


def test_anchor_takes_posts_that_speak_it_or_have_it_at_the_edge_of_a_hashtag() -> None:
    texts = ("A bench plane", "My bench plane")
    spoken, tagged = (
        tokenized(*texts, "Listen", transcript="my bench plane"),
        tokenized(*texts, "#benchplaneday #benchplane"),
    )
    assert len(postings(spoken).of(BENCH_PLANE)) == 3
    assert len(postings(tagged).of(BENCH_PLANE)) == 3
    assert postings(spoken).own_author_count(BENCH_PLANE, [0, 1, 2]) == 2


def test_anchors_are_ranked_by_brand_then_authors_and_words() -> None:
    posts = tokenized("Bench plane", "A bench plane", "The bench plane", "Cold chisel", "A cold chisel", hours_ago=240)
    chisel = phrase_key("cold chisel", "en")
    ranked = postings(posts).ranked()
    assert ranked.index(BENCH_PLANE) < ranked.index(PLANE)
    assert ranked.index(BENCH_PLANE) < ranked.index(chisel)
    ranked = postings(posts, off_brand=BENCH_PLANE).ranked()
    assert ranked.index(chisel) < ranked.index(BENCH_PLANE)


def test_topic_is_named_by_the_longer_phrase_of_nearly_all_its_posts() -> None:
    texts = ["A bench plane", "My bench plane", "This bench plane"]
    for last, anchor, members in (("A bench", BENCH_PLANE, 3), ("A bench plane", BENCH_PLANE, 4)):
        board = postings(tokenized(*texts, last))
        topic = board.topic(BENCH, board.of(BENCH))
        assert (topic.anchor, topic.root, len(topic.members)) == (anchor, BENCH, members)
    board = postings(tokenized(*texts, "A bench", "My bench"))
    assert board.topic(BENCH, board.of(BENCH)).anchor == BENCH


def test_topic_of_one_word_is_coherent_with_a_second_shared_term() -> None:
    apart = [f"{own_words(n)}, {own_words(n + 10)}, {own_words(n + 20)} and a plane" for n in range(4)]
    for texts, coherent in ((apart, False), ([f"{text}, whetstone" for text in apart], True)):
        board = postings(tokenized(*texts))
        assert board.topic(PLANE, board.of(PLANE)).is_coherent is coherent


def test_topic_of_a_trade_word_is_coherent_with_few_posts_only() -> None:
    for count, coherent in ((MAX_TRADE_POSTS, True), (MAX_TRADE_POSTS + 1, False)):
        board = postings(tokenized(*[f"Plane, whetstone, {word}" for word in MATERIALS[:count]]), trade=PLANE)
        assert board.topic(PLANE, board.of(PLANE)).is_coherent is coherent
