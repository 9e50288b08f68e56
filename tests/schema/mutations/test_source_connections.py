from __future__ import annotations

from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.models import SourceConnection
from kairo.evidence.ports import SourceError
from kairo.evidence.services.source_connections import MAX_CONNECTIONS
from tests.evidence.sources import PATHS, Scraper, Vendor, make_connection
from tests.factories import make_brand
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

FIELDS = "id platform kind identifier enabled hour timeZone spendOnSchedule lastReadAt"
SAVED = f"__typename ... on SourceConnectionSaved {{ connection {{ {FIELDS} }} brand {{ slug }} }}"
PROBLEM = "... on Problem { code message } ... on InvalidInputProblem { path } ... on ConflictProblem { path }"


@pytest.fixture(autouse=True)
def vendor(settings: Settings) -> Vendor:
    settings.KAIRO_EVIDENCE_SOURCES = PATHS
    Scraper.vendor = Vendor()
    return Scraper.vendor


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def create(api: Api, brand: Brand, **given: Any) -> dict[str, Any]:
    asked = {"brandId": str(brand.id), "platform": "INSTAGRAM", "kind": "PROFILE", "identifier": "@Nike", **given}
    query = (
        f"mutation ($i: CreateSourceConnectionInput!) {{ createSourceConnection(input: $i) {{ {SAVED} {PROBLEM} }} }}"
    )
    answer: dict[str, Any] = api.data(query, i=asked)["createSourceConnection"]
    return answer


def change(api: Api, verb: str, row: SourceConnection, **given: Any) -> dict[str, Any]:
    kind = "UpdateSourceConnectionInput" if verb == "update" else "SourceConnectionInput"
    query = f"mutation ($i: {kind}!) {{ {verb}SourceConnection(input: $i) {{ {SAVED} {PROBLEM} }} }}"
    answer: dict[str, Any] = api.data(query, i={"connectionId": str(row.id), **given})[f"{verb}SourceConnection"]
    return answer


def test_create_connection_normalizes_the_identifier(api: Api, brand: Brand) -> None:
    made = create(api, brand)
    assert (made["__typename"], made["brand"]) == ("SourceConnectionSaved", {"slug": brand.slug})
    shown = made["connection"]
    assert (shown["platform"], shown["kind"], shown["identifier"]) == ("INSTAGRAM", "PROFILE", "nike")
    assert (shown["enabled"], shown["hour"], shown["spendOnSchedule"]) == (True, None, False)
    assert shown["timeZone"] == "UTC"
    listed = api.data(f"query ($b: ID!) {{ brand(id: $b) {{ sourceConnections {{ {FIELDS} }} }} }}", b=str(brand.id))
    assert listed["brand"]["sourceConnections"] == [shown]


def test_connection_in_another_spelling_is_a_conflict_problem(api: Api, brand: Brand) -> None:
    create(api, brand)
    refused = create(api, brand, identifier="NIKE")
    assert (refused["code"], refused["path"]) == ("CONNECTION_TAKEN", ["input", "identifier"])
    assert create(api, brand, platform="TIKTOK")["__typename"] == "SourceConnectionSaved"
    assert create(api, make_brand(api.tenant))["__typename"] == "SourceConnectionSaved"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"identifier": "two words"}, "identifier"),
        ({"identifier": ""}, "identifier"),
        ({"identifier": "\0"}, "identifier"),
        ({"identifier": "x" * 100_000}, "identifier"),
        ({"kind": "FEED"}, "kind"),
        ({"platform": "X"}, "kind"),
        ({"hour": 24}, "hour"),
        ({"hour": -1}, "hour"),
        ({"hour": 7, "timeZone": "Nowhere/Land"}, "timeZone"),
    ],
)
def test_invalid_value_is_an_invalid_input_problem(api: Api, brand: Brand, given: dict[str, Any], path: str) -> None:
    refused = create(api, brand, **given)
    assert (refused["__typename"], refused["path"]) == ("InvalidInputProblem", ["input", path])
    assert not SourceConnection.objects.exists()


def test_connection_limit_is_a_conflict_problem(api: Api, brand: Brand) -> None:
    for number in range(MAX_CONNECTIONS):
        make_connection(brand, identifier=f"n{number}")
    assert create(api, brand)["code"] == "LIMIT_REACHED"


def test_update_keeps_absent_fields_and_null_removes_the_schedule(api: Api, brand: Brand) -> None:
    row = make_connection(brand)
    changed = change(api, "update", row, hour=7, spendOnSchedule=True)["connection"]
    assert (changed["hour"], changed["spendOnSchedule"]) == (7, True)
    assert change(api, "update", row)["connection"] == changed
    assert change(api, "update", row, hour=None)["connection"]["hour"] is None
    assert change(api, "update", row, timeZone="Europe/Lisbon")["connection"]["timeZone"] == "Europe/Lisbon"
    assert change(api, "update", row, hour=8)["connection"]["timeZone"] == "Europe/Lisbon"
    assert change(api, "update", row, timeZone=None)["path"] == ["input", "timeZone"]
    assert change(api, "update", row, spendOnSchedule=None)["path"] == ["input", "spendOnSchedule"]


def test_connection_pause_and_resume_are_idempotent(api: Api, brand: Brand) -> None:
    row = make_connection(brand)
    for verb, enabled in (("pause", False), ("pause", False), ("resume", True), ("resume", True)):
        assert change(api, verb, row)["connection"]["enabled"] is enabled


def test_what_is_deleted_is_gone(api: Api, brand: Brand) -> None:
    row = make_connection(brand)
    query = "mutation ($i: SourceConnectionInput!) { deleteSourceConnection(input: $i) { __typename } }"
    assert api.data(query, i={"connectionId": str(row.id)})["deleteSourceConnection"] == {
        "__typename": "SourceConnectionDeleted"
    }
    assert not SourceConnection.objects.exists()


TEST = """
mutation ($i: SourceConnectionInput!) { testSourceConnection(input: $i) {
  ... on SourceConnectionTested { works error { code remediation retryHelps } connection { identifier } }
} }
"""


def test_connection_check_starts_nothing(api: Api, brand: Brand, vendor: Vendor) -> None:
    asked = {"connectionId": str(make_connection(brand).id)}
    assert api.data(TEST, i=asked)["testSourceConnection"] == {
        "works": True, "error": None, "connection": {"identifier": "nike"},
    }  # fmt: skip
    vendor.faults = {"check": [SourceError(IngestionErrorCode.UNAUTHORIZED, "HTTP 401")]}
    failed = api.data(TEST, i=asked)["testSourceConnection"]
    assert (failed["works"], failed["error"]["code"], failed["error"]["retryHelps"]) == (False, "UNAUTHORIZED", False)
    assert "token" in failed["error"]["remediation"]
    assert [call[0] for call in vendor.calls] == ["check", "check"]


def test_connection_check_reports_an_unavailable_source(api: Api, brand: Brand, settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = []
    asked = {"connectionId": str(make_connection(brand).id)}
    assert api.data(TEST, i=asked)["testSourceConnection"]["error"]["code"] == "SOURCE_NOT_AVAILABLE"


def test_source_connections_of_many_brands_are_read_together(api: Api) -> None:
    for _ in range(4):
        make_connection(make_brand(api.tenant))
    with CaptureQueriesContext(database) as statements:
        brands = api.data("{ brands { sourceConnections { identifier } } }")["brands"]
    assert [brand["sourceConnections"] for brand in brands] == [[{"identifier": "nike"}]] * 4
    assert len(statements) == 3  # authentication, brands, connections
