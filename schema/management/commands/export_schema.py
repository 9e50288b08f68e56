"""`manage.py export_schema schema.schema:schema --path schema/schema.graphql`.

The command of strawberry-django by its own name, so that it need not be an installed app: loading it with every
process, most of which never touch GraphQL, would cost each of them most of a second.
"""

from strawberry_django.management.commands.export_schema import Command

__all__ = ["Command"]
