"""The claims of a why_now: each number can be counted again from the cited posts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.dto import WindowCountsDTO
from kairo.hero.engine.bursts import ShareBurst
from kairo.hero.engine.claims import numbers, read_window
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.engine.wording.why_now import why_now_text
from tests.hero.builders import AS_OF, campaign
from tests.hero.engine.wording.builders import MENDER, TEXTS, members_of, typed, worded


def test_numbers_outside_quotations_are_values_of_claims() -> None:
    members = members_of(TEXTS)
    words = worded(typed(members))
    outside = re.sub("“.*?”", "", f"{words.title} {words.angle}")
    values = {claim.value for claim in words.claims}
    assert set(numbers(outside)) <= values
    assert numbers(outside), "the form is counted"
    for claim in words.claims:
        days = {
            str(((read_window(claim.window).end or AS_OF) - start).days)
            for start in [read_window(claim.window).start]
            if start
        }
        assert set(numbers(claim.text)) <= {claim.value, *days}


def test_claims_name_the_phrase_that_their_posts_contain() -> None:
    words = worded(typed(members_of(TEXTS)))
    assert {claim.phrase for claim in words.claims} == {"darning"}


def test_trend_by_share_says_among_how_many_posts() -> None:
    members = members_of(TEXTS)
    share = ShareBurst(window=timedelta(days=3), posts=4, authors=4, total=12)
    some = typed(members)
    some = replace(some, topic=replace(some.topic, burst=None, share=share))
    words = worded(some, counts=WindowCountsDTO(posts=60, authors=41))
    assert words.why_now.startswith("4 creators posted about darning, among the 60 posts stored so far.")
    authors, window = words.claims[:2]
    assert (authors.metric, authors.value, authors.phrase) == ("authors", "4", "darning")
    assert (window.metric, window.value, window.phrase) == ("window_posts", "60", "")
    assert set(window.evidence_ids) == {member.id for member in members}
    assert "12" in worded(some).why_now


@pytest.mark.parametrize(
    ("starts", "ends", "text"),
    [
        ("2025-10-30", "2025-11-08", "Sock Week runs until 8 November, 7 more days."),
        ("2025-10-30", "2025-11-01", "Sock Week ends today, on 1 November."),
        ("2025-11-01", "2025-11-08", "Sock Week starts today, on 1 November."),
        ("2025-11-02", "2025-11-08", "Sock Week starts on 2 November, in 1 day."),
    ],
)
def test_campaign_says_its_dates(starts: str, ends: str, text: str) -> None:
    drive = campaign("Sock Week", starts, ends, "sock week")
    by = replace(MENDER, campaigns=(drive,))
    words = worded(typed(members_of(TEXTS), kind=OpportunityType.CAMPAIGN, campaign=drive), by)
    assert words.why_now.startswith(text)


def test_why_now_text_joins_a_second_fact_that_begins_small() -> None:
    english = GRAMMARS["en"]
    assert why_now_text(["two posted", "against one before", "seen often"], english) == (
        "Two posted, against one before. Seen often."
    )
    assert why_now_text(["two posted", "Together 9 views"], english) == "Two posted. Together 9 views."
    assert why_now_text(["2人が投稿", "合計9回再生"], GRAMMARS["ja"]) == "2人が投稿、合計9回再生。"
