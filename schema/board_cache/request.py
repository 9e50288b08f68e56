from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from kairo.http.body_limit import Message, Receive
from kairo.http.client_ip import resolve_client_ip
from schema.board_cache.vary_key import VaryKey, vary_key_of

PATH = "/graphql"
LONGEST_BODY = 100_000  # bytes; a document has at most 50,000 characters


@dataclass(slots=True)
class IncomingRequest:
    """A request as it came: what of its headers matters here, and the messages read of it so far."""

    method: str
    headers: dict[bytes, bytes]
    query_string: bytes
    look: VaryKey
    peer: str
    read: list[Message] = field(default_factory=list)

    @classmethod
    def of(cls, scope: MutableMapping[str, Any]) -> IncomingRequest | None:
        """None for a request that the hot path can say at once it has nothing to do with."""
        if scope["type"] != "http" or scope["path"] != PATH or scope.get("root_path"):
            return None
        headers = dict(scope["headers"])
        if len(headers) != len(scope["headers"]):
            return None  # a header that came twice means what Django makes of it
        method = scope["method"]
        look = vary_key_of(method, headers)
        if look is None or b"authorization" not in headers:
            return None
        peer = client[0] if (client := scope.get("client")) else ""
        return cls(method, headers, scope["query_string"], look, peer)

    async def body(self, receive: Receive) -> bytes | None:
        """None for one that is too long to be of interest, or was broken off."""
        length = 0
        while True:
            message = await receive()
            self.read.append(message)
            if message["type"] != "http.request":
                return None
            length += len(message.get("body", b""))
            if length > LONGEST_BODY:
                return None
            if not message.get("more_body"):
                break
        if len(self.read) == 1:
            return bytes(message.get("body", b""))
        return b"".join(part.get("body", b"") for part in self.read)

    def again(self, receive: Receive) -> Receive:
        """Gives what was read once more, and then the rest."""
        left = iter(self.read)

        async def replayed() -> Message:
            for message in left:
                return message
            return await receive()

        return replayed

    def text(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin1")

    def address(self) -> str:
        """Where it comes from, as far as that can be believed."""
        return resolve_client_ip(self.peer, self.text(b"x-forwarded-for"))
