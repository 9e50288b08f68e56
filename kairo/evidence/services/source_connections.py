"""What is read for a brand: connections made, changed, paused, tested and deleted. Nothing here spends anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.core.errors import Invalid, LimitReached, NotFound
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import locked_brand
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.db.sql import retry_transaction
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.ingestion.sources import load_sources, source_for
from kairo.evidence.models import SourceConnection
from kairo.evidence.ports import SourceError, SourceRequest

MAX_CONNECTIONS = 50
MAX_IDENTIFIER_CHARACTERS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectionTest:
    """Whether a connection could be read now: `code` says why not, None that it could."""

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
    spend_on_schedule: bool = False,
) -> SourceConnection:
    """A new connection, its identifier in the source's one spelling.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: nothing reads this kind, or the identifier or hour cannot be accepted.
        ConnectionTaken: the brand has it already.
        LimitReached: the brand has 50.
    """
    try:
        source = source_for(platform=platform, kind=kind)
        spelled = source.identifier(platform=platform, kind=kind, given=identifier[: 4 * MAX_IDENTIFIER_CHARACTERS])
    except SourceError as fault:
        field = "identifier" if fault.code is IngestionErrorCode.INVALID_IDENTIFIER else "kind"
        raise Invalid(f"This cannot be connected: {fault.detail}.", field=field) from fault
    if not 0 < len(spelled) <= MAX_IDENTIFIER_CHARACTERS or "\0" in spelled:
        raise Invalid(f"An identifier has 1 to {MAX_IDENTIFIER_CHARACTERS} characters.", field="identifier")
    schedule = _schedule(hour)
    with translate_integrity_errors(), transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        if SourceConnection.objects.filter(brand=brand).count() >= MAX_CONNECTIONS:
            raise LimitReached(f"A brand has at most {MAX_CONNECTIONS} source connections.")
        return SourceConnection.objects.create(
            brand=brand,
            source=source.name,
            platform=platform,
            kind=kind,
            identifier=spelled,
            spend_on_schedule=spend_on_schedule,
            **schedule,
        )


@retry_transaction
def update_connection(*, caller: Caller, connection_id: UUID, values: Mapping[str, object]) -> SourceConnection:
    """Changes `enabled`, `hour` (None: no schedule) and `spend_on_schedule`; absent ones stay as they are.

    Raises:
        NotFound: the connection does not exist for this caller.
        Invalid: values that cannot be accepted.
    """
    for name in ("enabled", "spend_on_schedule"):
        if name in values and values[name] is None:
            raise Invalid("This must be true or false.", field=name)
    facts = dict(values)
    with transaction.atomic():
        connection = _locked(caller=caller, connection_id=connection_id)
        if "hour" in facts and facts["hour"] != connection.hour:
            facts |= _schedule(facts["hour"])
        for name, value in facts.items():
            setattr(connection, name, value)
        connection.updated_at = timezone.now()
        connection.save(update_fields=[*facts, "updated_at"])
    return connection


@retry_transaction
def delete_connection(*, caller: Caller, connection_id: UUID) -> UUID:
    """The id of the brand it was of. What was read by it stays, and so do the readings.

    Raises:
        NotFound: the connection does not exist for this caller.
    """
    with transaction.atomic():
        connection = _locked(caller=caller, connection_id=connection_id)
        connection.delete()
    return connection.brand_id


def check_connection(*, caller: Caller, connection_id: UUID) -> ConnectionTest:
    """Asks the source whether the connection could be read now: free, and nothing is started.

    Raises:
        NotFound: the connection does not exist for this caller.
    """
    connection = _visible(caller).filter(id=connection_id).first()
    if connection is None:
        raise NotFound(noun="EvidenceSource")
    source = next((each for each in load_sources() if each.name == connection.source), None)
    if source is None:
        return ConnectionTest(connection=connection, code=IngestionErrorCode.SOURCE_NOT_AVAILABLE)
    request = SourceRequest(
        platform=Platform(connection.platform),
        kind=SourceKind(connection.kind),
        identifier=connection.identifier,
        as_of=timezone.now(),
    )
    try:
        source.check(request)
    except SourceError as fault:
        return ConnectionTest(connection=connection, code=fault.code)
    return ConnectionTest(connection=connection)


def connections_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, SourceConnection]:
    """Those of these connections that exist for this caller: one SQL statement."""
    return _visible(caller).in_bulk(ids)


def _visible(caller: Caller) -> QuerySet[SourceConnection]:
    return SourceConnection.objects.filter(brand__in=access.brands(caller=caller))


def _locked(*, caller: Caller, connection_id: UUID) -> SourceConnection:
    connection = _visible(caller).select_for_update(no_key=True, of=("self",)).filter(id=connection_id).first()
    if connection is None:
        raise NotFound(noun="EvidenceSource")
    return connection


def _schedule(hour: object) -> dict[str, Any]:
    """What says that it is read at this hour, UTC, from the next time that it comes."""
    if hour is None:
        return {"hour": None, "scheduled_on": None}
    if not isinstance(hour, int) or not 0 <= hour <= 23:
        raise Invalid(f"An hour is 0 to 23, not {hour}.", field="hour")
    now = timezone.now()
    return {"hour": hour, "scheduled_on": now.date() if now.hour >= hour else None}
