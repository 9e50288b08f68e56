"""Engines that fail in every way an engine can, to be named by a dotted path.

They run in processes of their own. A test learns what happens there from files: `EVENTS` names the folder.
"""

from __future__ import annotations

import logging
import math
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import ScorePartDTO
from kairo.hero.engine.deadline import Deadline
from kairo.hero.enums import ScorePartName
from kairo.hero.gates.thresholds import SCORE_MAXIMA
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult
from tests.hero.services.candidates import a_candidate

EVENTS = "KAIRO_TEST_EVENTS"
NOTHING = SynthesisResult(candidates=(), engine="test", engine_version="1")


def note_event(name: str, text: str = "") -> None:
    """Writes the file whole, so that a reader never sees half of it."""
    folder = Path(os.environ[EVENTS])
    unfinished = folder / f"{name}.{os.getpid()}"
    unfinished.write_text(text or str(os.getpid()))
    unfinished.rename(folder / name)


class Obliging:
    """Returns no candidates, with its process id and its number of calls as diagnostics."""

    def __init__(self) -> None:
        self.asked = 0

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        self.asked += 1
        return SynthesisResult(candidates=(), engine="obliging", diagnostics={"pid": os.getpid(), "asked": self.asked})


class Scripted:
    """Proposes the concepts in the brand's positioning, best first, and returns its request as diagnostics."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        names = (request.brand.positioning or "alpha bravo charlie").split()
        return SynthesisResult(
            candidates=tuple(a_candidate(name, request) for name in names),
            engine="scripted",
            diagnostics={
                "decisions": [f"{one.concept_key} {one.kind}" for one in request.decisions],
                "previous": [one.concept_key for one in request.previous],
            },
        )


class Echoing:
    """Answers with the request as it arrived."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=(), diagnostics={"request": repr(request)})


class Sleeping:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        note_event("begun")
        time.sleep(600)
        return NOTHING


class Looping:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        note_event("begun")
        while True:
            pass


class Receiving:
    """Waits in a system call for a byte that never comes."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        ours, theirs = socket.socketpair()
        note_event("begun")
        ours.recv(1)
        theirs.close()
        return NOTHING


class HoldingTheInterpreter:
    """A pattern that takes for ever, in C: no other thread of the process runs meanwhile."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        note_event("begun")
        re.match(r"(a+)+$", "a" * 100 + "b")
        return NOTHING


class Spawning:
    """Starts a process and a thread of its own, and waits for both."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        threading.Thread(target=time.sleep, args=(600,)).start()
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        note_event("child", str(child.pid))
        note_event("begun")
        child.wait()
        return NOTHING


class LeavingThreads:
    """Raises, and leaves a thread and a process at work."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        threading.Thread(target=time.sleep, args=(600,)).start()
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        note_event("child", str(child.pid))
        raise RuntimeError("no")


class Raising:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise KeyError("secret detail of the engine")


class Interrupting:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise KeyboardInterrupt


class Exiting:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise SystemExit(3)


class Leaving:
    """Ends its process at once."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        os._exit(3)


class Crashing:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        os.kill(os.getpid(), signal.SIGSEGV)
        return NOTHING


class GivingUp:
    """Keeps its own deadline."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        Deadline(0).check()
        return NOTHING


class AnsweringNonsense:
    def synthesize(self, request: SynthesisRequest) -> Any:
        return ["an idea"]


class WithoutCandidates:
    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=None)  # type: ignore[arg-type]  # that is the point


class Unstorable:
    """Its account of itself is no JSON."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=(), diagnostics={"engine": object()})


class Null:
    """Its account of itself holds what Postgres does not take."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=(), notes=("before\x00after",))


class Verbose:
    """An account of 50 MB."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return SynthesisResult(candidates=(), diagnostics={"log": "x" * 50_000_000})


class Forging:
    """Writes into the connection to the worker by itself: a value that would run code where it is unpickled."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        harmful = b"cos\nsystem\n(S'touch " + os.environ[EVENTS].encode() + b"/harmed'\ntR."
        connection = int(sys.argv[2])
        os.write(connection, len(harmful).to_bytes(8, "big") + harmful)
        time.sleep(600)
        return NOTHING


class Boasting:
    """Announces a message of a petabyte."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        os.write(int(sys.argv[2]), (10**15).to_bytes(8, "big"))
        time.sleep(600)
        return NOTHING


class Trickling:
    """Announces a message, and sends a byte of it now and then."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        connection = int(sys.argv[2])
        os.write(connection, (1000).to_bytes(8, "big"))
        while True:
            os.write(connection, b"x")
            time.sleep(0.01)


class Talking:
    """Prints from Python, from a child process and from C, and logs."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        print("printed by the engine")  # noqa: T201  that is the point
        subprocess.run(["echo", "echoed by the engine"], check=True)
        os.write(1, b"written by the engine\n")
        logging.getLogger("an.engine").warning("logged by the engine")
        return NOTHING


def good_and_broken(request: SynthesisRequest, broken: Callable[[CandidateDTO], Any]) -> SynthesisResult:
    good, other = (a_candidate(name, request) for name in ("good", "other"))
    return SynthesisResult(candidates=(broken(other), good), engine="hostile")


class OfItsOwnClass:
    title = "A loaf of a class that the worker does not have"


def with_(value: Any, **changes: Any) -> Any:
    """As `replace`, for values of types that the field does not have."""
    return replace(value, **changes)


def scored(idea: CandidateDTO, points: Any, name: ScorePartName = ScorePartName.RELEVANCE) -> CandidateDTO:
    """The idea with one score part of its own."""
    part = ScorePartDTO(part=name, points=points, max=SCORE_MAXIMA[name], rule="a rule", sentence="A sentence.")
    return replace(idea, score_parts=(part,))


# What may be wrong with one candidate among good ones, by the name that a brand's positioning holds.
BROKEN: dict[str, Callable[[CandidateDTO], Any]] = {
    "unknown evidence": lambda idea: replace(idea, evidence_ids=(uuid4(),)),
    "no evidence": lambda idea: replace(idea, evidence_ids=()),
    "nul title": lambda idea: replace(idea, title="\x00" * 9),
    "long title": lambda idea: replace(idea, title="x" * 100_000),
    "title of 50 MB": lambda idea: replace(idea, title="x" * 50_000_000),
    "twin": lambda idea: replace(idea, concept_key="good"),
    "vacuous": lambda idea: replace(idea, why_now="Always relevant, timeless even."),
    "channel not of the brand": lambda idea: replace(idea, primary_channel=Channel.NEWSLETTER),
    "unknown channel": lambda idea: with_(idea, suggested_channels=("fax",)),
    "unknown type": lambda idea: with_(idea, type="viral"),
    "unknown persona": lambda idea: replace(idea, persona_id=uuid4()),
    "unknown pillar": lambda idea: replace(idea, pillar_id=uuid4()),
    "no score": lambda idea: scored(idea, 0),
    "not a number": lambda idea: scored(idea, math.nan),
    "more than the most": lambda idea: scored(idea, 99),
    "as many points as there are": lambda idea: replace(
        idea,
        score_parts=tuple(part for name in SCORE_MAXIMA for part in scored(idea, SCORE_MAXIMA[name], name).score_parts),
    ),
    "a type without proof": lambda idea: replace(idea, type=OpportunityType.EVERGREEN),
    "a number of its own": lambda idea: replace(idea, why_now=f"{idea.why_now} That is 900 % more."),
    "a number without a claim": lambda idea: replace(idea, claims=()),
    "concept of lists": lambda idea: with_(idea, concept_key=["no", "text"]),
    "claims of text": lambda idea: with_(idea, claims="all true"),
    "nothing": lambda idea: None,
    "text": lambda idea: "an idea",
    "own class": lambda idea: OfItsOwnClass(),
    "a function": lambda idea: with_(idea, title=lambda: "computed"),
}


class Hostile:
    """Proposes one good idea, and one that is broken as the brand's positioning says."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return good_and_broken(request, BROKEN[request.brand.positioning])


class Signalled:
    """Receives SIGTERM and SIGINT, as a supervisor sends them to all processes of a worker, and answers anyway."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        return NOTHING


class Unstartable:
    """Its process never gets as far as to take a call."""

    def __init__(self) -> None:
        note_event("building")
        time.sleep(600)

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return NOTHING


class LeavingWhenBuilt:
    def __init__(self) -> None:
        os._exit(4)

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return NOTHING
