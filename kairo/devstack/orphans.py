"""What an earlier `up` of this checkout left running after kill -9 of everything that could have stopped it."""

import json

from kairo.devstack.checkout import LocalState
from kairo.devstack.progress import say
from kairo.devstack.stopping import Process, kill_marked, marked, stop_in_stages


def stop_leftovers(state: LocalState) -> None:
    """Only under the lock of the checkout. A process counts as left over if the ledger names it and it is still
    the same one, or if it carries this checkout's mark."""
    recorded = [process for process in read_ledger(state) if process.is_there()]
    if not recorded and not marked(str(state.folder)):
        return
    say("  an earlier run was killed; stopping what it left")
    stop_in_stages(recorded)
    kill_marked(str(state.folder))


def read_ledger(state: LocalState) -> list[Process]:
    if not state.ledger.exists():
        return []
    return [Process(**entry) for entry in json.loads(state.ledger.read_text())]
