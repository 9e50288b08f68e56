from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSyntaxError,
    MaxIntrospectionDepthRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
)
from strawberry import Schema
from strawberry.schema.schema import validate_document

from schema.errors import Code, UnresolvedOperation
from schema.limits import MAX_CHARACTERS, MAX_COST, MAX_TOKENS, LimitsRule, Measure
from schema.lru_cache import memoize

RULES: tuple[type[ASTValidationRule], ...] = (MaxIntrospectionDepthRule, *specified_rules)
CACHE_BYTES = 24_000_000
# Measured on Python 3.11: a parsed document takes 360 to 1,010 bytes a token, an error about 1,000 (counted thrice).
TOKEN_BYTES = 1_100
ERROR_BYTES = 3_000
_TOO_MANY_TOKENS = "Syntax Error: Document contains more than"


@dataclass(frozen=True, slots=True)
class ValidatedDocument:
    """A parsed document with its validation errors and the measure of each of its operations."""

    document: DocumentNode
    errors: tuple[GraphQLError, ...]
    measures: Mapping[str | None, Measure]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run.

        Raises:
            UnresolvedOperation: there is none of this name, or several and no name was given.
        """
        operations = [node for node in self.document.definitions if isinstance(node, OperationDefinitionNode)]
        if name is not None:
            operations = [node for node in operations if node.name and node.name.value == name]
        if len(operations) > 1:
            raise UnresolvedOperation("The document has several operations: say which one by operationName.")
        if not operations:
            raise UnresolvedOperation("The document has no operation of that name.")
        return operations[0]

    @property
    def bytes(self) -> int:
        """An upper estimate of its memory."""
        return TOKEN_BYTES * self.document.token_count + ERROR_BYTES * len(self.errors)

    @property
    def is_about_schema(self) -> bool:
        """Whether every operation selects nothing but meta fields such as `__typename`, which touch no data."""
        return all(
            isinstance(selected, FieldNode) and selected.name.value.startswith("__")
            for node in self.document.definitions
            if isinstance(node, OperationDefinitionNode)
            for selected in node.selection_set.selections
        )

    def measure(self, operation: OperationDefinitionNode) -> Measure | None:
        """The operation's measure; None if validation stopped before measuring it."""
        return self.measures.get(operation.name.value if operation.name else None)


def _size(validated: ValidatedDocument, schema: Schema, text: str) -> int:
    return validated.bytes


@memoize(max_bytes=CACHE_BYTES, size=_size)
def parse_and_validate(schema: Schema, text: str) -> ValidatedDocument:
    """Parses and validates a document, or returns it from the cache. The cache key is the text: hashing a parsed
    document, as Strawberry's own caches do, costs more than it saves.

    Raises:
        GraphQLError: the document is too long, or not GraphQL.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_complex(f"The document has {len(text)} characters; at most {MAX_CHARACTERS} are served.")
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        if error.message.startswith(_TOO_MANY_TOKENS):
            raise _too_complex(f"The document has more than {MAX_TOKENS} tokens.") from None
        raise
    measures: dict[str | None, Measure] = {}
    # graphql-core calls each rule with the context only, so a partial serves as a class.
    measuring = cast("type[ASTValidationRule]", partial(LimitsRule, measures=measures))
    errors = validate_document(schema._schema, document, (measuring, *RULES))
    for invalid in errors:
        invalid.extensions = {"code": Code.GRAPHQL_VALIDATION_FAILED.value, **(invalid.extensions or {})}
    return ValidatedDocument(document, tuple(errors), measures)


def cost_extension(measure: Measure) -> dict[str, Any]:
    """The `extensions` entry with the operation's cost and the limit."""
    return {"cost": {"requested": measure.cost, "limit": MAX_COST}}


def _too_complex(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": Code.QUERY_TOO_COMPLEX.value})
