"""The console script `kairo`: the processes of the Procfile, and shorthands for ./dev."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"
DEV_COMMANDS = ("up", "reset", "test")
KEEP_ALIVE_S = 75  # above the idle timeout of proxies, so that they never reuse a connection that this server closes
DRAIN_S = 25  # for requests in flight after SIGTERM; below the 30 s that platforms usually grant
MAX_CONNECTIONS = 2000  # per process; more are refused with 503 instead of queued
BACKLOG = 2048
START_FAILED = 3  # the exit status, as uvicorn has it


def main(arguments: Sequence[str] | None = None) -> int:
    args = list(sys.argv[1:] if arguments is None else arguments)
    if args[:1] == ["manage"]:
        manage(args[1:])
        return 0
    if args and args[0] in DEV_COMMANDS:
        from kairo.devstack.__main__ import main as dev  # noqa: PLC0415  not needed in production

        return dev(args)
    options = parser().parse_args(args)
    try:
        if options.command == "web":
            web(host=options.host, port=options.port, processes=options.workers)
        else:
            worker(processes=options.processes, threads=options.threads)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"kairo: {error}\n")
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="kairo", description="Kairo's processes.")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    web_parser = commands.add_parser("web", help="serve the GraphQL API")
    web_parser.add_argument(
        "--host", default=os.environ.get("KAIRO_HOST", "*"), help="KAIRO_HOST; default *: IPv4 and IPv6"
    )
    web_parser.add_argument("--port", type=int, default=number("PORT", 8000), help="PORT; default 8000")
    web_parser.add_argument(
        "--workers", type=int, default=number("WEB_CONCURRENCY", 1), help="processes; WEB_CONCURRENCY; default 1"
    )
    worker_parser = commands.add_parser("worker", help="run the generation jobs")
    worker_parser.add_argument(
        "--processes", type=int, default=number("KAIRO_WORKER_PROCESSES", 2), help="KAIRO_WORKER_PROCESSES; default 2"
    )
    worker_parser.add_argument(
        "--threads",
        type=int,
        default=number("KAIRO_WORKER_THREADS", 4),
        help="per process; KAIRO_WORKER_THREADS; default 4",
    )
    commands.add_parser("manage", help="Django's commands: kairo manage ARGS...")
    for name, purpose in (("up", "run everything here"), ("reset", "drop local state"), ("test", "run the tests")):
        commands.add_parser(name, help=f"{purpose} (in a checkout: ./dev {name})")
    return root


def number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or int(value) < 1:
        sys.exit(f"kairo: {name} must be a whole number above 0; it is {value!r}.")
    return int(value)


def web(*, host: str, port: int, processes: int) -> None:
    """Serves HTTP until SIGTERM, then finishes the requests in flight.

    Raises:
        ImproperlyConfigured: a setting is wrong, or the process cannot listen on `host` and `port`.
    """
    import uvicorn  # noqa: PLC0415  not needed in workers
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415  as above

    from kairo import settings as checked  # noqa: F401, PLC0415  a mistake ends this process, before it starts others
    from kairo.http.listeners import open_listeners  # noqa: PLC0415  after the settings are checked

    sockets = open_listeners(host, port, backlog=BACKLOG)
    config = uvicorn.Config(
        "kairo.asgi:application",
        workers=processes,
        http="kairo.http.connection_limits:LimitedHttpProtocol",
        lifespan="auto",
        log_config=None,  # LOGGING in the settings applies
        access_log=False,
        server_header=False,
        proxy_headers=False,  # kairo/http/client_ip.py reads them, as KAIRO_PROXY_HOPS allows
        backlog=BACKLOG,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=DRAIN_S,
    )
    if processes > 1:
        Multiprocess(config, sockets=sockets).run()
        return
    config.load_app()  # with its mistakes before the event loop runs
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):  # raised again after the last response
        server.run(sockets=sockets)
    if not server.started:
        sys.exit(START_FAILED)


def worker(*, processes: int, threads: int) -> None:
    """Replaces the process with Dramatiq workers or, without a broker, with the polling worker."""
    from kairo import settings  # noqa: PLC0415  `kairo manage` loads the settings through Django

    act_as_worker()
    if not (settings.BROKER_URL or settings.REDIS_URL):
        sys.stderr.write("kairo: REDIS_URL is not set: running jobs by opportunities_worker, from PostgreSQL alone.\n")
        become([sys.executable, str(MANAGE), "opportunities_worker", "--max-jobs", "0"])
    check_engine()
    os.environ["dramatiq_worker_timeout"] = "100"  # noqa: SIM112  Dramatiq's own name; ms between polls of an empty queue
    os.environ["dramatiq_queue_prefetch"] = str(threads)  # noqa: SIM112  Dramatiq's own name; more messages would wait for a busy thread
    grace_ms = str(int(settings.WORKER_SHUTDOWN_GRACE_S * 1000))
    concurrency = ["--processes", str(processes), "--threads", str(threads)]
    grace = ["--worker-shutdown-timeout", grace_ms]
    become([sys.executable, "-m", "kairo.jobs.worker_master", "kairo.worker", *concurrency, *grace, "--skip-logging"])


def check_engine() -> None:
    """Loads the engine once at startup, before the first job of each process would fail.

    Raises:
        ImproperlyConfigured: KAIRO_SYNTHESIZER is not the path of a synthesizer.
    """
    import django  # noqa: PLC0415  slow to import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
    django.setup()
    from kairo.hero.generation.synthesizer import load_synthesizer  # noqa: PLC0415  after django.setup()

    load_synthesizer()


def act_as_worker() -> None:
    """Sets the workers' database role, unless KAIRO_DATABASE_ROLE is set; empty means the database user's own role."""
    os.environ.setdefault("KAIRO_DATABASE_ROLE", "kairo_worker")


def become(command: list[str]) -> None:
    sys.stderr.flush()
    os.execv(command[0], command)  # noqa: S606  a command of this module


def manage(arguments: Sequence[str]) -> None:
    """Runs a Django command; without DATABASE_URL, against the stack that ./dev up runs in this checkout."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415  slow to import

    from kairo.devstack.running_stack import adopt_running_stack  # noqa: PLC0415  not needed in production

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairo.settings")
    os.environ.setdefault("KAIRO_DATABASE_POOL_MAX_SIZE", "0")  # a command connects once, and says why it cannot
    adopt_running_stack(os.environ)
    if arguments[:1] == ["opportunities_worker"]:
        act_as_worker()
    try:
        execute_from_command_line(["manage.py", *arguments])
    except ImproperlyConfigured as error:
        sys.exit(f"kairo: {error}")
