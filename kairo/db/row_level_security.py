"""Migration operations for row-level security. A new model of a tenant needs one line after CreateModel:

    operations = [..., TenantPolicy("SourceConnection")]

The operation finds the path to the tenant along the model's non-null foreign keys. A model without a tenant, which only
workers use, needs WorkerPolicy instead. A test fails for a model with neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.db.migrations.operations.base import Operation

from kairo.db.roles import READER, WEB, WORKER, create_roles, existing_roles

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

TENANT = "core.tenant"
TOKENS = "core.apitoken"  # workers have no access to API tokens
TENANT_POLICY = "kairo_tenant_rows"
EVERY_ROW_POLICY = "kairo_every_row"
READER_POLICY = "kairo_reader_rows"


class RowLevelSecurity(Operation):
    """Base of the operations here: they can be run again, and skip roles that do not exist."""

    reversible = True
    reduces_to_sql = True
    model_name = ""  # empty for an operation without a model

    def applies(self, app_label: str, state: ProjectState) -> bool:
        """Whether the operation's model still exists in this later state."""
        return not self.model_name or (app_label, self.model_name.lower()) in state.models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in self.statements(app_label, schema_editor.connection, to_state):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drops the policies and keeps the privileges, which give no access to rows without a policy."""
        for statement in self.reverse_statements(app_label, schema_editor.connection, from_state):
            schema_editor.execute(statement)

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        raise NotImplementedError

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        yield from ()


class CreateRoles(RowLevelSecurity):
    """Creates the roles; without the privilege to do so it logs a warning and succeeds."""

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        create_roles(connection)
        for role in existing_roles(connection, WEB, WORKER):
            yield f"GRANT SELECT ON django_migrations TO {role}"

    def describe(self) -> str:
        return "Create the roles of web, workers and readers"


class WorkerPolicy(RowLevelSecurity):
    """Gives workers, and no other role, access to a model's rows."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        for role in existing_roles(connection, WORKER):
            yield f"DROP POLICY IF EXISTS {EVERY_ROW_POLICY} ON {table}"
            yield f"CREATE POLICY {EVERY_ROW_POLICY} ON {table} TO {role} USING (true)"
            yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        for policy in (TENANT_POLICY, EVERY_ROW_POLICY):
            yield f"DROP POLICY IF EXISTS {policy} ON {table}"
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"

    def describe(self) -> str:
        return f"Policy: rows of {self.model_name} for workers only"


class TenantPolicy(WorkerPolicy):
    """Gives a tenant access to its own rows of a model, and workers access to all rows.

    `check` is an SQL condition on new and changed rows; by default it is the condition on visible rows.
    """

    def __init__(self, model_name: str, *, check: str = "") -> None:
        super().__init__(model_name)
        self.check = check

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        model = state.apps.get_model(app_label, self.model_name)
        table = connection.ops.quote_name(model._meta.db_table)
        if model._meta.label_lower == TOKENS:
            yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        else:
            yield from super().statements(app_label, connection, state)
        # Without a role the policy applies to PUBLIC, so a role that is added later sees no rows.
        yield f"DROP POLICY IF EXISTS {TENANT_POLICY} ON {table}"
        check = f" WITH CHECK ({self.check})" if self.check else ""
        yield f"CREATE POLICY {TENANT_POLICY} ON {table} USING ({_tenant_condition(model, connection)}){check}"
        for role in existing_roles(connection, WEB):
            yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"

    def describe(self) -> str:
        return f"Policy: rows of {self.model_name} for their own tenant"


class ColumnGrant(RowLevelSecurity):
    """Grants the reader role SELECT on these columns of a model, in the rows of every tenant."""

    def __init__(self, model_name: str, *columns: str) -> None:
        self.model_name, self.columns = model_name, columns

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        for role in existing_roles(connection, READER):
            yield f"DROP POLICY IF EXISTS {READER_POLICY} ON {table}"
            yield f"CREATE POLICY {READER_POLICY} ON {table} FOR SELECT TO {role} USING (true)"
            columns = ", ".join(map(connection.ops.quote_name, self.columns))
            yield f"GRANT SELECT ({columns}) ON {table} TO {role}"

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        for role in existing_roles(connection, READER):
            columns = ", ".join(map(connection.ops.quote_name, self.columns))
            yield f"REVOKE SELECT ({columns}) ON {table} FROM {role}"  # noqa: S608  names of models and columns

    def describe(self) -> str:
        return f"Grant: columns of {self.model_name} for the reader"


class FunctionGrant(RowLevelSecurity):
    """Grants EXECUTE on a function to the web role alone; the owner keeps it."""

    def __init__(self, signature: str) -> None:
        self.signature = signature

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        yield f"REVOKE ALL ON FUNCTION {self.signature} FROM PUBLIC"
        for role in existing_roles(connection, WEB):
            yield f"GRANT EXECUTE ON FUNCTION {self.signature} TO {role}"

    def describe(self) -> str:
        return f"Grant: {self.signature} for the web"


def owner_key(model: type[models.Model]) -> models.ForeignKey[models.Model, models.Model] | None:
    """The non-null foreign key on the shortest path from a model to the tenant.

    None for the tenant itself, and for a model without a tenant.
    """
    keys = [
        (hops, key) for key in _foreign_keys(model) if (hops := _hops_to_tenant(key.remote_field.model)) is not None
    ]
    return min(keys, key=lambda candidate: candidate[0])[1] if keys else None


def belongs_to_tenant(model: type[models.Model]) -> bool:
    return _hops_to_tenant(model) is not None


def _tenant_condition(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    """The SQL condition on a row. The owner's own policy applies in its sub-select.

    PostgreSQL evaluates `(SELECT kairo_tenant_id())` once per statement, as it does not depend on the row.
    """
    name = connection.ops.quote_name
    if model._meta.label_lower == TENANT:
        return f"{name(str(model._meta.pk.column))} = (SELECT kairo_tenant_id())"
    key = owner_key(model)
    if key is None:
        raise ValueError(f"{model._meta.label} has no non-null foreign key to a tenant.")
    owner = key.remote_field.model
    if owner._meta.label_lower == TENANT:
        return f"{name(str(key.column))} = (SELECT kairo_tenant_id())"
    table = name(model._meta.db_table)
    join = f"owner.{name(str(owner._meta.pk.column))} = {table}.{name(str(key.column))}"
    return f"EXISTS (SELECT 1 FROM {name(owner._meta.db_table)} owner WHERE {join})"  # noqa: S608  names of models and columns


def _foreign_keys(model: type[models.Model]) -> list[models.ForeignKey[models.Model, models.Model]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not field.null and field.remote_field.model is not model
    ]


def _hops_to_tenant(model: type[models.Model]) -> int | None:
    """The number of foreign keys on the shortest path from the model to the tenant."""
    if model._meta.label_lower == TENANT:
        return 0
    hops = [_hops_to_tenant(key.remote_field.model) for key in _foreign_keys(model)]
    return min((count + 1 for count in hops if count is not None), default=None)
