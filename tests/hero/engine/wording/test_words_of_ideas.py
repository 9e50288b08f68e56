"""The words of an idea: each part of an angle has its fact, each number its claim, and no frame comes twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kairo.core.enums import Channel, OpportunityType, Platform
from kairo.hero.dto import BrandSnapshotDTO, MetricsDTO, WindowCountsDTO
from kairo.hero.engine.bursts import Burst, ShareBurst
from kairo.hero.engine.claims import numbers, read_window
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.tokenized_posts import TokenizedPost, tokenize_post
from kairo.hero.engine.topics import Topic
from kairo.hero.engine.wording.languages import GRAMMARS, NEUTRAL_GRAMMAR, board_grammar, choose_grammar
from kairo.hero.engine.wording.names import persona_name
from kairo.hero.engine.wording.remarks import notes_for
from kairo.hero.engine.wording.titles import MAX_TITLE_CHARS
from kairo.hero.engine.wording.write import WordedOpportunity, word_opportunity
from kairo.hero.enums import AnglePartKind
from kairo.hero.notes import NoteCode
from kairo.hero.text.taboos import Taboos
from tests.hero.builders import AS_OF, an_id, brand, campaign, persona, pillar, post

BURST = Burst(window=timedelta(days=3), recent=4, authors=4, earlier=0, expected=0.2, p=1e-5)
MENDER = brand(
    "Loophole",
    pillars=(pillar("Mend it", "darning", "moth traps", "visible patches", "odd socks"),),
    personas=(persona("Patient beginner", "heel", pains=("no time",)),),
    channels=(Channel.TIKTOK, Channel.INSTAGRAM),
    languages=("en",),
)
TEXTS = (
    "How to start darning before the heel opens #darning",
    "Darning for beginners: keep the wool loose. Which wool holds for a heel?",
    "Step by step darning on a train, no table needed",
    "My aunt calls darning a slow hello. Honest question: which wool for the heel?",
)


def members_of(texts: Sequence[str], *, language: str = "en", **changes: Any) -> tuple[TokenizedPost, ...]:
    items = [
        replace(
            post(f"m{n}", text, author=f"mender.{n}", hours_ago=5 + 7 * n, platform=Platform.TIKTOK),
            metrics=MetricsDTO(views=1000 * (n + 1), likes=10),
        )
        for n, text in enumerate(texts)
    ]
    found = [tokenize_post(replace(item, **changes), languages=(language,)) for item in items]
    return tuple(sorted(found, key=lambda one: one.id))


def typed(
    members: Sequence[TokenizedPost],
    anchor: str = "darning",
    *,
    kind: OpportunityType = OpportunityType.TREND,
    **rest: Any,
) -> TypedTopic:
    key = phrase_key(anchor, members[0].language)
    topic = Topic(anchor=key, terms=(key,), members=tuple(members), burst=BURST, is_in_text=True)
    return TypedTopic(topic, kind, f"topic:{key}", **rest)


def worded(some: TypedTopic, by: BrandSnapshotDTO = MENDER, **rest: Any) -> WordedOpportunity:
    given: dict[str, Any] = {
        "brand": by,
        "pillar": by.pillars[0] if by.pillars else None,
        "persona": by.personas[0] if by.personas else None,
        "vocabulary": {},
        "as_of": AS_OF,
    }
    return word_opportunity(some, **{**given, **rest})


def parts_of(words: WordedOpportunity, kind: AnglePartKind) -> list[str]:
    return [part.text for part in words.angle_parts if part.kind is kind]


# Parts.


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


def test_audience_is_left_out_where_no_post_says_its_words() -> None:
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


# Numbers.


def test_every_number_outside_quotations_is_the_value_of_a_claim() -> None:
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


def test_claims_name_the_phrase_that_their_posts_say() -> None:
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


# Titles and competitors.


def test_competitor_stays_unnamed_in_title_and_angle_where_there_is_a_detail() -> None:
    texts = ("Wool Palace darning kit, now in blue", "Wool Palace: the darning kit that thinks")
    members = members_of(texts, author_ref="woolpalace")
    key = phrase_key("darning kit", "en")
    topic = Topic(anchor=key, terms=(key,), members=members, burst=None, is_in_text=True)
    some = TypedTopic(topic, OpportunityType.COMPETITIVE, "competitor:woolpalace", competitor="woolpalace")
    words = worded(some)
    assert "palace" not in f"{words.title} {words.angle}".lower()
    assert "Wool Palace posted 2 times" in words.why_now
    assert {claim.phrase for claim in words.claims} == {""}


def test_competitor_is_named_in_both_where_nothing_else_is_known() -> None:
    members = members_of(("Wool Palace opens", "at Wool Palace, always"), author_ref="woolpalace")
    topic = Topic(anchor="woolpalac", terms=("woolpalac",), members=members, burst=None, is_in_text=True)
    some = TypedTopic(topic, OpportunityType.COMPETITIVE, "competitor:woolpalace", competitor="woolpalace")
    words = worded(some, pillar=None, persona=None)
    assert "Wool Palace" in words.title
    assert "Wool Palace" in words.angle


def test_competitor_is_quoted_with_its_own_words() -> None:
    texts = ("Wool Palace darning kit, now in blue today", "Tried the Wool Palace darning kit on my own socks")
    theirs, other = members_of(texts[:1], author_ref="woolpalace"), members_of(texts[1:])
    members = (*theirs, replace(other[0], item=replace(other[0].item, id=an_id("other"))))
    key = phrase_key("darning kit", "en")
    topic = Topic(anchor=key, terms=(key,), members=members, burst=None, is_in_text=True)
    some = TypedTopic(topic, OpportunityType.COMPETITIVE, "competitor:woolpalace", competitor="woolpalace")
    assert "Tried the" not in worded(some).angle


def test_persona_with_an_article_of_its_own_gets_no_second_one() -> None:
    assert persona_name(persona("The returner"), GRAMMARS["en"]) == "a returner"
    assert persona_name(persona("An early riser"), GRAMMARS["en"]) == "an early riser"


def test_campaign_says_its_dates_and_asks_to_take_part() -> None:
    drive = campaign("Sock Week", "2025-10-30", "2025-11-08", "sock week")
    by = replace(MENDER, campaigns=(drive,))
    some = typed(members_of(TEXTS), kind=OpportunityType.CAMPAIGN, campaign=drive)
    words = worded(some, by)
    assert "Sock Week" in words.title
    assert words.why_now.startswith("Sock Week runs until 8 November, 7 more days.")
    assert "“Sock Week”" not in f"{words.title} {words.angle} {words.why_now}"


@pytest.mark.parametrize("language", sorted(GRAMMARS))
@pytest.mark.parametrize("kind", [OpportunityType.TREND, OpportunityType.EVERGREEN])
def test_no_frame_comes_twice_on_a_board_of_twenty_four(language: str, kind: OpportunityType) -> None:
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


def test_ideas_of_one_board_have_different_skeletons() -> None:
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


# Languages.


def test_grammar_is_that_of_the_posts_where_the_brand_publishes_in_it() -> None:
    italian = members_of(
        ("La calza della nonna si rammenda con calma", "Oggi si rammenda la calza con la lana"), language="it"
    )
    assert choose_grammar(italian, languages=("it", "en")).grammar.language == "it"
    assert choose_grammar(italian, languages=("pl",)).grammar.language == "pl"
    assert choose_grammar(italian, languages=()).grammar.language == "it"


def test_board_as_a_whole_speaks_the_brands_first_language_with_a_grammar() -> None:
    italian = members_of(("La calza della nonna si rammenda con calma",), language="it")
    assert board_grammar(italian, languages=("sv", "nl")).language == "nl"
    assert board_grammar(italian, languages=()).language == "it"
    assert board_grammar([], languages=()).language == "en"


def test_other_languages_get_topic_words_as_titles_and_a_note() -> None:
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
