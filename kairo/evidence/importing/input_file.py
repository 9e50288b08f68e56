"""Opens the file to import, which may be standard input."""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

STANDARD_INPUT = "-"


class InputError(Exception):
    """A file cannot be read or written. The message is a sentence for people."""


@contextmanager
def open_input(name: str) -> Iterator[IO[bytes]]:
    """Opens a file for reading from its beginning more than once. A pipe is copied to a temporary file first.

    Raises:
        InputError: also for an OSError or a decompression error in the caller's block.
    """
    try:
        file = sys.stdin.buffer if name == STANDARD_INPUT else Path(name).open("rb")  # noqa: SIM115  closed below
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from None
    try:
        with file, _seekable(file) as stream:
            yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{name} cannot be read to its end: {error}.") from None
    except OSError as error:
        raise InputError(f"{error.filename or name}: {error.strerror}.") from None


def modified_ns(name: str) -> int:
    """Returns the file's modification time in nanoseconds; 0 for standard input."""
    return 0 if name == STANDARD_INPUT else Path(name).stat().st_mtime_ns


@contextmanager
def _seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy
