"""The messages between a worker and an engine's process: a length of eight bytes, followed by the encoded value.

A call is MessagePack with typed decoding, a fifth of the cost of pickling 2,000 posts. A reply is pickled: typed
decoding would reject or convert candidates of wrong types, which `review` must see unchanged to reject each with its
own code. The worker unpickles only the classes of a SynthesisResult. The engine is trusted code of the operator, but it
may process texts from outside, and a fault in it must not execute code in the worker.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from typing import Any
from uuid import UUID

import msgspec

from kairo.core import enums as shared_enums
from kairo.hero import dto, enums, ports
from kairo.hero.ports import SynthesisRequest, SynthesisResult

MAX_REPLY_BYTES = 16 * 2**20  # a board of 24 ideas is some 100 kB

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """Worker to engine: a request. `log_ids` are added to every log line written while it runs."""

    request: SynthesisRequest
    log_ids: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ready:
    """Engine to worker: the engine is loaded, and its process accepts calls."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Engine to worker: the dotted path names no engine; the process exits."""

    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Engine to worker: the validated result."""

    result: SynthesisResult


@dataclass(frozen=True, slots=True)
class Failure:
    """Engine to worker: the engine raised, or its result is invalid."""

    reason: str
    timed_out: bool = False


Reply = Ready | Unusable | Answer | Failure


class Oversized(ValueError):
    """A message is longer than the receiver accepts."""


_call_decoder = msgspec.msgpack.Decoder(Call)


def encode_call(call: Call) -> bytes:
    return msgspec.msgpack.encode(call)


def decode_call(data: bytes | bytearray) -> Call:
    return _call_decoder.decode(data)


def encode_reply(reply: Reply) -> bytes:
    """
    Raises:
        Exception: the reply contains a value that cannot be pickled.
    """
    return pickle.dumps(reply, protocol=pickle.HIGHEST_PROTOCOL)


def decode_reply(data: bytes | bytearray) -> Any:
    """
    Raises:
        pickle.UnpicklingError: the reply is corrupt, or names a class that is not part of a reply.
    """
    try:
        return _ReplyUnpickler(io.BytesIO(data)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # a corrupt pickle may raise any exception
        raise pickle.UnpicklingError(f"it cannot be read ({type(error).__name__})") from error


def send(connection: socket.socket, data: bytes, *, before_each: Callable[[], None] | None = None) -> None:
    """Sends one message. `before_each` runs before every system call and may raise to abort.

    Raises:
        OSError: the peer closed the connection.
    """
    rest = memoryview(_LENGTH.pack(len(data)) + data)
    while rest:
        if before_each:
            before_each()
        try:
            rest = rest[connection.send(rest) :]
        except TimeoutError:
            continue


def receive(
    connection: socket.socket, *, max_bytes: int | None = None, before_each: Callable[[], None] | None = None
) -> bytearray:
    """Receives one message. `before_each` as in `send`.

    Raises:
        EOFError, OSError: the peer closed the connection.
        Oversized: the message is longer than `max_bytes`; its body was not read.
    """
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, before_each))
    if max_bytes is not None and length > max_bytes:
        raise Oversized(f"{length:,} bytes, of which at most {max_bytes:,} are taken")
    return _exactly(connection, length, before_each)


def _exactly(connection: socket.socket, length: int, before_each: Callable[[], None] | None) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        if before_each:
            before_each()
        try:
            received = connection.recv_into(rest)
        except TimeoutError:
            continue
        if not received:
            raise EOFError
        rest = rest[received:]
    return data


def _data_classes() -> dict[tuple[str, str], type]:
    modules = (shared_enums, enums, dto, ports)
    declared = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    values = [value for value in declared if is_dataclass(value) or issubclass(value, Enum)]
    replies: list[type] = [Ready, Unusable, Answer, Failure]
    plain: list[type] = [UUID, date, datetime, time, timedelta, timezone]
    return {(value.__module__, value.__qualname__): value for value in (*values, *replies, *plain)}


_DATA_CLASSES = _data_classes()


class _ReplyUnpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        try:
            return _DATA_CLASSES[module_name, global_name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of an answer") from None
