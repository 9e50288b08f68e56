from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from kairo.core.errors import KairoError
from kairo.hero.generation.replay import replay


class Command(BaseCommand):
    help = (
        "Makes a stored board again from the inputs kept with it, without writing anything. "
        'Prints "identical" and exits 0, or prints the difference and exits 1.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("board_id", type=UUID, metavar="BOARD_ID", help="the board's UUID")

    def handle(self, *args: Any, board_id: UUID, **options: Any) -> None:
        try:
            outcome = replay(board_id=board_id)
        except (KairoError, ValueError) as error:
            raise CommandError(str(error)) from error
        for change in outcome.changed_inputs:
            self.stdout.write(f"changed input: {change}")
        if outcome.identical:
            self.stdout.write("identical")
            return
        for line in outcome.difference:
            self.stdout.write(line)
        sys.exit(1)
