"""The scale command leaves no way to read the schema out, and every document of it is one."""

from __future__ import annotations

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse, validate

from benchmarks.reads import READS
from schema.schema import schema


def test_reads_cover_every_root_field() -> None:
    query = schema._schema.query_type
    assert query
    read = set()
    for one in READS.values():
        (operation,) = parse(one.document).definitions
        assert isinstance(operation, OperationDefinitionNode)
        read |= {field.name.value for field in operation.selection_set.selections if isinstance(field, FieldNode)}
    assert read == set(query.fields)


@pytest.mark.parametrize("name", READS)
def test_reads_are_valid_documents(name: str) -> None:
    assert validate(schema._schema, parse(READS[name].document)) == []
