from __future__ import annotations

from typing import Any

import pytest

from kairo.core.enums import Platform
from kairo.core.errors import ConnectionTaken, Invalid, NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.models import SourceConnection
from kairo.evidence.services import source_connections
from kairo.evidence.services.source_connections import create_connection
from tests import factories
from tests.evidence.sources import Vendor, make_connection, make_feed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vendor")]


def created(brand: Brand, caller: Caller, identifier: str = "@Nike", **values: Any) -> SourceConnection:
    kind = {"platform": Platform.INSTAGRAM, "kind": SourceKind.PROFILE}
    return create_connection(caller=caller, brand_id=brand.id, identifier=identifier, **{**kind, **values})


def test_create_normalizes_the_identifier_and_names_the_source(brand: Brand, caller: Caller) -> None:
    connection = created(brand, caller)
    assert (connection.source, connection.identifier, connection.hour) == ("scraper", "nike", None)
    with pytest.raises(ConnectionTaken):
        created(brand, caller, "NIKE")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"identifier": "two words"}, "identifier"),
        ({"kind": SourceKind.SEARCH}, "kind"),
        ({"hour": 24}, "hour"),
        ({"hour": 7, "time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_create_refuses_invalid_values(brand: Brand, caller: Caller, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as raised:
        created(brand, caller, **values)
    assert [issue.path for issue in raised.value.issues] == [(field,)]


def test_update_sets_and_removes_the_hour_in_a_time_zone(brand: Brand, caller: Caller) -> None:
    connection = created(brand, caller, hour=7, time_zone="Europe/Lisbon")

    def update(**values: object) -> tuple[int | None, str]:
        row = source_connections.update_connection(caller=caller, connection_id=connection.id, values=values)
        row.refresh_from_db()
        return row.hour, row.time_zone

    assert update(hour=8) == (8, "Europe/Lisbon")
    assert update(time_zone="Asia/Tokyo") == (8, "Asia/Tokyo")
    with pytest.raises(Invalid) as raised:
        update(time_zone="Mars/Olympus")
    assert raised.value.field == "time_zone"
    assert update(hour=None) == (None, "Asia/Tokyo")


def test_delete_and_update_of_another_tenants_connection_are_not_found(caller: Caller) -> None:
    theirs = make_connection(factories.make_brand())
    with pytest.raises(NotFound):
        source_connections.delete_connection(caller=caller, connection_id=theirs.id)
    with pytest.raises(NotFound):
        source_connections.update_connection(caller=caller, connection_id=theirs.id, values={"enabled": False})


def test_check_returns_the_sources_error_code(brand: Brand, caller: Caller, vendor: Vendor) -> None:
    def code(connection: SourceConnection) -> IngestionErrorCode | None:
        return source_connections.check_connection(caller=caller, connection_id=connection.id).code

    assert code(make_feed(brand)) is None
    assert code(make_feed(brand, identifier="https://blog.example/gone")) is IngestionErrorCode.NOT_FOUND
    assert code(make_connection(brand, source="removed")) is IngestionErrorCode.SOURCE_NOT_AVAILABLE
    assert vendor.calls == []
