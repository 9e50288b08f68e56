from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated
from uuid import UUID

import strawberry

from kairo.core.errors import Invalid, NotFound
from kairo.core.services import api_tokens, brand_parts
from kairo.evidence.services import ingestion_jobs, source_connections
from kairo.hero.services import board_history, evidence_service, job_service, opportunity_service, today_service
from schema.context import Info
from schema.ids import named_by
from schema.types.api_token import ApiToken
from schema.types.brand import Brand
from schema.types.campaign import Campaign
from schema.types.content_pillar import ContentPillar
from schema.types.evidence_item import EvidenceItem
from schema.types.evidence_source import EvidenceSource
from schema.types.generation_job import GenerationJob
from schema.types.ingestion_job import IngestionJob
from schema.types.node import Node
from schema.types.opportunity import living_opportunities
from schema.types.persona import Persona
from schema.types.source_run import SourceRun
from schema.types.tenant import Tenant
from schema.types.today_board import (
    STATES,
    TodayBoardError,
    TodayBoardGenerating,
    TodayBoardNotGeneratedYet,
    today_board,
)

MOST = 100
MOST_DERIVED = 10  # boards that are not stored are derived one by one
_BOARDS = frozenset(state.__name__ for state in STATES)
_DERIVED = frozenset({TodayBoardGenerating.__name__, TodayBoardNotGeneratedYet.__name__, TodayBoardError.__name__})

Loaded = Mapping[UUID, Node]
Name = tuple[str, UUID]


@strawberry.type
class NodesQuery:
    @strawberry.field(
        description=(
            "Whatever has this global id. Null, with the error NOT_FOUND, when nothing this token may see has it. A "
            "board that is only derived (see `TodayBoard`) is found while it is the brand's board."
        )
    )
    def node(
        self,
        info: Info,
        node_id: Annotated[
            strawberry.ID,
            strawberry.argument(
                name="id", description="A global id; a bare UUID, which does not say of what, finds nothing."
            ),
        ],
    ) -> Node | None:
        (found,) = _find(info, [node_id])
        if found is None:
            raise NotFound(noun="Node")
        return found

    @strawberry.field(
        description=(
            "Whatever has these global ids, in their order. Where nothing this token may see has an id, its place "
            "is null, without an error."
        )
    )
    def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID],
            strawberry.argument(
                description=f"At most {MOST} global ids; at most {MOST_DERIVED} of boards that are not stored."
            ),
        ],
    ) -> list[Node | None]:
        if len(ids) > MOST:
            raise Invalid(f"`ids` may have at most {MOST} items.", field="ids")
        return _find(info, ids)


def _find(info: Info, ids: Sequence[str]) -> list[Node | None]:
    """What each of these ids names. One type's objects are read together, whatever their number."""
    names = [named_by(given) for given in ids]
    asked: defaultdict[str, set[UUID]] = defaultdict(set)
    for type_name, key in filter(None, names):
        asked[type_name].add(key)
    found: dict[Name, Node] = {}
    for type_name, load in _LOADERS.items():
        if keys := asked.get(type_name):
            found.update({(type_name, key): node for key, node in load(info, keys).items()})
    found.update(_boards(info, {name for name in filter(None, names) if name[0] in _BOARDS}))
    return [found.get(name) if name else None for name in names]


def _brands(info: Info, keys: set[UUID]) -> Loaded:
    return {key: Brand.from_row(row) for key, row in info.context.brands.those_of(keys).items()}


def _pillars(info: Info, keys: set[UUID]) -> Loaded:
    rows = brand_parts.parts_by_id(brand_parts.PILLAR, caller=info.context.caller, ids=keys)
    return {key: ContentPillar.from_row(row) for key, row in rows.items()}


def _personas(info: Info, keys: set[UUID]) -> Loaded:
    rows = brand_parts.parts_by_id(brand_parts.PERSONA, caller=info.context.caller, ids=keys)
    return {key: Persona.from_row(row) for key, row in rows.items()}


def _campaigns(info: Info, keys: set[UUID]) -> Loaded:
    rows = brand_parts.parts_by_id(brand_parts.CAMPAIGN, caller=info.context.caller, ids=keys)
    return {key: Campaign.from_row(row) for key, row in rows.items()}


def _opportunities(info: Info, keys: set[UUID]) -> Loaded:
    found = opportunity_service.opportunities_by_id(caller=info.context.caller, ids=keys)
    info.context.brands.expect(living.brand_id for living in found.values())
    return dict(zip(found, living_opportunities(found.values()), strict=True))


def _evidence(info: Info, keys: set[UUID]) -> Loaded:
    posts = evidence_service.evidence_by_id(caller=info.context.caller, ids=keys)
    return {key: EvidenceItem.from_dto(dto) for key, dto in posts.items()}


def _jobs(info: Info, keys: set[UUID]) -> Loaded:
    jobs = job_service.generation_jobs_by_id(caller=info.context.caller, ids=keys)
    info.context.brands.expect(dto.brand_id for dto in jobs.values())
    return {key: GenerationJob.from_dto(dto) for key, dto in jobs.items()}


def _connections(info: Info, keys: set[UUID]) -> Loaded:
    rows = source_connections.connections_by_id(caller=info.context.caller, ids=keys)
    return {key: EvidenceSource.from_row(row) for key, row in rows.items()}


def _ingestions(info: Info, keys: set[UUID]) -> Loaded:
    rows = ingestion_jobs.ingestion_jobs_by_id(caller=info.context.caller, ids=keys)
    info.context.brands.expect(row.brand_id for row in rows.values())
    return {key: IngestionJob.from_row(row) for key, row in rows.items()}


def _runs(info: Info, keys: set[UUID]) -> Loaded:
    rows = ingestion_jobs.source_runs_by_id(caller=info.context.caller, ids=keys)
    return {key: SourceRun.from_row(row) for key, row in rows.items()}


def _tokens(info: Info, keys: set[UUID]) -> Loaded:
    rows = api_tokens.tokens_by_id(caller=info.context.caller, ids=keys)
    return {key: ApiToken.from_row(row) for key, row in rows.items()}


def _tenants(info: Info, keys: set[UUID]) -> Loaded:
    caller = info.context.caller
    if caller.tenant_id not in keys:
        return {}
    return {caller.tenant_id: Tenant.from_row(api_tokens.own_token(caller=caller).tenant)}


_LOADERS: dict[str, Callable[[Info, set[UUID]], Loaded]] = {
    "Brand": _brands,
    "ContentPillar": _pillars,
    "Persona": _personas,
    "Campaign": _campaigns,
    "Opportunity": _opportunities,
    "EvidenceItem": _evidence,
    "GenerationJob": _jobs,
    "EvidenceSource": _connections,
    "IngestionJob": _ingestions,
    "SourceRun": _runs,
    "ApiToken": _tokens,
    "Tenant": _tenants,
}


def _boards(info: Info, names: Iterable[Name]) -> dict[Name, Node]:
    """Boards by id: the stored ones together, then the derived ones, whose ids are made from their brands'."""
    asked = set(names)
    if not asked:
        return {}
    caller = info.context.caller
    stored = board_history.boards_by_id(caller=caller, ids={key for _, key in asked})
    info.context.brands.expect(dto.brand.id for dto in stored.values())
    boards = {key: today_board(dto) for key, dto in stored.items()}

    derived = {key for type_name, key in asked if type_name in _DERIVED and key not in boards}
    if len(derived) > MOST_DERIVED:
        raise Invalid(f"`ids` may name at most {MOST_DERIVED} boards that are not stored.", field="ids")
    for key in derived:
        if dto := today_service.derived_today_board(caller=caller, brand_id=key):
            boards[key] = today_board(dto)
    return {(type(board).__name__, key): board for key, board in boards.items()}
