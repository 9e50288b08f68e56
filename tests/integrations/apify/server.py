"""A fake Apify on loopback with the paths and shapes of its public API, version 2, as far as Kairo uses them.

It starts, returns and aborts runs, pages datasets and validates inputs. A test sets the results of runs and the errors
of calls. Run as a program, it prints its URL, and every call as a line of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from base64 import b64decode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "apify_api_test_token"
STARTED_AT = "2026-03-10T09:00:00.000Z"


@dataclass(kw_only=True)
class ApiError:
    """A response in place of the normal one.

    With `cut` the server sends that many bytes of the body and closes the connection; with `delay_s` the response is
    late; with `anyway` the call is carried out all the same.
    """

    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0
    cut: int | None = None
    anyway: bool = False


@dataclass(kw_only=True)
class Call:
    verb: str
    path: str
    query: dict[str, str]
    body: Any
    authorization: str


class Apify:
    """`items` are the results by actor; `status` and `cost_usd` those of every run.

    `faults` are the responses to the next calls of a verb: start, run, items, abort or validate.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.calls: list[Call] = []
        self.items: dict[str, list[Any]] = {}
        self.status = "SUCCEEDED"
        self.cost_usd: float | None = 0.01
        self.faults: dict[str, list[ApiError]] = {}
        self.runs: dict[str, dict[str, Any]] = {}
        self.actors = {
            "apify~instagram-scraper",
            "apify~instagram-reel-scraper",
            "clockworks~tiktok-scraper",
            "apimaestro~linkedin-company-posts",
            "streamers~youtube-scraper",
            "apify~website-content-crawler",
        }
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"apify": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def __enter__(self) -> Apify:
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def of(self, verb: str) -> list[Call]:
        return [call for call in self.calls if call.verb == verb]

    def webhooks(self, number: int = 0) -> list[dict[str, Any]]:
        """Returns the webhooks of a start."""
        hooks: list[dict[str, Any]] = json.loads(b64decode(self.of("start")[number].query["webhooks"]))
        return hooks

    def next_fault(self, verb: str) -> ApiError | None:
        with self._lock:
            return self.faults[verb].pop(0) if self.faults.get(verb) else None

    def start(self, actor: str, run_input: Any, query: dict[str, str]) -> dict[str, Any]:
        with self._lock:
            number = len(self.runs) + 1
            run: dict[str, Any] = {
                "id": f"run{number:014}",
                "actId": actor.replace("~", "-"),
                "userId": "user0000000000001",
                "startedAt": STARTED_AT,
                "status": "READY",
                "meta": {"origin": "API"},
                "stats": {"inputBodyLen": len(json.dumps(run_input))},
                "options": {"build": "latest", "timeoutSecs": 300, "memoryMbytes": 1024, "diskMbytes": 2048},
                "buildId": "build000000000001",
                "defaultKeyValueStoreId": f"kvs{number:014}",
                "defaultDatasetId": f"set{number:014}",
                "defaultRequestQueueId": f"rqu{number:014}",
                "usageTotalUsd": 0.0,
            }
            self.runs[run["id"]] = {**run, "actor": actor}
        return run

    def run(self, run_id: str) -> dict[str, Any] | None:
        run = self.runs.get(run_id)
        if run is None:
            return None
        if run["status"] in {"READY", "RUNNING"}:
            run["status"] = self.status
        return {
            **{name: value for name, value in run.items() if name != "actor"},
            "finishedAt": None if run["status"] in {"READY", "RUNNING"} else "2026-03-10T09:01:00.000Z",
            "usageTotalUsd": self.cost_usd,
        }

    def dataset(self, dataset_id: str) -> list[Any] | None:
        run = next((run for run in self.runs.values() if run["defaultDatasetId"] == dataset_id), None)
        return None if run is None else self.items.get(run["actor"].replace("~", "/"), [])


class Handler(BaseHTTPRequestHandler):
    apify: ClassVar[Apify]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the standard library's name
        return

    def _answer(self) -> None:
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        verb, found = self._route(parts)
        self.apify.calls.append(
            Call(
                verb=verb,
                path=address.path,
                query=query,
                body=body,
                authorization=self.headers.get("authorization", ""),
            )
        )
        if __name__ == "__main__":
            sys.stdout.write(json.dumps({"verb": verb, "path": address.path}) + "\n")
            sys.stdout.flush()
        fault = self.apify.next_fault(verb)
        if fault is not None:
            if fault.anyway:
                self._carry_out(verb, found, body, query)
            time.sleep(fault.delay_s)
            given = fault.body if fault.body is not None else _error(fault.status, "made-up-trouble")
            self._send(fault.status, given, fault.headers, cut=fault.cut)
        elif self.headers.get("authorization") != f"Bearer {TOKEN}":
            self._send(401, _error(401, "user-or-token-not-found"))
        else:
            self._send(*self._carry_out(verb, found, body, query))

    def _route(self, parts: list[str]) -> tuple[str, str]:
        match (self.command, parts):
            case ("POST", ["v2", "acts" | "actors", actor, "runs"]):
                return "start", actor
            case ("POST", ["v2", "acts" | "actors", actor, "validate-input"]):
                return "validate", actor
            case ("GET", ["v2", "actor-runs", run_id]):
                return "run", run_id
            case ("POST", ["v2", "actor-runs", run_id, "abort"]):
                return "abort", run_id
            case ("GET", ["v2", "datasets", dataset_id, "items"]):
                return "items", dataset_id
        return "unknown", ""

    def _carry_out(
        self, verb: str, found: str, body: Any, query: dict[str, str]
    ) -> tuple[int, bytes] | tuple[int, bytes, dict[str, str]]:
        apify = self.apify
        if verb in {"start", "validate"} and found not in apify.actors:
            return 404, _error(404, "actor-not-found")
        if verb == "start":
            return 201, _data(apify.start(found, body, query))
        if verb == "validate":
            return 200, b'{"valid": true}'
        if verb == "abort" and found in apify.runs:
            apify.runs[found]["status"] = "ABORTED"
        if verb in {"run", "abort"}:
            run = apify.run(found)
            return (200, _data(run)) if run else (404, _error(404, "record-not-found"))
        if verb == "items" and (items := apify.dataset(found)) is not None:
            offset, limit = int(query.get("offset", 0)), int(query.get("limit", 1_000))
            page = items[offset : offset + limit]
            return (
                200,
                json.dumps(page).encode(),
                _paging(total=len(items), offset=offset, limit=limit, count=len(page)),
            )
        return 404, _error(404, "record-not-found")

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None, *, cut: int | None = None) -> None:
        try:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json; charset=utf-8", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if cut is None else body[:cut])
            if cut is not None:
                self.close_connection = True
        except OSError:
            self.close_connection = True  # the client has closed the connection


def _paging(*, total: int, offset: int, limit: int, count: int) -> dict[str, str]:
    return {
        "X-Apify-Pagination-Total": str(total),
        "X-Apify-Pagination-Offset": str(offset),
        "X-Apify-Pagination-Limit": str(limit),
        "X-Apify-Pagination-Count": str(count),
        "X-Apify-Pagination-Desc": "false",
    }


def half_a_page(*items: Any, of: int) -> ApiError:
    """Returns a page that has fewer items than its headers say."""
    return ApiError(body=json.dumps(items).encode(), headers=_paging(total=of, offset=0, limit=100, count=of))


def _data(value: object) -> bytes:
    return json.dumps({"data": value}).encode()


def _error(status: int, type_: str) -> bytes:
    return json.dumps({"error": {"type": type_, "message": f"Trouble of the kind {status}."}}).encode()


if __name__ == "__main__":
    apify = Apify()
    apify.status = sys.argv[1]
    if len(sys.argv) > 2:
        apify.faults["run"] = [ApiError(delay_s=float(sys.argv[2]))]
    sys.stdout.write(json.dumps({"url": apify.url}) + "\n")
    sys.stdout.flush()
    apify.serve()
