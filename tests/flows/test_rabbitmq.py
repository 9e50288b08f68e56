"""The Procfile's processes with RabbitMQ as their broker, and Redis as a cache only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis

from tests.flows.conftest import REGENERATE, Stack, eventually
from tests.flows.test_board_over_http import import_everything, post
from tests.own_redis import OTHER_REDIS_URL

# Past the wrapper in /usr/sbin, which wants root or the user that Debian made for it.
SERVER = next(iter(sorted(Path("/usr/lib/rabbitmq").glob("lib/rabbitmq_server-*/sbin/rabbitmq-server"))), None)


@dataclass
class RabbitMQ:
    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}"


@contextmanager
def running_rabbitmq() -> Iterator[RabbitMQ]:
    """A server on loopback, with nothing in it, as a user without rights; gone at the end."""
    pytest.importorskip("pika", reason="the extra `rabbitmq` is not installed")
    if SERVER is None:
        pytest.skip("RabbitMQ is not installed (Debian: apt-get install rabbitmq-server)")
    port, distribution, mapper = free_ports(3)
    home = Path(tempfile.mkdtemp(prefix="kairo-rabbitmq-"))
    as_nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "RABBITMQ_NODENAME": f"kairo{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(mapper),
    }
    try:
        if as_nobody:
            shutil.chown(home, "nobody", "nogroup")
        with (home / "output").open("wb") as output:
            process = subprocess.Popen([SERVER], cwd=home, env=environment, stdout=output, stderr=output, **as_nobody)  # type: ignore[call-overload]  # a dict of keywords
        try:
            eventually(
                (home / "output").read_bytes,
                lambda output: b"Starting broker... completed" in output or process.poll() is not None,
                within_s=180,
            )
            assert process.poll() is None, (home / "output").read_text()
            yield RabbitMQ(process=process, port=port)
        finally:
            process.terminate()
            process.wait(120)
            subprocess.run(["epmd", "-port", str(mapper), "-kill"], capture_output=True, check=False)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@pytest.fixture(scope="class")
def rabbitmq() -> Iterator[RabbitMQ]:
    with running_rabbitmq() as server:
        yield server


@pytest.fixture(scope="class")
def environment(rabbitmq: RabbitMQ) -> dict[str, str]:
    # Nothing is found by being sent again within the time of a test.
    return {"KAIRO_BROKER_URL": rabbitmq.url, "KAIRO_JOB_POLL_INTERVAL_S": "1", "KAIRO_JOB_REDISPATCH_S": "600"}


@pytest.mark.slow
class TestRabbitMQAsBroker:
    def test_rabbitmq_delivers_wakeups_and_polling_replaces_it(
        self, stack: Stack, rabbitmq: RabbitMQ, tmp_path: Path
    ) -> None:
        now = datetime.now(tz=UTC)
        brand_id = import_everything(stack, tmp_path, [post(n, now=now) for n in range(10)])
        token = stack.token("demo")

        def found_by_polling() -> int:
            return (stack.logs / "worker.log").read_text().count("found by polling")

        def is_delivered() -> bool:
            before = found_by_polling()
            stack.ask(token, REGENERATE, i={"brandId": brand_id})
            assert stack.await_today(token, brand_id)["state"] == "READY"
            time.sleep(0.5)  # the worker logs polling after it has run the job
            return found_by_polling() == before

        with redis.Redis.from_url(OTHER_REDIS_URL) as cache:
            cache.flushdb()
            # On a busy machine the broker may time out, and polling finds the job.
            assert any(is_delivered() for _ in range(5))
            assert not list(cache.scan_iter("dramatiq:*"))
        first, polled = stack.today(token, brand_id), found_by_polling()

        rabbitmq.process.terminate()
        rabbitmq.process.wait(120)
        stack.ask(token, REGENERATE, i={"brandId": brand_id})
        second = stack.await_today(token, brand_id)
        assert second["state"] == "READY"
        assert second["meta"]["generatedAt"] > first["meta"]["generatedAt"]
        eventually(found_by_polling, lambda seen: seen > polled, within_s=60)
