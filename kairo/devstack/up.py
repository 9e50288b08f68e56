"""`./dev up`: from nothing to a board over GraphQL; runs until Ctrl-C, or until one of its processes dies."""

import argparse
import os
import time

from kairo.devstack.api_client import ApiClient
from kairo.devstack.checkout import COMMAND, LocalState, Services
from kairo.devstack.demo_board import BOARD
from kairo.devstack.errors import DevstackError, Interrupted
from kairo.devstack.locking import holder, try_lock
from kairo.devstack.log_echo import LogEcho
from kairo.devstack.options import DEFAULT_PORT, Options, port_number
from kairo.devstack.orphans import stop_orphans
from kairo.devstack.ports import is_free, port_taken
from kairo.devstack.processes import is_alive
from kairo.devstack.progress import say
from kairo.devstack.stack import build_stack
from kairo.devstack.supervisor import Supervisor

PREVIOUS_WITHIN_S = 60.0


def up(options: Options) -> int:
    """Runs the stack until a stop signal; returns the exit code 0 then."""
    port = chosen_port(options)
    state = LocalState()
    lock = take_lock(state)
    try:
        state.open()
        stop_orphans(state)
        state.clear_state()
        require_free_port(port)
        with Supervisor(run_id=state.folder, pid_file=state.pid_file, lock=lock) as supervisor:
            try:
                services = build_stack(port=port, with_demo=options.demo, state=state, supervisor=supervisor)
                show_addresses(services, state=state)
                follow_until_stopped(state, supervisor=supervisor)
            except Interrupted as signal_name:
                say(f"\n  {signal_name}: stopping everything")
            finally:
                state.clear_state()
        say(f"  all stopped; your data are kept, {COMMAND} up goes on from here")
    finally:
        os.close(lock)
    return 0


def chosen_port(options: Options) -> int:
    if options.port is not None:
        return options.port
    value = os.environ.get("PORT")
    try:
        return port_number(value) if value else DEFAULT_PORT
    except argparse.ArgumentTypeError as error:
        raise DevstackError(f"PORT: {error}.") from None


def take_lock(state: LocalState) -> int:
    """Locks the checkout. Fails if another `up` runs; waits while a killed one is being cleaned up."""
    end = time.monotonic() + PREVIOUS_WITHIN_S
    is_reported = False
    while (lock := try_lock(state.lock)) is None:
        pid = holder(state.lock)
        if pid is not None and is_alive(pid):
            services = state.services()
            where = f" at {services.api_url}" if services else ""
            raise DevstackError(f"{COMMAND} up is already running here (process {pid}){where}; nothing was touched.")
        if time.monotonic() > end:
            raise DevstackError(f"What an earlier {COMMAND} up started is still being stopped; try again in a minute.")
        if not is_reported:
            say(f"  an earlier {COMMAND} up was killed; waiting until what it started is stopped")
            is_reported = True
        time.sleep(0.1)
    return lock


def require_free_port(port: int) -> None:
    if not is_free(port):
        raise port_taken(port)


def show_addresses(services: Services, *, state: LocalState) -> None:
    state.write_state(services)
    say(f"\n  API         {services.api_url}")
    if services.demo_token and services.demo_brand_id:
        say(f"  page        {services.api_url}#token={services.demo_token}")
        say(f"  token       {services.demo_token}")
        say(f"  demo brand  {services.demo_brand_id}\n")
        api = ApiClient(url=services.api_url, token=services.demo_token)
        say(api.curl_line(BOARD, brand=services.demo_brand_id))
    say(f"\n  logs are in {state.logs}; Ctrl-C stops everything")


def follow_until_stopped(state: LocalState, *, supervisor: Supervisor) -> None:
    """Prints warnings and errors of the logs until a stop signal arrives or a process ends."""
    echo = LogEcho([state.logs / "web.log", state.logs / "worker.log"])
    while True:
        supervisor.pause(0.25)
        for line in echo.new_lines():
            say(line)
        supervisor.watch()
