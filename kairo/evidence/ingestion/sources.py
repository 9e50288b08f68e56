"""Loads the source adapters that KAIRO_EVIDENCE_SOURCES names."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.ports import EvidenceSource, ImmediateSource, SourceError, StagedSource


def load_sources() -> tuple[EvidenceSource, ...]:
    """Returns the sources of KAIRO_EVIDENCE_SOURCES, in its order.

    Raises:
        ImproperlyConfigured: a path cannot be imported, is not a source, or repeats a name.
    """
    sources: list[EvidenceSource] = []
    for path in settings.KAIRO_EVIDENCE_SOURCES:
        try:
            source = import_string(path)()
        except (ImportError, TypeError) as error:
            raise ImproperlyConfigured(
                f"KAIRO_EVIDENCE_SOURCES names {path!r}, which cannot be used: {error}"
            ) from error
        if not isinstance(source, ImmediateSource | StagedSource):
            raise ImproperlyConfigured(f"KAIRO_EVIDENCE_SOURCES names {path!r}, which is no evidence source.")
        if any(source.name == other.name for other in sources):
            raise ImproperlyConfigured(f"KAIRO_EVIDENCE_SOURCES has two sources with the name {source.name!r}.")
        sources.append(source)
    return tuple(sources)


def source_for(*, platform: Platform, kind: SourceKind) -> EvidenceSource:
    """Returns the first source that offers the combination.

    Raises:
        SourceError: SOURCE_NOT_AVAILABLE.
    """
    for source in load_sources():
        if (platform, kind) in source.offers():
            return source
    raise SourceError(
        IngestionErrorCode.SOURCE_NOT_AVAILABLE, f"no source reads {platform.label} by {kind.label.lower()}"
    )


def source_named(name: str) -> EvidenceSource | None:
    """Returns the source that a stored row names, or None where the settings no longer have it."""
    return next((source for source in load_sources() if source.name == name), None)
