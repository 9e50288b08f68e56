from kairo.evidence.models.normalized_evidence_item import NormalizedEvidenceItem

__all__ = ["NormalizedEvidenceItem"]
