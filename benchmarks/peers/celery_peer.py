"""Celery with an empty task, on Redis. `python celery_peer.py N` sends N messages."""

import os
import sys

from celery import Celery

app = Celery("peer", broker=os.environ["REDIS_URL"])
# As the others: a message is gone when its work is done, and nobody waits for a result.
app.conf.update(task_acks_late=True, task_ignore_result=True, worker_hijack_root_logger=False)


@app.task(name="empty")
def empty(job_id):
    pass


if __name__ == "__main__":
    with app.producer_pool.acquire() as producer:
        for number in range(int(sys.argv[1])):
            empty.apply_async((str(number),), producer=producer)
