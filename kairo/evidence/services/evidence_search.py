"""Lists and searches a brand's evidence items."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from kairo.core.enums import Platform
from kairo.core.errors import Invalid
from kairo.core.paging import Order, Page, page_of, parse_time
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.core.text import clean_line
from kairo.db.query_plans import through_tenant_view
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.search_vector import IndexableQuery, SearchVectorColumn

MAX_SEARCH_CHARACTERS = 200
MAX_AUTHOR_CHARACTERS = 300
# The order of the index evidence_brand_newest_stored, which also skips the rows before a cursor.
_ORDER = Order(column="published_at", parse=parse_time, nullable=True, ids_descending=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceFilter:
    """Conditions on evidence items, all of which must hold. An empty one, or None, always holds.

    `author` ignores case and a leading @. `published_from` is inclusive, `published_to` exclusive. `search` has the
    syntax of a web search: words, "a phrase", or, -not. A search with nothing but exclusions matches nothing.
    """

    platforms: Collection[Platform] = ()
    author: str = ""
    published_from: datetime | None = None
    published_to: datetime | None = None
    search: str = ""


def list_evidence(
    *, caller: Caller, brand_id: UUID, first: int, after: str | None, filter_: EvidenceFilter
) -> Page[NormalizedEvidenceItem]:
    """Returns a page of a brand's items, newest first, those without a date last: two SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `first`, `after`, `author` or `search` is invalid.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = _filtered(through_tenant_view(NormalizedEvidenceItem.objects.filter(brand=brand)), filter_)
    return page_of(rows, order=_ORDER, first=first, after=after)


def evidence_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, NormalizedEvidenceItem]:
    """Returns the items that this caller may see: one SQL statement."""
    return NormalizedEvidenceItem.objects.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)


def _filtered(rows: QuerySet[NormalizedEvidenceItem], filter_: EvidenceFilter) -> QuerySet[NormalizedEvidenceItem]:
    if filter_.platforms:
        rows = rows.filter(platform__in=filter_.platforms)
    if author := _text(filter_.author, "author", max_characters=MAX_AUTHOR_CHARACTERS).removeprefix("@"):
        rows = rows.filter(author_ref__iexact=author)
    if filter_.published_from is not None:
        rows = rows.filter(published_at__gte=filter_.published_from)
    if filter_.published_to is not None:
        rows = rows.filter(published_at__lt=filter_.published_to)
    if search := _text(filter_.search, "search", max_characters=MAX_SEARCH_CHARACTERS):
        # websearch_to_tsquery accepts any text: what is no operator becomes a word or is ignored.
        query = SearchQuery(search, config="simple", search_type="websearch")
        rows = rows.alias(words=SearchVectorColumn(), indexable=IndexableQuery(query)).filter(words=query)
        # A query that no index can answer would read every item of the brand.
        rows = rows.exclude(indexable__in=["", "T"])
    return rows


def _text(value: str, field: str, *, max_characters: int) -> str:
    if len(value) > max_characters:
        raise Invalid(f"`{field}` may have at most {max_characters} characters.", field=field)
    return clean_line(value)
