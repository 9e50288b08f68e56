"""What a Dramatiq worker process imports: the broker, each actor, and what a worker does besides messages."""

from __future__ import annotations

import os
import signal
from types import FrameType

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
os.environ.setdefault("KAIRO_DATABASE_POOL_MAX_SIZE", "0")  # a handful of threads, busy all the time
django.setup()

from django.conf import settings  # noqa: E402  Django must be set up before its apps are imported
from dramatiq.broker import Broker  # noqa: E402  as above
from dramatiq.middleware import Middleware  # noqa: E402  as above
from dramatiq.worker import Worker  # noqa: E402  as above

from kairo.jobs import broker  # noqa: E402  as above

broker.install(worker=True)

from kairo.evidence.jobs import queue as ingestions  # noqa: E402  as above
from kairo.evidence.tasks import ingest  # noqa: E402  an actor belongs to the broker that is there at its import
from kairo.hero.jobs import queue as generations  # noqa: E402  as above
from kairo.hero.services import retention  # noqa: E402  as above
from kairo.hero.tasks import generate  # noqa: E402  as above
from kairo.jobs import worker_registry  # noqa: E402  after the broker
from kairo.jobs.fallback_poller import FallbackPoller  # noqa: E402  after the broker
from kairo.jobs.gc_tuning import collect_seldom  # noqa: E402  as above
from kairo.jobs.periodic_task import PeriodicTask  # noqa: E402  as above

THREADS = int(os.environ.get("dramatiq_queue_prefetch") or 4)  # noqa: SIM112  Dramatiq's own name; `kairo worker` sets it

__all__ = ["WorkerProcess", "generate", "ingest"]


class WorkerProcess(Middleware):
    """Reaps, and polls while Redis is away; stops in order: no claims from the moment of SIGTERM on."""

    def after_process_boot(self, broker: Broker) -> None:
        self._runners = worker_registry.runners()
        for runner in self._runners:
            runner.load()
        collect_seldom()
        # A thread for each kind: one kind may call outside in its pass, and must not delay the other.
        self._threads: list[PeriodicTask | FallbackPoller] = [
            *(PeriodicTask(runner.reap, interval_s=settings.JOB_SWEEP_INTERVAL_S) for runner in self._runners),
            PeriodicTask(retention.prune_by_settings, interval_s=retention.INTERVAL_S),
            *(FallbackPoller(runner=runner, threads=THREADS) for runner in self._runners),
        ]
        dramatiqs_own = signal.getsignal(signal.SIGTERM)

        def stop(signum: int, frame: FrameType | None) -> None:
            # Dramatiq looks at its own flag once a second; claims must stop now.
            self._stop_claims()
            if callable(dramatiqs_own):
                dramatiqs_own(signum, frame)

        signal.signal(signal.SIGTERM, stop)

    def after_worker_boot(self, broker: Broker, worker: Worker) -> None:
        for thread in self._threads:
            thread.start()

    def before_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        self._stop_claims()
        for thread in self._threads:
            thread.stop()

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        """Waits for jobs that were found by polling, and sends the wake-ups that came after SIGTERM again: this
        process takes no more messages."""
        for runner in self._runners:
            runner.drain()
        for runner in self._runners:
            runner.send_declined()

    def _stop_claims(self) -> None:
        for runner in self._runners:
            runner.stop()


for kind in (generations.KIND, ingestions.KIND):
    for queue in kind.queues:
        broker.broker.declare_queue(queue)  # an actor declares but one
broker.broker.add_middleware(WorkerProcess())
