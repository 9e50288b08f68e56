"""What a worker process is before its first job."""

import subprocess
import sys

from kairo.devstack.checkout import ROOT

LOOK = """
import sys
from kairo import broker
from kairo.worker import WorkerProcess
before = {"apify_client", "feedparser"} & set(sys.modules)
WorkerProcess().after_process_boot(broker.broker)
print(sorted(before), sorted({"apify_client", "feedparser"} & set(sys.modules)))
"""


def test_it_has_imported_the_sources_it_reads_before_other_threads_are_at_work() -> None:
    """Half a second that a sweep would take the interpreter for, from threads that make boards."""
    found = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[] ['apify_client', 'feedparser']"
