"""A question that posts of two authors share."""

from __future__ import annotations

from kairo.hero.engine.wording.questions import shared_question
from tests.hero.engine.wording.builders import tokenized


def allow(_: str) -> bool:
    return True


def test_shared_question_is_found_where_two_authors_ask_alike() -> None:
    texts = (
        "Which wool holds for a heel? I am on my third hole.",
        "New needles today, and no plan.",
        "Honest question: which wool for the heel? Mine felts.",
    )
    members = [tokenized(text, name=str(n)) for n, text in enumerate(texts)]
    found = shared_question(members, allowed=allow)
    assert found is not None
    assert found.text == "Which wool holds for a heel?"
    assert [one.id for one in found.posts] == [members[0].id, members[2].id]


def test_shared_question_needs_two_authors_and_one_subject() -> None:
    same = [tokenized("Which wool for a heel?", name=str(n), author="anna") for n in range(2)]
    assert shared_question(same, allowed=allow) is None
    apart = [tokenized("Which wool for a heel?", name="a"), tokenized("Who joins us on Sunday?", name="b")]
    assert shared_question(apart, allowed=allow) is None


def test_shared_question_is_none_that_may_not_be_quoted() -> None:
    texts = ("Which wool holds for a heel?", "Honest question: which wool for the heel?")
    members = [tokenized(text, name=str(n)) for n, text in enumerate(texts)]
    assert shared_question(members, allowed=lambda _: False) is None
