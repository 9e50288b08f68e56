"""How a ready board was made: score, claims, what was dropped, what each pillar got."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.core.ids import new_id
from kairo.core.models import Brand, ContentPillar, Persona
from kairo.hero.dto import (
    AnglePartDTO,
    ClaimDTO,
    EvidenceSummaryDTO,
    NamedRefDTO,
    OpportunityDTO,
    PillarCoverageDTO,
    RejectedCandidateDTO,
    ScorePartDTO,
)
from kairo.hero.enums import AnglePartKind, RejectionCode, ScorePartName
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent
from tests.factories import make_brand, make_opportunity, make_post, make_ready_board
from tests.schema.api import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


def read(api: Api, brand: Brand, query: str) -> dict[str, Any]:
    board: dict[str, Any] = api.data(query, b=str(brand.id))["todayBoard"]
    return board


RECEIPT = """
query ($b: ID!) { todayBoard(brandId: $b) {
  brand { id slug name positioning channels pillars { id name rank isActive keywords } personas { id role } }
  meta { channelMix { channel count } dominantPillar { name } dominantPersona { name } notes
    timings { stage milliseconds } }
  opportunities { id createdVia persona { name role } pillar { name description }
    scoreParts { part points max rule sentence evidence { id } }
    angle angleParts { kind text evidence { id } }
    claims { text metric value window phrase evidence { id snippet } } }
  ... on TodayBoardReady { readyReason
    evidenceSummary { items authors platforms { platform count }
      transcriptCoverage newestPublishedAt oldestPublishedAt }
    rejectedCandidates { title code detail evidenceIds }
    coverage { pillar { id name } items authors needed opportunities reason } } } }
"""


def test_ready_board_has_its_receipt(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_receipt_board(brand)
    board = read(api, brand, RECEIPT)
    idea = board["opportunities"][0]
    assert idea["pillar"] == {"name": "Sourdough", "description": ""}
    assert idea["persona"] == {"name": "Home baker", "role": ""}
    part, claim = idea["scoreParts"][0], idea["claims"][0]
    assert (part["part"], part["points"], part["rule"]) == ("RELEVANCE", 20, "shared_words")
    assert len(part["evidence"]) == 1
    assert claim["evidence"][0]["snippet"].startswith("Only counted")
    assert claim["phrase"] == "sourdough"
    assert [(part["kind"], part["text"]) for part in idea["angleParts"]] == [("HOOK", idea["angle"])]
    assert idea["angleParts"][0]["evidence"] == [{"id": claim["evidence"][0]["id"]}]
    assert board["evidenceSummary"]["platforms"] == [{"platform": "INSTAGRAM", "count": 9}]
    assert board["rejectedCandidates"][0]["code"] == "TABOO"
    assert board["coverage"][0]["needed"] == 2
    assert board["meta"]["timings"] == [{"stage": "synthesizing", "milliseconds": 12}]
    assert board["meta"]["dominantPillar"] == {"name": "Sourdough"}


def make_receipt_board(brand: Brand) -> OpportunitiesBoard:
    """A board with one of everything, one claim of which counts a post that no idea names."""
    pillar = ContentPillar.objects.get(brand=brand)
    persona = Persona.objects.get(brand=brand)
    row = make_opportunity(brand)
    counted = make_post(brand, text_primary="Only counted, not shown.")
    ref = NamedRefDTO(id=pillar.id, name="As it was called")
    part = ScorePartDTO(
        part=ScorePartName.RELEVANCE,
        points=20,
        max=30,
        rule="shared_words",
        sentence="Three words of the pillar.",
        evidence_ids=tuple(row.evidence_ids),
    )
    claim = ClaimDTO(
        text="4 authors",
        metric="distinct_authors",
        value="4",
        window="",
        evidence_ids=(counted.id,),
        phrase="sourdough",
    )
    made = make_ready_board(brand, [row])
    content = BoardContent.from_json(made.content)
    idea = OpportunityDTO(
        **{
            **{name: getattr(content.opportunities[0], name) for name in OpportunityDTO.__dataclass_fields__},
            "score_parts": (part,),
            "claims": (claim,),
            "angle_parts": (AnglePartDTO(kind=AnglePartKind.HOOK, text=row.angle, evidence_ids=(counted.id,)),),
            "pillar": ref,
            "persona": NamedRefDTO(id=persona.id, name=persona.name),
        }
    )
    made.content = BoardContent(
        opportunities=(idea,),
        evidence_summary=EvidenceSummaryDTO(
            items=9,
            authors=9,
            platforms=((Platform.INSTAGRAM, 9),),
            transcript_coverage=1.0,
            newest_published_at=timezone.now(),
            oldest_published_at=None,
        ),
        rejected_candidates=(
            RejectedCandidateDTO(
                title="No", code=RejectionCode.TABOO, detail="Says sugar.", evidence_ids=(counted.id,)
            ),
        ),
        coverage=(
            PillarCoverageDTO(
                pillar=ref, items=9, authors=9, needed_authors=2, opportunities=1, reason="9 items match."
            ),
        ),
        timings_ms=(("synthesizing", 12),),
    ).to_json()
    made.save()
    return made


def test_board_stored_before_angle_parts_and_phrases_is_readable(api: Api) -> None:
    brand = make_brand(api.tenant)
    board = make_receipt_board(brand)
    idea = board.content["opportunities"][0]
    del idea["angle_parts"], idea["claims"][0]["phrase"]
    board.save()
    shown = read(api, brand, RECEIPT)["opportunities"][0]
    assert (shown["angleParts"], shown["claims"][0]["phrase"]) == ([], None)


@pytest.mark.board_cache
def test_deleted_pillar_is_not_found_for_fields_the_board_does_not_store(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_receipt_board(brand)
    ContentPillar.objects.filter(brand=brand).delete()
    answer = api.ask(RECEIPT, b=str(brand.id))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"]
    assert answer["errors"][0]["path"] == ["todayBoard", "opportunities", 0, "pillar", "description"]
    assert answer["data"]["todayBoard"]["opportunities"][0]["pillar"] is None
    named = "query ($b: ID!) { todayBoard(brandId: $b) { opportunities { pillar { name } } } }"
    assert read(api, brand, named)["opportunities"][0]["pillar"]["name"] == "As it was called"


def test_missing_post_is_a_referential_integrity_error(api: Api) -> None:
    brand = make_brand(api.tenant)
    board = make_receipt_board(brand)
    gone = str(new_id())
    board.content["opportunities"][0]["claims"][0]["evidence_ids"] = [gone]
    board.save()
    answer = api.ask(RECEIPT, b=str(brand.id))
    assert answer["errors"][0]["extensions"]["code"] == "REFERENTIAL_INTEGRITY"
    assert answer["errors"][0]["extensions"]["missingIds"] == [gone]


def test_pillar_and_persona_statements_do_not_depend_on_the_number_of_opportunities(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_receipt_board(brand)
    with CaptureQueriesContext(connection) as statements:
        read(api, brand, RECEIPT)
    # Authentication, three for the board, one for the posts only counted, then the brand, its pillars and personas.
    assert len(statements) <= 8
