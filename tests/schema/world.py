"""A tenant that has one of everything the API can show, each text of it bearing a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from kairo.core.enums import DecisionKind, Platform
from kairo.core.ids import new_id
from kairo.core.models import Brand, ContentPillar, Opportunity, OpportunityDecision, Persona, Tenant
from kairo.core.services.api_tokens import create_token
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.dto import (
    AnglePartDTO,
    ClaimDTO,
    EvidenceShortfallDTO,
    EvidenceSummaryDTO,
    GateFailureDTO,
    NamedRefDTO,
    OpportunityDTO,
    PillarCoverageDTO,
    RejectedCandidateDTO,
    ScorePartDTO,
)
from kairo.hero.enums import (
    AnglePartKind,
    GateCode,
    GenerationErrorCode,
    JobStatus,
    RejectionCode,
    ScorePartName,
    TodayBoardState,
)
from kairo.hero.models import OpportunitiesBoard, RefreshSchedule
from kairo.hero.models.board_content import BoardContent
from schema.ids import global_id
from tests.evidence.sources import make_connection, make_ingestion_job, make_run
from tests.factories import (
    a_mention,
    make_brand,
    make_campaign,
    make_job,
    make_opportunity,
    make_post,
    make_ready_board,
)
from tests.schema.api import Api

ALL_SCOPES = ("read", "write", "admin")


@dataclass(frozen=True, kw_only=True)
class World:
    """A tenant, a client of it that may do everything, the keys of all its rows, and one id of each type of node.

    `mark` is in all its texts.
    """

    mark: str
    tenant: Tenant
    api: Api
    brand: Brand
    keys: frozenset[UUID]
    ids: Mapping[str, str]


def make_world(mark: str) -> World:
    before = _keys()
    tenant = Tenant.objects.create(slug=f"{mark}-tenant", name=f"{mark} tenant")
    token, secret = create_token(tenant=tenant, name=f"{mark} token", scopes=ALL_SCOPES)
    brand = _make_brand(tenant, mark, "main")
    posts = [_make_post(brand, mark) for _ in range(4)]
    ideas = [_make_idea(brand, mark, n, posts) for n in range(3)]
    OpportunityDecision.objects.create(
        opportunity=ideas[1], kind=DecisionKind.IGNORED, reason=f"{mark} reason", decided_by=token
    )
    RefreshSchedule.objects.create(brand=brand, hour=7, time_zone="Europe/Lisbon")
    first, _ = (_make_full_board(brand, ideas[:number], posts, mark) for number in (1, 3))
    job = make_job(brand)
    make_job(brand, status=JobStatus.FAILED)
    thin = OpportunitiesBoard.objects.create(
        brand=_make_brand(tenant, mark, "thin"),
        state=TodayBoardState.INSUFFICIENT_EVIDENCE,
        remediation=f"{mark} do",
        content=BoardContent(evidence_shortfall=_shortfall(mark)).to_json(),
    )
    failed = OpportunitiesBoard.objects.create(
        brand=_make_brand(tenant, mark, "failed"),
        state=TodayBoardState.ERROR,
        error_code=GenerationErrorCode.INTERNAL,
        remediation=f"{mark} wait",
    )
    make_job(busy := _make_brand(tenant, mark, "busy"), status=JobStatus.RUNNING)
    empty = _make_brand(tenant, mark, "empty")
    _make_brand(tenant, mark, "archived", archived_at=timezone.now())
    connection = make_connection(brand, identifier=f"{mark}-account")
    ingestion = make_ingestion_job(brand, connection_ids=[connection.id], parent_job_id=job.id)
    failure = {"status": "failed", "error_code": "run_failed", "error_detail": f"{mark} detail"}
    run = make_run(ingestion, connection, rejected=1, rejections={"not_an_object": 1}, **failure)
    named: dict[str, UUID] = {
        "ApiToken": create_token(tenant=tenant, name=f"{mark} spare")[0].id,
        "Brand": brand.id,
        "Campaign": brand.campaigns.get().id,
        "ContentPillar": brand.pillars.get().id,
        "EvidenceItem": posts[0].id,
        "GenerationJob": job.id,
        "IngestionJob": ingestion.id,
        "Opportunity": ideas[0].id,
        "Persona": brand.personas.get().id,
        "EvidenceSource": connection.id,
        "SourceRun": run.id,
        "Tenant": tenant.id,
        "TodayBoardError": failed.id,
        "TodayBoardGenerating": busy.id,
        "TodayBoardInsufficientEvidence": thin.id,
        "TodayBoardNotGeneratedYet": empty.id,
        "TodayBoardReady": first.id,
    }
    return World(
        mark=mark,
        tenant=tenant,
        api=Api(tenant=tenant, secret=secret),
        brand=brand,
        keys=frozenset(_keys() - before),
        ids={name: global_id(name, key) for name, key in named.items()},
    )


def _keys() -> set[UUID]:
    """The keys of all rows of all models, where they are UUIDs."""
    models: list[type[Model]] = [
        model for app in ("core", "evidence", "hero") for model in apps.get_app_config(app).get_models()
    ]
    keys = (key for model in models for key in model._default_manager.values_list("pk", flat=True))
    return {key for key in keys if isinstance(key, UUID)}


def _make_brand(tenant: Tenant, mark: str, slug: str, **fields: object) -> Brand:
    brand = make_brand(
        tenant,
        context=False,
        slug=f"{mark}-{slug}",
        name=f"{mark} {slug}",
        positioning=f"{mark} positioning",
        tone_tags=[f"{mark} tone"],
        taboos=[f"{mark} taboo"],
        taboo_synonyms={f"{mark} taboo": [f"{mark} synonym"]},
        handles=[f"{mark}.own"],
        product_names=[f"{mark} product"],
        competitor_handles=[f"{mark}.rival"],
        **fields,
    )
    ContentPillar.objects.create(brand=brand, name=f"{mark} pillar", description=f"{mark} theme", keywords=[mark])
    Persona.objects.create(brand=brand, name=f"{mark} persona", role=f"{mark} role", summary=mark, keywords=[mark])
    make_campaign(brand, name=f"{mark} campaign", starts=date(2026, 1, 1), ends=date(2026, 12, 31), keywords=[mark])
    return brand


def _make_post(brand: Brand, mark: str) -> NormalizedEvidenceItem:
    return make_post(
        brand,
        author_ref=f"{mark}-author",
        text_primary=f"{mark} said so {new_id()}",
        text_secondary=f"{mark} again",
        canonical_url=f"https://{mark}.example/{new_id()}",
    )


def _make_idea(brand: Brand, mark: str, n: int, posts: list[NormalizedEvidenceItem]) -> Opportunity:
    return make_opportunity(
        brand,
        evidence=posts,
        title=f"{mark} idea {n}",
        angle=f"{mark} angle",
        why_now=f"{mark} why",
        pillar=brand.pillars.get(),
        persona=brand.personas.get(),
    )


def _shortfall(mark: str) -> EvidenceShortfallDTO:
    failure = GateFailureDTO(code=GateCode.INSUFFICIENT_ITEMS, found="3", needed="8", sentence=f"{mark} sentence")
    return EvidenceShortfallDTO(
        required_items=8,
        found_items=3,
        required_platforms=(),
        found_platforms=(),
        missing_platforms=(),
        transcript_coverage=0.0,
        min_transcript_coverage=0.0,
        failures=(failure,),
    )


def _make_full_board(
    brand: Brand, ideas: list[Opportunity], posts: list[NormalizedEvidenceItem], mark: str
) -> OpportunitiesBoard:
    """A ready board with one of everything that a board can tell."""
    named = tuple(post.id for post in posts)
    pillar = NamedRefDTO(id=brand.pillars.get().id, name=f"{mark} pillar then")
    board = make_ready_board(brand, ideas)
    content = BoardContent.from_json(board.content)

    def told(idea: OpportunityDTO) -> OpportunityDTO:
        part = ScorePartDTO(
            part=ScorePartName.RELEVANCE,
            points=20,
            max=30,
            rule="shared_words",
            sentence=f"{mark} sentence",
            evidence_ids=named,
        )
        claim = ClaimDTO(
            text=f"{mark} claim",
            metric="distinct_authors",
            value="4",
            window=f"{mark} days",
            evidence_ids=named,
            phrase=f"{mark} phrase",
        )
        angle = AnglePartDTO(kind=AnglePartKind.HOOK, text=f"{mark} angle", evidence_ids=named)
        return replace(idea, score_parts=(part,), claims=(claim,), angle_parts=(angle,))

    board.content = BoardContent(
        opportunities=tuple(told(idea) for idea in content.opportunities),
        evidence_summary=EvidenceSummaryDTO(
            items=9,
            authors=9,
            platforms=((Platform.INSTAGRAM, 9),),
            transcript_coverage=1.0,
            newest_published_at=timezone.now(),
            oldest_published_at=timezone.now() - timedelta(days=3),
        ),
        rejected_candidates=(
            RejectedCandidateDTO(
                title=f"{mark} rejected", code=RejectionCode.TABOO, detail=f"{mark} detail", evidence_ids=named
            ),
        ),
        coverage=(
            PillarCoverageDTO(
                pillar=pillar, items=9, authors=9, needed_authors=2, opportunities=1, reason=f"{mark} reason"
            ),
        ),
        brand_mentions=(a_mention(posts, phrase=f"{mark} mention"),),
        timings_ms=(("synthesizing", 12),),
    ).to_json()
    board.save()
    return board
