"""The contract of the EvidenceSource port. The tests of each adapter subclass it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.ports import EvidenceSource, ImmediateSource, SourceError, SourceItem, SourceRequest, StagedSource
from kairo.evidence.record_errors import RejectedRecord

NO_IDENTIFIERS = ["", "  ", "\x00", "x" * 10_000, "\ud800"]


class SourceContract:
    """pytest collects it through subclasses only."""

    def make(self) -> EvidenceSource:
        raise NotImplementedError("a subclass returns its adapter")

    @pytest.fixture
    def request_(self) -> SourceRequest:
        """A request that succeeds with at least two posts."""
        raise NotImplementedError("a subclass makes the vendor")

    @pytest.fixture
    def hopeless(self) -> SourceRequest:
        """A request for something that does not exist."""
        raise NotImplementedError("a subclass makes the vendor")

    def test_source_has_one_kind_and_a_stable_name(self) -> None:
        source = self.make()
        assert isinstance(source, ImmediateSource) is not isinstance(source, StagedSource)
        assert source.name == self.make().name == source.name.lower()
        assert 0 < len(source.name) <= 40

    def test_offers_returns_platforms_and_kinds(self) -> None:
        offers = list(self.make().offers())
        assert offers
        assert all(isinstance(platform, Platform) and isinstance(kind, SourceKind) for platform, kind in offers)

    def test_normalize_identifier_is_idempotent_and_short(self, request_: SourceRequest) -> None:
        once = self._spelled(request_, request_.identifier)
        assert once == request_.identifier
        assert self._spelled(request_, f" {once} ") == once
        assert 0 < len(once) <= 500

    @pytest.mark.parametrize("value", NO_IDENTIFIERS)
    def test_normalize_identifier_refuses_invalid_values(self, request_: SourceRequest, value: str) -> None:
        with pytest.raises(SourceError) as refused:
            self._spelled(request_, value)
        assert refused.value.code is IngestionErrorCode.INVALID_IDENTIFIER

    def test_items_are_posts_of_the_platform_or_rejections(self, request_: SourceRequest) -> None:
        items = list(self._read(request_))
        assert len(items) >= 2
        for item in items:
            if isinstance(item.content, RejectedRecord):
                continue
            post = normalize(item.content)
            assert isinstance(post, NormalizedEvidence), post
            assert post.platform is request_.platform
            assert post.source
            assert item.raw is not None

    def test_items_are_the_same_for_the_same_request(self, request_: SourceRequest) -> None:
        assert [item.content for item in self._read(request_)] == [item.content for item in self._read(request_)]

    def test_items_are_limited_by_max_items(self, request_: SourceRequest) -> None:
        assert len(list(self._read(replace(request_, max_items=1)))) == 1

    def test_check_accepts_a_valid_request(self, request_: SourceRequest) -> None:
        self.make().check(request_)

    def test_errors_are_source_errors_with_a_code(self, hopeless: SourceRequest) -> None:
        for attempt in (lambda: self.make().check(hopeless), lambda: list(self._read(hopeless))):
            with pytest.raises(SourceError) as raised:
                attempt()
            assert isinstance(raised.value.code, IngestionErrorCode)
            assert len(raised.value.detail) <= 300

    def test_since_in_the_future_is_no_error(self, request_: SourceRequest) -> None:
        list(self._read(replace(request_, since=request_.as_of + timedelta(days=1))))

    def _spelled(self, request: SourceRequest, value: str) -> str:
        return self.make().normalize_identifier(platform=request.platform, kind=request.kind, value=value)

    def _read(self, request: SourceRequest) -> Iterator[SourceItem]:
        """A staged source overrides this with start, poll and collect."""
        source = self.make()
        assert isinstance(source, ImmediateSource)
        yield from source.fetch(request)
