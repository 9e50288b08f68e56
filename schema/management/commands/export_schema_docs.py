from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from schema.export.reference import reference


class Command(BaseCommand):
    help = "Writes the reference of the schema, docs/schema.md, from schema/schema.graphql."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.BASE_DIR / "docs" / "schema.md"
        parser.add_argument("--path", type=Path, default=default, help="the file to write; default docs/schema.md")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        path.write_text(reference((settings.BASE_DIR / "schema" / "schema.graphql").read_text()))
