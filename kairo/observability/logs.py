"""Structured logs: every line of a request or job carries the ids that are bound to the log context."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter as _JsonFormatter

FIELDS = ("request_id", "job_id", "brand_id", "tenant_id", "worker_id", "attempt")
_context: ContextVar[dict[str, str]] = ContextVar("kairo_log_context", default={})  # noqa: B039  bound() replaces it and never mutates it
# An API token as api_tokens.py generates it; an error may quote a request that has one in the wrong place.
_SECRET = re.compile(r"(?<![A-Za-z0-9])kairo_[A-Za-z0-9_-]{32,}")
_WEBHOOK_SECRET = re.compile(r"(/webhooks/\w+/)[^\s\"'<>?]+")  # Django logs the path of a request that failed


@contextmanager
def bound(**ids: object) -> Iterator[None]:
    """Adds ids to every log line that this thread or task writes inside the block."""
    token = _context.set({**_context.get(), **{name: str(value) for name, value in ids.items()}})
    try:
        yield
    finally:
        _context.reset(token)


def current(name: str) -> str:
    """The id bound under this name; empty without one."""
    return _context.get().get(name, "")


def without_secrets(text: str) -> str:
    """The text with API tokens and the secrets in paths of webhooks masked."""
    return _WEBHOOK_SECRET.sub(r"\1…", _SECRET.sub("kairo_…", text))


class ContextFilter(logging.Filter):
    """Sets the bound ids on each record that has no such attribute."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name, value in _context.get().items():
            if not hasattr(record, name):
                setattr(record, name, value)
        return True


class OneWarningFilter(logging.Filter):
    """Logs a client's mistake as a one-line warning instead of an error with a traceback, Django's default."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None
        return True


class JsonFormatter(_JsonFormatter):
    """One JSON object per line: time, level, logger, message and the bound ids."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            datefmt="%Y-%m-%dT%H:%M:%S%z",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
        )

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class TextFormatter(logging.Formatter):
    """Text for a terminal: the message, then the bound ids."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the standard library's name
        ids = " ".join(f"{name}={getattr(record, name)}" for name in FIELDS if hasattr(record, name))
        return super().formatMessage(record) + (f"  [{ids}]" if ids else "")
