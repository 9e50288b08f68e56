"""Each part of an angle states a fact and cites the posts that show it."""

from __future__ import annotations

import re
from dataclasses import replace

from kairo.hero.engine.claims import numbers
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.wording.angles import strongest_first
from kairo.hero.enums import AnglePartKind
from kairo.hero.text.taboos import Taboos
from tests.hero.builders import an_id, persona, pillar
from tests.hero.engine.wording.builders import MENDER, TEXTS, competitive, members_of, parts_of, typed, worded


def test_angle_is_made_of_facts_each_with_its_posts() -> None:
    members = members_of(TEXTS)
    words = worded(typed(members), engagement={members[0].id: 0.9})
    ids = {member.id for member in members}
    assert words.angle == " ".join(part.text for part in words.angle_parts)
    assert {part.kind for part in words.angle_parts} == set(AnglePartKind)
    for part in words.angle_parts:
        assert part.evidence_ids
        assert set(part.evidence_ids) <= ids
    (hook,) = parts_of(words, AnglePartKind.HOOK)
    assert f"@{members[0].item.author_ref}" in hook
    (form,) = parts_of(words, AnglePartKind.FORM)
    assert "3" in form
    assert "step-by-step how-tos" in form
    (question,) = parts_of(words, AnglePartKind.QUESTION)
    assert "“Which wool holds for a heel?”" in question or "“Honest question: which wool for the heel?”" in question
    (gap,) = parts_of(words, AnglePartKind.GAP)
    assert "moth traps" in gap
    (audience,) = parts_of(words, AnglePartKind.AUDIENCE)
    assert "patient beginner" in audience.lower()
    assert "no time" in audience


def test_strongest_first_orders_by_language_engagement_and_views() -> None:
    members = members_of(TEXTS)
    by_views = sorted(members, key=lambda one: -(one.item.metrics.views or 0))
    assert list(strongest_first(members, {}, language="en")) == by_views
    weakest = by_views[-1]
    assert strongest_first(members, {weakest.id: 0.1}, language="en")[0] is weakest
    other = members_of(("La calza della nonna si rammenda",), language="it")[0]
    assert strongest_first([other, *members], {other.id: 1.0}, language="en")[-1] is other


def test_hook_is_of_the_strongest_post_and_letter_by_letter() -> None:
    members = members_of(TEXTS)
    strongest = max(members, key=lambda one: one.item.metrics.views or 0)
    for engagement, expected in (({}, strongest), ({members[1].id: 0.8, members[2].id: 0.3}, members[1])):
        words = worded(typed(members), engagement=engagement)
        (part,) = [one for one in words.angle_parts if one.kind is AnglePartKind.HOOK]
        assert part.evidence_ids == (expected.id,)
        quote = re.search("“(.*?)”", part.text)
        assert quote is not None
        assert quote.group(1).rstrip("…") in expected.item.text_primary


def test_hook_quotes_nothing_that_the_brand_forbids() -> None:
    members = members_of(TEXTS)
    words = worded(typed(members), taboos=Taboos(["darning"]))
    assert not any("darning" in text.lower() for text in re.findall("“(.*?)”", words.angle))


def test_hook_is_left_out_where_no_post_can_be_quoted() -> None:
    members = members_of(("#darning #wool", "darning!", "@anna darning", "darning https://wool.example"))
    assert parts_of(worded(typed(members)), AnglePartKind.HOOK) == []


def test_hook_of_a_competitor_quotes_its_own_words() -> None:
    texts = ("Our darning kit comes in blue today", "Tried their darning kit on my own socks")
    theirs, other = members_of(texts[:1], author_ref="woolpalace"), members_of(texts[1:])
    stronger = replace(other[0], item=replace(other[0].item, id=an_id("other")))
    some = competitive((*theirs, stronger), phrase_key("darning kit", "en"))
    words = worded(some, engagement={stronger.id: 0.9})
    assert texts[0] in words.angle
    assert texts[1] not in words.angle


def test_audience_is_left_out_where_no_post_contains_its_words() -> None:
    members = members_of(("Darning in the rain", "Darning at the sea", "More darning today", "All darning, no talk"))
    words = worded(typed(members))
    assert parts_of(words, AnglePartKind.AUDIENCE) == []


def test_pains_and_gaps_that_count_something_are_left_out() -> None:
    by = replace(
        MENDER,
        pillars=(pillar("Mend it", "darning", "seven stitches", "moth traps"),),
        personas=(persona("Patient beginner", "heel", pains=("surprises in week seven", "no time")),),
    )
    words = worded(typed(members_of(TEXTS)), by)
    assert "seven" not in words.angle
    assert "no time" in words.angle
    assert "moth traps" in words.angle


def test_gap_is_left_out_without_a_pillar_and_pains() -> None:
    members = members_of(TEXTS)
    assert parts_of(worded(typed(members), pillar=None, persona=None), AnglePartKind.GAP) == []


def test_own_posts_on_the_topic_are_named_and_cited() -> None:
    own = members_of(("We are darning live today",), author_ref="loophole")
    words = worded(typed(members_of(TEXTS)), own_posts=own)
    (part,) = [one for one in words.angle_parts if one.evidence_ids == (own[0].id,)]
    assert part.kind is AnglePartKind.TASK
    assert "darning" in part.text
    assert numbers(part.text) == []
