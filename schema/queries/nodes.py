from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, TypeVar
from uuid import UUID

import strawberry

from kairo.core.errors import Invalid, NotFound
from kairo.core.services import api_tokens, brand_parts
from kairo.evidence.services import ingestion_jobs, source_connections
from kairo.hero.services import board_history, evidence_service, job_service, opportunity_service, today_service
from schema.context import Info
from schema.ids import type_and_key
from schema.types.api_token import ApiToken
from schema.types.brand import Brand
from schema.types.campaign import Campaign
from schema.types.content_pillar import ContentPillar
from schema.types.evidence_item import EvidenceItem
from schema.types.evidence_source import EvidenceSource
from schema.types.generation_job import GenerationJob
from schema.types.ingestion_job import IngestionJob
from schema.types.node import Node
from schema.types.opportunity import current_opportunities
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

MAX_IDS = 100
MAX_DERIVED = 10  # boards that are not stored are derived one by one
_BOARDS = frozenset(state.__name__ for state in STATES)
_DERIVED = frozenset({TodayBoardGenerating.__name__, TodayBoardNotGeneratedYet.__name__, TodayBoardError.__name__})

T = TypeVar("T")
Loaded = Mapping[UUID, Node]
Loader = Callable[[Info, set[UUID]], Loaded]
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
        (node,) = _find(info, [node_id])
        if node is None:
            raise NotFound(noun="Node")
        return node

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
                description=f"At most {MAX_IDS} global ids; at most {MAX_DERIVED} of boards that are not stored."
            ),
        ],
    ) -> list[Node | None]:
        if len(ids) > MAX_IDS:
            raise Invalid(f"`ids` may have at most {MAX_IDS} items.", field="ids")
        return _find(info, ids)


def _find(info: Info, ids: Sequence[str]) -> list[Node | None]:
    """The object of each id, or None. The objects of one type are read together, whatever their number."""
    names = [type_and_key(id_) for id_ in ids]
    keys: defaultdict[str, set[UUID]] = defaultdict(set)
    for type_name, key in filter(None, names):
        keys[type_name].add(key)
    nodes: dict[Name, Node] = {}
    for type_name, load in _LOADERS.items():
        if type_name in keys:
            nodes.update({(type_name, key): node for key, node in load(info, keys[type_name]).items()})
    nodes.update(_boards(info, {name for name in filter(None, names) if name[0] in _BOARDS}))
    return [nodes.get(name) if name else None for name in names]


def _brands(info: Info, keys: set[UUID]) -> Loaded:
    return {key: Brand.from_row(row) for key, row in info.context.brands.existing(keys).items()}


def _opportunities(info: Info, keys: set[UUID]) -> Loaded:
    rows = opportunity_service.opportunities_by_id(caller=info.context.caller, ids=keys)
    info.context.brands.expect(row.brand_id for row in rows.values())
    return dict(zip(rows, current_opportunities(rows.values()), strict=True))


def _generation_jobs(info: Info, keys: set[UUID]) -> Loaded:
    jobs = job_service.generation_jobs_by_id(caller=info.context.caller, ids=keys)
    info.context.brands.expect(job.brand_id for job in jobs.values())
    return {key: GenerationJob.from_dto(job) for key, job in jobs.items()}


def _ingestion_jobs(info: Info, keys: set[UUID]) -> Loaded:
    rows = ingestion_jobs.ingestion_jobs_by_id(caller=info.context.caller, ids=keys)
    info.context.brands.expect(row.brand_id for row in rows.values())
    return {key: IngestionJob.from_row(row) for key, row in rows.items()}


def _tenants(info: Info, keys: set[UUID]) -> Loaded:
    caller = info.context.caller
    if caller.tenant_id not in keys:
        return {}
    return {caller.tenant_id: Tenant.from_row(api_tokens.own_token(caller=caller).tenant)}


def _by_id(read: Callable[..., Mapping[UUID, T]], to_node: Callable[[T], Node]) -> Loader:
    """A loader that reads values by id with `read(caller=, ids=)` and makes a node of each."""

    def load(info: Info, keys: set[UUID]) -> Loaded:
        return {key: to_node(value) for key, value in read(caller=info.context.caller, ids=keys).items()}

    return load


# A new type that implements Node needs an entry here: a test compares the keys with the schema.
_LOADERS: dict[str, Loader] = {
    "Brand": _brands,
    "ContentPillar": _by_id(partial(brand_parts.parts_by_id, brand_parts.PILLAR), ContentPillar.from_row),
    "Persona": _by_id(partial(brand_parts.parts_by_id, brand_parts.PERSONA), Persona.from_row),
    "Campaign": _by_id(partial(brand_parts.parts_by_id, brand_parts.CAMPAIGN), Campaign.from_row),
    "Opportunity": _opportunities,
    "EvidenceItem": _by_id(evidence_service.evidence_by_id, EvidenceItem.from_dto),
    "GenerationJob": _generation_jobs,
    "EvidenceSource": _by_id(source_connections.connections_by_id, EvidenceSource.from_row),
    "IngestionJob": _ingestion_jobs,
    "SourceRun": _by_id(ingestion_jobs.source_runs_by_id, SourceRun.from_row),
    "ApiToken": _by_id(api_tokens.tokens_by_id, ApiToken.from_row),
    "Tenant": _tenants,
}


def _boards(info: Info, names: Iterable[Name]) -> dict[Name, Node]:
    """Boards by id: stored ones in one read, derived ones one by one, since their ids contain the brand's key."""
    unique = set(names)
    if not unique:
        return {}
    caller = info.context.caller
    stored = board_history.boards_by_id(caller=caller, ids={key for _, key in unique})
    info.context.brands.expect(dto.brand.id for dto in stored.values())
    boards = {key: today_board(dto) for key, dto in stored.items()}

    derived = {key for type_name, key in unique if type_name in _DERIVED and key not in boards}
    if len(derived) > MAX_DERIVED:
        raise Invalid(f"`ids` may name at most {MAX_DERIVED} boards that are not stored.", field="ids")
    for key in derived:
        if dto := today_service.derived_today_board(caller=caller, brand_id=key):
            boards[key] = today_board(dto)
    return {(type(board).__name__, key): board for key, board in boards.items()}
