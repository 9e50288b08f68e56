"""TCP ports of this machine."""

import socket

from kairo.devstack.errors import DevstackError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """One that nobody listens on at this moment; whoever uses it must be ready to lose it and take another."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def port_taken(port: int) -> DevstackError:
    return DevstackError(f"Port {port} is taken by another program: choose another with ./dev up --port N.")
