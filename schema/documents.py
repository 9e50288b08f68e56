from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    MaxIntrospectionDepthRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
)
from strawberry import Schema
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

from kairo.core.errors import NotAllowed
from schema.context import Context
from schema.errors import Code, UnresolvedOperation
from schema.limits import MAX_CHARACTERS, MAX_TOKENS, LimitsRule

RULES: tuple[type[ASTValidationRule], ...] = (LimitsRule, MaxIntrospectionDepthRule, *specified_rules)
KEPT_DOCUMENTS = 128
_TOO_MANY_TOKENS = "Syntax Error: Document contains more than"


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A parsed document and what validation has to say about it."""

    document: DocumentNode
    errors: tuple[GraphQLError, ...]

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


@lru_cache(maxsize=KEPT_DOCUMENTS)
def checked(schema: Schema, text: str) -> CheckedDocument:
    """The document parsed and validated, from memory if it came before. The text is the key: hashing a parsed
    document, as Strawberry's own caches do, costs more than it saves.

    Raises:
        GraphQLError: it is too long, or not GraphQL.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_complex(f"The document has {len(text)} characters; at most {MAX_CHARACTERS} are served.")
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        if error.message.startswith(_TOO_MANY_TOKENS):
            raise _too_complex(f"The document has more than {MAX_TOKENS} tokens.") from None
        raise
    errors = validate_document(schema._schema, document, RULES)
    for found in errors:
        found.extensions = {"code": Code.GRAPHQL_VALIDATION_FAILED.value, **(found.extensions or {})}
    return CheckedDocument(document, tuple(errors))


class CheckedDocuments(SchemaExtension):
    """Parses and validates each document once, resolves the operation, and asks for the scope it needs."""

    def on_parse(self) -> Iterator[None]:
        execution = self.execution_context
        self._found = checked(execution.schema, execution.query or "")
        execution.graphql_document = self._found.document
        operation = self._found.operation(execution._provided_operation_name)
        _require_scope(execution.context, operation)
        yield

    def on_validate(self) -> Iterator[None]:
        self.execution_context.pre_execution_errors = list(self._found.errors)
        yield


def _require_scope(context: Context, operation: OperationDefinitionNode) -> None:
    """
    Raises:
        NotAllowed: the caller's token does not have the scope of such an operation.
    """
    scope = "write" if operation.operation == OperationType.MUTATION else "read"
    if not context.caller.may(scope):
        raise NotAllowed(f"This needs a token with the scope {scope!r}.")


def _too_complex(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": Code.QUERY_TOO_COMPLEX.value})
