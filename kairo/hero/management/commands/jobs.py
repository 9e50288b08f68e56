from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from kairo.core.errors import Conflict, NotFound
from kairo.hero.jobs import queue
from kairo.hero.jobs.admin import history, overview, retry
from kairo.hero.jobs.queue import Cancelling
from kairo.hero.models import OpportunitiesJob

_CANCELLED = {
    Cancelling.CANCELLED: "cancelled",
    Cancelling.REQUESTED: "its worker will stop before it stores anything",
    Cancelling.TOO_LATE: "it has ended already",
}


class Command(BaseCommand):
    help = "See the queue of generation jobs; show, retry or cancel one of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=10, help="running jobs and failures to list at most (10)")
        verbs = parser.add_subparsers(dest="verb", metavar="VERB")
        for verb, purpose in (
            ("show", "a job and its history"),
            ("retry", "make a pending job due now; make a new one of a job that has ended"),
            ("cancel", "end a job without a board"),
        ):
            verbs.add_parser(verb, help=purpose).add_argument("job_id", type=UUID, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        verb = options["verb"]
        if verb is None:
            self._overview(rows=options["rows"])
        else:
            {"show": self._show, "retry": self._retry, "cancel": self._cancel}[verb](options["job_id"])

    def _overview(self, *, rows: int) -> None:
        seen = overview(rows=rows)
        self.stdout.write("  ".join(f"{status} {count}" for status, count in seen.counts.items()))
        if (oldest := seen.oldest_pending) is not None:
            self.stdout.write(f"oldest pending  {oldest['id']}  waits {_short(oldest['age'])}")
        for job in seen.running:
            self.stdout.write(
                f"running  {job['id']}  {job['brand']}  attempt {job['attempts']} of {job['max_attempts']}  "
                f"{job['stage']} {job['percent']} %  for {_short(job['running_for'])}  by {job['locked_by']}  "
                + (f"lease {_short(job['lease_left'])}" if job["lease_left"] > timedelta() else "lease ran out")
            )
        for job in seen.last_failures:
            self.stdout.write(
                f"failed   {job['id']}  {job['brand']}  {job['finished_at']:%Y-%m-%d %H:%M:%S}  "
                f"after {job['attempts']}  {job['error_code']}  {job['error_detail']}".rstrip()
            )

    def _show(self, job_id: UUID) -> None:
        job = OpportunitiesJob.objects.select_related("brand").filter(id=job_id).first()
        if job is None:
            raise CommandError("Job not found.")
        self.stdout.write(
            f"{job.id}  {job.brand.slug}  {job.status}  {job.stage} {job.percent} %  "
            f"attempt {job.attempts} of {job.max_attempts}  deaths {job.death_count}  asked for by {job.trigger}"
        )
        for event in history(job_id=job_id):
            self.stdout.write(
                f"{event['at']:%Y-%m-%d %H:%M:%S.%f}  {event['kind']}  #{event['attempt']}  "
                f"{event['worker_id']}  {event['detail']}".rstrip()
            )

    def _retry(self, job_id: UUID) -> None:
        try:
            job, created = retry(job_id=job_id)
        except (NotFound, Conflict) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{'new job' if created else 'due now'}  {job.id}")

    def _cancel(self, job_id: UUID) -> None:
        if not OpportunitiesJob.objects.filter(id=job_id).exists():
            raise CommandError("Job not found.")
        self.stdout.write(_CANCELLED[queue.cancel(job_id=job_id, by="operator")])


def _short(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
