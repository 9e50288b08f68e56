"""Relay connections from generics: one page type and one edge type for all lists."""

from typing import ClassVar, Generic, Self, TypeVar

import strawberry
from graphql import GraphQLObjectType, GraphQLSchema, get_named_type
from strawberry.schema.schema_converter import GraphQLCoreConverter

from kairo.core.paging import Page
from schema.types.page import PageInfo

T = TypeVar("T")


@strawberry.type(description="One {noun} of a page.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: T = strawberry.field(description="The {noun}.")


@strawberry.type
class Connection(Generic[T]):
    """One page of a list. A subclass for each node type sets `noun` and the description.

    Strawberry names the edge type after the node type: `ApiTokenEdge`.
    """

    noun: ClassVar[str]
    edges: list[Edge[T]] = strawberry.field(description="The {noun}s with their cursors.")
    nodes: list[T] = strawberry.field(description="The {noun}s without their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, page: Page[T], *, after: str | None) -> Self:
        edges = [Edge(cursor=cursor, node=node) for cursor, node in page.items]
        return cls(edges=edges, nodes=[edge.node for edge in edges], page_info=PageInfo.of(page, after=after))


def describe_connections(schema: GraphQLSchema) -> None:
    """Fills each connection's noun into the descriptions it shares with the others, and into those of its edge type."""
    for type_ in schema.type_map.values():
        definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        origin = getattr(definition, "origin", None)
        if isinstance(type_, GraphQLObjectType) and isinstance(origin, type) and issubclass(origin, Connection):
            edge = get_named_type(type_.fields["edges"].type)
            assert isinstance(edge, GraphQLObjectType)
            for described in (edge, *edge.fields.values(), *type_.fields.values()):
                described.description = (described.description or "").format(noun=origin.noun)
