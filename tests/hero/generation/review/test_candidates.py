"""Review as a whole: order, near-duplicates, ignored concepts and the limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.candidates import review
from tests.hero.builders import AS_OF, brand
from tests.hero.generation.review.bench_planes import EVIDENCE, WEAK, candidate, look


def test_review_keeps_a_valid_candidate_unchanged() -> None:
    kept, rejected = look(candidate())
    assert [replace(one, score_parts=()) for one in kept] == [candidate()]
    assert rejected == ()


def test_review_rejects_an_answer_that_is_no_sequence() -> None:
    kept, rejected = review(None, brand=brand(), evidence=EVIDENCE, as_of=AS_OF)  # type: ignore[arg-type]  # a hostile engine
    assert kept == ()
    assert [one.code for one in rejected] == [RejectionCode.MALFORMED]


@pytest.mark.parametrize("hostile", ["Buy at https://spam.example now", "A **bold** idea", "As an AI model, yes"])
def test_review_rejects_ignored_concepts_and_hides_undisplayable_titles(hostile: str) -> None:
    proposed = [candidate(concept_key="ignored", title=hostile), candidate()]
    kept, (rejected,) = review(proposed, brand=brand(), evidence=EVIDENCE, as_of=AS_OF, ignored=("ignored",))
    assert kept == look(candidate())[0]
    assert len(kept) == 1
    assert (rejected.title, rejected.code) == ("", RejectionCode.DECIDED_IGNORED)


def test_review_keeps_the_best_of_similar_titles() -> None:
    weak = candidate(concept_key="topic:a", title="Restore a bench plane today", **WEAK)
    strong = candidate(concept_key="topic:b")
    kept, rejected = look(weak, strong)
    assert [one.concept_key for one in kept] == ["topic:b"]
    assert [(one.code, one.title) for one in rejected] == [(RejectionCode.NEAR_DUPLICATE, weak.title)]


def test_review_keeps_titles_below_the_similarity_threshold() -> None:
    kept, _ = look(candidate(), candidate(concept_key="topic:b", title="Restore a bench vice"))
    assert len(kept) == 2


def test_review_keeps_one_candidate_of_a_concept() -> None:
    _, rejected = look(candidate(), candidate(title="Something else entirely"))
    assert [one.code for one in rejected] == [RejectionCode.NEAR_DUPLICATE]


def test_review_orders_by_score_and_keeps_the_engines_order_of_ties() -> None:
    ideas = [
        candidate(concept_key=f"topic:{name}", title=f"{name} {name}{name} stands alone", **changes)
        for name, changes in [("oak", WEAK), ("elm", {}), ("ash", {}), ("yew", WEAK)]
    ]
    kept, _ = look(*ideas)
    assert [one.concept_key for one in kept] == ["topic:elm", "topic:ash", "topic:oak", "topic:yew"]
    assert kept[0].score == kept[1].score > kept[2].score == kept[3].score


def test_review_keeps_at_most_twenty_four_candidates() -> None:
    names = [f"{first}{second}" for first in "abcdef" for second in "aeiou"]
    ideas = [candidate(concept_key=f"topic:{n}", title=f"word{n} again{n} other{n}") for n in names]
    kept, rejected = look(*ideas)
    assert len(kept) == 24
    assert {one.code for one in rejected} == {RejectionCode.PORTFOLIO_LIMIT}
    assert len(rejected) == 6
