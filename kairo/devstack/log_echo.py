"""Follows log files and returns the lines for the terminal: warnings, errors and tracebacks."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LOUD = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b")
TRACE = re.compile(r"^(Traceback |\s|\w[\w.]*(Error|Exception)\b)")


class LogEcho:
    """Follows each file from its present end."""

    def __init__(self, logs: Iterable[Path]) -> None:
        self._read_until = {log: log.stat().st_size if log.exists() else 0 for log in logs}
        self._in_trace: set[Path] = set()

    def new_lines(self) -> Iterator[str]:
        """Yields complete lines, prefixed with the name of their log."""
        for log, start in self._read_until.items():
            if not log.exists():
                continue
            with log.open("rb") as file:
                file.seek(start)
                text = file.read()
            whole = text[: text.rfind(b"\n") + 1]
            self._read_until[log] = start + len(whole)
            for line in whole.decode(errors="replace").splitlines():
                if self._is_essential(log, line):
                    yield f"  {log.stem} | {line}"

    def _is_essential(self, log: Path, line: str) -> bool:
        if LOUD.search(line) or line.startswith("Traceback "):
            self._in_trace.add(log)
            return True
        if log in self._in_trace and TRACE.match(line):
            return True
        self._in_trace.discard(log)
        return False
