from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from kairo.db.roles import create_roles
from kairo.db.row_level_security import RowLevelSecurity


class Command(BaseCommand):
    help = (
        "Creates the database roles and applies the migrations' policies and privileges again: run it after an "
        "administrator has created the roles, or after a restore into another server."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        latest = executor.loader.graph.leaf_nodes()
        if executor.migration_plan(latest):
            raise CommandError("Run `python manage.py migrate` first: not every migration is applied.")
        if not create_roles(connection):
            raise CommandError("The roles do not exist; the warning says what to do.")
        state = executor.loader.project_state()
        with transaction.atomic(), connection.schema_editor() as editor:
            for migration, _ in executor.migration_plan(latest, clean_start=True):
                for operation in migration.operations:
                    if isinstance(operation, RowLevelSecurity) and operation.applies(migration.app_label, state):
                        operation.database_forwards(migration.app_label, editor, state, state)
        self.stdout.write("Row security is in place: roles, policies and privileges are as the migrations say.")
