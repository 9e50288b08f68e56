from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Expression, Func, TextField
from django.db.models.expressions import Col
from django.db.models.sql import Query


class SearchVectorColumn(Expression):
    """A post's words as Postgres' full-text search knows them: a column that is not read with the post."""

    output_field = SearchVectorField()

    def resolve_expression(self, query: Query, *args: Any, **kwargs: Any) -> Col:  # type: ignore[override]  # a column
        column = SearchVectorField()
        column.set_attributes_from_name("words")
        return Col(query.get_initial_alias(), column)


class IndexableQuery(Func):
    """The part of a search that an index can answer, as text: empty or "T" where there is none."""

    function = "querytree"
    output_field = TextField()
