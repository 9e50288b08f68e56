"""Imports labelled boards and gathers their inputs as a job does, in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from kairo.core.brand_profile import parse_brand
from kairo.core.errors import Invalid
from kairo.core.models import Tenant
from kairo.core.services.brand_import import import_brand
from kairo.core.services.tenants import tenant_of_slug
from kairo.evidence.enums import IngestOutcome
from kairo.evidence.importing.ingest_records import ingest
from kairo.evidence.importing.jsonl import read_jsonl
from kairo.hero.boards import evidence_items
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.evaluation.labelled_folder import LabelledSource, UnreadableFolder
from kairo.hero.generation.inputs import Inputs, gather_inputs


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredBoard:
    """A labelled board with the inputs of its job, and the number of posts that the import read and rejected."""

    board: LabelledBoard
    inputs: Inputs
    read: int
    rejected: int


def gather_boards(sources: Sequence[LabelledSource]) -> list[StoredBoard]:
    """Returns each board as a job at its `as_of` gathers it, imported at that time.

    All rows are written in one transaction that is rolled back.

    Raises:
        UnreadableFolder: a brand's profile cannot be stored.
    """
    with transaction.atomic():
        tenant = tenant_of_slug(slug=f"evaluation-{uuid4().hex}")
        boards = [_gather(source, tenant) for source in sources]
        transaction.set_rollback(True)
    return boards


def _gather(source: LabelledSource, tenant: Tenant) -> StoredBoard:
    try:
        brand_id = import_brand(tenant=tenant, profile=parse_brand(source.profile)).brand_id
    except Invalid as error:
        raise UnreadableFolder(f"brand {source.slug}: {error}.") from None
    with source.posts_file.open("rb") as stream:
        report = ingest(brand_id=brand_id, records=read_jsonl(stream), now=source.as_of)
    inputs = gather_inputs(brand_id=brand_id, as_of=source.as_of)
    labels = {
        record.evidence_id: source.labels_by_line[record.position]
        for record in report.records
        if record.evidence_id and record.position in source.labels_by_line
    }
    stored = evidence_items.items(
        brand_id=brand_id, ids=[record.evidence_id for record in report.records if record.evidence_id]
    )
    return StoredBoard(
        board=LabelledBoard(
            brand=inputs.brand,
            as_of=source.as_of,
            evidence=inputs.evidence,
            labels=labels,
            synthetic=frozenset(),
            stored=tuple(stored.values()),
        ),
        inputs=inputs,
        read=len(report.records),
        rejected=report.count(IngestOutcome.REJECTED),
    )
