"""Puts this process's clock KAIRO_TEST_SKEW_S seconds forward, before anything else is imported."""

from __future__ import annotations

import datetime
import os
import time
from typing import Any

_skew_s = float(os.environ["KAIRO_TEST_SKEW_S"])
_real_time = time.time
_Real = datetime.datetime


class _LooksReal(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _Real)


class _Skewed(_Real, metaclass=_LooksReal):
    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return _Real(*args, **kwargs)

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return _Real.now(tz) + datetime.timedelta(seconds=_skew_s)


time.time = lambda: _real_time() + _skew_s
datetime.datetime = _Skewed  # type: ignore[misc]  # that is the point
