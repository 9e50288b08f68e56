"""The topics of a board get a type, or are rejected with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.state import EngineState, initial_state
from kairo.hero.engine.typed_topics import find_typed_topics
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import SynthesisRequest
from tests.hero.builders import AS_OF, an_id, brand, pillar, plain_evidence, post
from tests.hero.engine.workshop_board import gauges, planes, request_for


def first_scrape(*posts: EvidenceItemDTO) -> tuple[EngineState, list[TypedTopic]]:
    """A board without a post older than two days."""
    state = initial_state(SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=(*posts, *plain_evidence(8))))
    return state, find_typed_topics(state)


@pytest.mark.parametrize(("three", "two", "trends"), [(0, 0, 1), (3, 0, 2), (0, 2, 1), (3, 2, 0)])
def test_share_trend_has_twice_the_authors_of_the_next_topic(three: int, two: int, trends: int) -> None:
    """A topic of four authors, with one of three or one of two or both."""
    chisels = [
        post(f"chisel-{n}", f"Cold chisel repair, {word}", hours_ago=20) for n, word in enumerate(("oak", "elm"))
    ]
    state, found = first_scrape(*planes(5, 20, 30, 50), *gauges(*range(three)), *chisels[:two])
    assert not state.window_days.has_baseline
    assert [typed.type for typed in found] == [OpportunityType.TREND] * trends
    assert all(typed.topic.share is not None and typed.topic.burst is None for typed in found)
    if not trends:
        (rejected,) = [one for one in state.rejected if an_id("plane-0") in one.evidence_ids]
        assert rejected.code is RejectionCode.NO_TYPE_FITS
        assert rejected.detail.startswith("There is nothing earlier to compare it with")


def test_topic_half_of_whose_posts_name_the_brand_is_a_mention() -> None:
    named = [
        replace(
            item, id=an_id(f"named-{n}"), author_ref=f"n{n}", text_primary=f"{item.text_primary}, Tidewater Tools {n}"
        )
        for n, item in enumerate(planes(6, 21, 31, 51))
    ]
    state = initial_state(request_for([*planes(5, 20, 30), *named]))
    assert find_typed_topics(state) == []
    assert RejectionCode.ABOUT_THE_BRAND in {one.code for one in state.rejected}


def test_topic_off_brand_is_rejected_from_three_authors() -> None:
    bread = brand(pillars=(pillar("Bread", "sourdough"),), personas=())
    for hours, codes in (((5, 20, 30), [RejectionCode.NO_FIT]), ((5, 20), [])):
        state = initial_state(request_for(planes(*hours), bread))
        assert find_typed_topics(state) == []
        assert [one.code for one in state.rejected if an_id("plane-0") in one.evidence_ids] == codes


def test_near_miss_is_noted_for_its_pillar() -> None:
    state = initial_state(request_for(planes(100, 200)))
    assert find_typed_topics(state) == []
    (reason,) = state.near_misses.values()
    assert reason.startswith("No burst, and its posts by 2 authors lie 4 days apart")


def test_typed_topic_has_the_brands_own_posts_of_a_week() -> None:
    by = brand(handles=("tidewater",))
    own = [post(f"own-{days}", "A bench plane from us", author="tidewater", hours_ago=24 * days) for days in (6, 8)]
    (typed,) = find_typed_topics(initial_state(request_for([*planes(5, 20, 30, 50), *own], by)))
    assert [one.id for one in typed.own_posts] == [an_id("own-6")]
    assert an_id("own-6") not in {member.id for member in typed.members}
