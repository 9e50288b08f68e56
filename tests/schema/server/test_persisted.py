from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from pytest_django import Settings

from schema.limits import MAX_CHARACTERS
from schema.server.persisted import manifest
from tests.factories import make_brand
from tests.schema.api import GRAPHQL, REGENERATE, Api
from tests.schema.asgi_client import Client

QUERY = "query Slugs { brands { slug } }"
HASHED = "query Names { brands { name } }"
CODEGEN = {"slugs-1": QUERY, "change-1": REGENERATE, f"sha256:{sha256(HASHED.encode()).hexdigest()}": HASHED}
APOLLO = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [{"id": id_, "name": "X", "type": "query", "body": body} for id_, body in CODEGEN.items()],
}


def digest(document: str) -> str:
    return sha256(document.encode()).hexdigest()


def hashed(document: str, **more: Any) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(document)}}, **more}


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture(params=[CODEGEN, APOLLO], ids=["codegen", "apollo"])
def published(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> None:
    (file := tmp_path / "manifest.json").write_text(json.dumps(request.param))
    settings.KAIRO_PERSISTED_OPERATIONS = str(file)


@pytest.fixture
def only_published(published: None, settings: Settings) -> None:
    settings.KAIRO_PERSISTED_ONLY = True


def error_of(response: HttpResponse) -> tuple[int, str, str]:
    (error,) = json.loads(response.content)["errors"]
    return response.status_code, error["extensions"]["code"], error["message"]


@pytest.mark.django_db
def test_automatic_persisted_query_is_stored_by_its_hash(api: Api) -> None:
    query = f"query Learnt {{ brands {{ slug }} }} # {api.secret}"
    assert error_of(api.post(hashed(query), Accept=GRAPHQL)) == (
        400,
        "PERSISTED_QUERY_NOT_FOUND",
        "PersistedQueryNotFound",
    )
    brand = make_brand(api.tenant)
    for body in (hashed(query, query=query), hashed(query)):
        assert json.loads(api.post(body).content)["data"] == {"brands": [{"slug": brand.slug}]}
    assert json.loads(Api().post(hashed(query)).content)["data"] == {"brands": []}


@pytest.mark.django_db
def test_automatic_persisted_query_with_a_wrong_hash_is_refused(api: Api) -> None:
    lie = hashed("{ __typename }", query="{ brands { id } }")
    assert error_of(api.post(lie, Accept=GRAPHQL))[:2] == (400, "BAD_USER_INPUT")
    assert error_of(api.post(hashed("{ __typename }")))[1] == "PERSISTED_QUERY_NOT_FOUND"
    known = "query Known { brands { slug } }"
    api.post(hashed(known, query=known))
    assert error_of(api.post(hashed(known, query="{ brands { id } }"), Accept=GRAPHQL))[:2] == (400, "BAD_USER_INPUT")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "persisted",
    [1, "x", [], {}, {"version": 2, "sha256Hash": "a"}, {"version": 1}, {"version": 1, "sha256Hash": 1}],
)
def test_persisted_query_extension_of_another_shape_is_refused(api: Api, persisted: object) -> None:
    for body in (
        {"extensions": {"persistedQuery": persisted}},
        {"query": QUERY, "extensions": {"persistedQuery": persisted}},
    ):
        assert error_of(api.post(body))[:2] == (400, "BAD_USER_INPUT")


@pytest.mark.django_db
@pytest.mark.parametrize("document_id", [1, [], {}, True])
def test_document_id_must_be_a_string(api: Api, document_id: object) -> None:
    assert error_of(api.post({"query": QUERY, "documentId": document_id}))[:2] == (400, "BAD_USER_INPUT")


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_manifest_operation_is_executed_by_its_id(api: Api) -> None:
    brand = make_brand(api.tenant)
    expected = {"brands": [{"slug": brand.slug}]}
    assert json.loads(api.post({"documentId": "slugs-1"}).content)["data"] == expected
    client = Client(headers={"Authorization": f"Bearer {api.secret}", "Apollo-Require-Preflight": "true"})
    assert client.get("/graphql", {"documentId": "slugs-1"}).json()["data"] == expected
    assert json.loads(api.post({"query": QUERY}).content)["data"] == expected
    for id_ in (digest(HASHED), f"sha256:{digest(HASHED)}"):
        for body in ({"documentId": id_}, {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": id_}}}):
            assert json.loads(api.post(body).content)["data"] == {"brands": [{"name": brand.name}]}
    assert error_of(api.post({"documentId": "slugs-2"}))[1] == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_manifest_mutation_is_refused_by_get(api: Api) -> None:
    client = Client(headers={"Authorization": f"Bearer {api.secret}"})
    assert client.get("/graphql", {"documentId": "change-1"}).status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("only_published")
def test_persisted_only_refuses_other_documents(api: Api) -> None:
    make_brand(api.tenant)
    for body in ({"documentId": "slugs-1"}, {"query": QUERY}):
        assert "errors" not in json.loads(api.post(body).content)
    other = "{ __typename }"
    for body in (
        {"query": other},
        {"query": other, "documentId": "slugs-2"},
        {"query": QUERY + " "},
        hashed(other),
        hashed(other, query=other),
        {"query": "{ __schema { types { name } } }"},
    ):
        assert error_of(api.post(body, Accept=GRAPHQL))[:2] == (400, "PERSISTED_QUERY_NOT_FOUND")
    # What is run is what was published, whatever is sent with its id.
    answer = json.loads(api.post({"documentId": "slugs-1", "query": other}).content)
    assert "brands" in answer["data"]


@pytest.mark.django_db
def test_automatic_persisted_query_over_the_limit_is_not_stored(api: Api) -> None:
    document = "{ brands { id } }" + " " * MAX_CHARACTERS
    for body in (hashed(document, query=document), hashed(document)):
        answer = error_of(api.post(body, Accept=GRAPHQL))
    assert answer[1] == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "1",
        "{",
        '{"a": 1}',
        '{"format": "apollo-persisted-query-manifest"}',
        '{"format": "x", "operations": []}',
    ],
)
def test_manifest_of_another_format_is_reported(tmp_path: Path, content: str) -> None:
    (file := tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ImproperlyConfigured, match="KAIRO_PERSISTED_OPERATIONS"):
        manifest(str(file))
    with pytest.raises(ImproperlyConfigured, match="KAIRO_PERSISTED_OPERATIONS"):
        manifest(str(tmp_path / "absent.json"))
