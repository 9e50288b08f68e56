"""Starts the processes of a stack in the order of their dependencies, up to the demo brand's board."""

import json
import os
import tempfile
import time
from dataclasses import dataclass, replace

from kairo.devstack.api_client import ApiClient, is_ready
from kairo.devstack.checkout import LocalState, Services
from kairo.devstack.demo_board import DemoBoard
from kairo.devstack.ports import LOOPBACK, port_taken
from kairo.devstack.procfile import procfile_commands
from kairo.devstack.progress import say, step
from kairo.devstack.servers import Servers, stack_servers
from kairo.devstack.supervisor import Child, Supervisor, tail_of

API_WITHIN_S = 180.0  # for a running web process; one that ends fails at once
PATIENCE_S = 35.0  # above the shutdown grace of web and worker


@dataclass(frozen=True, kw_only=True)
class Demo:
    token: str
    brand_id: str


def build_stack(*, port: int, with_demo: bool, state: LocalState, supervisor: Supervisor) -> Services:
    """Starts everything and returns the stack's addresses."""
    servers = stack_servers(state, supervisor=supervisor)
    extra = child_environment(servers, port=port, state=state)
    api_url = f"http://{LOOPBACK}:{port}/graphql"
    # It takes seconds to load; /readyz fails until the migrations are applied.
    web = start_process("web", state=state, supervisor=supervisor, extra=extra)
    with step("migrations") as shown:
        supervisor.run("release", procfile_commands()["release"], log=state.logs / "release.log", extra=extra)
        shown.done("applied")
    worker = start_process("worker", state=state, supervisor=supervisor, extra=extra)
    demo = seed(state, supervisor=supervisor, extra=extra) if with_demo else None
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


def child_environment(servers: Servers, *, port: int, state: LocalState) -> dict[str, str]:
    """Returns the environment of the processes.

    A KAIRO_SECRET_KEY of the caller is stored, so that manage.py in another terminal hashes with it too.
    """
    kept = state.secrets()
    key = os.environ.get("KAIRO_SECRET_KEY") or kept.secret_key
    if key != kept.secret_key:
        state.keep(replace(kept, secret_key=key))
    return {
        **servers.as_environment(),
        "DJANGO_SETTINGS_MODULE": "kairo.settings",
        "KAIRO_ENV": "development",
        "KAIRO_SECRET_KEY": key,
        "KAIRO_HOST": LOOPBACK,
        "PORT": str(port),
    }


def start_process(name: str, *, state: LocalState, supervisor: Supervisor, extra: dict[str, str]) -> Child:
    return supervisor.start(
        name,
        procfile_commands()[name],
        log=state.logs / f"{name}.log",
        extra=extra,
        stage=0,
        grace_s=PATIENCE_S,
    )


def seed(state: LocalState, *, supervisor: Supervisor, extra: dict[str, str]) -> Demo:
    """Seeds the demo brands; the token of the last run stays valid."""
    with step("demo brands with evidence") as shown, tempfile.TemporaryFile() as answer:
        kept = state.secrets()
        environment = {**extra, "KAIRO_DEMO_TOKEN": kept.demo_token} if kept.demo_token else extra
        command = [*procfile_commands()["release"][:2], "seed_demo", "--json"]
        supervisor.run("seed_demo", command, log=state.logs / "seed.log", extra=environment, answer_to=answer)
        answer.seek(0)
        facts = json.loads(answer.read().splitlines()[-1])
        state.keep(replace(kept, demo_token=facts["demo_token"]))
        shown.done(", ".join(brand["slug"] for brand in facts["demo_brands"]))
        return Demo(token=facts["demo_token"], brand_id=facts["demo_brand_id"])


def wait_for_api(api_url: str, *, port: int, web: Child, supervisor: Supervisor) -> None:
    with step("API") as shown:
        end = time.monotonic() + API_WITHIN_S
        while not is_ready(api_url):
            if web.exit_reason() and "address already in use" in tail_of(web.log):
                raise port_taken(port)  # it was taken after the check
            supervisor.watch()
            if time.monotonic() > end:
                raise supervisor.failure(web)
            supervisor.pause(0.05)
        supervisor.watch()
        shown.done("ready, and a worker runs")


def show_demo_board(api_url: str, *, demo: Demo, worker: Child, supervisor: Supervisor) -> None:
    """Waits for the demo brand's board and prints its state. The stack goes on if the board is not READY."""

    def pause(seconds: float) -> None:
        supervisor.watch()
        supervisor.pause(seconds)

    board = DemoBoard(
        ApiClient(url=api_url, token=demo.token),
        brand_id=demo.brand_id,
        is_booting=lambda: not worker.log.exists() or worker.log.stat().st_size == 0,
    )
    with step("demo board") as shown:
        outcome = board.wait(pause=pause, note=shown.note)
        shown.done(outcome.sentence)
    if not outcome.is_ready:
        say(f"  the demo board is not READY; the worker's log is {worker.log}. To have a new board made:")
        say(board.regenerate_line())
