from __future__ import annotations

import contextlib
import socket
import threading


class Switch:
    """A proxy whose upstream can be exchanged: for a server, for `answer` to whatever is sent, or for silence."""

    def __init__(self, host: str, port: int) -> None:
        self.home = (host, port)
        self.answer: bytes | None = None  # empty for silence; None to forward
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        port: int = self._server.getsockname()[1]
        return port

    def turn(self, answer: bytes | None) -> None:
        """Cuts every connection; later ones get this."""
        self.answer = answer
        for each in self._open:
            _hang_up(each)
        self._open.clear()

    def close(self) -> None:
        self._server.close()
        self.turn(b"")

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self._open.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        answer = self.answer
        with contextlib.suppress(OSError):
            if answer is not None:
                while client.recv(1 << 16):
                    client.sendall(answer)
                return
            with socket.create_connection(self.home) as server:
                self._open.append(server)
                threading.Thread(target=_forward, args=(server, client), daemon=True).start()
                _forward(client, server)
        _hang_up(client)


def _forward(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(1 << 16):
            other.sendall(data)
    _hang_up(other)


class CommitEater:
    """A proxy before Postgres that, once armed, forwards one COMMIT and drops its answer.

    It is the first COMMIT on a connection that has sent `statement`.
    """

    def __init__(self, host: str, port: int, *, statement: bytes = b"INSERT INTO hero_opportunitiesboard") -> None:
        self._upstream = (host, port)
        self._statement = statement
        self._server = socket.create_server(("127.0.0.1", 0))
        self._armed = threading.Event()
        self.eaten = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        port: int = self._server.getsockname()[1]
        return port

    def arm(self) -> None:
        self._armed.set()

    def close(self) -> None:
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            server = socket.create_connection(self._upstream)
            silent = threading.Event()
            threading.Thread(target=self._ask, args=(client, server, silent), daemon=True).start()
            threading.Thread(target=self._answer, args=(client, server, silent), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, silent: threading.Event) -> None:
        sent_statement = False
        with contextlib.suppress(OSError):
            while data := client.recv(1 << 16):
                sent_statement = sent_statement or self._statement in data
                if b"COMMIT" in data and sent_statement and self._armed.is_set():
                    self._armed.clear()
                    self.eaten += 1
                    silent.set()
                server.sendall(data)
        _hang_up(server)

    def _answer(self, client: socket.socket, server: socket.socket, silent: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(1 << 16):
                if silent.is_set():  # the server has committed: this is its answer
                    break
                client.sendall(data)
        _hang_up(client)


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
