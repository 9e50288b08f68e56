"""TCP ports of this machine."""

import socket

from kairo.devstack.checkout import COMMAND
from kairo.devstack.errors import DevstackError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Returns a port that is free now; the caller must retry with another if it is taken meanwhile."""
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
    return DevstackError(f"Port {port} is taken by another program: choose another with {COMMAND} up --port N.")
