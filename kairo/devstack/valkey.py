"""Starts a Valkey, or Redis, that listens on loopback with a password.

The wheel's own ValkeyServer is not used: its readiness check cannot authenticate, and it leaves its server running
when its process is killed (docs/decisions/0014-development-servers.md).
"""

import contextlib
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from kairo.devstack.binaries import ValkeyBinary
from kairo.devstack.checkout import write_private
from kairo.devstack.errors import DevstackError
from kairo.devstack.ports import LOOPBACK, free_port
from kairo.devstack.progress import Step
from kairo.devstack.supervisor import Child, Supervisor, tail_of

STAGE = 1  # stopped after web and worker
ANSWERS_WITHIN_S = 30.0
PORT_TAKEN = "Address already in use"


def start_valkey(
    program: ValkeyBinary,
    *,
    folder: Path,
    log: Path,
    password: str,
    throwaway: bool,
    supervisor: Supervisor,
    shown: Step,
) -> str:
    """Returns the URL of a server that answers. An existing queue is kept."""
    end = time.monotonic() + ANSWERS_WITHIN_S
    while True:
        port = free_port()
        write_private(
            folder / "valkey.conf",
            configuration(folder=folder, port=port, password=password, throwaway=throwaway),
        )
        child = supervisor.start(
            "Valkey", [program.path, folder / "valkey.conf"], log=log, extra={}, stage=STAGE, grace_s=15
        )
        if wait_for_answer(port=port, password=password, child=child, supervisor=supervisor, end=end):
            shown.done(f"{program.label}, port {port}")
            return f"redis://:{password}@{LOOPBACK}:{port}/0"
        supervisor.stop([child])


def configuration(*, folder: Path, port: int, password: str, throwaway: bool) -> str:
    """Returns the content of the configuration file. Arguments would show the password to every user of the machine."""
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
    """Returns False when another process took the port between the choice and the start."""
    while not answers(port=port, password=password):
        if child.exit_reason() and PORT_TAKEN in tail_of(child.log) and time.monotonic() < end:
            return False
        if child.exit_reason() or time.monotonic() > end:
            raise supervisor.failure(child)
        supervisor.pause(0.03)
    return True


def answers(*, port: int, password: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=2) as wire:
        wire.sendall(f"AUTH {password}\r\nPING\r\n".encode())
        reply = b""
        while chunk := wire.recv(100):
            reply += chunk
            if reply.count(b"\r\n") >= 2:
                return reply == b"+OK\r\n+PONG\r\n"
    return False


def require_redis(url: str) -> str:
    """Returns the address of the server that REDIS_URL names. Changes nothing on it."""
    import redis  # noqa: PLC0415  a third of a second that only those who bring their own server have to wait

    place = f"{urlsplit(url).hostname or 'local socket'}:{urlsplit(url).port or 6379}"
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise DevstackError(f"REDIS_URL names a server at {place} that cannot be used: {error}") from None
    return f"Redis at {place} (REDIS_URL)"
