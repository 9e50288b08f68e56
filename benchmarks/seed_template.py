"""One tenant with one brand, its posts, ideas, board and decisions, written by Kairo's own models.

Ids and names hold BRAND and TENANT where a copy has its own number in eight hexadecimal digits. `seed.py` copies.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from benchmarks.sizes import Size
from kairo.core.enums import Channel, ContentType, CreatedVia, DecisionKind, JobTrigger, OpportunityType, Platform
from kairo.core.models import Brand, ContentPillar, Opportunity, OpportunityDecision, Persona, Tenant
from kairo.evidence.enums import IngestionStage, IngestionStatus, SourceKind, SourceRunStatus
from kairo.evidence.models import IngestionJob, NormalizedEvidenceItem, SourceConnection, SourceRun
from kairo.hero.boards import snapshot
from kairo.hero.dto import ClaimDTO, EvidenceSummaryDTO, NamedRefDTO, OpportunityDTO, ScorePartDTO
from kairo.hero.enums import JobStage, JobStatus, ReadyReason, ScorePartName, TodayBoardState
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.models.board_content import BoardContent

BRAND = "bbbbbbbb"
TENANT = "aaaaaaaa"
NAMED = 3  # posts of an idea
TOPICS = ["cold brew at home", "desk plants", "slow mornings", "repairing denim", "train holidays", "night markets"]
PLATFORMS = list(Platform)
CHANNELS = list(Channel)
PARTS = [(ScorePartName(name), most) for name, most in zip(ScorePartName, (30, 25, 25, 20), strict=True)]


def write_template(*, size: Size, now: datetime) -> None:
    """
    Raises:
        ValueError: the size gives an idea fewer posts than it names.
    """
    if size.evidence < NAMED:
        raise ValueError(f"A brand needs at least {NAMED} posts.")
    tenant = Tenant.objects.create(id=UUID(f"{TENANT}-0000-7000-8000-000000000000"), slug=f"tenant-{TENANT}", name="T")
    brand = Brand.objects.create(
        id=UUID(f"{BRAND}-0000-7000-8000-00000000b4a7"),
        tenant=tenant,
        slug=f"brand-{BRAND}",
        name=f"Brand {BRAND}",
        positioning="Small things done well, by people who have time for them.",
        channels=[Channel.LINKEDIN, Channel.X, Channel.INSTAGRAM],
        languages=["en"],
    )
    personas = [Persona(id=_id(1, at), brand=brand, name=f"Reader {at}", role="Buyer") for at in range(3)]
    pillars = [ContentPillar(id=_id(2, at), brand=brand, name=f"Theme {at}", rank=at) for at in range(3)]
    Persona.objects.bulk_create(personas)
    ContentPillar.objects.bulk_create(pillars)
    posts = [_post(brand, at, now=now) for at in range(size.evidence)]
    NormalizedEvidenceItem.objects.bulk_create(posts, batch_size=1000)
    ideas = [_idea(at, posts, personas, pillars, now=now) for at in range(size.opportunities)]
    Opportunity.objects.bulk_create(_row(idea, brand, now=now) for idea in ideas)
    _board(brand, ideas, now=now)
    OpportunitiesJob.objects.create(
        id=_id(7, 0),
        brand=brand,
        tenant_id=tenant.id,
        status=JobStatus.SUCCEEDED,
        stage=JobStage.STORING,
        percent=100,
        finished_at=now,
    )
    if ideas:
        # An opportunity from the middle is pinned; another was snoozed, and its snooze has ended.
        decided = [
            OpportunityDecision(
                id=_id(6, 0), opportunity_id=ideas[len(ideas) // 2].id, kind=DecisionKind.PINNED, at=now
            ),
            OpportunityDecision(
                id=_id(6, 1),
                opportunity_id=ideas[-1].id,
                kind=DecisionKind.SNOOZED,
                at=now - timedelta(days=3),
                until=now - timedelta(days=1),
            ),
        ]
        OpportunityDecision.objects.bulk_create(decided if len(ideas) > 2 else decided[:1])
    _sources(brand, now=now)
    snapshot.refresh(brand_id=brand.id)


def _sources(brand: Brand, *, now: datetime) -> None:
    """What is read for the brand, and one reading of it."""
    of = {
        "brand": brand,
        "source": "feeds",
        "platform": Platform.WEB,
        "kind": SourceKind.FEED,
        "identifier": "x.example",
    }
    connection = SourceConnection.objects.create(id=_id(8, 0), **of)
    job = IngestionJob.objects.create(
        id=_id(9, 0),
        brand=brand,
        status=IngestionStatus.SUCCEEDED,
        trigger=JobTrigger.SCHEDULE,
        connection_ids=[connection.id],
        stage=IngestionStage.DONE,
        percent=100,
        deadline_at=now,
        finished_at=now,
    )
    SourceRun.objects.create(
        id=_id(10, 0),
        job=job,
        connection_id=connection.id,
        stage="read",
        status=SourceRunStatus.SUCCEEDED,
        finished_at=now,
        **of,
    )


def _id(kind: int, at: int) -> UUID:
    return UUID(f"{BRAND}-{kind:04x}-7000-8000-{at:012x}")


def _post(brand: Brand, at: int, *, now: datetime) -> NormalizedEvidenceItem:
    topic = TOPICS[at % len(TOPICS)]
    text = (
        f"{topic.capitalize()} again, and this time people wrote back: {120 + 37 * at} answers in two days, most of "
        f"them with a picture of their own. What they ask for is how to begin with what is in the house already."
    )
    return NormalizedEvidenceItem(
        id=_id(3, at),
        brand=brand,
        platform=PLATFORMS[at % len(PLATFORMS)],
        content_type=ContentType.POST,
        external_id=f"{BRAND}-{at}",
        canonical_url=f"https://social.example/{BRAND}/posts/{at}",
        published_at=now - timedelta(hours=5 * at + 1),
        author_ref=f"author_{at % 7}",
        text_primary=text,
        has_transcript=at % 2 == 0,
        views=1000 + 90 * at,
        likes=100 + 9 * at,
        comments=10 + at,
        shares=at,
        source="benchmark",
        synthetic=True,
        stored_at=now,
        created_at=now,
        updated_at=now,
    )


def _idea(
    at: int,
    posts: list[NormalizedEvidenceItem],
    personas: list[Persona],
    pillars: list[ContentPillar],
    *,
    now: datetime,
) -> OpportunityDTO:
    topic = TOPICS[at % len(TOPICS)]
    named = tuple(posts[(NAMED * at + step) % len(posts)].id for step in range(NAMED))
    persona, pillar = personas[at % len(personas)], pillars[at % len(pillars)]
    parts = tuple(
        ScorePartDTO(
            part=part,
            points=max(1, most - 2 * at % most),
            max=most,
            rule="matches / words",
            sentence=f"{topic.capitalize()} is named in {NAMED} of the posts.",
            evidence_ids=named,
        )
        for part, most in PARTS
    )
    return OpportunityDTO(
        id=_id(4, at),
        concept_key=f"concept-{at}",
        title=f"What {topic} looks like on a Tuesday, part {at + 1}",
        angle=f"Three people show how they began with {topic}, what it cost them, and what they would leave out. "
        "Say it in the first person, keep the failures in, and end with the one thing to do tonight.",
        why_now=f"{NAMED} posts about {topic} since Monday, twice as many as in the week before, "
        f"by {at % 4 + 2} authors.",
        type=list(OpportunityType)[at % len(OpportunityType)],
        primary_channel=CHANNELS[at % len(CHANNELS)],
        suggested_channels=(CHANNELS[(at + 1) % len(CHANNELS)], CHANNELS[(at + 2) % len(CHANNELS)]),
        score=min(100, sum(part.points for part in parts)),
        score_parts=parts,
        claims=(ClaimDTO(text=f"{NAMED} posts", metric="posts", value=str(NAMED), window="P7D", evidence_ids=named),),
        evidence_ids=named,
        persona=NamedRefDTO(id=persona.id, name=persona.name),
        pillar=NamedRefDTO(id=pillar.id, name=pillar.name),
        created_via=CreatedVia.AI_SUGGESTED,
        created_at=now - timedelta(days=at),
    )


def _row(idea: OpportunityDTO, brand: Brand, *, now: datetime) -> Opportunity:
    assert idea.persona
    assert idea.pillar
    assert idea.created_at
    return Opportunity(
        id=idea.id,
        brand=brand,
        concept_key=idea.concept_key,
        title=idea.title,
        angle=idea.angle,
        why_now=idea.why_now,
        type=idea.type,
        primary_channel=idea.primary_channel,
        suggested_channels=list(idea.suggested_channels),
        score=idea.score,
        score_parts=msgspec.to_builtins(idea.score_parts),
        claims=msgspec.to_builtins(idea.claims),
        evidence_ids=list(idea.evidence_ids),
        persona_id=idea.persona.id,
        pillar_id=idea.pillar.id,
        created_via=idea.created_via,
        created_at=idea.created_at,
        updated_at=now,
    )


def _board(brand: Brand, ideas: list[OpportunityDTO], *, now: datetime) -> None:
    summary = EvidenceSummaryDTO(
        items=len(ideas) * NAMED,
        authors=7,
        platforms=((Platform.INSTAGRAM, len(ideas) * NAMED),),
        transcript_coverage=0.5,
        newest_published_at=now,
        oldest_published_at=now - timedelta(days=7),
    )
    content = BoardContent(opportunities=tuple(ideas), evidence_summary=summary, engine="benchmark", engine_version="1")
    OpportunitiesBoard.objects.create(
        id=_id(5, 0),
        brand=brand,
        state=TodayBoardState.READY,
        ready_reason=ReadyReason.GENERATED if ideas else ReadyReason.NO_VALID_CANDIDATES,
        opportunity_ids=[idea.id for idea in ideas],
        content=content.to_json(),
        as_of=now,
        created_at=now,
        updated_at=now,
    )
