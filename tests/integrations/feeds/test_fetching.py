from __future__ import annotations

import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from kairo.evidence.enums import IngestionErrorCode as Code
from kairo.evidence.ports import SourceError
from kairo.integrations.feeds import fetching
from kairo.integrations.feeds.fetching import fetch
from tests.integrations.feeds.server import Site


def fault_at(address: str) -> SourceError:
    with pytest.raises(SourceError) as fault:
        fetch(address, allow_loopback=True)
    return fault.value


def test_fetch_returns_body_and_type_and_sends_no_credentials(site: Site) -> None:
    answer = fetch(site.page("/feed?a=1", b"<rss/>", Content_Type="text/xml"), allow_loopback=True)
    assert (answer.body, answer.content_type, answer.url) == (b"<rss/>", "text/xml", site.address + "/feed?a=1")
    (_, headers) = site.requests[0]
    assert headers["Host"] == site.address.removeprefix("http://")
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (401, Code.UNAUTHORIZED, False), (402, Code.PAYMENT_REQUIRED, False), (403, Code.REFUSED, False),
        (404, Code.NOT_FOUND, False), (410, Code.NOT_FOUND, False), (204, Code.REFUSED, False),
        (429, Code.RATE_LIMITED, True), (500, Code.UNAVAILABLE, True), (503, Code.UNAVAILABLE, True),
    ],
)  # fmt: skip
def test_fetch_status_has_its_code(site: Site, status: int, code: Code, retryable: bool) -> None:
    fault = fault_at(site.page("/x", status=status))
    assert (fault.code, fault.retryable, fault.detail) == (code, retryable, f"the response has HTTP status {status}")


def test_fetch_reads_retry_after_in_both_forms(site: Site) -> None:
    assert fault_at(site.page("/a", status=429, Retry_After="120")).retry_after_s == 120
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    wait = fault_at(site.page("/b", status=503, Retry_After=later)).retry_after_s
    assert wait is not None
    assert 500 < wait <= 600
    assert fault_at(site.page("/c", status=429, Retry_After="soon")).retry_after_s is None
    assert fault_at(site.page("/d", status=404, Retry_After="120")).retry_after_s is None


def test_fetch_follows_a_limited_number_of_redirects(site: Site) -> None:
    site.page("/a", status=301, Location="/b")
    site.page("/b", status=307, Location=site.page("/c", b"here"))
    assert fetch(site.address + "/a", allow_loopback=True).url == site.address + "/c"
    site.page("/round", status=302, Location="/round")
    assert fault_at(site.address + "/round").code is Code.INVALID_ANSWER
    assert sum(path == "/round" for path, _ in site.requests) == fetching.MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    "location",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd", "ftp://a.example/",
     "http://user:pw@127.0.0.1/", "gopher://127.0.0.1:6379/_x"],
)  # fmt: skip
def test_fetch_checks_each_redirect(site: Site, location: str) -> None:
    assert fault_at(site.page("/hop", status=302, Location=location)).code is Code.REFUSED
    assert len(site.requests) == 1


def test_fetch_limits_the_size_of_the_body(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 100_000)
    assert fault_at(site.page("/big", b"x" * 100_001)).code is Code.INVALID_ANSWER
    assert len(fetch(site.page("/fits", b"x" * 100_000), allow_loopback=True).body) == 100_000
    bomb = gzip.compress(b"x" * 10_000_000)
    assert fault_at(site.page("/bomb", bomb, Content_Encoding="gzip")).code is Code.INVALID_ANSWER


def test_fetch_decompresses_gzip_and_refuses_other_encodings(site: Site) -> None:
    packed = site.page("/gz", gzip.compress(b"<rss/>"), Content_Encoding="gzip")
    assert fetch(packed, allow_loopback=True).body == b"<rss/>"
    assert fault_at(site.page("/br", b"x", Content_Encoding="br")).code is Code.INVALID_ANSWER
    assert fault_at(site.page("/bad", b"not gzip", Content_Encoding="gzip")).code is Code.INVALID_ANSWER
    half = gzip.compress(b"<rss/>" * 1000)[:-20]
    assert fault_at(site.page("/half-gz", half, Content_Encoding="gzip")).code is Code.INCOMPLETE_ANSWER


def test_fetch_of_half_a_body_is_incomplete(site: Site) -> None:
    fault = fault_at(site.page("/half", b"half", Content_Length="5000"))
    assert (fault.code, fault.retryable) == (Code.INCOMPLETE_ANSWER, True)


def test_fetch_over_a_dropped_connection_is_incomplete(site: Site) -> None:
    site.pages["/drop"] = lambda handler: handler.connection.close()
    assert fault_at(site.address + "/drop").code is Code.INCOMPLETE_ANSWER


def test_fetch_of_a_response_that_is_not_http_is_invalid(site: Site) -> None:
    site.pages["/odd"] = lambda handler: _say(handler, b"SSH-2.0-x\r\n\r\n")
    assert fault_at(site.address + "/odd").code is Code.INVALID_ANSWER


def test_fetch_of_a_closed_port_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # taken, and not listening
        fault = fault_at(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (fault.code, fault.retryable) == (Code.UNAVAILABLE, True)


def test_fetch_checks_tls(site: Site) -> None:
    assert fault_at(site.address.replace("http:", "https:")).code is Code.UNAVAILABLE


def test_fetch_times_out_on_silence_and_on_a_trickle(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_DEADLINE_S", 0.5)
    site.pages["/silent"] = lambda handler: time.sleep(2)
    site.pages["/trickle"] = _trickle
    for path in ("/silent", "/trickle"):
        fault = fault_at(site.address + path)
        assert (fault.code, fault.retryable) == (Code.TIMED_OUT, True)


def _say(handler: BaseHTTPRequestHandler, words: bytes) -> None:
    handler.wfile.write(words)
    handler.wfile.flush()
    handler.close_connection = True


def _trickle(handler: BaseHTTPRequestHandler) -> None:
    """Sends a header byte by byte, so that no single read times out."""
    for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 40:
        try:
            _say(handler, bytes([letter]))
        except OSError:
            return
        time.sleep(0.05)
