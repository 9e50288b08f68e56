"""Stops what the supervisor has started when its pipe closes, even by kill -9 of the supervisor.

Reads one JSON object a line: {"watch": {...}} a process, {"forget": pid}, {"remove": path} a throw-away folder.
It inherits the lock of the checkout, so that a new `up` waits until the processes of the old one have ended.
"""

import json
import shutil
import signal
import sys

from kairo.devstack.stopping import Process, kill_run, stop_in_stages


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watched: dict[int, Process] = {}
    folders: set[str] = set()
    for line in sys.stdin:
        message = json.loads(line)
        if "watch" in message:
            process = Process(**message["watch"])
            watched[process.pid] = process
        if "forget" in message:
            watched.pop(message["forget"], None)
        if "remove" in message:
            folders.add(message["remove"])
    stop_in_stages(watched.values())
    kill_run(sys.argv[1])
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
