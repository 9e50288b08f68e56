from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kairo.evidence.importing.usage import recount
from kairo.hero.jobs.pruning import prune, would_prune
from kairo.hero.services.evidence_retention import prune_evidence, would_prune_evidence
from kairo.hero.services.retention import BATCH, DAYS, KEEP_BOARDS


class Command(BaseCommand):
    help = (
        "Delete old boards, ended jobs and old posts. A brand's newest boards stay, and so does its newest ready one; "
        "opportunities are never deleted, nor are posts that one of them or a board names. Safe to run while "
        "everything else does. Workers do the same, once a day each."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than-days", type=int, default=DAYS, help=f"leave what is younger ({DAYS})")
        parser.add_argument(
            "--keep-boards",
            type=int,
            default=KEEP_BOARDS,
            help=f"leave this many of a brand, however old ({KEEP_BOARDS})",
        )
        kept = int(settings.EVIDENCE_RETENTION_DAYS)
        parser.add_argument(
            "--posts-older-than-days",
            type=int,
            default=kept,
            help=f"leave posts stored since; 0 leaves all (KAIRO_EVIDENCE_RETENTION_DAYS, {kept})",
        )
        parser.add_argument("--batch", type=int, default=BATCH, help=f"rows a transaction ({BATCH})")
        parser.add_argument("--dry-run", action="store_true", help="say how many, delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        days, keep, batch = options["older_than_days"], options["keep_boards"], options["batch"]
        post_days = options["posts_older_than_days"]
        if days < 0 or post_days < 0 or keep < 1 or batch < 1:
            raise CommandError("Days are 0 or more, --keep-boards and --batch 1 or more.")
        older_than, posts_older_than = timedelta(days=days), timedelta(days=post_days)
        of_tenant = settings.QUOTAS["kept_boards"]
        if options["dry_run"]:
            would = would_prune(older_than=older_than, keep_boards=keep, keep_of_tenant=of_tenant)
            posts = would_prune_evidence(older_than=posts_older_than, batch=batch) if post_days else 0
            self.stdout.write(
                f"would delete {would.boards} boards, their jobs, {would.jobs} jobs without a board, and {posts} posts"
            )
            return
        done = prune(older_than=older_than, keep_boards=keep, batch=batch, keep_of_tenant=of_tenant)
        # After the boards: what only those named is free now.
        posts = prune_evidence(older_than=posts_older_than, batch=batch) if post_days else 0
        recount()
        self.stdout.write(f"deleted {done.boards} boards, {done.jobs} jobs and {posts} posts")
