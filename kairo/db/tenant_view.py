"""A migration operation for models that are searched by conditions which a row-level policy would slow down.

    operations = [..., TenantView("NormalizedEvidenceItem", "words")]

A view has the columns that its model had when it was created: a migration that adds a column repeats the operation
after it, and one that drops a column or changes its type drops the view first. A test compares the columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kairo.db.query_plans import tenant_view_name
from kairo.db.roles import WEB, existing_roles
from kairo.db.row_level_security import RowLevelSecurity, owner_key

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.state import ProjectState


class TenantView(RowLevelSecurity):
    """Creates a view of the current tenant's rows, in which the tenant is an ordinary join condition.

    The view runs with its owner's rights, so the table's policies do not apply and its WHERE clause isolates tenants.
    It is not a security_barrier view, which would evaluate that clause first, as a policy does. The risk is a leaking
    function in a condition; only an attacker with SQL access can write one, and roles do not stop that attacker either.
    `columns` are columns of the table that the model does not declare.
    """

    def __init__(self, model_name: str, *columns: str) -> None:
        self.model_name, self.columns = model_name, columns

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        name = connection.ops.quote_name
        model = state.apps.get_model(app_label, self.model_name)
        key = owner_key(model)
        if key is None:
            raise ValueError(f"{model._meta.label} has no non-null foreign key to a tenant.")
        owner = key.remote_field.model
        columns = [*(str(field.column) for field in model._meta.concrete_fields), *self.columns]
        view = name(tenant_view_name(model))
        yield f"DROP VIEW IF EXISTS {view}"
        yield (
            f"CREATE VIEW {view} AS SELECT {', '.join(f'item.{name(column)}' for column in columns)}"  # noqa: S608  names of models and columns
            f" FROM {name(model._meta.db_table)} item"
            f" JOIN {name(owner._meta.db_table)} owner"
            f" ON owner.{name(str(owner._meta.pk.column))} = item.{name(str(key.column))}"
            " WHERE owner.tenant_id = (SELECT kairo_tenant_id())"
        )
        for role in existing_roles(connection, WEB):
            yield f"GRANT SELECT ON {view} TO {role}"

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        model = state.apps.get_model(app_label, self.model_name)
        yield f"DROP VIEW IF EXISTS {connection.ops.quote_name(tenant_view_name(model))}"

    def describe(self) -> str:
        return f"View: rows of {self.model_name} of the current tenant"
