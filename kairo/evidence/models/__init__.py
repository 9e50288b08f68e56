from kairo.evidence.models.normalized_evidence_item import NEWEST_FIRST, NormalizedEvidenceItem

__all__ = ["NEWEST_FIRST", "NormalizedEvidenceItem"]
