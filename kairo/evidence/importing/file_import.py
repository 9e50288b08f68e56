"""Imports a file of records as a brand's evidence. An interrupted import resumes where it stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from kairo.evidence.importing import import_state
from kairo.evidence.importing.import_state import ImportKey, ImportState
from kairo.evidence.importing.ingest_records import BATCH_RECORDS, IngestedRecord, ingest_each
from kairo.evidence.importing.input_file import STANDARD_INPUT, InputError, modified_ns
from kairo.evidence.importing.jsonl import RawRecord
from kairo.evidence.importing.progress import ImportProgress
from kairo.evidence.importing.raw_readers import RawReader, load_raw_readers, read_record
from kairo.evidence.importing.record_file import RecordFile, RecordFormat
from kairo.evidence.importing.rejected_rows import RejectedRows
from kairo.evidence.importing.sidecar_files import SidecarFiles
from kairo.evidence.normalizing.dates import newest_datetime, shift_to
from kairo.evidence.record_errors import RejectedRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportOptions:
    """`name` is the file's path, or "-". `as_of` and `shift_to_now` move publication dates; see the command's help."""

    name: str
    brand_id: UUID
    format_: RecordFormat | None = None
    as_of: datetime | None = None
    shift_to_now: bool = False
    dry_run: bool = False
    sidecar_folder: Path | None = None

    @property
    def sidecar_files(self) -> SidecarFiles | None:
        """None for standard input and dry runs, which write no files."""
        if self.name == STANDARD_INPUT or self.dry_run:
            return None
        return SidecarFiles.of(Path(self.name), folder=self.sidecar_folder)


class FileImport:
    """One import of a file. `stored_state` is the state that an interrupted import left, or None."""

    def __init__(self, file: RecordFile, options: ImportOptions) -> None:
        self._file, self._options = file, options
        self._sidecar = options.sidecar_files
        self._key = ImportKey(
            brand_id=str(options.brand_id),
            size=file.size,
            modified_ns=modified_ns(options.name),
            options=(str(options.format_), str(options.as_of), str(options.shift_to_now)),
        )
        self.stored_state = import_state.load(self._sidecar.state) if self._sidecar else None

    def can_resume(self) -> bool:
        """Returns whether the stored state is of this file and these options."""
        return self.stored_state is not None and self.stored_state.key == self._key

    def new_state(self, *, now: datetime) -> ImportState:
        """
        Raises:
            InputError: dates shall be moved to now, and the file has none.
        """
        return ImportState(key=self._key, shift_s=self._shift(now=now).total_seconds())

    def run(
        self, state: ImportState, *, now: datetime, on_record: Callable[[IngestedRecord], None], show_progress: bool
    ) -> None:
        """Ingests the records after the first `state.done`, and updates and saves `state` with each batch."""
        outcomes = state.outcome_counts()
        records = ingest_each(
            brand_id=self._options.brand_id,
            records=_records(self._file, readers=load_raw_readers()),
            now=now,
            shift=state.shift,
            done=state.done,
            charge=not self._options.dry_run,
        )
        with (
            _rolled_back() if self._options.dry_run else nullcontext(),
            RejectedRows(
                self._sidecar.rejected if self._sidecar else None, kept_bytes=state.rejected_bytes
            ) as rejected,
            ImportProgress(sys.stderr, size=self._file.size, shown=show_progress) as progress,
        ):

            def save_state(rows: int) -> None:
                state.done += rows
                state.outcomes, state.rejected_bytes = dict(outcomes), rejected.written_bytes()
                progress.add(rows=rows, position=self._file.position)
                if self._sidecar:
                    import_state.save(state, self._sidecar.state)

            pending = 0
            for record in records:
                outcomes[record.outcome] += 1
                on_record(record)
                rejected.add(record)
                pending += 1
                if pending == BATCH_RECORDS:  # `ingest_each` yields a record after its batch is stored
                    save_state(pending)
                    pending = 0
            save_state(pending)
        if self._sidecar:
            self._sidecar.state.unlink(missing_ok=True)

    def _shift(self, *, now: datetime) -> timedelta:
        as_of = self._options.as_of
        if self._options.shift_to_now:
            records = _records(self._file, readers=load_raw_readers())
            as_of = newest_datetime(record.content for record in records)
            if as_of is None:
                raise InputError(
                    "The file has no snapshot_at and no published_at, so --shift-to-now has nothing to move."
                )
        return shift_to(now=now, as_of=as_of) if as_of else timedelta(0)


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _records(file: RecordFile, *, readers: tuple[RawReader, ...]) -> Iterator[RawRecord]:
    """Yields the file's records, with scrapers' raw items converted."""
    for record in file.records():
        if isinstance(record.content, RejectedRecord):
            yield record
        else:
            yield RawRecord(record.position, read_record(record.content, readers=readers), row=record.content)
