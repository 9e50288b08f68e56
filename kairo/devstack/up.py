"""`./dev up`: from nothing to a board over GraphQL; runs until Ctrl-C, or until one of its processes dies."""

import argparse
import os
import time

from kairo.devstack.api_client import ApiClient
from kairo.devstack.checkout import LocalState, Services
from kairo.devstack.demo_board import BOARD
from kairo.devstack.errors import DevstackError, Interrupted
from kairo.devstack.locking import holder, try_lock
from kairo.devstack.log_echo import LogEcho
from kairo.devstack.options import DEFAULT_PORT, Options, port_number
from kairo.devstack.orphans import stop_leftovers
from kairo.devstack.ports import is_free, port_taken
from kairo.devstack.processes import is_alive
from kairo.devstack.progress import say
from kairo.devstack.stack import build_stack
from kairo.devstack.supervisor import Supervisor

PREVIOUS_WITHIN_S = 60.0


def up(options: Options) -> int:
    """The exit code: 0 after a stop that was asked for."""
    port = chosen_port(options)
    state = LocalState()
    lock = take_lock(state)
    try:
        state.open()
        stop_leftovers(state)
        state.withdraw()
        require_free_port(port)
        with Supervisor(mark=state.folder, ledger=state.ledger, lock=lock) as supervisor:
            try:
                services = build_stack(port=port, with_demo=options.demo, state=state, supervisor=supervisor)
                announce(services, state=state)
                attend(state, supervisor=supervisor)
            except Interrupted as signal_name:
                say(f"\n  {signal_name}: stopping everything")
            finally:
                state.withdraw()
        say("  all stopped; your data are kept, ./dev up goes on from here")
    finally:
        os.close(lock)
    return 0


def chosen_port(options: Options) -> int:
    if options.port is not None:
        return options.port
    given = os.environ.get("PORT")
    try:
        return port_number(given) if given else DEFAULT_PORT
    except argparse.ArgumentTypeError as error:
        raise DevstackError(f"PORT: {error}.") from None


def take_lock(state: LocalState) -> int:
    """A second `up` is told of the first; one that was killed is given the time to be cleaned up after."""
    end = time.monotonic() + PREVIOUS_WITHIN_S
    told = False
    while (lock := try_lock(state.lock)) is None:
        pid = holder(state.lock)
        if pid is not None and is_alive(pid):
            services = state.services()
            where = f" at {services.api_url}" if services else ""
            raise DevstackError(f"./dev up is already running here (process {pid}){where}; nothing was touched.")
        if time.monotonic() > end:
            raise DevstackError("What an earlier ./dev up started is still being stopped; try again in a minute.")
        if not told:
            say("  an earlier ./dev up was killed; waiting until what it started is stopped")
            told = True
        time.sleep(0.1)
    return lock


def require_free_port(port: int) -> None:
    if not is_free(port):
        raise port_taken(port)


def announce(services: Services, *, state: LocalState) -> None:
    state.announce(services)
    say(f"\n  API         {services.api_url}")
    if services.demo_token and services.demo_brand_id:
        say(f"  page        {services.api_url}#token={services.demo_token}")
        say(f"  token       {services.demo_token}")
        say(f"  demo brand  {services.demo_brand_id}\n")
        api = ApiClient(url=services.api_url, token=services.demo_token)
        say(api.curl_line(BOARD, brand=services.demo_brand_id))
    say(f"\n  logs are in {state.logs}; Ctrl-C stops everything")


def attend(state: LocalState, *, supervisor: Supervisor) -> None:
    """Shows what matters of the logs, until a stop signal or a death in the family ends it."""
    echo = LogEcho([state.logs / "web.log", state.logs / "worker.log"])
    while True:
        supervisor.pause(0.25)
        for line in echo.new_lines():
            say(line)
        supervisor.watch()
