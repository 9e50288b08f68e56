from __future__ import annotations

import json
import logging
from typing import Any

import psycopg_pool
import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from graphql import GraphQLError, OperationDefinitionNode, parse

from kairo.core import errors as domain
from kairo.hero.models import OpportunitiesBoard
from schema import errors
from schema.errors import Code, to_api_error
from schema.types.problem import ProblemCode
from tests.factories import make_brand, make_ready_board
from tests.schema.api import REGENERATE, TODAY_BOARD, Api

SECRET = "postgresql://kairo:hunter2@db/kairo"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (domain.NotFound(noun="Brand"), Code.NOT_FOUND),
        (domain.NotAllowed("No."), Code.FORBIDDEN),
        (domain.Unauthenticated("Who?"), Code.UNAUTHENTICATED),
        (domain.Invalid("Too long.", field="name"), Code.BAD_USER_INPUT),
        (domain.BrokenReference(holder="Board b", missing_ids=("o",)), Code.REFERENTIAL_INTEGRITY),
        (OperationalError(SECRET), Code.SERVICE_UNAVAILABLE),
        (InterfaceError(SECRET), Code.SERVICE_UNAVAILABLE),
        (psycopg_pool.PoolTimeout(SECRET), Code.SERVICE_UNAVAILABLE),
        (domain.KairoError(SECRET), Code.INTERNAL),
        (domain.Conflict(SECRET), Code.INTERNAL),
        (DataError(SECRET), Code.INTERNAL),
        (ValueError(SECRET), Code.INTERNAL),
        (GraphQLError(SECRET, original_error=ValueError(SECRET), path=["x"]), Code.INTERNAL),
        (GraphQLError(SECRET, path=["x"]), Code.INTERNAL),
        (GraphQLError(SECRET), Code.INTERNAL),
    ],
)
def test_each_error_has_its_code(error: Exception, code: Code) -> None:
    fault = to_api_error(error)
    assert fault.code == code
    assert fault.retryable == (code == Code.SERVICE_UNAVAILABLE)
    if code in {Code.INTERNAL, Code.SERVICE_UNAVAILABLE}:
        assert "hunter2" not in fault.message


def test_every_domain_error_has_a_code_of_the_list_or_is_masked() -> None:
    families = [
        error for error in vars(domain).values() if isinstance(error, type) and issubclass(error, domain.KairoError)
    ]
    masked = {family for family in families if family.code not in set(Code)}
    # A conflict is always an expected outcome of a mutation, and so a member of its union.
    assert all(issubclass(family, domain.Conflict) for family in masked)
    assert {family.code for family in masked - {domain.Conflict}} <= {code.value for code in ProblemCode}


@pytest.mark.django_db
def test_error_has_code_request_id_and_retryable() -> None:
    api = Api()
    response = api.post({"query": "{ nothing }"}, **{"X-Request-ID": "abc-1"})
    assert response["X-Request-ID"] == "abc-1"
    (error,) = json.loads(response.content)["errors"]
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED", "requestId": "abc-1", "retryable": False}


@pytest.mark.django_db
def test_client_errors_log_one_info_line(caplog: pytest.LogCaptureFixture) -> None:
    api = Api()
    caplog.set_level(logging.INFO)
    api.ask("{ " + " ".join(f"x{i}" for i in range(19)) + " }")
    assert [(record.levelname, record.name) for record in caplog.records] == [("INFO", "kairo.graphql")]
    line = caplog.records[0].getMessage()
    assert "GRAPHQL_VALIDATION_FAILED (and 18 more)" in line
    assert "\n" not in line


def test_log_escapes_line_breaks_of_the_input(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    said = "odd name\nERROR forged\x1b[31m\u2028 line"
    errors.log_errors([GraphQLError(said, extensions={"code": Code.BAD_USER_INPUT})])
    errors.log_errors([GraphQLError(said, original_error=ValueError(said), path=["x"])])
    assert [record.levelname for record in caplog.records] == ["INFO", "ERROR"]
    for record in caplog.records:
        assert record.getMessage().isprintable()


@pytest.mark.django_db
def test_response_has_at_most_five_errors() -> None:
    assert len(Api().ask("{ " + " ".join(f"x{i}" for i in range(19)) + " }")["errors"]) == errors.MAX_ERRORS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ brand }", {}),
        ("{ brandz { id } }", {}),
        ("{ brands { slugg } }", {}),
        ('{ brand(idd: "x") { id } }', {}),
        ("query ($i: RegenerateTodayBoardInputt) { __typename }", {}),
        (REGENERATE, {"i": {"brandIdd": 1}}),
        ("{ brands { ...Foo } } fragment Fooo on Brand { id }", {}),
        ("{ brands @skipp(if: true) { id } }", {}),
        ("{ brands { id } ... on Queryy { __typename } }", {}),
    ],
)
def test_errors_have_no_suggestions(query: str, variables: dict[str, Any]) -> None:
    answer = Api().ask(query, **variables)
    assert "errors" in answer
    assert "Did you mean" not in str(answer)


@pytest.mark.django_db
def test_unexpected_exception_is_masked_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    api = Api()
    brand = make_brand(api.tenant)
    make_ready_board(brand, [])
    OpportunitiesBoard.objects.update(content={"version": 999, "secret": "hunter2"})
    answer = api.ask(TODAY_BOARD, b=str(brand.id))
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "999" not in error["message"]
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.name == "kairo.graphql"
    assert record.exc_info is not None
    assert "999" in str(record.exc_info[1])


@pytest.mark.django_db
def test_null_of_a_non_null_field_is_a_server_error() -> None:
    api = Api()
    make_ready_board(brand := make_brand(api.tenant), [], content={})
    query = "query ($b: ID!) { todayBoard(brandId: $b) { ... on TodayBoardReady { evidenceSummary { items } } } }"
    assert api.codes(query, b=str(brand.id)) == ["INTERNAL"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query ($b: ID!) { brand(id: $b) { id } }", {}),
        ("query ($b: ID!) { brand(id: $b) { id } }", {"b": None}),
        ("query ($b: ID!) { brand(id: $b) { id } }", {"b": {"a": 1}}),
        ("query ($b: ID!) { brand(id: $b) { id } }", {"b": [[[[1]]]]}),
        ("query ($b: ID!) { brand(id: $b) { id } }", {"b": 1.5}),
        ("query ($b: ID!) { brand(id: $b) { id } }", {"b": True}),
        ('query ($b: ID = "x") { brand(id: $b) { id } }', {"b": None}),
        ("query ($b: ID!, $s: Boolean!) { brand(id: $b) @skip(if: $s) { id } }", {"b": "x", "s": "maybe"}),
    ],
)
def test_value_of_the_wrong_type_is_bad_user_input(query: str, variables: dict[str, Any]) -> None:
    assert Api().codes(query, **variables) == ["BAD_USER_INPUT"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "value"),
    [("{ " + "y" * 40_000 + " }", ""), ("query ($b: ID!) { brand(id: $b) { id } }", {"x": "y" * 100_000})],
)
def test_long_value_is_cut_in_messages(query: str, value: object) -> None:
    assert len(str(Api().ask(query, b=value))) < 1_500


def test_unserializable_value_is_a_server_error() -> None:
    operation = parse("{ platform }").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    field = operation.selection_set.selections[0]
    error = GraphQLError("Enum 'Platform' cannot represent value: 'hunter2'", nodes=[field], path=["platform"])
    assert to_api_error(error).code == Code.INTERNAL
    assert "hunter2" not in to_api_error(error).message


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["nul \0", "half \ud800"])
def test_text_that_postgres_cannot_store_is_bad_user_input(text: str) -> None:
    with pytest.raises(Exception) as refused, connection.cursor() as cursor:  # noqa: PT011  whatever the driver raises
        cursor.execute("SELECT %s::text", [text])
    assert to_api_error(refused.value).code == Code.BAD_USER_INPUT
