from __future__ import annotations

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.evaluation.aboutness import miscounted, purity, says, share_a_word, story_of
from kairo.hero.evaluation.board_measures import measures
from kairo.hero.evaluation.kinds import Kind
from kairo.hero.evaluation.result import Measure
from kairo.hero.evaluation.runs import Run
from tests.hero.builders import an_id, brand, campaign, post
from tests.hero.evaluation.boards import a_claim, a_run, an_idea, labelled

SAWS = labelled(
    ("a", "My pull saw is back on the bench #pullsaw", "pull saw", Kind.BURST),
    ("b", "Why pull saws cut on the pull", "pull saw", Kind.BURST),
    ("c", "Three pull saw mistakes", "pull saw", Kind.BURST),
    ("d", "A saw, a bench and a rainy Sunday", None, Kind.BACKGROUND),
    ("e", "Found grandfather's pull saw", None, Kind.BACKGROUND),
    ("f", "Oil every plane on Sunday", "plane oil", Kind.EVERGREEN),
)


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Why pull saws cut on the pull", "pull saw", True),
        ("Sunday #pullsaw", "pull saw", True),
        ("Pull the other saw", "pull saw", True),
        ("A saw and a bench", "pull saw", False),
        ("Café fondi nell'orto", "cafe", True),
        ("training every day", "ai", False),
        ("今日の一行日記です", "一行日記", True),
        ("ein Adventskranz aus Eibe", "Kranz", True),
        ("Pflanzen vertrocknet", "Pflanze", True),
        ("Ticketing for museums", "tickets", True),
        ("A ticklish question", "tickets", False),
        ("anything", "", False),
    ],
)
def test_post_says_a_phrase_in_inflections_compounds_and_joined(text: str, phrase: str, found: bool) -> None:
    assert says(post("x", text), phrase) is found


def test_claim_that_counts_posts_about_other_things_is_miscounted() -> None:
    """ "6 creators came back to it", where four did and two only own a bench and a plane."""
    counted = a_claim("pull saw", "a", "b", "c", "e", "d", "f")
    idea = an_idea("a", "b", "c", "e", "d", "f", claims=[counted])
    assert miscounted(SAWS, idea, counted) == [an_id("d"), an_id("f")]
    honest = a_claim("pull saw", "a", "b", "c", "e")
    assert miscounted(SAWS, idea, honest) == []
    assert not _measure(a_run(SAWS, idea), "claims recounted by label").passed
    assert _measure(a_run(SAWS, an_idea("a", "b", "c", "e", claims=[honest])), "claims recounted by label").passed


def test_flood_that_says_the_phrase_is_counted_and_another_storys_post_is_not() -> None:
    board = labelled(
        ("a", "My pull saw is back", "pull saw", Kind.BURST),
        ("s", "Pull saw sale, today only", "sale", Kind.SPAM),
        ("t", "A pull saw cuts asbestos too", "asbestos", Kind.TABOO),
    )
    claim = a_claim("pull saw", "a", "s", "t")
    assert miscounted(board, an_idea("a", "s", "t", claims=[claim]), claim) == [an_id("t")]


def test_claim_without_a_phrase_is_recounted_by_label_alone() -> None:
    claim = a_claim("", "a", "b", "e")
    assert miscounted(SAWS, an_idea("a", "b", "e", claims=[claim]), claim) == [an_id("e")]


def test_purity_is_the_share_of_posts_that_belong_to_the_story() -> None:
    claims = [a_claim("pull saw", "a", "b")]
    assert purity(SAWS, an_idea("a", "b", "c", "e", claims=claims)) == 1
    assert purity(SAWS, an_idea("a", "b", "c", "f", claims=claims)) == 0.75
    assert purity(SAWS, an_idea("d", "e")) is None


def test_idea_of_background_posts_is_about_no_story() -> None:
    assert story_of(SAWS, an_idea("d", "e")) is None
    found = story_of(SAWS, an_idea("a", "d"))
    assert found is not None
    assert found.topic == "pull saw"
    assert story_of(SAWS, an_idea("a", "d", "e", "f")) is None


def test_posts_of_a_competitor_belong_to_a_competitive_idea() -> None:
    board = labelled(
        ("a", "Our new plane", "rival", Kind.COMPETITIVE),
        ("b", "Behind the counter", None, Kind.BACKGROUND),
        by=brand(competitor_handles=("@Rival.Tools",)),
        b="rival.tools",
    )
    idea = an_idea("a", "b", type_=OpportunityType.COMPETITIVE)
    assert purity(board, idea) == 1
    assert miscounted(board, idea, a_claim("", "a", "b")) == []


def test_posts_of_a_campaign_belong_by_its_keywords() -> None:
    board = labelled(
        ("a", "Fair week begins", "fair", Kind.CAMPAIGN),
        ("b", "Ready for the fair", None, Kind.BACKGROUND),
        ("c", "Rain again", None, Kind.BACKGROUND),
        by=brand(campaigns=(campaign("Spring", "2025-10-20", "2025-11-20", "fair"),)),
    )
    idea = an_idea("a", "b", "c", type_=OpportunityType.CAMPAIGN)
    assert miscounted(board, idea, a_claim("", "a", "b", "c")) == [an_id("c")]


def test_posts_of_overlapping_stories_belong_to_both_where_they_say_the_phrase() -> None:
    board = labelled(
        ("a", "Wreath of fir in 20 minutes", "wreath", Kind.OVERLAP),
        ("b", "Binding a wreath with kids", "wreath", Kind.OVERLAP),
        ("c", "Fir keeps longer in water", "fir", Kind.OVERLAP),
    )
    assert miscounted(board, an_idea("a", "b", "c"), a_claim("wreath", "a", "b", "c")) == [an_id("c")]
    assert miscounted(board, an_idea("a", "c"), a_claim("fir", "a", "c")) == []


def test_shared_word_needs_two_authors_and_is_no_stop_word() -> None:
    assert share_a_word([post("a", "A mortise gauge"), post("b", "mortises by hand")])
    assert not share_a_word([post("a", "What about mortises"), post("b", "What about tenons")])
    assert not share_a_word([post("a", "mortise", author="same"), post("b", "mortise", author="same")])
    assert share_a_word([post("a", "今日の一行日記"), post("b", "私の一行日記です")])


def _measure(run: Run, name: str) -> Measure:
    (found,) = [measure for measure in measures([run]) if measure.name == name]
    return found
