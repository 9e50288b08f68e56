from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schema.export.reference import reference
from schema.export.sdl import print_sdl
from schema.schema import schema

SDL, PAGE = Path("schema") / "schema.graphql", Path("docs") / "schema.md"


class Command(BaseCommand):
    help = f"Writes {SDL} and {PAGE} as the code has the schema; with --check, fails where they are not so."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, and fail if there is anything to write"
        )
        parser.add_argument(
            "--to", type=Path, default=settings.BASE_DIR, metavar="FOLDER", help="default: this checkout"
        )

    def handle(self, *args: Any, check: bool, to: Path, **options: Any) -> None:
        sdl = print_sdl(schema)
        for file, text in ((SDL, sdl), (PAGE, reference(sdl))):
            if check and (to / file).read_text() != text:
                raise CommandError(f"{file} is not what the code says: run python manage.py export_schema_files.")
            if not check:
                (to / file).write_text(text)
