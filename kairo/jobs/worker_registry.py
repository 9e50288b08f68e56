"""The runners of a worker process, one for each kind of job. A package registers its own; worker processes ask here.

So a worker process need not know the packages, and a package need not import what it may not know.
"""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

from kairo.jobs.runner import JobRunner, PerProcess

_paths: list[str] = []


def register(path: str) -> None:
    """Adds the runner of a kind; at `path` is its `PerProcess`. For `AppConfig.ready`."""
    if path not in _paths:
        _paths.append(path)


def runners() -> tuple[JobRunner[Any], ...]:
    """The process's runner of each kind, that of the upper layer first: a screen may wait for its jobs."""
    return tuple(runner() for runner in _registered())


def new_runners() -> tuple[JobRunner[Any], ...]:
    """Runners of the command's own, in the same order."""
    return tuple(runner.make() for runner in _registered())


def _registered() -> list[PerProcess[JobRunner[Any]]]:
    return [import_string(path) for path in reversed(_paths)]
