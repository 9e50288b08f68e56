"""Migration operations that wall tables in. For a new model that belongs to a tenant, one line after CreateModel:

    operations = [..., TenantRows("SourceConnection")]

It finds the way to the tenant by itself, over the model's non-null foreign keys. What belongs to no tenant, and only
workers know, gets WorkerRows instead. A test fails until one of the two is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.db.migrations.operations.base import Operation

from kairo.db.roles import READER, WEB, WORKER, can_set_role, make_roles

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

TENANT = "core.tenant"
TOKENS = "core.apitoken"  # nothing that a worker does asks for them
TENANT_POLICY = "kairo_tenant_rows"
EVERY_ROW_POLICY = "kairo_every_row"
READER_POLICY = "kairo_reader_rows"


class RowLevelSecurity(Operation):
    """What these operations share: they may be run again, and do nothing for roles that are not there."""

    reversible = True
    reduces_to_sql = True
    model_name = ""  # of the model it is about, if it is about one

    def applies(self, app_label: str, state: ProjectState) -> bool:
        """Whether what it is about is still there, many migrations later."""
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
        """Privileges of roles stay: without its policies the table is closed to them all the same."""
        for statement in self.reverse_statements(app_label, schema_editor.connection, from_state):
            schema_editor.execute(statement)

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        raise NotImplementedError

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        yield from ()


class MakeRoles(RowLevelSecurity):
    """Makes the roles; where that is not allowed, says so and goes on without them."""

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        make_roles(connection)
        for role in there(connection, WEB, WORKER):
            yield f"GRANT SELECT ON django_migrations TO {role}"

    def describe(self) -> str:
        return "Make the roles of web, workers and readers"


class WorkerPolicy(RowLevelSecurity):
    """Shows a model's rows to workers alone."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        for role in there(connection, WORKER):
            yield f"DROP POLICY IF EXISTS {EVERY_ROW_POLICY} ON {table}"
            yield f"CREATE POLICY {EVERY_ROW_POLICY} ON {table} TO {role} USING (true)"
            yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        for policy in (TENANT_POLICY, EVERY_ROW_POLICY):
            yield f"DROP POLICY IF EXISTS {policy} ON {table}"
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"

    def describe(self) -> str:
        return f"Show rows of {self.model_name} to workers alone"


class TenantPolicy(WorkerPolicy):
    """Shows a model's rows to their own tenant alone, and all of them to workers.

    `check` is a condition for new and changed rows, in SQL, where they cannot be told by what holds for seen ones.
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
        # For every role, so that one that nobody thought of sees nothing.
        yield f"DROP POLICY IF EXISTS {TENANT_POLICY} ON {table}"
        check = f" WITH CHECK ({self.check})" if self.check else ""
        yield f"CREATE POLICY {TENANT_POLICY} ON {table} USING ({_is_the_tenants(model, connection)}){check}"
        for role in there(connection, WEB):
            yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"

    def describe(self) -> str:
        return f"Show rows of {self.model_name} to their own tenant alone"


class ColumnGrant(RowLevelSecurity):
    """Lets the reader's role read these columns of a walled model, in the rows of every tenant."""

    def __init__(self, model_name: str, *columns: str) -> None:
        self.model_name, self.columns = model_name, columns

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        for role in there(connection, READER):
            yield f"DROP POLICY IF EXISTS {READER_POLICY} ON {table}"
            yield f"CREATE POLICY {READER_POLICY} ON {table} FOR SELECT TO {role} USING (true)"
            columns = ", ".join(map(connection.ops.quote_name, self.columns))
            yield f"GRANT SELECT ({columns}) ON {table} TO {role}"

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = connection.ops.quote_name(state.apps.get_model(app_label, self.model_name)._meta.db_table)
        for role in there(connection, READER):
            columns = ", ".join(map(connection.ops.quote_name, self.columns))
            yield f"REVOKE SELECT ({columns}) ON {table} FROM {role}"  # noqa: S608  names of our own

    def describe(self) -> str:
        return f"Let the reader read columns of {self.model_name}"


class FunctionGrant(RowLevelSecurity):
    """Lets the web's role, and nobody else but the owner, call a function."""

    def __init__(self, signature: str) -> None:
        self.signature = signature

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        yield f"REVOKE ALL ON FUNCTION {self.signature} FROM PUBLIC"
        for role in there(connection, WEB):
            yield f"GRANT EXECUTE ON FUNCTION {self.signature} TO {role}"

    def describe(self) -> str:
        return f"Let the web call {self.signature}"


def owner_key(model: type[models.Model]) -> models.ForeignKey[models.Model, models.Model] | None:
    """The foreign key by which a model's rows belong to a tenant: of its non-null ones, the one with the shortest way.

    None for the tenant itself, and for what belongs to no tenant.
    """
    ways = [(way, key) for key in _owners(model) if (way := _way_to_tenant(key.remote_field.model)) is not None]
    return min(ways, key=lambda found: found[0])[1] if ways else None


def belongs_to_a_tenant(model: type[models.Model]) -> bool:
    return _way_to_tenant(model) is not None


def _is_the_tenants(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    """The condition on a row. In sub-selects the owner's own policy holds; one without a row's columns runs once."""
    name = connection.ops.quote_name
    if model._meta.label_lower == TENANT:
        return f"{name(str(model._meta.pk.column))} = (SELECT kairo_tenant_id())"
    key = owner_key(model)
    if key is None:
        raise ValueError(f"{model._meta.label} has no non-null foreign key that leads to a tenant.")
    owner = key.remote_field.model
    if owner._meta.label_lower == TENANT:
        return f"{name(str(key.column))} = (SELECT kairo_tenant_id())"
    table = name(model._meta.db_table)
    belongs = f"owner.{name(str(owner._meta.pk.column))} = {table}.{name(str(key.column))}"
    return f"EXISTS (SELECT 1 FROM {name(owner._meta.db_table)} owner WHERE {belongs})"  # noqa: S608  names of our own


def _owners(model: type[models.Model]) -> list[models.ForeignKey[models.Model, models.Model]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not field.null and field.remote_field.model is not model
    ]


def _way_to_tenant(model: type[models.Model]) -> int | None:
    """How many foreign keys lead from the model to the tenant."""
    if model._meta.label_lower == TENANT:
        return 0
    ways = [_way_to_tenant(key.remote_field.model) for key in _owners(model)]
    return min((way + 1 for way in ways if way is not None), default=None)


def there(connection: BaseDatabaseWrapper, *roles: str) -> list[str]:
    return [role for role in roles if can_set_role(connection, role)]
