from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from kairo.core.enums import Platform
from kairo.evidence.enums import SourceKind
from kairo.evidence.models import SourceConnection as Row
from kairo.evidence.services import source_connections
from schema.context import Info
from schema.ids import global_id, key_of
from schema.mutations.provided_fields import provided_fields
from schema.types.brand import Brand
from schema.types.evidence_source import EvidenceSource
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem
from schema.types.source_run import IngestionError

_HOUR = "The hour, 0 to 23, at which to read it every day; null: on request alone."
_TIME_ZONE = "The time zone of that hour: a name of the IANA time zone database, such as Europe/Lisbon."
_SPEND = "Whether reading it at its hour may cost money, within the deployment's caps."


@strawberry.input(description="What to read for a brand. Nothing is read by this.")
class CreateSourceConnectionInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    platform: Platform = strawberry.field(description="Where it is.")
    kind: SourceKind = strawberry.field(description="What of the platform it is.")
    identifier: str = strawberry.field(
        description="Its name or address, as people type it: `@nike`, `instagram.com/nike`, `https://blog.example/feed`."
    )
    hour: int | None = strawberry.field(default=None, description=_HOUR)
    time_zone: str = strawberry.field(default="UTC", description=_TIME_ZONE)
    spend_on_schedule: bool = strawberry.field(default=False, description=_SPEND)


@strawberry.input(description="What to change of a connection. What is left out stays as it is.")
class UpdateSourceConnectionInput:
    connection_id: strawberry.ID = strawberry.field(description="The connection's id.")
    hour: int | None = strawberry.field(default=UNSET, description=_HOUR)
    time_zone: str | None = strawberry.field(default=UNSET, description=f"{_TIME_ZONE} Not null.")
    spend_on_schedule: bool | None = strawberry.field(default=UNSET, description=f"{_SPEND} Not null.")


@strawberry.input(description="Which connection.")
class SourceConnectionInput:
    connection_id: strawberry.ID = strawberry.field(description="The connection's id.")


@strawberry.type(description="The connection is stored.")
class SourceConnectionSaved:
    connection: EvidenceSource = strawberry.field(description="The connection as it is now.")
    brand_key: strawberry.Private[UUID]

    @strawberry.field(description="The brand it is of.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))


@strawberry.type(description="The connection is gone. What was read by it stays.")
class SourceConnectionDeleted:
    connection_id: strawberry.ID = strawberry.field(description="The id that the connection had.")
    brand_key: strawberry.Private[UUID]

    @strawberry.field(description="The brand it was of.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))


@strawberry.type(description="The source was asked whether the connection could be read now. That costs nothing.")
class SourceConnectionTested:
    connection: EvidenceSource = strawberry.field(description="The connection.")
    works: bool = strawberry.field(description="Whether it could be read.")
    error: IngestionError | None = strawberry.field(description="Why it could not.")


SaveSourceConnectionResult = Annotated[
    SourceConnectionSaved | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union("SaveSourceConnectionResult", description="The connection, or a problem (`... on Problem`)."),
]
DeleteSourceConnectionResult = Annotated[
    SourceConnectionDeleted | NotFoundProblem | InvalidInputProblem,
    strawberry.union("DeleteSourceConnectionResult", description="What is gone, or a problem (`... on Problem`)."),
]
TestSourceConnectionResult = Annotated[
    SourceConnectionTested | NotFoundProblem | InvalidInputProblem,
    strawberry.union("TestSourceConnectionResult", description="What came of it, or a problem (`... on Problem`)."),
]

ConnectionArgument = Annotated[
    SourceConnectionInput, strawberry.argument(name="input", description="Which connection.")
]


@strawberry.type
class SourceConnectionsMutation:
    @strawberry.mutation(description="Says what to read for a brand. It is read on request, or daily at its hour.")
    def create_source_connection(
        self,
        info: Info,
        data: Annotated[CreateSourceConnectionInput, strawberry.argument(name="input", description="What to read.")],
    ) -> SaveSourceConnectionResult:
        row = source_connections.create_connection(
            caller=info.context.caller,
            brand_id=key_of(data.brand_id, "Brand"),
            platform=data.platform,
            kind=data.kind,
            identifier=data.identifier,
            hour=data.hour,
            time_zone=data.time_zone,
            spend_on_schedule=data.spend_on_schedule,
        )
        return _saved(info, row)

    @strawberry.mutation(description="Changes when a connection is read. What it reads stays.")
    def update_source_connection(
        self,
        info: Info,
        data: Annotated[
            UpdateSourceConnectionInput, strawberry.argument(name="input", description="Which, and what of it.")
        ],
    ) -> SaveSourceConnectionResult:
        return _updated(info, data.connection_id, provided_fields(data, exclude="connection_id"))

    @strawberry.mutation(description="Stops reading a connection, until it is resumed. Twice is once.")
    def pause_source_connection(self, info: Info, data: ConnectionArgument) -> SaveSourceConnectionResult:
        return _updated(info, data.connection_id, {"enabled": False})

    @strawberry.mutation(description="Goes on reading a connection. Twice is once.")
    def resume_source_connection(self, info: Info, data: ConnectionArgument) -> SaveSourceConnectionResult:
        return _updated(info, data.connection_id, {"enabled": True})

    @strawberry.mutation(description="Deletes a connection. What was read by it stays.")
    def delete_source_connection(self, info: Info, data: ConnectionArgument) -> DeleteSourceConnectionResult:
        key = key_of(data.connection_id, "EvidenceSource")
        brand_key = source_connections.delete_connection(caller=info.context.caller, connection_id=key)
        info.context.brands.clear()
        return SourceConnectionDeleted(connection_id=global_id("EvidenceSource", key), brand_key=brand_key)

    @strawberry.mutation(description="Asks the source whether a connection could be read now. Nothing is read or paid.")
    def test_source_connection(self, info: Info, data: ConnectionArgument) -> TestSourceConnectionResult:
        key = key_of(data.connection_id, "EvidenceSource")
        tested = source_connections.check_connection(caller=info.context.caller, connection_id=key)
        return SourceConnectionTested(
            connection=EvidenceSource.from_row(tested.connection),
            works=tested.code is None,
            error=IngestionError.of(tested.code) if tested.code else None,
        )


def _updated(info: Info, connection_id: strawberry.ID, values: dict[str, object]) -> SourceConnectionSaved:
    key = key_of(connection_id, "EvidenceSource")
    row = source_connections.update_connection(caller=info.context.caller, connection_id=key, values=values)
    return _saved(info, row)


def _saved(info: Info, row: Row) -> SourceConnectionSaved:
    info.context.brands.clear()
    return SourceConnectionSaved(connection=EvidenceSource.from_row(row), brand_key=row.brand_id)
