"""A source that is slow or waits on purpose, in the port's shape. Named by KAIRO_EVIDENCE_SOURCES."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from kairo.core.enums import Platform
from kairo.evidence.enums import SourceKind
from kairo.evidence.ports import SourceItem, SourceRequest


class Slow:
    """Takes KAIRO_TEST_ENGINE_S seconds, as the engine of that name; waits for KAIRO_TEST_GATE if that is set."""

    name = "slow"

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return [(Platform.INSTAGRAM, SourceKind.PROFILE)]

    def normalize_identifier(self, *, platform: Platform, kind: SourceKind, value: str) -> str:
        return value

    def check(self, request: SourceRequest) -> None:
        """Everything can be read."""

    def fetch(self, request: SourceRequest) -> Iterator[SourceItem]:
        if gate := os.environ.get("KAIRO_TEST_GATE"):
            Path(gate).with_suffix(".begun").touch()
            while not Path(gate).exists():
                time.sleep(0.01)
        least, _, most = os.environ.get("KAIRO_TEST_ENGINE_S", "0").partition("-")
        time.sleep(random.uniform(float(least), float(most or least)))
        post = {"platform": "instagram", "external_id": request.identifier, "text_primary": "A loaf"}
        yield SourceItem(content=post)
