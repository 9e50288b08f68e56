from __future__ import annotations

import os
import pickle
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from kairo.hero import dto
from kairo.hero.generation import engine_messages as messages
from kairo.hero.generation.engine_messages import Answer, Call, Failure, Oversized, Ready, Unusable
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from tests.hero.builders import AS_OF, brand, opportunity, plain_evidence

REQUEST = SynthesisRequest(
    as_of=AS_OF, brand=brand(), evidence=tuple(plain_evidence()), previous=(opportunity(),), time_limit_s=3.0
)


@pytest.fixture
def connected() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_engine_call_is_equal_after_encoding() -> None:
    call = Call(request=REQUEST, log_ids={"job_id": "7"})
    assert messages.decode_call(messages.encode_call(call)) == call


@pytest.mark.parametrize(
    "reply",
    [Ready(), Unusable("no"), Failure("late", timed_out=True), Answer(SynthesisResult(candidates=()))],
    ids=repr,
)
def test_engine_reply_is_equal_after_encoding(reply: messages.Reply) -> None:
    assert messages.decode_reply(messages.encode_reply(reply)) == reply


def test_engine_reply_may_contain_every_dto() -> None:
    for name in dto.__all__:
        value = getattr(dto, name)
        if isinstance(value, type):
            assert messages.decode_reply(pickle.dumps(value)) is value


@pytest.mark.parametrize(
    "value",
    [os.system, print, SynthesisRequest.__init__, messages.send],
    ids=["system", "print", "method", "function"],  # without addresses: each test process must find the same tests
)
def test_engine_reply_with_anything_but_data_is_refused(value: Any) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no part of an answer"):
        messages.decode_reply(pickle.dumps(value))


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\x80\x05."])
def test_engine_reply_that_is_corrupt_is_refused(data: bytes) -> None:
    with pytest.raises(pickle.UnpicklingError):
        messages.decode_reply(data)


def test_engine_message_arrives_whole(connected: tuple[socket.socket, socket.socket]) -> None:
    sender, receiver = connected
    steps: list[None] = []
    messages.send(sender, b"x" * 1_000, before_each=lambda: steps.append(None))
    assert messages.receive(receiver, max_bytes=1_000) == b"x" * 1_000
    assert steps


def test_engine_message_above_the_limit_is_refused(connected: tuple[socket.socket, socket.socket]) -> None:
    sender, receiver = connected
    messages.send(sender, b"x" * 1_001)
    with pytest.raises(Oversized, match="1,001 bytes, of which at most 1,000 are taken"):
        messages.receive(receiver, max_bytes=1_000)


def test_engine_message_ends_with_the_peer(connected: tuple[socket.socket, socket.socket]) -> None:
    sender, receiver = connected
    sender.sendall(b"\0" * 4)
    sender.close()
    with pytest.raises(EOFError):
        messages.receive(receiver)
