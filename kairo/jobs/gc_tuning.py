"""When a worker process looks for garbage."""

from __future__ import annotations

import gc

_THRESHOLDS = (20_000, 20, 20)


def collect_seldom() -> None:
    """Looks for garbage after 20,000 new objects instead of 700, and never among what is there by now.

    A board of 2,000 posts makes half a million objects that live until it is stored: with the default thresholds,
    looking at them again and again took a tenth of the time (`python -m benchmarks engine`).
    """
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
