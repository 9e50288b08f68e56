"""Stops the processes that an earlier `up` left running: it and its watchdog were killed."""

import json
from dataclasses import fields

from kairo.devstack.checkout import LocalState
from kairo.devstack.progress import say
from kairo.devstack.stopping import Process, kill_run, stop_in_stages, with_run_id


def stop_orphans(state: LocalState) -> None:
    """Stops the orphans; the caller must have the lock of the checkout.

    An orphan is a process that the pid file names and whose identity is unchanged, or one with this checkout's run id
    in its environment.
    """
    recorded = [process for process in read_pid_file(state) if process.is_running()]
    if not recorded and not with_run_id(str(state.folder)):
        return
    say("  an earlier run was killed; stopping what it left")
    stop_in_stages(recorded)
    kill_run(str(state.folder))


def read_pid_file(state: LocalState) -> list[Process]:
    if not state.pid_file.exists():
        return []
    known = {field.name for field in fields(Process)}  # an earlier release may have written others
    entries = json.loads(state.pid_file.read_text())
    return [Process(**{name: value for name, value in entry.items() if name in known}) for entry in entries]
