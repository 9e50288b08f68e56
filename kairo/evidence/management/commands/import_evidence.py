from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kairo.core.models import Brand
from kairo.core.services.quotas import QuotaExceeded
from kairo.evidence.enums import IngestOutcome
from kairo.evidence.importing.file_import import FileImport, ImportOptions
from kairo.evidence.importing.import_state import ImportState
from kairo.evidence.importing.input_file import InputError, open_input
from kairo.evidence.importing.record_file import RecordFile, RecordFormat
from kairo.evidence.importing.record_reporter import RecordReporter
from kairo.evidence.normalizing.dates import parse_datetime


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole API, which takes longer than the import
    help = (
        "Stores the posts in FILE as a brand's evidence: JSON lines, CSV with a header, or a JSON list as scrapers "
        "write it, gzipped or not. A post is identified by its platform and external_id, or by its canonical_url where "
        "it has no external_id: importing a file again changes only what differs in it, and of records with the same "
        "post the first counts. A bad record is reported with its line and reason, all of them in FILE.rejected.jsonl; "
        "the good ones are kept, and the exit code is 1. The same command resumes an import that was stopped. "
        "docs/evidence.md describes the fields."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file to read; - for standard input")
        parser.add_argument("--brand", required=True, metavar="SLUG", help="the brand the posts are stored for")
        parser.add_argument("--tenant", default="demo", metavar="SLUG", help="the brand's tenant (default: demo)")
        parser.add_argument(
            "--format", choices=[*RecordFormat], help="the format of FILE (default: by its content and name)"
        )
        shift = parser.add_mutually_exclusive_group()
        shift.add_argument(
            "--as-of",
            type=_datetime,
            metavar="ISO",
            help="the moment the file describes: every published_at is moved as if that moment were now",
        )
        shift.add_argument(
            "--shift-to-now",
            action="store_true",
            help="as --as-of with the newest snapshot_at in the file, or its newest published_at where it has none. "
            "Dates are moved by whole hours, all by the same, so order and distances stay",
        )
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, and store nothing")
        parser.add_argument("--restart", action="store_true", help="read from the beginning instead of resuming")
        parser.add_argument(
            "--beside",
            metavar="FOLDER",
            type=Path,
            help="the folder of FILE.rejected.jsonl and of the import's state (default: FILE's folder)",
        )
        parser.add_argument(
            "--progress",
            action="store_true",
            help="print the progress, a line a second; on a terminal there is always a bar",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started_at = time.monotonic()
        brand = _brand(tenant=options["tenant"], slug=options["brand"])
        import_options = ImportOptions(
            name=options["file"],
            brand_id=brand.id,
            format_=options["format"] and RecordFormat(options["format"]),
            as_of=options["as_of"],
            shift_to_now=options["shift_to_now"],
            dry_run=options["dry_run"],
            sidecar_folder=options["beside"],
        )
        reporter = RecordReporter(print_error=self.stderr.write, print_note=self._print_note)
        try:
            with open_input(import_options.name) as raw:
                file = RecordFile(raw, name=import_options.name, format_=import_options.format_)
                file_import = FileImport(file, import_options)
                state = self._initial_state(file_import, restart=options["restart"])
                done_before = state.done
                self._run(file_import, state, reporter, show_progress=options["progress"] or sys.stderr.isatty())
        except InputError as error:
            raise CommandError(str(error)) from None
        reporter.finish()
        seconds = time.monotonic() - started_at
        rate = (state.done - done_before) / seconds if seconds else 0
        self.stdout.write(f"{_summary(state, brand=brand, reporter=reporter)}; {seconds:.2f} s, {rate:,.0f} rows/s")
        sidecar_files = import_options.sidecar_files
        if sidecar_files and sidecar_files.rejected.exists():
            self.stdout.write(f"rejected rows: {sidecar_files.rejected}")
        if rejected := state.outcomes.get(IngestOutcome.REJECTED, 0):
            raise CommandError(f"{rejected:,} of {state.done:,} lines were rejected.")

    def _initial_state(self, file_import: FileImport, *, restart: bool) -> ImportState:
        stored = None if restart else file_import.stored_state
        if stored is not None and file_import.can_resume():
            self._print_note(f"Resuming after {stored.done:,} records.")
            return stored
        if stored is not None:
            self.stderr.write("The file or the options differ from those of the stopped import: starting over.")
        return file_import.new_state(now=timezone.now())

    def _run(
        self, file_import: FileImport, state: ImportState, reporter: RecordReporter, *, show_progress: bool
    ) -> None:
        try:
            file_import.run(state, now=timezone.now(), on_record=reporter.add, show_progress=show_progress)
        except KeyboardInterrupt:
            raise CommandError(f"Stopped after {state.done:,} records. Run the same command to resume.") from None
        except QuotaExceeded as error:
            raise CommandError(f"Stopped after {state.done:,} records: {error} The same command resumes.") from None

    def _print_note(self, text: str) -> None:
        self.stderr.write(text, str)  # without the error style


def _summary(state: ImportState, *, brand: Brand, reporter: RecordReporter) -> str:
    outcomes = state.outcome_counts()
    counts = ", ".join(f"{outcomes[outcome]:,} {outcome}" for outcome in IngestOutcome)
    notes = f"; {reporter.with_notes:,} with notes" if reporter.with_notes else ""
    shift = f"; dates moved by {state.shift_s / 86_400:+.2f} days" if state.shift_s else ""
    return f"{brand.slug}: {state.done:,} read, {counts}{notes}{shift}"


def _datetime(text: str) -> datetime:
    return parse_datetime(text)[0]


_datetime.__name__ = "ISO 8601 moment"  # argparse prints it: "invalid ISO 8601 moment value: 'tomorrow'"


def _brand(*, tenant: str, slug: str) -> Brand:
    brand = Brand.objects.filter(tenant__slug=tenant, slug=slug).first()
    if brand is None:
        slugs = Brand.objects.filter(tenant__slug=tenant).order_by("slug").values_list("slug", flat=True)[:20]
        hint = f"It has {', '.join(slugs)}." if slugs else "It has none; import_brands creates them."
        raise CommandError(f"Tenant {tenant} has no brand {slug}. {hint}")
    return brand
