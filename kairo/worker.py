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

from kairo.evidence.tasks import ingest  # noqa: E402  an actor belongs to the broker that is there at its import
from kairo.hero.generation.job_runner import process_runner  # noqa: E402  after the broker
from kairo.hero.jobs import dispatch  # noqa: E402  after the broker
from kairo.hero.jobs.periodic_task import PeriodicTask  # noqa: E402  after the broker
from kairo.hero.tasks import generate  # noqa: E402  as above
from kairo.jobs import worker_registry  # noqa: E402  after the broker
from kairo.jobs.fallback_poller import FallbackPoller  # noqa: E402  after the broker
from kairo.jobs.gc_tuning import collect_seldom  # noqa: E402  as above

__all__ = ["WorkerProcess", "generate", "ingest"]


class WorkerProcess(Middleware):
    """Sweeps, and polls while Redis is away; stops in order: no claims from the moment of SIGTERM on."""

    def after_process_boot(self, broker: Broker) -> None:
        runner = process_runner()
        self._beside = worker_registry.registered()
        for work in self._beside:
            work.load()
        collect_seldom()
        self._threads: list[PeriodicTask | FallbackPoller] = [
            PeriodicTask(interval_s=settings.JOB_SWEEP_INTERVAL_S),
            FallbackPoller(runner=runner),
            # Threads of their own: what is done beside may call outside, and nobody's boards are to wait for that.
            *(PeriodicTask(interval_s=settings.JOB_SWEEP_INTERVAL_S, sweep=work.sweep) for work in self._beside),
            *(FallbackPoller(runner=work) for work in self._beside),
        ]
        dramatiqs_own = signal.getsignal(signal.SIGTERM)

        def stop(signum: int, frame: FrameType | None) -> None:
            # Dramatiq looks at its own flag once a second; claims must stop now.
            runner.stop()
            for work in self._beside:
                work.stop()
            if callable(dramatiqs_own):
                dramatiqs_own(signum, frame)

        signal.signal(signal.SIGTERM, stop)

    def after_worker_boot(self, broker: Broker, worker: Worker) -> None:
        for thread in self._threads:
            thread.start()

    def before_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        process_runner().stop()
        for work in self._beside:
            work.stop()
        for thread in self._threads:
            thread.stop()

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        """Waits for what was found by polling, and passes on the wake-ups that came after SIGTERM: this process
        takes no more messages."""
        process_runner().drain()
        for work in self._beside:
            work.drain()
        for job_id in process_runner().declined:
            dispatch.send_wakeup(job_id=job_id, priority=1)


broker.broker.declare_queue(dispatch.SCHEDULED_QUEUE)  # the actor itself declares the other one
broker.broker.add_middleware(WorkerProcess())
