from __future__ import annotations

from dataclasses import replace

from kairo.hero.dto import (
    BrandMentionDTO,
    ClaimDTO,
    RejectedCandidateDTO,
)
from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.account_review import review_account
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import SynthesisResult
from tests.hero.builders import AS_OF, an_id
from tests.hero.generation.review.water_stones import (
    EVIDENCE,
    GUARDED,
    candidate,
)


def test_account_review_keeps_valid_entries_and_counts_omitted_ones() -> None:
    praised = ClaimDTO(
        text="1 post", metric="posts", value="1", window="", evidence_ids=(an_id("praise"),), phrase="stone"
    )
    mention = BrandMentionDTO(
        phrase="water stone", authors=1, window="", evidence_ids=(an_id("praise"),), claims=(praised,)
    )
    by_taboo = RejectedCandidateDTO(
        title="detox", code=RejectionCode.TABOO, detail='The brand\'s taboo "detox" is in the caption of a post.'
    )
    other = RejectedCandidateDTO(title="Chisels", code=RejectionCode.NO_FIT, detail="It fits no pillar.")
    linked = replace(other, detail="See www.evil.io for why.")
    result = SynthesisResult(
        candidates=(),
        rejected=(by_taboo, other, linked),
        mentions=(mention,),
        notes=("Fine.", "Go to evil.shop"),
        engine="own",
    )
    cleaned = review_account(result, brand=GUARDED, evidence=EVIDENCE, as_of=AS_OF)
    assert cleaned.rejected == (by_taboo, other)
    assert [replace(one, newest_published_at=None) for one in cleaned.mentions] == [mention]
    assert cleaned.notes[0] == "Fine."
    assert cleaned.notes[1:] == (
        "ACCOUNT_CLEANED: 2 entries of the engine's account are left out: they break the rules for texts or facts.",
    )
    assert cleaned.engine == "own"


def test_review_keeps_a_valid_candidate_next_to_an_invalid_one() -> None:
    kept, _ = review(
        [candidate(), candidate(title="evil.shop", concept_key="z")], brand=GUARDED, evidence=EVIDENCE, as_of=AS_OF
    )
    assert [replace(one, score_parts=()) for one in kept] == [candidate()]
