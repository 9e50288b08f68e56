"""The console script `kairo`: what the Procfile starts, and shorthands for ./dev."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"
DEV_COMMANDS = ("up", "reset", "test")
KEEP_ALIVE_S = 75  # above the idle time of the proxies in front, so that they never reuse a connection we close
DRAIN_S = 25  # what requests in flight get after SIGTERM; below the 30 s that platforms usually grant
CONNECTIONS_AT_ONCE = 2000  # per process; beyond that the answer is 503 at once instead of a queue
BACKLOG = 2048


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["manage"]:
        manage(words[1:])
        return 0
    if words and words[0] in DEV_COMMANDS:
        from kairo.devstack.__main__ import main as dev  # noqa: PLC0415  production processes do without it

        return dev(words)
    found = parser().parse_args(words)
    try:
        if found.command == "web":
            web(host=found.host, port=found.port, processes=found.workers)
        else:
            worker(processes=found.processes, threads=found.threads)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"kairo: {error}\n")
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    kairo = argparse.ArgumentParser(prog="kairo", description="Kairo's processes.")
    commands = kairo.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser("web", help="serve the GraphQL API")
    serve.add_argument("--host", default=os.environ.get("KAIRO_HOST", "0.0.0.0"), help="KAIRO_HOST; default all")  # noqa: S104  a container's own network
    serve.add_argument("--port", type=int, default=number("PORT", 8000), help="PORT; default 8000")
    serve.add_argument(
        "--workers", type=int, default=number("WEB_CONCURRENCY", 1), help="processes; WEB_CONCURRENCY; default 1"
    )
    work = commands.add_parser("worker", help="run the generation jobs")
    work.add_argument(
        "--processes", type=int, default=number("KAIRO_WORKER_PROCESSES", 2), help="KAIRO_WORKER_PROCESSES; default 2"
    )
    work.add_argument(
        "--threads",
        type=int,
        default=number("KAIRO_WORKER_THREADS", 4),
        help="a process; KAIRO_WORKER_THREADS; default 4",
    )
    commands.add_parser("manage", help="Django's commands: kairo manage ARGS...")
    for name, purpose in (("up", "run everything here"), ("reset", "drop local state"), ("test", "run the tests")):
        commands.add_parser(name, help=f"{purpose} (in a checkout: ./dev {name})")
    return kairo


def number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or int(value) < 1:
        sys.exit(f"kairo: {name} must be a whole number above 0; it is {value!r}.")
    return int(value)


def web(*, host: str, port: int, processes: int) -> None:
    """Serves until SIGTERM, then finishes the requests in flight."""
    import uvicorn  # noqa: PLC0415  the worker does without it

    uvicorn.run(
        "kairo.asgi:application",
        host=host,
        port=port,
        workers=processes,
        lifespan="auto",
        log_config=None,  # the settings' LOGGING decides, as for every other line
        access_log=False,
        server_header=False,
        proxy_headers=False,  # KAIRO_PROXY_HOPS says whom to believe: see kairo/http/client_ip.py
        backlog=BACKLOG,
        limit_concurrency=CONNECTIONS_AT_ONCE,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=DRAIN_S,
    )


def worker(*, processes: int, threads: int) -> None:
    """Becomes the Dramatiq workers, or, without Redis, the polling worker. Never returns."""
    from kairo import settings  # noqa: PLC0415  `kairo manage` reads it by Django's own way

    act_as_worker()
    if not (settings.BROKER_URL or settings.REDIS_URL):
        sys.stderr.write("kairo: REDIS_URL is not set: running jobs by opportunities_worker, from Postgres alone.\n")
        become([sys.executable, str(MANAGE), "opportunities_worker", "--max-jobs", "0"])
    check_engine()
    os.environ["dramatiq_worker_timeout"] = "100"  # noqa: SIM112  Dramatiq's own name; ms between looks at the queue
    os.environ["dramatiq_queue_prefetch"] = str(threads)  # noqa: SIM112  Dramatiq's own; more would wait behind a busy thread
    grace_ms = str(int(settings.WORKER_SHUTDOWN_GRACE_S * 1000))
    size = ["--processes", str(processes), "--threads", str(threads)]
    grace = ["--worker-shutdown-timeout", grace_ms]
    become([sys.executable, "-m", "dramatiq", "kairo.worker", *size, *grace, "--skip-logging"])


def check_engine() -> None:
    """Said here and once, or the first job of each process would be the one to find out.

    Raises:
        ImproperlyConfigured: KAIRO_SYNTHESIZER names nothing that can be an engine.
    """
    import django  # noqa: PLC0415  the web process does without it until it serves

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
    django.setup()
    from kairo.hero.generation.synthesizer import load_synthesizer  # noqa: PLC0415  Django must be set up before it

    load_synthesizer()


def act_as_worker() -> None:
    """The database role of what this process becomes; an empty KAIRO_DATABASE_ROLE is the database user's own."""
    os.environ.setdefault("KAIRO_DATABASE_ROLE", "kairo_worker")


def become(command: list[str]) -> None:
    sys.stderr.flush()
    os.execv(command[0], command)  # noqa: S606  our own interpreter, our own words


def manage(arguments: Sequence[str]) -> None:
    """Runs a Django command; without DATABASE_URL, on the stack that ./dev up runs in this checkout."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415  heavy, and only needed here

    from kairo.devstack.running_stack import adopt_running_stack  # noqa: PLC0415  so is this

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
    adopt_running_stack(os.environ)
    if arguments[:1] == ["opportunities_worker"]:
        act_as_worker()
    execute_from_command_line(["manage.py", *arguments])
