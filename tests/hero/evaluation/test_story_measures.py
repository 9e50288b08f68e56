from __future__ import annotations

from kairo.core.enums import OpportunityType
from kairo.hero.evaluation.kinds import Kind
from kairo.hero.evaluation.story_measures import findable_topics, found_topics, planted_rank
from tests.hero.evaluation.boards import a_run, an_idea, labelled
from tests.hero.evaluation.test_board_measures import BOARD, MENTION, WEEK, _measure


def test_crisis_posts_may_be_evidence_of_a_campaign() -> None:
    run = a_run(BOARD, an_idea("x", "y", type_=OpportunityType.CAMPAIGN), mentions=(MENTION,))
    assert _measure(run, "crisis posts behind ideas").passed


def test_board_needs_four_candidates_if_labels_have_four_topics() -> None:
    topics = ("saw", "plane", "chisel", "vice")
    board = labelled(
        *((f"{topic}{number}", f"A {topic}word here", topic, Kind.BURST) for topic in topics for number in range(2))
    )
    three = a_run(board, *(an_idea(f"{topic}0", f"{topic}1") for topic in topics[:3]))
    four = a_run(board, *(an_idea(f"{topic}0", f"{topic}1") for topic in topics))
    name = "boards with 4 ideas, of those with 4 topics"
    assert not _measure(three, name).passed
    assert _measure(four, name).passed


def test_evergreens_without_shared_words_or_spread_do_not_count() -> None:
    close = labelled(
        ("d", "Oil every plane", "oil", Kind.EVERGREEN), ("e", "Linseed oil for a plane", "oil", Kind.EVERGREEN)
    )
    wordless = labelled(
        ("d", "Oil every plane", "oil", Kind.EVERGREEN),
        ("e", "Wax keeps wood dry", "oil", Kind.EVERGREEN),
        hours_ago=(20, 20 + WEEK),
    )
    assert _measure(a_run(close), "evergreens found").value == "0 of 0"
    assert _measure(a_run(wordless), "evergreens found").value == "0 of 0"
    assert _measure(a_run(BOARD), "evergreens found").value == "0 of 1"


def test_planted_rank_is_the_first_candidate_of_a_fitting_type() -> None:
    board = labelled(
        *((f"saw{number}", "A pull saw here", "saw", Kind.BURST) for number in range(2)),
        *((f"vice{number}", "A bench vice here", "vice", Kind.EVERGREEN) for number in range(2)),
        hours_ago=(20, 20, 20, 20 + WEEK),
    )
    evergreen = an_idea("vice0", "vice1", type_=OpportunityType.EVERGREEN)
    burst = an_idea("saw0", "saw1")
    assert planted_rank(a_run(board, evergreen, burst)) == 2
    assert planted_rank(a_run(board, evergreen, an_idea("saw0", "saw1", type_=OpportunityType.EVERGREEN))) is None
    assert found_topics(a_run(board, burst)) == {"saw"}
    assert findable_topics(a_run(board)) == {"saw", "vice"}
