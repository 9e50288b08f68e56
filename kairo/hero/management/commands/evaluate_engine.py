from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kairo.hero.evaluation.table import evaluate

DEFAULT_DATA = Path("../shared/data")


class Command(BaseCommand):
    help = (
        "Runs the built-in engine on labelled boards and prints what it reaches of each measure beside its bar. "
        "Exits 1 if a bar is missed. No database is used."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data", type=Path, default=DEFAULT_DATA, metavar="DIR", help="directory of the data; default %(default)s"
        )

    def handle(self, *args: Any, data: Path, **options: Any) -> None:
        if not data.is_dir():
            raise CommandError(f"There is no directory {data}: name one with --data.")
        evaluation = evaluate(data)
        for line in evaluation.lines():
            self.stdout.write(line)
        if not evaluation.measures:
            raise CommandError(f"{data} holds none of the files that are measured.")
        if not evaluation.passed:
            sys.exit(1)
