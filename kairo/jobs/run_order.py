"""The fair order of pending jobs: tenants take turns, and within a tenant the highest priority goes first.

Start-time fair queueing. `run_order_at` is a virtual time: a job gets the turn that is being served now, or one step
after the tenant's last turn, whichever is later. So a tenant with a thousand due jobs has turns far ahead, and another
tenant's job comes next. The claim takes the earliest turn; its tenant's best job uses it, and the job that the turn
was of gets the best one's turn instead. Equal turns go by priority.

"The turn that is being served now" is the latest one that was claimed, or the earliest due one, or, in an idle queue,
the clock. A step is short, so that in an idle queue the clock is past every turn that was used: a tenant that was busy
earlier is not put behind one that is busy now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kairo.db.roles import WEB, WORKER, existing_roles
from kairo.db.row_level_security import RowLevelSecurity

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.state import ProjectState

FAIR_SHARE_STEP_S = 0.001  # between two turns of one tenant

# Runs as its owner: the web's role sees its own tenant's rows alone, and learns nothing of others' but this time.
_CREATE = """
DO $do$
BEGIN
    EXECUTE format($create$
        CREATE OR REPLACE FUNCTION {name}(tenant uuid) RETURNS timestamptz
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, %I, pg_temp AS $$
        DECLARE
            now_at CONSTANT timestamptz := clock_timestamp();
            served CONSTANT timestamptz := (SELECT max(turn_at) FROM {table} WHERE status <> 'pending');
            due CONSTANT timestamptz := (
                SELECT turn_at FROM {table} WHERE status = 'pending' AND available_at <= now_at
                ORDER BY turn_at, priority DESC, id LIMIT 1);
            own CONSTANT timestamptz := (SELECT max(turn_at) FROM {table} WHERE tenant_id = tenant);
        BEGIN
            RETURN greatest(served, coalesce(due, now_at), own + make_interval(secs => {step_s}));
        END $$
    $create$, current_schema());
END $do$
"""


def create_run_order(table: str) -> str:
    """The statement that makes the function `<table>_run_order(tenant uuid)`: the turn of the tenant's next job."""
    return _CREATE.format(name=f"{table}_run_order", table=table, step_s=FAIR_SHARE_STEP_S)


class RunOrder(RowLevelSecurity):
    """Migration operation: makes the function of a job model, for the web's and the workers' roles alone."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        yield create_run_order(table).replace("%", "%%")  # the schema editor reads placeholders
        yield f"REVOKE ALL ON FUNCTION {table}_run_order(uuid) FROM PUBLIC"
        for role in existing_roles(connection, WEB, WORKER):
            yield f"GRANT EXECUTE ON FUNCTION {table}_run_order(uuid) TO {role}"

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        yield f"DROP FUNCTION IF EXISTS {table}_run_order(uuid)"

    def describe(self) -> str:
        return f"Make the function of the run order of {self.model_name}"
