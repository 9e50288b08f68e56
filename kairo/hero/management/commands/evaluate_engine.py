from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from kairo.hero.evaluation.labelled_folder import UnreadableFolder
from kairo.hero.evaluation.table import evaluate

DEFAULT_DATA = (Path("../shared/data"), Path("../shared/data/fresh"))


class Command(BaseCommand):
    help = (
        "Makes boards of labelled evidence as the product does (import, gates, generation, review) and prints what "
        "they reach of each measure beside its bar. Exits 1 if a bar is missed. Boards are stored in the database "
        "within a transaction that is rolled back: nothing is left, whatever happens. How to label a board: "
        "docs/evaluation.md."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data",
            type=Path,
            action="append",
            metavar="DIR",
            help="a directory of data, and another with each further --data; "
            f"default: {' and '.join(map(str, DEFAULT_DATA))}",
        )

    def handle(self, *args: Any, data: list[Path] | None = None, **options: Any) -> None:
        directories = data or list(DEFAULT_DATA)
        for directory in directories:
            if not directory.is_dir():
                raise CommandError(f"There is no directory {directory}: name one with --data.")
        try:
            evaluation = evaluate(directories)
        except UnreadableFolder as error:
            raise CommandError(str(error)) from None
        except Error as error:
            why = " ".join(str(error).split())
            raise CommandError(
                "Labelled boards are stored in a database, in a transaction that is rolled back, and it cannot be "
                "used: run this with ./dev manage beside ./dev up, with ./dev servers, or with DATABASE_URL, and "
                f"migrate it first. It says: {why}"
            ) from error
        for line in evaluation.lines():
            self.stdout.write(line)
        if not evaluation.measures:
            raise CommandError(f"{', '.join(map(str, directories))}: none of the files that are measured is there.")
        if not evaluation.passed:
            sys.exit(1)
