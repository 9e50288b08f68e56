from __future__ import annotations

from kairo.hero.dto import AnglePartDTO, ClaimDTO, ScorePartDTO
from kairo.hero.enums import AnglePartKind, ScorePartName
from tests.hero.builders import an_id, opportunity


def test_opportunity_counted_ids_are_those_of_scores_claims_and_angle_parts() -> None:
    score, claim, angle, basis = (an_id(name) for name in ("score", "claim", "angle", "basis"))
    cited = opportunity(
        evidence_ids=(basis,),
        score_parts=(
            ScorePartDTO(
                part=ScorePartName.AUDIENCE, points=3, max=25, rule="r", sentence="s", evidence_ids=(score, claim)
            ),
        ),
        claims=(ClaimDTO(text="t", metric="posts", value="1", window="", evidence_ids=(claim,)),),
        angle_parts=(AnglePartDTO(kind=AnglePartKind.HOOK, text="t", evidence_ids=(angle,)),),
    )
    assert cited.counted_ids() == {score, claim, angle}
    assert opportunity().counted_ids() == set()
