from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from kairo.http.body_limit import Message, Receive
from kairo.http.client_ip import resolve_client_ip
from schema.board_cache.vary_key import VaryKey, vary_key_of

PATH = "/graphql"
MAX_BODY_BYTES = 100_000  # a document has at most 50,000 characters


@dataclass(slots=True)
class IncomingRequest:
    """A request that may be answered from the cache, and the ASGI messages read from it so far."""

    method: str
    headers: dict[bytes, bytes]
    query_string: bytes
    vary_key: VaryKey
    peer: str
    messages: list[Message] = field(default_factory=list)

    @classmethod
    def from_scope(cls, scope: MutableMapping[str, Any]) -> IncomingRequest | None:
        """Builds the request from its ASGI scope; None where path, method or headers exclude it."""
        if scope["type"] != "http" or scope["path"] != PATH or scope.get("root_path"):
            return None
        headers = dict(scope["headers"])
        if len(headers) != len(scope["headers"]):
            return None  # Django decides what a repeated header means
        method = scope["method"]
        vary_key = vary_key_of(method, headers)
        if vary_key is None or b"authorization" not in headers:
            return None
        peer = client[0] if (client := scope.get("client")) else ""
        return cls(method, headers, scope["query_string"], vary_key, peer)

    async def body(self, receive: Receive) -> bytes | None:
        """Reads the body; None where it is longer than MAX_BODY_BYTES or the client disconnected."""
        length = 0
        while True:
            message = await receive()
            self.messages.append(message)
            if message["type"] != "http.request":
                return None
            length += len(message.get("body", b""))
            if length > MAX_BODY_BYTES:
                return None
            if not message.get("more_body"):
                break
        if len(self.messages) == 1:
            return bytes(message.get("body", b""))
        return b"".join(part.get("body", b"") for part in self.messages)

    def replay(self, receive: Receive) -> Receive:
        """Returns a `receive` that repeats the messages read so far before it reads further ones."""
        messages = iter(self.messages)

        async def replay() -> Message:
            for message in messages:
                return message
            return await receive()

        return replay

    def client_ip(self) -> str:
        forwarded_for = self.headers.get(b"x-forwarded-for", b"").decode("latin1")
        return resolve_client_ip(self.peer, forwarded_for)
