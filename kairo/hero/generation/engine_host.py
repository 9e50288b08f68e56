"""The process of an engine: `python -m kairo.hero.generation.engine_host PATH CONNECTION_FD LIVENESS_FD`.

`engine_process` starts it. Its standard output is the worker's standard error: messages use their own socket, which
nothing that an engine prints can corrupt.
"""

from __future__ import annotations

import faulthandler
import fcntl
import logging
import os
import pickle
import select
import signal
import socket
import sys
import threading
from dataclasses import replace

import django
from django.core.exceptions import ImproperlyConfigured

from kairo.hero.dto import RejectedCandidateDTO
from kairo.hero.engine.deadline import DeadlineExceeded
from kairo.hero.enums import RejectionCode
from kairo.hero.generation import engine_messages as messages
from kairo.hero.generation.engine_answer import SynthesisFailed, validated_result
from kairo.hero.generation.engine_messages import Answer, Call, Failure, Ready, Reply, Unusable
from kairo.hero.generation.synthesizer import load_engine
from kairo.hero.ports import SynthesisResult, Synthesizer
from kairo.observability.logs import bound

logger = logging.getLogger("kairo.hero.generation.engine_host")  # this module runs as __main__

MAX_CANDIDATE_BYTES = 2**20


def main(path: str, connection_fd: int, liveness_fd: int) -> None:
    """Loads the engine and replies to calls until the worker closes the connection."""
    exit_with_worker(liveness_fd)
    # A supervisor may signal every process of a worker; the engine keeps running during the worker's grace period. Not
    # SIG_IGN, which child processes of the engine would inherit.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    faulthandler.enable()
    django.setup()
    os.set_inheritable(connection_fd, False)
    connection = socket.socket(fileno=connection_fd)
    try:
        engine = load_engine(path)
    except ImproperlyConfigured as error:
        messages.send(connection, messages.encode_reply(Unusable(str(error))))
        return
    messages.send(connection, messages.encode_reply(Ready()))
    while True:
        try:
            call = messages.decode_call(messages.receive(connection))
        except EOFError:
            return
        messages.send(connection, reply_to(call, engine))


def exit_with_worker(liveness_fd: int) -> None:
    """Kills this process group when the worker closes its end of the pipe or dies.

    Linux sends the signal (O_ASYNC), even while an engine holds the interpreter lock. Elsewhere a thread sends it.
    """
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(liveness_fd, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(liveness_fd, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(liveness_fd, fcntl.F_SETFL, fcntl.fcntl(liveness_fd, fcntl.F_GETFL) | os.O_ASYNC)
        if select.select([liveness_fd], [], [], 0)[0]:
            _kill_group()  # the worker died before O_ASYNC was set
    else:
        threading.Thread(target=_kill_group_at_end_of, args=(liveness_fd,), name="liveness", daemon=True).start()


def _kill_group_at_end_of(liveness_fd: int) -> None:
    os.read(liveness_fd, 1)
    _kill_group()


def _kill_group() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


def reply_to(call: Call, engine: Synthesizer) -> bytes:
    """Runs the engine and encodes its reply. An exception of the engine is logged here and becomes a Failure."""
    with bound(**call.log_ids):
        reply = messages.encode_reply(_reply(call, engine))
    if len(reply) > messages.MAX_REPLY_BYTES:
        size, limit = f"{len(reply):,}", f"{messages.MAX_REPLY_BYTES:,}"
        reply = messages.encode_reply(
            Failure(f"The engine's answer has {size} bytes, of which at most {limit} are taken.")
        )
    return reply


def _reply(call: Call, engine: Synthesizer) -> Reply:
    try:
        return Answer(_without_unpicklable(validated_result(engine.synthesize(call.request))))
    except SynthesisFailed as error:
        return Failure(str(error))
    except DeadlineExceeded:
        return Failure(f"The engine did not answer within {call.request.time_limit_s:g} s.", timed_out=True)
    except BaseException as error:  # including SystemExit
        logger.exception("the engine failed")
        return Failure(f"The engine failed: {type(error).__name__}.")


def _without_unpicklable(result: SynthesisResult) -> SynthesisResult:
    """Rejects candidates that cannot be sent as MALFORMED."""
    kept, rejected = [], []
    for candidate in result.candidates:
        reason = _unpicklable_reason(candidate)
        if reason is None:
            kept.append(candidate)
            continue
        title = getattr(candidate, "title", None)
        shown = title[:200] if type(title) is str else ""
        rejected.append(RejectedCandidateDTO(title=shown, code=RejectionCode.MALFORMED, detail=reason))
    return replace(result, candidates=tuple(kept), rejected=(*result.rejected, *rejected))


def _unpicklable_reason(candidate: object) -> str | None:
    try:
        data = pickle.dumps(candidate, protocol=pickle.HIGHEST_PROTOCOL)
        if len(data) > MAX_CANDIDATE_BYTES:
            return f"It has {len(data):,} bytes, of which at most {MAX_CANDIDATE_BYTES:,} are taken."
        messages.decode_reply(data)
    except Exception as error:
        return f"It holds a value that is no data ({type(error).__name__})."
    return None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
