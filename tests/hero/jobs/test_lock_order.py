"""Locks are taken in one order: a job's row, then the brand's revision (docs/decisions/0010-lock-order.md)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.hero.boards.revision import bump_revision
from kairo.hero.jobs import queue
from tests.factories import make_brand
from tests.row_locks import row_locks, wait_for_waiting

PATIENCE_S = 60.0  # never reached unless the test is to fail


@pytest.mark.django_db(transaction=True)
def test_change_locks_no_job_that_came_while_it_waited_for_the_revision() -> None:
    """A worker that holds such a job waits for the revision, so the two would wait for each other."""
    brand_id = make_brand().id
    made, revised, held = threading.Event(), threading.Event(), threading.Event()

    def change() -> None:
        assert made.wait(PATIENCE_S)
        with transaction.atomic():
            bump_revision(brand_id=brand_id)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '5s'")
            revised.set()
            assert held.wait(PATIENCE_S)
            Brand.objects.filter(id=brand_id).update(name="Another name")
            bump_revision(brand_id=brand_id)

    with row_locks() as worker, worker.beside(change) as changing:
        with transaction.atomic():
            job, _ = queue.enqueue(brand_id=brand_id, trigger=JobTrigger.USER, priority=1)
            made.set()
            wait_for_waiting()
        assert revised.wait(PATIENCE_S)
        worker.lock("SELECT id FROM hero_opportunitiesjob WHERE id = %s", job.id)
        held.set()
        changing.result(PATIENCE_S)
    assert Brand.objects.get(id=brand_id).name == "Another name"
