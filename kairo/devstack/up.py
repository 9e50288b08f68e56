"""`./dev up`: from nothing to a board over GraphQL; runs until Ctrl-C, or until one of its processes dies."""

import argparse
import json
import os
import tempfile
import time
from dataclasses import dataclass, replace

from kairo.devstack import demo_board
from kairo.devstack.checkout import LocalState, Services
from kairo.devstack.errors import DevstackError, Interrupted, explain
from kairo.devstack.leftovers import stop_leftovers
from kairo.devstack.liveness import is_alive
from kairo.devstack.locking import holder, try_lock
from kairo.devstack.log_echo import LogEcho
from kairo.devstack.options import DEFAULT_PORT, Options, port_number
from kairo.devstack.ports import LOOPBACK, is_free
from kairo.devstack.procfile import procfile_commands
from kairo.devstack.progress import say, step
from kairo.devstack.servers import Servers, stack_servers
from kairo.devstack.supervisor import Child, Supervisor, tail_of

API_WITHIN_S = 60.0
WORKER_PATIENCE_S = 35.0  # above the worker's own grace, so that a job being finished is not cut off
WEB_PATIENCE_S = 35.0
PREVIOUS_WITHIN_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Demo:
    token: str
    brand_id: str


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
                services = build(options, port=port, state=state, supervisor=supervisor)
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


def build(options: Options, *, port: int, state: LocalState, supervisor: Supervisor) -> Services:
    """Everything in the order in which each needs the one before."""
    servers = stack_servers(state, supervisor=supervisor)
    extra = child_environment(servers, port=port, state=state)
    api_url = f"http://{LOOPBACK}:{port}/graphql"
    with step("migrations") as shown:
        supervisor.run("release", procfile_commands()["release"], log=state.logs / "release.log", extra=extra)
        shown.done("applied")
    web = start_process("web", state=state, supervisor=supervisor, extra=extra, patience_s=WEB_PATIENCE_S)
    worker = start_process("worker", state=state, supervisor=supervisor, extra=extra, patience_s=WORKER_PATIENCE_S)
    demo = seed(state, supervisor=supervisor, extra=extra) if options.demo else None
    wait_for_api(api_url, port=port, web=web, supervisor=supervisor)
    if demo:
        show_demo_board(api_url, demo=demo, worker=worker, supervisor=supervisor)
    return Services(
        api_url=api_url,
        database_url=servers.database_url,
        redis_url=servers.redis_url,
        demo_token=demo.token if demo else None,
        demo_brand_id=demo.brand_id if demo else None,
    )


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


def port_taken(port: int) -> DevstackError:
    return DevstackError(f"Port {port} is taken by another program: choose another with ./dev up --port N.")


def child_environment(servers: Servers, *, port: int, state: LocalState) -> dict[str, str]:
    """A key of the caller's own is kept as ours, so that manage.py in another terminal hashes with it too."""
    kept = state.secrets()
    key = os.environ.get("KAIRO_SECRET_KEY") or kept.secret_key
    if key != kept.secret_key:
        state.keep(replace(kept, secret_key=key))
    return {
        **servers.as_environment(),
        "DJANGO_SETTINGS_MODULE": "kairo.settings",
        "KAIRO_ENV": os.environ.get("KAIRO_ENV") or "development",
        "KAIRO_SECRET_KEY": key,
        "KAIRO_HOST": LOOPBACK,
        "PORT": str(port),
    }


def start_process(
    name: str, *, state: LocalState, supervisor: Supervisor, extra: dict[str, str], patience_s: float
) -> Child:
    return supervisor.start(
        name,
        procfile_commands()[name],
        log=state.logs / f"{name}.log",
        extra=extra,
        stage=0,
        patience_s=patience_s,
    )


def seed(state: LocalState, *, supervisor: Supervisor, extra: dict[str, str]) -> Demo:
    """The demo brands; the token of the last run stays valid, in the database and in people's shells."""
    with step("demo brands with evidence") as shown, tempfile.TemporaryFile() as answer:
        kept = state.secrets()
        given = {**extra, "KAIRO_DEMO_TOKEN": kept.demo_token} if kept.demo_token else extra
        command = [*procfile_commands()["release"][:2], "seed_demo", "--json"]
        supervisor.run("seed_demo", command, log=state.logs / "seed.log", extra=given, answer_to=answer)
        answer.seek(0)
        facts = json.loads(answer.read().splitlines()[-1])
        state.keep(replace(kept, demo_token=facts["demo_token"]))
        shown.done(", ".join(brand["slug"] for brand in facts["demo_brands"]))
        return Demo(token=facts["demo_token"], brand_id=facts["demo_brand_id"])


def wait_for_api(api_url: str, *, port: int, web: Child, supervisor: Supervisor) -> None:
    with step("API") as shown:
        end = time.monotonic() + API_WITHIN_S
        while not demo_board.is_ready(api_url):
            if web.ending() and "address already in use" in tail_of(web.log):
                raise port_taken(port)  # it was free when we looked
            supervisor.watch()
            if time.monotonic() > end:
                raise supervisor.failure(web)
            supervisor.pause(0.05)
        supervisor.watch()
        shown.done("ready, with a worker beside it")


def show_demo_board(api_url: str, *, demo: Demo, worker: Child, supervisor: Supervisor) -> None:
    def pause(seconds: float) -> None:
        supervisor.watch()
        supervisor.pause(seconds)

    with step("demo board") as shown:
        try:
            count = demo_board.make_ready(api_url=api_url, token=demo.token, brand_id=demo.brand_id, pause=pause)
        except demo_board.NotReady as error:
            what, log = "The demo brand's board", worker.log
            raise explain(what=what, how=error.how, log=log, tail=tail_of(log), where=log.parent) from None
        shown.done(f"READY, {count} opportunities")


def announce(services: Services, *, state: LocalState) -> None:
    state.announce(services)
    say(f"\n  API         {services.api_url}")
    if services.demo_token and services.demo_brand_id:
        say(f"  token       {services.demo_token}")
        say(f"  demo brand  {services.demo_brand_id}\n")
        say(demo_board.curl_line(api_url=services.api_url, token=services.demo_token, brand_id=services.demo_brand_id))
    say(f"\n  logs are in {state.logs}; Ctrl-C stops everything")


def attend(state: LocalState, *, supervisor: Supervisor) -> None:
    """Shows what matters of the logs, until a stop signal or a death in the family ends it."""
    echo = LogEcho([state.logs / "web.log", state.logs / "worker.log"])
    while True:
        supervisor.pause(0.25)
        for line in echo.new_lines():
            say(line)
        supervisor.watch()
