"""The engine's working state: which posts may back opportunities."""

from __future__ import annotations

from kairo.hero.engine.state import initial_state
from kairo.hero.enums import RejectionCode
from tests.hero.builders import an_id, brand, pillar, post
from tests.hero.engine.workshop_board import OLDER, request_for

BRAND = brand(handles=("tidewater",), taboos=("chain saw",), pillars=(pillar("Repair", "Hand Saw"),))
POSTS = (
    post("free", "Sharpening a hand saw"),
    post("taboo", "A chain saw for the weekend"),
    post("own", "New at our shop: files", author="@Tidewater"),
    post("about", "Tidewater Tools sent me the wrong file"),
    post("first", "five words make this text", hours_ago=50),
    post("copy", "five words make this text!", hours_ago=10),
    post("later", "A saw of tomorrow", hours_ago=-1),
)


def test_state_separates_candidate_posts_from_own_ones_and_posts_about_the_brand() -> None:
    state = initial_state(request_for(POSTS, BRAND))
    older = {item.id for item in OLDER}
    assert {one.id for one in state.candidate_posts} - older == {an_id("free"), an_id("first")}
    assert [one.id for one in state.posts_about_brand] == [an_id("about")]
    assert [one.id for one in state.posts_by_brand] == [an_id("own")]
    assert [one.id for one in state.posts] == sorted(
        one.id for one in (*state.candidate_posts, *state.posts_about_brand)
    )


def test_state_rejects_posts_with_a_taboo_and_names_term_and_place() -> None:
    (rejected,) = initial_state(request_for(POSTS, BRAND)).rejected
    assert (rejected.code, rejected.title, rejected.evidence_ids) == (
        RejectionCode.TABOO, "chain saw", (an_id("taboo"),)
    )  # fmt: skip
    assert 'taboo "chain saw" is in the caption' in rejected.detail


def test_state_compares_with_all_posts_by_others() -> None:
    considered = {item.id for item in initial_state(request_for(POSTS, BRAND)).considered}
    assert considered == {item.id for item in (*POSTS, *OLDER)} - {an_id("own"), an_id("later")}


def test_state_is_the_same_in_any_order_of_the_evidence() -> None:
    state, other = (initial_state(request_for(posts, BRAND)) for posts in (POSTS, POSTS[::-1]))
    assert state.posts == other.posts
    assert state.rejected == other.rejected


def test_state_vocabulary_is_the_brands_spelling_of_each_keyword() -> None:
    state = initial_state(request_for(POSTS, BRAND))
    assert state.vocabulary["handsaw"] == "Hand Saw"
    assert state.languages == ("en",)
