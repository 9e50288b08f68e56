"""A token that may only write reads no board and no opportunity through a mutation's payload."""

from __future__ import annotations

import pytest
from graphql import GraphQLNamedType, GraphQLObjectType, GraphQLUnionType, get_named_type

from kairo.core.models import OpportunityDecision
from kairo.hero.models import OpportunitiesJob
from schema.schema import schema
from tests.factories import make_brand, make_opportunity, make_ready_board, make_secret
from tests.schema.api import REGENERATE, Api

pytestmark = pytest.mark.django_db

SHOWN = {"TodayBoard", "Opportunity"}
REGENERATED = "... on RegenerateTodayBoardSuccess { board { opportunities { title } } }"
PAYLOADS = [
    ("regenerateTodayBoard", "RegenerateTodayBoardInput", REGENERATED),
    *(
        (
            f"{verb}Opportunity",
            f"{verb.capitalize()}OpportunityInput",
            "... on OpportunityDecided { opportunity { title } }",
        )
        for verb in ("pin", "snooze", "ignore")
    ),
    (
        "undoOpportunityDecision",
        "UndoOpportunityDecisionInput",
        "... on OpportunityDecided { opportunity { title } }",
    ),
]


@pytest.mark.parametrize(("name", "input_type", "selection"), PAYLOADS, ids=[name for name, _, _ in PAYLOADS])
def test_write_token_reads_no_board_through_a_payload(name: str, input_type: str, selection: str) -> None:
    reader = Api()
    brand = make_brand(reader.tenant)
    opportunity = make_opportunity(brand)
    make_ready_board(brand, [opportunity])
    writer = Api(tenant=reader.tenant, secret=make_secret(reader.tenant, scopes=("write",)))
    target = {"brandId": str(brand.id)} if name == "regenerateTodayBoard" else {"opportunityId": str(opportunity.id)}

    for fragment in ("", f" fragment F {selection.removeprefix('... ')}"):
        spread = "...F" if fragment else selection
        document = f"mutation M($i: {input_type}!) {{ {name}(input: $i) {{ __typename {spread} }} }}{fragment}"
        body = {"query": document, "variables": {"i": target}}
        (error,) = writer.post(body).json()["errors"]
        assert error["extensions"]["code"] == "FORBIDDEN", error
        assert opportunity.title not in str(error)
    assert not OpportunitiesJob.objects.exists()
    assert not OpportunityDecision.objects.exists()


def test_write_token_regenerates_without_the_board() -> None:
    reader = Api()
    brand = make_brand(reader.tenant)
    writer = Api(tenant=reader.tenant, secret=make_secret(reader.tenant, scopes=("write",)))
    answer = writer.data(REGENERATE, i={"brandId": str(brand.id)})["regenerateTodayBoard"]
    assert answer["__typename"] == "RegenerateTodayBoardSuccess"


def test_every_payload_that_shows_a_board_is_tried_here() -> None:
    mutations = schema._schema.mutation_type
    assert mutations is not None
    showing = {name for name, field in mutations.fields.items() if _shows(get_named_type(field.type), set())}
    assert showing == {name for name, _, _ in PAYLOADS}


def _shows(type_: GraphQLNamedType, seen: set[str]) -> bool:
    if type_.name in SHOWN:
        return True
    if type_.name in seen:
        return False
    seen.add(type_.name)
    if isinstance(type_, GraphQLUnionType):
        return any(_shows(member, seen) for member in type_.types)
    if isinstance(type_, GraphQLObjectType):
        return any(_shows(get_named_type(field.type), seen) for field in type_.fields.values())
    return False
