"""Creates, changes, tests and deletes a brand's source connections. No function here spends money."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.core.errors import Invalid, LimitReached, NotFound
from kairo.core.services import access, quotas
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import locked_brand
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.db.outside_calls import outside_call
from kairo.db.sql import retry_transaction
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.ingestion.sources import source_for, source_named
from kairo.evidence.models import SourceConnection
from kairo.evidence.ports import SourceError, SourceRequest
from kairo.jobs.daily import valid_schedule

MAX_CONNECTIONS = 50
MAX_IDENTIFIER_CHARACTERS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectionTest:
    """Whether a source can read a connection now: `code` is None, or says why not."""

    connection: SourceConnection
    code: IngestionErrorCode | None = None


@retry_transaction
def create_connection(
    *,
    caller: Caller,
    brand_id: UUID,
    platform: Platform,
    kind: SourceKind,
    identifier: str,
    hour: int | None = None,
    time_zone: str = "UTC",
    spend_on_schedule: bool = False,
) -> SourceConnection:
    """Creates a connection, with its identifier as the source normalizes it.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: no source reads this kind, or the identifier, hour or time zone is invalid.
        ConnectionTaken: the brand already has it.
        LimitReached: the brand has 50.
        QuotaExceeded: the tenant has as many as it may.
    """
    try:
        source = source_for(platform=platform, kind=kind)
        normalized = source.normalize_identifier(
            platform=platform, kind=kind, value=identifier[: 4 * MAX_IDENTIFIER_CHARACTERS]
        )
    except SourceError as error:
        field = "identifier" if error.code is IngestionErrorCode.INVALID_IDENTIFIER else "kind"
        raise Invalid(f"This cannot be connected: {error.detail}.", field=field) from error
    if not 0 < len(normalized) <= MAX_IDENTIFIER_CHARACTERS or "\0" in normalized:
        raise Invalid(f"An identifier has 1 to {MAX_IDENTIFIER_CHARACTERS} characters.", field="identifier")
    with translate_integrity_errors(), transaction.atomic():
        of_tenant = _visible(caller)
        quotas.admit(quotas.SOURCES, tenant_id=caller.tenant_id, count=lambda most: of_tenant[:most].count())
        brand = locked_brand(caller=caller, brand_id=brand_id)
        if SourceConnection.objects.filter(brand=brand).count() >= MAX_CONNECTIONS:
            raise LimitReached(f"A brand has at most {MAX_CONNECTIONS} source connections.")
        with valid_schedule(hour=hour, time_zone=time_zone):
            return SourceConnection.objects.create(
                brand=brand,
                source=source.name,
                platform=platform,
                kind=kind,
                identifier=normalized,
                hour=hour,
                time_zone=time_zone,
                spend_on_schedule=spend_on_schedule,
            )


@retry_transaction
def update_connection(*, caller: Caller, connection_id: UUID, values: Mapping[str, object]) -> SourceConnection:
    """Sets `enabled`, `hour` (None: no schedule), `time_zone` and `spend_on_schedule`, where `values` contains them.

    Raises:
        NotFound: the connection does not exist for this caller.
        Invalid: a value is invalid.
    """
    for name in ("enabled", "spend_on_schedule"):
        if name in values and values[name] is None:
            raise Invalid("This must be true or false.", field=name)
    with transaction.atomic():
        connection = _locked(caller=caller, connection_id=connection_id)
        for name, value in values.items():
            setattr(connection, name, value)
        connection.updated_at = timezone.now()
        with valid_schedule(hour=connection.hour, time_zone=connection.time_zone):
            connection.save(update_fields=[*values, "updated_at"])
    return connection


@retry_transaction
def delete_connection(*, caller: Caller, connection_id: UUID) -> UUID:
    """Deletes the connection and returns its brand's id. Its evidence and its source runs stay.

    Raises:
        NotFound: the connection does not exist for this caller.
    """
    with transaction.atomic():
        connection = _locked(caller=caller, connection_id=connection_id)
        connection.delete()
    return connection.brand_id


def check_connection(*, caller: Caller, connection_id: UUID) -> ConnectionTest:
    """Checks with the source that it can read the connection now, without cost and without starting a run.

    Raises:
        NotFound: the connection does not exist for this caller.
    """
    connection = _visible(caller).filter(id=connection_id).first()
    if connection is None:
        raise NotFound(noun="EvidenceSource")
    source = source_named(connection.source)
    if source is None:
        return ConnectionTest(connection=connection, code=IngestionErrorCode.SOURCE_NOT_AVAILABLE)
    request = SourceRequest(
        platform=Platform(connection.platform),
        kind=SourceKind(connection.kind),
        identifier=connection.identifier,
        as_of=timezone.now(),
    )
    try:
        with outside_call():
            source.check(request)
    except SourceError as error:
        return ConnectionTest(connection=connection, code=error.code)
    return ConnectionTest(connection=connection)


def connections_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, SourceConnection]:
    """Returns the connections that this caller may see: one SQL statement."""
    return _visible(caller).in_bulk(ids)


def _visible(caller: Caller) -> QuerySet[SourceConnection]:
    return SourceConnection.objects.filter(brand__in=access.brands(caller=caller))


def _locked(*, caller: Caller, connection_id: UUID) -> SourceConnection:
    connection = _visible(caller).select_for_update(no_key=True, of=("self",)).filter(id=connection_id).first()
    if connection is None:
        raise NotFound(noun="EvidenceSource")
    return connection
