"""A Valkey (or Redis) of our own on loopback, with a password."""

import contextlib
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from kairo.devstack.binaries import ValkeyProgram
from kairo.devstack.checkout import write_private
from kairo.devstack.errors import DevstackError
from kairo.devstack.ports import LOOPBACK, free_port
from kairo.devstack.progress import Step
from kairo.devstack.supervisor import Child, Supervisor, tail_of

STAGE = 1  # stopped after web and worker
ANSWERS_WITHIN_S = 30.0
PORT_TAKEN = "Address already in use"


def start_valkey(
    program: ValkeyProgram,
    *,
    folder: Path,
    log: Path,
    password: str,
    throwaway: bool,
    supervisor: Supervisor,
    shown: Step,
) -> str:
    """The url of a server that answers. A queue that is there already is kept."""
    end = time.monotonic() + ANSWERS_WITHIN_S
    while True:
        port = free_port()
        write_private(
            folder / "valkey.conf",
            configuration(folder=folder, port=port, password=password, throwaway=throwaway),
        )
        child = supervisor.start(
            "Valkey", [program.path, folder / "valkey.conf"], log=log, extra={}, stage=STAGE, patience_s=15
        )
        if wait_for_answer(port=port, password=password, child=child, supervisor=supervisor, end=end):
            shown.done(f"{program.label}, port {port}")
            return f"redis://:{password}@{LOOPBACK}:{port}/0"
        supervisor.stop([child])


def configuration(*, folder: Path, port: int, password: str, throwaway: bool) -> str:
    """A file, not arguments: those can be read by everyone on the machine."""
    lines = [
        f"port {port}",
        f"bind {LOOPBACK}",
        f"requirepass {password}",
        f'dir "{folder}"',
        "daemonize no",
        'save ""',
        f"appendonly {'no' if throwaway else 'yes'}",
        "maxmemory-policy noeviction",
    ]
    return "\n".join(lines) + "\n"


def wait_for_answer(*, port: int, password: str, child: Child, supervisor: Supervisor, end: float) -> bool:
    """False when the port went to someone else between the choice and the start."""
    while not answers(port=port, password=password):
        if child.ending() and PORT_TAKEN in tail_of(child.log) and time.monotonic() < end:
            return False
        if child.ending() or time.monotonic() > end:
            raise supervisor.failure(child)
        supervisor.pause(0.03)
    return True


def answers(*, port: int, password: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=2) as wire:
        wire.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        heard = b""
        while chunk := wire.recv(100):
            heard += chunk
            if heard.count(b"\r\n") >= 2:
                return heard == b"+OK\r\n+PONG\r\n"
    return False


def require_redis(url: str) -> str:
    """What a server of someone else's is; it is asked, and nothing more."""
    import redis  # noqa: PLC0415  a third of a second that only those who bring their own server have to wait

    place = f"{urlsplit(url).hostname or 'local socket'}:{urlsplit(url).port or 6379}"
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise DevstackError(f"REDIS_URL names a server at {place} that cannot be used: {error}") from None
    return f"Redis at {place} (REDIS_URL)"
