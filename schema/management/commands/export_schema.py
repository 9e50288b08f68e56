from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from strawberry import Schema
from strawberry.utils.importer import import_module_symbol

from schema.export.sdl import print_sdl


class Command(BaseCommand):
    help = "Prints a schema as SDL: manage.py export_schema schema.schema:schema --path schema/schema.graphql"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schema", help="the schema's module and name, such as schema.schema:schema")
        parser.add_argument("--path", type=Path, metavar="FILE", help="the file to write; default standard output")

    def handle(self, *args: Any, schema: str, path: Path | None, **options: Any) -> None:
        try:
            symbol = import_module_symbol(schema, default_symbol_name="schema")
        except (ImportError, AttributeError) as error:
            raise CommandError(str(error)) from error
        if not isinstance(symbol, Schema):
            raise CommandError(f"{schema} is not a strawberry.Schema.")
        sdl = print_sdl(symbol)
        if path:
            path.write_text(sdl)
        else:
            self.stdout.write(sdl)
