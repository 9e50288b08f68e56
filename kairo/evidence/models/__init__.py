from kairo.evidence.models.evidence_usage import EvidenceUsage
from kairo.evidence.models.ingestion_job import IngestionJob, IngestionJobEvent, IngestionJobKey
from kairo.evidence.models.normalized_evidence_item import NEWEST_FIRST, NormalizedEvidenceItem
from kairo.evidence.models.source_connection import SourceConnection
from kairo.evidence.models.source_run import SourceRun
from kairo.evidence.models.spend_entry import SpendEntry

__all__ = [
    "NEWEST_FIRST",
    "EvidenceUsage",
    "IngestionJob",
    "IngestionJobEvent",
    "IngestionJobKey",
    "NormalizedEvidenceItem",
    "SourceConnection",
    "SourceRun",
    "SpendEntry",
]
