"""Documents that Schemathesis makes up for every root field, on a database with two tenants in it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.graphql import nodes, scalar

from kairo.core.services.api_tokens import create_token
from schema.schema import schema
from tests.factories import make_secret
from tests.schema.api import GRAPHQL, Api
from tests.schema.test_ids import NODE_TYPES
from tests.schema.test_tenancy import told
from tests.schema.world import ALL_SCOPES, World, make_world

pytestmark = pytest.mark.django_db

OURS, THEIRS = "{ours}", "{theirs}"
# Stand-ins for keys, which are not known before a test has made its rows.
IDS = [f"{whose}{name}" for whose in (OURS, THEIRS) for name in NODE_TYPES]
scalar("ID", st.sampled_from(IDS).map(nodes.String) | st.text(max_size=20).map(nodes.String))

MADE_UP = schemathesis.graphql.from_file(schema.as_str())
FIELDS = [(root, name) for root in MADE_UP for name in MADE_UP[root]]
# Several root fields share the two tenants, which take longer to make than the documents.
FIELDS_A_TEST = 6
OUR_FAULT = {"INTERNAL", "SERVICE_UNAVAILABLE", "REFERENTIAL_INTEGRITY"}
# What no answer may tell: where we are, what we run on, what went wrong in there.
LEAK = re.compile(
    r"Traceback|File \\\"|site-packages|\.py\b|/usr/|/home/|postgres(ql)?://|redis://|psycopg|django|strawberry"
    r"|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b|core_\w+|hero_\w+|evidence_\w+|\b[A-Z]\w+(Error|Exception)\b",
)
TYPES = re.compile(r"\b(TodayBoardError|GenerationJobError)\b")

CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@pytest.fixture
def ours() -> World:
    return make_world("ourmark")


@pytest.fixture
def theirs() -> World:
    return make_world("theirmark")


def filled(document: str, ours: World, theirs: World) -> str:
    """The document with the id of a row in the place of each stand-in."""
    for whose, world in ((OURS, ours), (THEIRS, theirs)):
        for name in NODE_TYPES:
            document = document.replace(f"{whose}{name}", world.ids[name])
    return document


@pytest.mark.parametrize("first", range(0, len(FIELDS), FIELDS_A_TEST))
def test_fuzzed_documents_never_fail_the_server_or_leak(first: int, ours: World, theirs: World) -> None:
    unscoped = Api(tenant=ours.tenant, secret=make_secret(ours.tenant, scopes=()))
    _, old = create_token(tenant=ours.tenant, name="old", scopes=ALL_SCOPES, expires_at=timezone.now())
    expired = Api(tenant=ours.tenant, secret=old)
    for root, name in FIELDS[first : first + FIELDS_A_TEST]:
        fuzz_field(root, name, ours, theirs, strangers=[(unscoped, {400, 403}), (expired, {401})])


def fuzz_field(root: str, name: str, ours: World, theirs: World, *, strangers: list[tuple[Api, set[int]]]) -> None:
    valid, invalid = (MADE_UP[root][name].as_strategy(generation_mode=mode) for mode in GenerationMode)

    @settings(max_examples=4, derandomize=True, database=None, deadline=None, suppress_health_check=CALM)
    @given(case=valid | invalid)
    def fuzz(case: Any) -> None:
        document = filled(case.body, ours, theirs)
        for api, statuses in ((ours.api, {200, 400}), *strangers):
            response = api.post({"query": document}, Accept=GRAPHQL)
            assert response.status_code in statuses
            answer = json.loads(response.content)
            assert not {error["extensions"]["code"] for error in answer.get("errors", [])} & OUR_FAULT
            assert told(answer, theirs) == []
            assert not LEAK.search(TYPES.sub("", response.content.decode()))
        strangers.clear()  # one document is enough to see that they are turned away

    fuzz()
