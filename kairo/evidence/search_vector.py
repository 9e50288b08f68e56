from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Expression, Func, TextField
from django.db.models.expressions import Col
from django.db.models.sql import Query


class SearchVectorColumn(Expression):
    """The generated tsvector column `words`, which the model leaves out so that no query loads it with the item."""

    output_field = SearchVectorField()

    def resolve_expression(self, query: Query, *args: Any, **kwargs: Any) -> Col:  # type: ignore[override]  # a column
        column = SearchVectorField()
        column.set_attributes_from_name("words")
        return Col(query.get_initial_alias(), column)


class IndexableQuery(Func):
    """The part of a tsquery that a GIN index can answer, as text: empty or "T" where there is none."""

    function = "querytree"
    output_field = TextField()
