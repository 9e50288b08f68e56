"""The load generator, a process of its own: `python -m benchmarks.driver ORDER`.

ORDER is a pickled `Order` written by `load`; the answer is one line of JSON. Requests are bytes made beforehand, so
that sending one and reading its answer costs some 15 µs of the generator's core.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import random
import statistics
import sys
from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import cycle, repeat
from pathlib import Path
from time import perf_counter
from typing import cast

RETRY_PAUSE_S = 0.05
GIVE_UP_S = 30.0


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to send and for how long.

    `rate` is requests a second of all connections together, sent when due whether or not the server keeps up, and
    latency counts from when a request was due; 0 sends the next one as soon as the last one was answered. `once`
    sends each request one time, in order, and ends. `begins` is how the body of every 200 must begin. With `retry`,
    a request whose connection was lost or that got a 5xx is sent again, as a client would, and counted as one.
    """

    host: str
    port: int
    requests: list[bytes]
    connections: int
    seconds: float
    rate: float = 0.0
    once: bool = False
    begins: bytes = b'{"data":{"todayBoard":{'
    retry: bool = False
    seed: int = 1


class Load:
    """One run: the connections share its counts."""

    def __init__(self, order: Order) -> None:
        self.order = order
        chosen = random.Random(order.seed)  # noqa: S311  a shuffle, not a secret
        self.next_request = (
            iter(order.requests)
            if order.once
            else cycle(chosen.choices(order.requests, k=max(20_000, 4 * len(order.requests))))
        )
        self.latencies = array("d")
        self.ends = array("d")
        self.statuses: Counter[int] = Counter()
        self.errors = 0
        self.retried = 0
        self.received = 0
        self.running = order.connections
        self.began = self.stops = 0.0
        self.done = asyncio.Event()

    async def run(self) -> dict[str, object]:
        loop = asyncio.get_running_loop()
        clients = []
        for _ in range(self.order.connections):
            _, client = await loop.create_connection(lambda: Client(self), self.order.host, self.order.port)
            clients.append(client)
        self.began = perf_counter()
        self.stops = self.began + self.order.seconds
        period = self.order.connections / self.order.rate if self.order.rate else 0.0
        for index, client in enumerate(clients):
            if period:
                client.start_at(self.began + period * index / len(clients), period)
            else:
                client.send_next()
        patience = self.order.seconds + GIVE_UP_S
        try:
            await asyncio.wait_for(self.done.wait(), patience)
        except TimeoutError:
            self.errors += sum(client.waiting for client in clients)
        return self.summary()

    def answered(self, *, latency: float, now: float, status: int, good: bool, size: int) -> None:
        self.latencies.append(latency)
        self.ends.append(now - self.began)
        self.statuses[status] += 1
        self.received += size
        if not good:
            self.errors += 1

    def client_ended(self) -> None:
        self.running -= 1
        if not self.running:
            self.done.set()

    def summary(self) -> dict[str, object]:
        elapsed = max(self.ends, default=self.order.seconds)
        return {
            "requests": len(self.latencies),
            "seconds": elapsed,
            "rate": len(self.latencies) / elapsed if elapsed else 0.0,
            **percentiles(self.latencies),
            "statuses": {str(status): count for status, count in self.statuses.items()},
            "errors": self.errors,
            "retried": self.retried,
            "bytes": self.received / max(1, len(self.latencies)),
            "by_second": self.by_second(),
        }

    def by_second(self) -> list[dict[str, float]]:
        seconds: dict[int, list[float]] = {}
        for end, latency in zip(self.ends, self.latencies, strict=True):
            seconds.setdefault(int(end), []).append(latency)
        return [{"second": at, "requests": len(found), **percentiles(found)} for at, found in sorted(seconds.items())]


class Client(asyncio.Protocol):
    """One connection. It has at most one request under way."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.loop = asyncio.get_running_loop()
        self.request = b""
        self.since = 0.0
        self.due = self.period = 0.0
        self.waiting = False
        self.ended = False
        self.head = b""
        self.left = 0  # bytes of the body to come; -1: until the last chunk
        self.first = self.tail = b""  # of a body in chunks
        self.status = 0
        self.good = True
        self.size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is not of its class
        self.head = b""
        self.left = 0
        if self.waiting:
            self.transport.write(self.request)

    def connection_lost(self, error: Exception | None) -> None:
        if self.waiting:
            self.again()
        elif not self.ended and self.period:
            self.loop.create_task(self.reconnect())

    def again(self) -> None:
        """The request under way has no answer, or one that says: later."""
        if self.load.order.retry and perf_counter() - self.since < GIVE_UP_S:
            self.load.retried += 1
            self.loop.create_task(self.reconnect())
            return
        self.waiting = False
        self.load.errors += 1
        self.finish()

    async def reconnect(self) -> None:
        while True:
            await asyncio.sleep(RETRY_PAUSE_S)
            try:
                await self.loop.create_connection(lambda: self, self.load.order.host, self.load.order.port)
                return
            except OSError:
                if self.waiting and perf_counter() - self.since > GIVE_UP_S:
                    self.load.errors += 1
                    self.waiting = False
                    self.finish()
                    return

    def start_at(self, due: float, period: float) -> None:
        self.due, self.period = due, period
        self.loop.call_later(max(0.0, due - perf_counter()), self.send_due)

    def send_due(self) -> None:
        """The request that is due, if the last one was answered; else its answer sends it."""
        if not self.waiting and not self.ended:
            self.send(since=self.due)

    def send_next(self) -> None:
        self.send(since=perf_counter())

    def send(self, *, since: float) -> None:
        if perf_counter() >= self.load.stops:
            self.finish()
            return
        request = next(self.load.next_request, None)
        if request is None:
            self.finish()
            return
        self.request, self.since, self.waiting = request, since, True
        if not self.transport.is_closing():
            self.transport.write(request)

    def finish(self) -> None:
        if self.ended:
            return
        self.ended = True
        self.load.client_ended()

    def data_received(self, data: bytes) -> None:
        if self.left > 0:
            self.left -= len(data)
            self.size += len(data)
            if self.left <= 0:
                self.complete()
            return
        if self.left < 0:
            if len(self.first) < 64:
                self.first += data[:64]
            self.size += len(data)
            self.tail = (self.tail + data)[-5:]
            if self.tail == b"0\r\n\r\n":
                self.left = 0
                self.good = self.status == 200 and self.load.order.begins[:8] in self.first
                self.complete()
            return
        data = self.head + data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            self.head = data
            return
        self.head = b""
        self.begin_body(data[:end].lower(), data[end + 4 :])

    def begin_body(self, head: bytes, body: bytes) -> None:
        self.status = int(head[9:12])
        begins = self.load.order.begins
        at = head.find(b"content-length:")
        if at >= 0:
            length = int(head[at + 15 : head.find(b"\r\n", at) if head.find(b"\r\n", at) > 0 else None])
            self.good = self.status == 304 or (self.status == 200 and body.startswith(begins[: len(body)]))
            self.left = length - len(body)
            self.size = len(body)
            if self.left <= 0:
                self.complete()
        elif b"transfer-encoding: chunked" in head:
            self.left = -1
            self.size = 0
            self.first = self.tail = b""
            if body:
                self.data_received(body)
        else:
            self.good = self.status == 304
            self.left = self.size = 0
            self.complete()

    def complete(self) -> None:
        now = perf_counter()
        if self.load.order.retry and self.status >= 500:
            self.load.retried += 1
            self.loop.call_later(RETRY_PAUSE_S, self.resend)
            return
        self.waiting = False
        self.load.answered(latency=now - self.since, now=now, status=self.status, good=self.good, size=self.size)
        if not self.period:
            self.send(since=now)
            return
        self.due += self.period
        if self.due <= now:
            self.send(since=self.due)
        else:
            self.loop.call_later(self.due - now, self.send_due)

    def resend(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(self.request)


def percentiles(seconds: array[float] | list[float]) -> dict[str, float]:
    """In milliseconds."""
    if len(seconds) < 2:
        return dict(zip(("p50", "p90", "p99", "worst"), repeat(1000 * seconds[0] if seconds else 0.0), strict=False))
    cuts = statistics.quantiles(seconds, n=100)
    return {"p50": 1000 * cuts[49], "p90": 1000 * cuts[89], "p99": 1000 * cuts[98], "worst": 1000 * max(seconds)}


def main() -> None:
    import uvloop  # noqa: PLC0415  the parent, which imports `Order`, does without it

    order = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301  written by our own parent

    async def run() -> dict[str, object]:
        return await Load(order).run()

    sys.stdout.write(json.dumps(uvloop.run(run())) + "\n")


if __name__ == "__main__":
    main()
