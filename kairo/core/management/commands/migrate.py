from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import DatabaseError, InterfaceError, connections

from kairo.db.failures import database_failure
from kairo.db.fitness import refused_because


class Command(migrate.Command):
    """Django's `migrate`, which says one sentence where the database cannot be migrated."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        try:
            if refusal := refused_because(connection):
                raise CommandError(f"The database cannot be used: {refusal}.")
            super().handle(*args, **options)
        except (DatabaseError, InterfaceError) as error:
            reason = database_failure(error)
            if reason is None or options["traceback"]:
                raise
            detail = str(error).strip().splitlines()[-1] if str(error).strip() else ""
            raise CommandError(f"The database cannot be migrated ({reason}): {detail}") from None
