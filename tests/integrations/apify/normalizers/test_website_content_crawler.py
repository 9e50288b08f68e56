from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.website_content_crawler import record
from tests.integrations.apify.normalizers.items import PAGE

PUBLISHED = datetime(2025, 10, 31, 10, tzinfo=UTC)
ARTICLE = {"@type": "NewsArticle", "datePublished": "2025-10-31T12:00:00+02:00"}


def page(**metadata: Any) -> NormalizedEvidence:
    read = normalize(record(PAGE | {"metadata": PAGE["metadata"] | metadata}))
    assert isinstance(read, NormalizedEvidence), read
    return read


@pytest.mark.parametrize(
    "json_ld",
    [
        ARTICLE,
        [ARTICLE],
        {"@graph": [{"@type": "Organization"}, ARTICLE]},
        [
            {
                "@context": "https://schema.org",
                "@graph": [{"@type": ["WebPage"], "datePublished": "2020-01-01"}, ARTICLE],
            }
        ],
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"@type": ["https://schema.org/BlogPosting"], "datePublished": "2025-10-31T10:00:00"},
        [None, "odd", 5, ARTICLE],
    ],
)
def test_json_ld_dates_a_page_in_every_form(json_ld: object) -> None:
    assert page(jsonLd=json_ld).published_at == PUBLISHED


def test_open_graph_dates_a_page_without_json_ld() -> None:
    assert page(jsonLd=None).published_at is None
    graph = [
        {"property": "og:title", "content": "x"},
        {"property": "article:published_time", "content": "2025-10-31T10:00:00Z"},
    ]
    assert page(jsonLd=None, openGraph=graph).published_at == PUBLISHED


@pytest.mark.parametrize(
    "json_ld",
    [
        {"@graph": [{"@type": ["WebPage", "CollectionPage"], "datePublished": "2025-10-31"}]},
        {"@type": "Blog", "datePublished": "2025-10-31"},
    ],
)
def test_list_of_posts_has_no_date_and_no_text(json_ld: object) -> None:
    read = page(jsonLd=json_ld)
    assert (read.published_at, read.text_primary, read.title) == (None, "", "What to do with brine")


def test_front_page_is_a_list_of_posts() -> None:
    read = normalize(
        record({"url": "https://blog.example", "crawl": {}, "metadata": {"title": "Blog"}, "text": "All posts"})
    )
    assert isinstance(read, NormalizedEvidence)
    assert (read.text_primary, read.canonical_url) == ("", "https://blog.example/")


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("https://blog.example/brine", "https://blog.example/brine"),
        ("/brine", "https://blog.example/brine"),
        ("https://www.blog.example/brine", "https://www.blog.example/brine"),
        ("https://elsewhere.example/brine", "https://blog.example/brine"),  # a page cannot speak for another site
        ("javascript:alert(1)", "https://blog.example/brine"),
        ("https://[", "https://blog.example/brine"),
        (None, "https://blog.example/brine"),
    ],
)
def test_canonical_url_of_a_page_stays_on_its_site(own: str | None, expected: str) -> None:
    assert page(canonicalUrl=own).canonical_url == expected


def test_author_of_a_page_is_its_site() -> None:
    assert page().author_ref == "blog.example"


@pytest.mark.parametrize("status", [400, 404, 500, "404"])
def test_page_with_an_http_error_is_rejected(status: object) -> None:
    refusal = record(PAGE | {"crawl": {"httpStatusCode": status}})
    assert isinstance(refusal, RejectedRecord)
    assert (refusal.code, refusal.path) == (RecordErrorCode.PAGE_ERROR, "crawl.httpStatusCode")


def test_markdown_replaces_missing_text() -> None:
    read = normalize(record(PAGE | {"text": None}))
    assert isinstance(read, NormalizedEvidence)
    assert read.text_primary == "# Brine"
