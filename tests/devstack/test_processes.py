import os
import subprocess
import sys
import time

from kairo.devstack.processes import command_line, identity, is_alive
from tests.devstack.begun import begun


def test_zombie_is_not_alive() -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    deadline = time.monotonic() + 60
    while is_alive(child.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(child.pid, 0)  # still there to be collected
    assert not is_alive(child.pid)
    assert identity(child.pid) is None
    child.wait()


def test_identity_differs_between_processes_and_is_stable() -> None:
    child = begun("a word")
    assert identity(child.pid) == identity(child.pid) is not None
    assert identity(child.pid) != identity(os.getpid())
    assert "a word" in command_line(child.pid)
    child.communicate(b"\n")
    assert not is_alive(child.pid)
    assert command_line(child.pid) == ""
