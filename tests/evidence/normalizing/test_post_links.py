from __future__ import annotations

import pytest

from kairo.evidence.normalizing.post_links import known_host, post_link


@pytest.mark.parametrize(
    ("host", "path", "pairs", "expected"),
    [
        ("youtu.be", "/abcdefghijk", [], "https://www.youtube.com/watch?v=abcdefghijk"),
        ("m.youtube.com", "/watch", ["v=abcdefghijk"], "https://www.youtube.com/watch?v=abcdefghijk"),
        ("m.youtube.com", "/watch", ["v=short", "v=abcdefghijk"], None),
        ("www.youtube.com", "/embed/videoseries", [], None),
        ("instagr.am", "/brine/reels/C1/", [], "https://www.instagram.com/reel/C1/"),
        ("twitter.com", "/brine/status/17", [], "https://x.com/brine/status/17"),
        ("evil-x.com", "/brine/status/17", [], None),
    ],
)
def test_post_link_is_found_by_host_path_and_parameter(
    host: str, path: str, pairs: list[str], expected: str | None
) -> None:
    assert post_link(host=host, path=path, pairs=pairs) == expected


def test_known_host_replaces_a_platforms_other_hosts_only() -> None:
    assert known_host("mobile.twitter.com") == "x.com"
    assert known_host("de.linkedin.com") == "www.linkedin.com"
    assert known_host("brine.example") == "brine.example"
