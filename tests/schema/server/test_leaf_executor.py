from __future__ import annotations

from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult, parse
from graphql.execution import execute_sync

from schema.server.leaf_executor import LeafExecutor


@strawberry.type
class Post:
    title: str
    views: int | None = None
    tags: list[str] = strawberry.field(default_factory=list)
    reply: Post | None = None

    @strawberry.field
    def shout(self) -> str:
        return self.title.upper()


@strawberry.type
class Query:
    @strawberry.field
    def post(self, title: str = "a") -> Post:
        return Post(title=title, views=3, tags=["x"], reply=Post(title="b"))

    @strawberry.field
    def broken(self) -> Post | None:
        return Post(title=None, views="many")  # type: ignore[arg-type]  # what a broken row would hold


SCHEMA = strawberry.Schema(Query)


def execute(query: str, **options: Any) -> ExecutionResult:
    return execute_sync(SCHEMA._schema, parse(query), **options)


@pytest.mark.parametrize(
    "query",
    [
        "{ post { __typename title t: title views tags shout } }",
        "{ post { ...F reply { ...F reply { title } } } } fragment F on Post { title ... { views @skip(if: true) } }",
        '{ a: post(title: "x") { title } b: post { title } __typename }',
        "{ broken { title } }",
        "{ broken { views reply { title } } }",
        "{ broken { views title } }",
        "{ __schema { queryType { name fields { name } } } }",
    ],
)
def test_results_equal_graphql_cores(query: str) -> None:
    ours, core = execute(query, executor_class=LeafExecutor), execute(query)
    assert ours.data == core.data
    assert [error.formatted for error in ours.errors or ()] == [error.formatted for error in core.errors or ()]


def test_leaf_fields_take_no_info_object() -> None:
    class Counting(LeafExecutor):
        fields = 0

        def build_resolve_info(self, *arguments: Any) -> Any:
            Counting.fields += 1
            return super().build_resolve_info(*arguments)

    execute("{ post { title views tags __typename shout } }", executor_class=Counting)
    assert Counting.fields == 2  # post and shout
