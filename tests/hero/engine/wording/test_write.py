"""The texts of an opportunity: competitors stay unnamed, and no template comes twice on a board."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.wording.languages import GRAMMARS, NEUTRAL_GRAMMAR
from kairo.hero.engine.wording.remarks import notes_for
from kairo.hero.engine.wording.titles import MAX_TITLE_CHARS
from kairo.hero.notes import NoteCode
from tests.hero.builders import campaign
from tests.hero.engine.wording.builders import MENDER, TEXTS, competitive, members_of, typed, worded


def test_competitor_stays_unnamed_in_title_and_angle_where_there_is_a_detail() -> None:
    texts = ("Wool Palace darning kit, now in blue", "Wool Palace: the darning kit that thinks")
    members = members_of(texts, author_ref="woolpalace")
    some = competitive(members, phrase_key("darning kit", "en"))
    words = worded(some)
    assert "palace" not in f"{words.title} {words.angle}".lower()
    assert "Wool Palace posted 2 times" in words.why_now
    assert {claim.phrase for claim in words.claims} == {""}


def test_competitor_is_named_in_both_where_nothing_else_is_known() -> None:
    members = members_of(("Wool Palace opens", "at Wool Palace, always"), author_ref="woolpalace")
    some = competitive(members, "woolpalac")
    words = worded(some, pillar=None, persona=None)
    assert "Wool Palace" in words.title
    assert "Wool Palace" in words.angle


def test_campaign_is_named_in_the_title_without_quotation_marks() -> None:
    drive = campaign("Sock Week", "2025-10-30", "2025-11-08", "sock week")
    by = replace(MENDER, campaigns=(drive,))
    some = typed(members_of(TEXTS), kind=OpportunityType.CAMPAIGN, campaign=drive)
    words = worded(some, by)
    assert "Sock Week" in words.title
    assert words.why_now.startswith("Sock Week runs until 8 November, 7 more days.")
    assert "“Sock Week”" not in f"{words.title} {words.angle} {words.why_now}"


@pytest.mark.parametrize("language", sorted(GRAMMARS))
@pytest.mark.parametrize("kind", [OpportunityType.TREND, OpportunityType.EVERGREEN])
def test_templates_come_once_on_a_board_of_twenty_four(language: str, kind: OpportunityType) -> None:
    by = replace(MENDER, languages=(language,))
    used: list[str] = []
    titles: list[str] = []
    for index in range(24):
        anchor = f"weft{chr(97 + index)}x"
        members = members_of([f"{anchor} {text}" for text in TEXTS], language=language)
        words = worded(
            typed(members, anchor, kind=kind), by, used_templates=used, vocabulary={phrase_key(anchor, "en"): anchor}
        )
        assert words.grammar.language == language
        assert set(words.templates).isdisjoint(used)
        assert len(words.title) <= MAX_TITLE_CHARS
        assert len(words.angle) >= 10
        assert words.label == anchor
        used += words.templates
        titles.append(words.title.lower().replace(anchor, "…"))
    assert len(set(titles)) == 24


def test_angles_of_one_board_have_different_skeletons() -> None:
    used: list[str] = []
    skeletons = []
    for index in range(6):
        anchor = f"weft{chr(97 + index)}x"
        members = members_of([f"{anchor} {text}" for text in TEXTS])
        words = worded(typed(members, anchor), used_templates=used)
        used += words.templates
        skeletons.append([re.sub("“.*?”", "", part.text).lower().replace(anchor, "…") for part in words.angle_parts])
    tasks = [text for skeleton in skeletons for text in skeleton]
    assert len(tasks) == len(set(tasks))


def test_language_without_a_grammar_gets_topic_words_as_titles_and_a_note() -> None:
    texts = ("Vi lagar stickning hemma i kväll", "Stickning är det bästa jag vet", "Det går att laga stickning")
    members = members_of(texts, language="sv")
    by = replace(MENDER, languages=("sv",))
    words = worded(typed(members, "stickning"), by, pillar=None, persona=None)
    assert words.grammar is NEUTRAL_GRAMMAR
    assert words.title == "Stickning: Loophole"
    assert words.language_without_grammar == "sv"
    (remark,) = notes_for([words, words])
    assert remark.startswith(f"{NoteCode.NEUTRAL_WORDING.value}: ")
    assert "sv" in remark
    assert notes_for([worded(typed(members_of(TEXTS)))]) == ()
