from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kairo.client_address import believed
from schema.media_types import accepted_answer, is_json
from schema.request import is_preflighted

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

PATH = "/graphql"
LONGEST_BODY = 100_000  # bytes; a document has at most 50,000 characters

_is_json = lru_cache(maxsize=64)(is_json)
_accepted_answer = lru_cache(maxsize=64)(accepted_answer)
_KEPT = (b"accept", b"content-type", b"host", b"origin", b"x-forwarded-proto")  # for comparison with later ones
_LONGEST_HEADER = 500


@dataclass(slots=True)
class Arrival:
    """A request as it came: what of its headers matters here, and the messages read of it so far."""

    method: str
    headers: dict[bytes, bytes]
    query_string: bytes
    address: str
    read: list[Message] = field(default_factory=list)

    @classmethod
    def of(cls, scope: MutableMapping[str, Any]) -> Arrival | None:
        """None for a request that the hot path can say at once it has nothing to do with."""
        if scope["type"] != "http" or scope["path"] != PATH or scope.get("root_path"):
            return None
        headers = dict(scope["headers"])
        if len(headers) != len(scope["headers"]):
            return None  # a header that came twice means what Django makes of it
        if not headers.get(b"authorization"):
            return None
        for name in _KEPT:
            if name in headers and len(headers[name]) > _LONGEST_HEADER:
                return None
        if scope["method"] == "POST":
            fits = _is_json(headers.get(b"content-type", b"").decode("latin1"))
        else:  # a browser may be shown a page
            fits = (
                scope["method"] == "GET"
                and b"text/html" not in headers.get(b"accept", b"")
                and is_preflighted(lambda name: headers.get(name.lower().encode(), b"").decode("latin1"))
            )
        if not fits:
            return None
        peer = client[0] if (client := scope.get("client")) else ""
        address = believed(peer, headers.get(b"x-forwarded-for", b"").decode("latin1"))
        return cls(scope["method"], headers, scope["query_string"], address)

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

    @property
    def media_type(self) -> str:
        accept = self.headers.get(b"accept")
        return _accepted_answer(accept.decode("latin1") if accept is not None else None)
