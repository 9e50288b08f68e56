from __future__ import annotations

from kairo.hero.dto import AnglePartDTO, ClaimDTO, NamedRefDTO, ScorePartDTO
from kairo.hero.enums import AnglePartKind, ScorePartName
from kairo.hero.services.opportunity_service import OpportunityWithBrand
from schema.ids import global_id
from schema.types.named_evidence import NamedEvidence
from schema.types.opportunity import Opportunity, current_opportunities
from tests.hero.builders import an_id, opportunity
from tests.schema.types.posts import preview

LOAF, BRAND = an_id("loaf"), an_id("brand")
DTO = opportunity(
    evidence=(preview("loaf"),),
    evidence_ids=(LOAF,),
    pillar=NamedRefDTO(id=an_id("ovens"), name="Ovens"),
    score_parts=(
        ScorePartDTO(part=ScorePartName.RELEVANCE, points=12, max=30, rule="a", sentence="b", evidence_ids=(LOAF,)),
    ),
    claims=(ClaimDTO(text="9 posts", metric="posts", value="9", window="", evidence_ids=(LOAF,)),),
    angle_parts=(AnglePartDTO(kind=AnglePartKind.TASK, text="Bake it.", evidence_ids=(LOAF,)),),
)


def test_opportunity_shares_one_object_for_a_post_that_several_parts_cite() -> None:
    posts = NamedEvidence([DTO], brand_keys=[BRAND], holder="Board 1")
    shown = Opportunity.from_dto(DTO, brand_key=BRAND, posts=posts)
    (item,) = shown.evidence
    assert item.id == global_id("EvidenceItem", LOAF)
    for part in (shown.score_parts[0], shown.claims[0], shown.angle_parts[0]):
        assert part.evidence()[0] is item


def test_opportunity_references_pillar_by_global_id_and_has_no_persona() -> None:
    shown = Opportunity.from_dto(DTO, brand_key=BRAND, posts=NamedEvidence([DTO], brand_keys=[BRAND], holder="Board 1"))
    assert shown.pillar is not None
    assert (shown.pillar.id, shown.pillar.brand_key) == (global_id("ContentPillar", an_id("ovens")), BRAND)
    assert shown.persona is None
    assert shown.claims[0].phrase is None


def test_current_opportunities_keep_their_order_and_brands() -> None:
    other = opportunity("roll", evidence=(preview("roll"),), evidence_ids=(an_id("roll"),))
    rows = [
        OpportunityWithBrand(brand_id=BRAND, opportunity=other),
        OpportunityWithBrand(brand_id=BRAND, opportunity=DTO),
    ]
    assert [shown.title for shown in current_opportunities(rows)] == ["A roll", "A loaf"]
