import os
import signal
from pathlib import Path

import pytest
import redis

from kairo.devstack.binaries import ValkeyBinary, find_valkey
from kairo.devstack.errors import DevstackError, DidNotStart
from kairo.devstack.progress import Step
from kairo.devstack.supervisor import Supervisor
from kairo.devstack.valkey import require_redis, start_valkey


def start(folder: Path, supervisor: Supervisor) -> str:
    program = find_valkey()
    assert program, "the tests run on machines that have one: ./dev test starts it itself"
    return start_valkey(
        program,
        folder=folder / "valkey",
        log=folder / "valkey.log",
        password="secret",
        throwaway=False,
        supervisor=supervisor,
        shown=Step("Valkey"),
    )


def test_valkey_queue_survives_kill_9_and_requires_the_password(folder: Path, supervisor: Supervisor) -> None:
    url = start(folder, supervisor)
    with redis.Redis.from_url(url) as client:
        client.set("kept", "still here")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        client.execute_command("WAITAOF", 1, 0, 2000)
    with pytest.raises(redis.AuthenticationError), redis.Redis.from_url(url.replace("secret", "guess")) as stranger:
        stranger.ping()
    (child,) = supervisor.children
    os.kill(child.process.pid, signal.SIGKILL)
    child.handle.wait()
    supervisor.children.clear()
    with redis.Redis.from_url(start(folder, supervisor), decode_responses=True) as client:
        assert client.get("kept") == "still here"


def test_valkey_that_does_not_start_shows_the_end_of_its_log(folder: Path, supervisor: Supervisor) -> None:
    program = ValkeyBinary(path=folder / "valkey-server", label="broken")
    program.path.write_text("#!/bin/sh\necho it cannot be >&2\nexit 1\n")
    program.path.chmod(0o755)
    with pytest.raises(DidNotStart, match=r"(?s)Valkey exited with code 1\..*it cannot be"):
        start_valkey(
            program,
            folder=folder,
            log=folder / "valkey.log",
            password="secret",
            throwaway=True,
            supervisor=supervisor,
            shown=Step("Valkey"),
        )


def test_unusable_redis_url_is_named_without_its_password() -> None:
    with pytest.raises(DevstackError, match=r"REDIS_URL names a server at 127\.0\.0\.1:1 that cannot") as refusal:
        require_redis("redis://:hidden@127.0.0.1:1/0")
    assert "hidden" not in str(refusal.value)
