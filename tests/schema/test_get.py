"""GET serves persisted queries, and documents of only meta fields."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from pytest_django import Settings

from kairo.core.models import Brand
from schema.server.request import PREFLIGHT_HEADERS
from tests.factories import make_brand
from tests.schema.api import GRAPHQL, Api
from tests.schema.asgi_client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


def get(api: Api, parameters: dict[str, str], **headers: str) -> HttpResponse:
    sent = {"Authorization": f"Bearer {api.secret}", "Accept": GRAPHQL, "GraphQL-Require-Preflight": "1", **headers}
    return Client(headers=sent).get("/graphql", parameters)


def new(document: str) -> str:
    """Returns the document in a form that no test has sent before."""
    return f"{document} # {uuid4()}"


def hash_extension(document: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256(document.encode()).hexdigest()}}


def persisted(api: Api, document: str) -> dict[str, str]:
    """Persists the document; returns the parameters of its GET."""
    assert api.post({"query": document, "extensions": hash_extension(document)}).status_code == 200
    return {"extensions": json.dumps(hash_extension(document))}


def error_of(response: HttpResponse) -> tuple[int, str]:
    answer = json.loads(response.content)
    assert "data" not in answer
    (error,) = answer["errors"]
    return response.status_code, error["extensions"]["code"]


def test_get_serves_a_persisted_query_by_its_hash(api: Api) -> None:
    brand = make_brand(api.tenant)
    query = new("query A { __typename } query B($id: ID!) { brand(id: $id) { slug } }")
    operation = {"operationName": "B", "variables": json.dumps({"id": str(brand.id)})}
    by_hash = {**operation, "extensions": json.dumps(hash_extension(query))}
    assert error_of(get(api, by_hash)) == (400, "PERSISTED_QUERY_NOT_FOUND")
    api.post({"query": query, "operationName": "A", "extensions": hash_extension(query)})
    for parameters in (by_hash, {**by_hash, "query": query}):
        response = get(api, parameters)
        assert (response.status_code, json.loads(response.content)["data"]) == (200, {"brand": {"slug": brand.slug}})
        assert response["ETag"]


@pytest.mark.parametrize(
    "document", ["{ brands { slug } }", "{ __typename brands { slug } }", "{", "{ nothing }", "\0"]
)
def test_get_of_a_document_that_is_not_persisted_is_405(api: Api, document: str) -> None:
    query = new(document)
    for parameters in (
        {"query": query},
        {"query": query, "extensions": "{}"},
        {"query": query, "documentId": "unknown"},
    ):
        response = get(api, parameters)
        assert error_of(response) == (405, "BAD_USER_INPUT")
        assert response["Allow"] == "POST"
        assert response["Cache-Control"] == "no-store"
        assert "POST" in json.loads(response.content)["errors"][0]["message"]
    assert error_of(get(api, {"extensions": json.dumps(hash_extension(query))})) == (400, "PERSISTED_QUERY_NOT_FOUND")


def test_get_stores_a_document_with_its_hash(api: Api) -> None:
    """urql's persisted exchange sends both while the URL is short."""
    brand = make_brand(api.tenant)
    query = new("{ brands { slug } }")
    by_hash = {"extensions": json.dumps(hash_extension(query))}
    assert error_of(get(api, by_hash)) == (400, "PERSISTED_QUERY_NOT_FOUND")
    for parameters in ({**by_hash, "query": query}, by_hash):
        assert json.loads(get(api, parameters).content)["data"] == {"brands": [{"slug": brand.slug}]}


def test_get_refuses_a_document_with_another_hash(api: Api) -> None:
    parameters = persisted(api, new("{ brands { slug } }"))
    for query in ("{ brands { name } }", "{ __typename }"):
        assert error_of(get(api, {"query": query, **parameters})) == (400, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "query",
    ["{ __typename }", "{ a: __typename b: __typename }", '{ __type(name: "Brand") { name fields { name } } }'],
)
def test_get_serves_meta_fields_without_persisting(api: Api, query: str) -> None:
    assert "errors" not in json.loads(get(api, {"query": query}).content)


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename ...F } fragment F on Query { brands { id } }",
        "{ ... { brands { id } } }",
        "{ __typename: brands { id } }",
        "query A { __typename } query B { brands { id } }",
    ],
)
def test_get_requires_persisting_for_any_field_of_data(api: Api, query: str) -> None:
    name = "A" if "query A" in query else ""
    assert error_of(get(api, {"query": query, "operationName": name})) == (405, "BAD_USER_INPUT")


def test_etag_revalidates_a_private_response(api: Api) -> None:
    brand = make_brand(api.tenant)
    parameters = persisted(api, new("{ brands { name } }"))
    first = get(api, parameters)
    tag = first["ETag"]
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Vary"] == "Accept, Authorization, origin"
    for known in (tag, f"W/{tag}", f'"other", {tag}', f'W/"other" , W/{tag}', "*"):
        again = get(api, parameters, **{"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert again["Cache-Control"] == "private, no-cache"
        assert "Content-Length" not in again  # it would be that of the whole response: RFC 9110, 8.6
    for unknown in ('"other"', tag.strip('"'), "", '"other", W/"another"'):
        assert get(api, parameters, **{"If-None-Match": unknown}).status_code == 200
    assert get(Api(), parameters, **{"If-None-Match": tag}).status_code == 200
    Brand.objects.filter(id=brand.id).update(name="Another")
    changed = get(api, parameters, **{"If-None-Match": tag})
    assert (changed.status_code, json.loads(changed.content)["data"]["brands"]) == (200, [{"name": "Another"}])


@pytest.mark.parametrize("document", ["{ nothing }", '{ brand(id: "x") { id } }'])
@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
def test_etag_is_missing_on_responses_with_errors(api: Api, document: str, accept: str) -> None:
    api.post({"query": (query := new(document)), "extensions": hash_extension(query)})
    by_hash = {"extensions": json.dumps(hash_extension(query))}
    refused = get(api, by_hash, **{"Accept": accept, "If-None-Match": "*"})
    assert json.loads(refused.content)["errors"]
    assert "ETag" not in refused
    assert refused["Cache-Control"] == "no-store"


def test_get_refuses_mutations(api: Api, settings: Settings, tmp_path: Path) -> None:
    brand = make_brand(api.tenant)
    mutation = f'mutation M {{ regenerateTodayBoard(input: {{ brandId: "{brand.id}" }}) {{ __typename }} }}'
    several = new(mutation + " query Q { __typename }")
    (manifest := tmp_path / "manifest.json").write_text(json.dumps({"change-1": mutation}))
    settings.KAIRO_PERSISTED_OPERATIONS = str(manifest)
    api.post({"query": several, "operationName": "Q", "extensions": hash_extension(several)})
    known = json.dumps(hash_extension(several))
    for parameters in (
        {"query": mutation},
        {"query": several, "operationName": "M"},
        {"extensions": known, "operationName": "M"},
        {"extensions": known, "query": several, "operationName": "M"},
        {"documentId": "change-1"},
        {"query": "mutation { __typename }"},
    ):
        response = get(api, parameters)
        assert error_of(response) == (405, "BAD_USER_INPUT")
        assert response["Allow"] == "POST"
    assert not brand.jobs.exists()


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"query": ""},
        {"query": "{ __typename }", "variables": "["},
        {"query": "{ __typename }", "variables": "[]"},
        {"query": "{ __typename }", "variables": "1"},
        {"query": "{ __typename }", "extensions": "x"},
        {"query": "{ __typename }", "extensions": '{"persistedQuery": 1}'},
        {"query": "{ __typename }", **{f"p{i}": "" for i in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 1000)}},
    ],
)
def test_get_refuses_invalid_parameters(api: Api, parameters: dict[str, str]) -> None:
    assert error_of(get(api, parameters)) == (400, "BAD_USER_INPUT")


def test_get_without_authorization_is_401(api: Api) -> None:
    parameters = persisted(api, new("{ brands { slug } }"))
    for query in (parameters, {"query": "{ __typename }"}):
        assert Client().get("/graphql", query).status_code == 401


@pytest.mark.parametrize("header", PREFLIGHT_HEADERS)
def test_get_for_data_requires_a_preflighted_header(api: Api, header: str) -> None:
    parameters = persisted(api, new("{ brands { slug } }"))
    without = {"GraphQL-Require-Preflight": ""}
    assert error_of(get(api, parameters, **without)) == (400, "BAD_USER_INPUT")
    assert get(api, parameters, **{**without, header: "any"}).status_code == 200
    assert get(api, parameters, **without, **{"Content-Type": "application/json"}).status_code == 200
    assert get(api, {"query": "{ __typename }"}, **without).status_code == 200
