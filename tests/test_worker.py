"""What a worker process is before its first job."""

import subprocess
import sys

from kairo.devstack.checkout import ROOT

LOOK = """
import gc, sys
from kairo.jobs import broker
from kairo.worker import WorkerProcess
before = {"apify_client", "feedparser"} & set(sys.modules)
WorkerProcess().after_process_boot(broker.broker)
print(sorted(before), sorted({"apify_client", "feedparser"} & set(sys.modules)))
print(gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count() > 100_000)
"""


def boot() -> list[str]:
    found = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    return found.stdout.splitlines()


def test_it_has_imported_the_sources_it_reads_before_other_threads_are_at_work() -> None:
    """Half a second that a sweep would take the interpreter for, from threads that make boards."""
    assert boot()[0] == "[] ['apify_client', 'feedparser']"


def test_it_looks_for_garbage_seldom_and_not_among_what_it_imported() -> None:
    assert boot()[1] == "True 20000 True"
