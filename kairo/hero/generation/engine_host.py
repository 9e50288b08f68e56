"""The process that an engine runs in: `python -m kairo.hero.generation.engine_host PATH CONNECTION_FD LIVENESS_FD`.

Started by `engine_process`. Standard output is the worker's standard error, so nothing that an engine prints can get
between the messages.
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
from kairo.hero.generation.engine_answer import SynthesisFailed, checked
from kairo.hero.generation.engine_messages import Answer, Call, Failure, Ready, Reply, Unusable
from kairo.hero.generation.synthesizer import load_engine
from kairo.hero.ports import SynthesisResult, Synthesizer
from kairo.observability.logs import bound

logger = logging.getLogger("kairo.hero.generation.engine_host")  # this module runs as __main__

MAX_CANDIDATE_BYTES = 2**20


def main(path: str, connection_fd: int, liveness_fd: int) -> None:
    """Loads the engine, and answers calls until the worker closes the connection."""
    end_with_the_worker(liveness_fd)
    # A supervisor may signal all processes of a worker. The worker's grace is the engine's as well. Not SIG_IGN, which
    # processes that the engine starts would inherit.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    faulthandler.enable()
    django.setup()
    os.set_inheritable(connection_fd, False)
    connection = socket.socket(fileno=connection_fd)
    try:
        engine = load_engine(path)
    except ImproperlyConfigured as error:
        messages.send(connection, messages.packed_reply(Unusable(str(error))))
        return
    messages.send(connection, messages.packed_reply(Ready()))
    while True:
        try:
            call = messages.unpacked_call(messages.receive(connection))
        except EOFError:
            return
        messages.send(connection, reply_to(call, engine))


def end_with_the_worker(liveness_fd: int) -> None:
    """Has this process group killed once the worker closes its end of the pipe, or dies.

    Linux sends the signal itself (O_ASYNC), also while an engine holds the interpreter's lock. Elsewhere a thread does.
    """
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(liveness_fd, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(liveness_fd, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(liveness_fd, fcntl.F_SETFL, fcntl.fcntl(liveness_fd, fcntl.F_GETFL) | os.O_ASYNC)
        if select.select([liveness_fd], [], [], 0)[0]:
            _kill_group()  # the worker died before the signal was asked for
    else:
        threading.Thread(target=_kill_group_at_end_of, args=(liveness_fd,), name="liveness", daemon=True).start()


def _kill_group_at_end_of(liveness_fd: int) -> None:
    os.read(liveness_fd, 1)
    _kill_group()


def _kill_group() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


def reply_to(call: Call, engine: Synthesizer) -> bytes:
    """Runs the engine. Never raises: what an engine raises is a Failure, and its traceback is logged here."""
    with bound(**call.log_ids):
        reply = messages.packed_reply(_reply(call, engine))
    if len(reply) > messages.MAX_REPLY_BYTES:
        size, most = f"{len(reply):,}", f"{messages.MAX_REPLY_BYTES:,}"
        reply = messages.packed_reply(
            Failure(f"The engine's answer has {size} bytes, of which at most {most} are taken.")
        )
    return reply


def _reply(call: Call, engine: Synthesizer) -> Reply:
    try:
        return Answer(_portable(checked(engine.synthesize(call.request))))
    except SynthesisFailed as error:
        return Failure(str(error))
    except DeadlineExceeded:
        return Failure(f"The engine did not answer within {call.request.time_limit_s:g} s.", timed_out=True)
    except BaseException as error:  # SystemExit and the like are failures of the engine too
        logger.exception("the engine failed")
        return Failure(f"The engine failed: {type(error).__name__}.")


def _portable(result: SynthesisResult) -> SynthesisResult:
    """The result without the candidates that no message can carry; these are rejected as malformed."""
    kept, rejected = [], []
    for candidate in result.candidates:
        why = _why_not_portable(candidate)
        if why is None:
            kept.append(candidate)
            continue
        title = getattr(candidate, "title", None)
        shown = title[:200] if type(title) is str else ""
        rejected.append(RejectedCandidateDTO(title=shown, code=RejectionCode.MALFORMED, detail=why))
    return replace(result, candidates=tuple(kept), rejected=(*result.rejected, *rejected))


def _why_not_portable(candidate: object) -> str | None:
    try:
        data = pickle.dumps(candidate, protocol=pickle.HIGHEST_PROTOCOL)
        if len(data) > MAX_CANDIDATE_BYTES:
            return f"It has {len(data):,} bytes, of which at most {MAX_CANDIDATE_BYTES:,} are taken."
        messages.unpacked_reply(data)
    except Exception as error:
        return f"It holds a value that is no data ({type(error).__name__})."
    return None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
