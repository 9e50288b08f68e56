"""Kills the thread KAIRO_TEST_KILLED_THREAD of this process when the file KAIRO_TEST_GATE is there.

Says so by KAIRO_TEST_GATE.dead. Processes without such a thread, as engines' are, are left alone.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from pathlib import Path


def _kill() -> None:
    name, gate = os.environ["KAIRO_TEST_KILLED_THREAD"], Path(os.environ["KAIRO_TEST_GATE"])
    while True:
        time.sleep(0.02)
        found = [thread for thread in threading.enumerate() if thread.name == name]
        if found and gate.exists():
            break
    (thread,) = found
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))
    thread.join()
    gate.with_suffix(".dead").touch()


def _watch() -> None:
    threading.Thread(target=_kill, name="killer", daemon=True).start()


_watch()
os.register_at_fork(after_in_child=_watch)
