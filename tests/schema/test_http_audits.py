"""The audits of the GraphQL-over-HTTP audit suite, by their ids.

The suite is a Node package; these are the same requests and expectations, so that every test run checks them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.schema.api import GRAPHQL, Api
from tests.schema.asgi_client import Client

pytestmark = pytest.mark.django_db

JSON = "application/json"
TYPENAME = {"query": "{ __typename }"}
TYPE: dict[str, Any] = {
    "query": "query Type($name: String!) { __type(name: $name) { name } }",
    "variables": {"name": "sometype"},
}
NAMED = {"query": "query Query { __typename }", "operationName": "Query"}
UNKNOWN_FIELD = {"query": "{ a8f31403dfe404bccbb0e835f2629c6a7 }"}
NULL_FOR_NON_NULL = {"query": "query CoerceFailure($id: ID!) { __typename }", "variables": {"id": None}}
NO_JSON = b'{ "not a JSON'
REFUSED = range(400, 500)
FAILED = range(400, 600)
ANY = [*range(200, 300), *FAILED]


@dataclass(frozen=True, kw_only=True)
class Audit:
    """A request and its expected response."""

    body: Any = None
    parameters: dict[str, str] | None = None
    accept: str | None = None
    content_type: str | None = JSON
    status: Any = (200,)
    answers: str = ""
    errors: bool | None = None
    data: bool | None = None


def each(prefix: str, values: list[Any], parameter: str) -> dict[str, Audit]:
    """Expects 400 for each invalid value of the parameter."""
    return {
        f"{prefix}{number}": Audit(body={**TYPENAME, parameter: value}, status=(400,))
        for number, value in enumerate(values)
    }


NOT_A_STRING = [{"obj": "ect"}, 0, False, ["array"]]
NOT_A_MAP = ["string", 0, False, ["array"]]
NULLABLE = ["variables", "operationName", "extensions"]

AUDITS: dict[str, Audit] = {
    # Media types and encoding
    "22EB": Audit(body=TYPENAME, accept=GRAPHQL, answers=GRAPHQL),
    "4655": Audit(body=TYPENAME, accept=JSON, answers=JSON),
    "47DE": Audit(body=TYPENAME, accept="*/*", answers=JSON),
    "80D8": Audit(body=TYPENAME, answers=JSON),
    "82A3": Audit(body=TYPENAME),
    "BF61": Audit(body={"query": '{ __type(name: "Run🏃Swim🏊") { name } }'}, content_type=f"{JSON}; charset=utf-8"),
    "78D5": Audit(body=TYPENAME),
    # Methods
    "2C94": Audit(body=TYPENAME),
    "5A70": Audit(parameters=TYPENAME),
    "9C48": Audit(parameters={"query": "mutation { __typename }"}, accept=GRAPHQL, status=REFUSED),
    "9ABE": Audit(body=TYPENAME, content_type="text/plain;charset=UTF-8", status=REFUSED),
    "03D4": Audit(body=TYPENAME),
    "A5BF": Audit(body=b"", status=(400,)),
    # Parameters
    "423L": Audit(body={"notquery": "{ __typename }"}, accept=GRAPHQL, status=(400,)),
    **each("LKJ", NOT_A_STRING, "query"),
    "34A2": Audit(body=TYPENAME, accept=GRAPHQL),
    "13EE": Audit(body=TYPENAME, accept=JSON, errors=False),
    **each("6C0", NOT_A_STRING, "operationName"),
    "8161": Audit(body=NAMED, accept=GRAPHQL),
    "B8B3": Audit(body=NAMED, accept=JSON, errors=False),
    **{f"94B{n}": Audit(body={**TYPENAME, p: None}, accept=GRAPHQL, errors=False) for n, p in enumerate(NULLABLE)},
    **{f"022{n}": Audit(body={**TYPENAME, p: None}, accept=JSON, errors=False) for n, p in enumerate(NULLABLE)},
    **each("476", NOT_A_MAP, "variables"),
    "2EA1": Audit(body=TYPE, accept=GRAPHQL),
    "28B9": Audit(body=TYPE, accept=JSON, errors=False),
    "D6D5": Audit(parameters={**TYPE, "variables": '{"name": "sometype"}'}, accept=GRAPHQL, errors=False),
    "6A70": Audit(parameters={**TYPE, "variables": '{"name": "sometype"}'}, accept=JSON, errors=False),
    **each("58B", NOT_A_MAP, "extensions"),
    "428F": Audit(body={**TYPENAME, "extensions": {"some": "value"}}, accept=GRAPHQL),
    "1B7A": Audit(body={**TYPENAME, "extensions": {"some": "value"}}, accept=JSON, errors=False),
    "B6DC": Audit(body=NO_JSON, accept=JSON, status=ANY),
    "BCF8": Audit(body=NO_JSON, accept=JSON, status=(400,)),
    "B7N8": Audit(body=NO_JSON, accept=GRAPHQL, status=(400,)),
    "8764": Audit(body={"qeury": "{ __typename }"}, status=FAILED),
    "3E3A": Audit(body={"qeury": "{ __typename }"}, status=(400,)),
    # Responses as application/json
    "572B": Audit(body={"query": "{"}, accept=JSON),
    "FDE2": Audit(body=UNKNOWN_FIELD, accept=JSON),
    "7B9B": Audit(body=NULL_FOR_NON_NULL, accept=JSON),
    # Responses as application/graphql-response+json
    "865D": Audit(body={"query": "{"}, accept=GRAPHQL, status=FAILED),
    "556A": Audit(body={"query": "{"}, accept=GRAPHQL, status=(400,)),
    "D586": Audit(body={"query": "{"}, accept=GRAPHQL, status=(400,), data=False),
    "51FE": Audit(body=UNKNOWN_FIELD, accept=GRAPHQL, status=FAILED),
    "74FF": Audit(body=UNKNOWN_FIELD, accept=GRAPHQL, status=(400,)),
    "5E5B": Audit(body=UNKNOWN_FIELD, accept=GRAPHQL, status=(400,), data=False),
    "86EE": Audit(body=NULL_FOR_NON_NULL, accept=GRAPHQL, status=(400,)),
}


def test_audits_are_complete() -> None:
    assert len(AUDITS) == 61


@pytest.mark.parametrize("audit", AUDITS.values(), ids=AUDITS.keys())
def test_audit(audit: Audit) -> None:
    api = Api()
    if audit.parameters is None:
        response = api.post(audit.body, Accept=audit.accept or "", **{"Content-Type": audit.content_type or ""})
    else:
        headers = {"Authorization": f"Bearer {api.secret}", **({"Accept": audit.accept} if audit.accept else {})}
        response = Client(headers=headers).get("/graphql", audit.parameters)
    assert response.status_code in audit.status
    assert response["Content-Type"].startswith(audit.answers)
    answer = json.loads(response.content.decode())
    if audit.errors is not None:
        assert ("errors" in answer) == audit.errors
    if audit.data is not None:
        assert ("data" in answer) == audit.data
