from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schema.export.compatibility import announcement, changes, unannounced


class Command(BaseCommand):
    help = (
        "Compares the schema with that of the last release (schema/released.graphql), and fails when a change breaks "
        "clients that docs/schema-changelog.md does not warn."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        base = settings.BASE_DIR
        for option, default in (
            ("--released", base / "schema" / "released.graphql"),
            ("--current", base / "schema" / "schema.graphql"),
            ("--changelog", base / "docs" / "schema-changelog.md"),
        ):
            shown = default.relative_to(base)
            parser.add_argument(option, type=Path, default=default, metavar="FILE", help=f"default {shown}")

    def handle(self, *args: Any, released: Path, current: Path, changelog: Path, **options: Any) -> None:
        found = changes(released=released.read_text(), current=current.read_text())
        for change in found.dangerous:
            self.stdout.write(f"may change what clients get: {change}")
        silent = unannounced(found.breaking, changelog=changelog.read_text())
        if silent:
            lines = "\n".join(announcement(change) for change in silent)
            raise CommandError(
                f"The schema breaks its clients without a warning. Take the change back, or add to the section "
                f'"Unreleased" of {changelog.name}, each with what to do about it:\n{lines}'
            )
        self.stdout.write(f"breaking changes since the last release, all of them announced: {len(found.breaking)}")
