from __future__ import annotations

from collections.abc import Callable

from kairo.evidence.importing.ingest_records import IngestedRecord

MAX_LINES_SHOWN = 20


class RecordReporter:
    """Prints the first rejected records and the first ones with notes, and counts the rest."""

    def __init__(self, *, print_error: Callable[[str], object], print_note: Callable[[str], object]) -> None:
        self._print_error, self._print_note = print_error, print_note
        self.rejected = self.with_notes = 0

    def add(self, record: IngestedRecord) -> None:
        if record.rejection:
            self.rejected += 1
            if self.rejected <= MAX_LINES_SHOWN:
                self._print_error(f"line {record.position}: {record.rejection} ({record.rejection.code})")
        elif record.notes:
            self.with_notes += 1
            if self.with_notes <= MAX_LINES_SHOWN:
                self._print_note(f"line {record.position}, kept: {'; '.join(record.notes)}")

    def finish(self) -> None:
        for count, what in ((self.rejected, "rejected"), (self.with_notes, "kept with a note")):
            if count > MAX_LINES_SHOWN:
                self._print_note(f"and {count - MAX_LINES_SHOWN:,} more lines {what}")
