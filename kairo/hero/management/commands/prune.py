from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kairo.hero.jobs.pruning import prune, would_prune


class Command(BaseCommand):
    help = (
        "Delete old boards and ended jobs. A brand's newest boards stay, and so does its newest ready one; "
        "opportunities are never deleted. Safe to run while everything else does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than-days", type=int, default=90, help="leave what is younger (90)")
        parser.add_argument("--keep-boards", type=int, default=30, help="leave this many of a brand, however old (30)")
        parser.add_argument("--batch", type=int, default=500, help="rows a transaction (500)")
        parser.add_argument("--dry-run", action="store_true", help="say how many, delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        days, keep, batch = options["older_than_days"], options["keep_boards"], options["batch"]
        if days < 0 or keep < 1 or batch < 1:
            raise CommandError("--older-than-days is 0 or more, --keep-boards and --batch 1 or more.")
        older_than = timedelta(days=days)
        if options["dry_run"]:
            would = would_prune(older_than=older_than, keep_boards=keep)
            self.stdout.write(f"would delete {would.boards} boards, their jobs, and {would.jobs} jobs without a board")
            return
        done = prune(older_than=older_than, keep_boards=keep, batch=batch)
        self.stdout.write(f"deleted {done.boards} boards and {done.jobs} jobs")
