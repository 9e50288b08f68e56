from __future__ import annotations

import os
import signal
import threading
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, close_old_connections, transaction

from kairo.db.failures import database_failure
from kairo.hero.generation.synthesizer import load_synthesizer
from kairo.hero.jobs import queue
from kairo.hero.services import retention
from kairo.jobs import worker_registry
from kairo.jobs.periodic_task import PeriodicTask
from kairo.jobs.runner import JobRunner
from kairo.observability import metrics

_NAP_S = 0.1  # how long a signal may wait to be noticed


class Command(BaseCommand):
    help = (
        "Run generation and ingestion jobs from Postgres alone, one at a time; no Redis is needed. SIGTERM ends it: a "
        "running job is finished within the grace (KAIRO_WORKER_SHUTDOWN_GRACE_S), or given back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--poll-interval", type=float, default=5, help="seconds between looks for a job (5)")
        parser.add_argument("--stale-check-interval", type=float, default=60, help="seconds between sweeps (60)")
        parser.add_argument("--max-jobs", type=int, default=100, help="exit after this many jobs; 0: no limit (100)")
        parser.add_argument("--once", action="store_true", help="run one job, if there is one, and exit")
        parser.add_argument(
            "--dry-run", action="store_true", help="say which jobs would run now, in their order; change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        poll_s, sweep_s, limit = options["poll_interval"], options["stale_check_interval"], options["max_jobs"]
        if poll_s <= 0 or sweep_s <= 0 or limit < 0:
            raise CommandError("The intervals must be above 0, and --max-jobs 0 or more.")
        limit = 1 if options["once"] else limit
        if options["dry_run"]:
            self._say_what_would_run(limit=limit)
            return
        try:
            load_synthesizer()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        runners = worker_registry.new_runners()
        _stop_on_signals(runners)
        reapers = [
            *(PeriodicTask(runner.reap, interval_s=sweep_s) for runner in runners),
            PeriodicTask(retention.prune_by_settings, interval_s=retention.INTERVAL_S),
        ]
        for reaper in reapers:
            reaper.start()
        worker_id = runners[0].worker_id
        self.stderr.write(f"worker {worker_id} looks for jobs every {poll_s:g} s")
        done = self._work(runners, poll_s=poll_s, limit=limit, once=options["once"])
        for reaper in reapers:
            reaper.stop()
        self.stderr.write(f"worker {worker_id} ends after {done} job{'' if done == 1 else 's'}")
        if runners[0].stopping:
            # Nothing is left to be done, and taking the interpreter apart can take longer than a platform waits.
            self.stderr.flush()
            os._exit(0)

    def _work(self, runners: Sequence[JobRunner[Any]], *, poll_s: float, limit: int, once: bool) -> int:
        done = 0
        while not runners[0].stopping and (limit == 0 or done < limit):
            try:
                ran = next((id_ for runner in runners if (id_ := runner.run_next()) is not None), None)
            except (DatabaseError, InterfaceError) as error:
                if (reason := database_failure(error)) is None:
                    raise
                metrics.count(f"database_unavailable_{reason}")
                self.stderr.write(f"the database cannot do its work ({reason}): {error}".rstrip())
                ran = None
            finally:
                close_old_connections()
            if ran is not None:
                done += 1
            elif once:
                break
            else:
                _nap(poll_s, runners[0])
        return done

    def _say_what_would_run(self, *, limit: int) -> None:
        """Claims for real, in a transaction that is rolled back: no row is changed."""
        claimed = 0
        with transaction.atomic():
            while limit == 0 or claimed < limit:
                lease = queue.claim_next(worker_id="dry-run")
                if lease is None:
                    break
                claimed += 1
                self.stdout.write(
                    f"would run job {lease.job_id} of brand {lease.brand_id}, attempt {lease.attempt} "
                    f"of {lease.max_attempts}; released"
                )
            transaction.set_rollback(True)
        if claimed == 0:
            self.stdout.write("no job is due")


def _stop_on_signals(runners: Sequence[JobRunner[Any]]) -> None:
    def stop(signum: int, frame: FrameType | None) -> None:
        if runners[0].stopping:
            os._exit(1)  # a second signal; the lease runs out and another worker takes the job
        for runner in runners:
            runner.stop()
        # A job that hangs was given back by then, and must not keep the process.
        exit_at_last = threading.Timer(settings.WORKER_SHUTDOWN_GRACE_S, os._exit, (0,))
        exit_at_last.daemon = True
        exit_at_last.start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _nap(seconds: float, runner: JobRunner[Any]) -> None:
    until = time.monotonic() + seconds
    while not runner.stopping and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _NAP_S))
