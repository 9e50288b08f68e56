"""A migration operation for models whose rows are searched by conditions that a policy would come before.

    operations = [..., TenantView("NormalizedEvidenceItem", "words")]

A view has the columns that its model had when it was made: a migration that adds one has the same line after it. One
that drops a column or changes its type drops the view first. A test fails until the two are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kairo.db.query_plans import view_of
from kairo.db.roles import WEB
from kairo.db.row_level_security import RowLevelSecurity, owner_key, there

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.state import ProjectState


class TenantView(RowLevelSecurity):
    """Shows the web the rows of a model, by a view, in which the tenant is a condition beside others.

    It is its owner's, whom policies do not apply to: the wall is the view's own condition. It is no security barrier,
    which would put that condition first again; a function that tells what it is given is SQL of an attacker's own,
    from which roles do not protect either. `columns` are those that the model does not know of.
    """

    def __init__(self, model_name: str, *columns: str) -> None:
        self.model_name, self.columns = model_name, columns

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        name = connection.ops.quote_name
        model = state.apps.get_model(app_label, self.model_name)
        key = owner_key(model)
        if key is None:
            raise ValueError(f"{model._meta.label} has no non-null foreign key that leads to a tenant.")
        owner = key.remote_field.model
        listed = [*(str(field.column) for field in model._meta.concrete_fields), *self.columns]
        view = name(view_of(model))
        yield f"DROP VIEW IF EXISTS {view}"
        yield (
            f"CREATE VIEW {view} AS SELECT {', '.join(f'seen.{name(column)}' for column in listed)}"  # noqa: S608  names of our own
            f" FROM {name(model._meta.db_table)} seen"
            f" JOIN {name(owner._meta.db_table)} owner"
            f" ON owner.{name(str(owner._meta.pk.column))} = seen.{name(str(key.column))}"
            " WHERE owner.tenant_id = (SELECT kairo_tenant_id())"
        )
        for role in there(connection, WEB):
            yield f"GRANT SELECT ON {view} TO {role}"

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        model = state.apps.get_model(app_label, self.model_name)
        yield f"DROP VIEW IF EXISTS {connection.ops.quote_name(view_of(model))}"

    def describe(self) -> str:
        return f"Show rows of {self.model_name} to their own tenant by a view"
