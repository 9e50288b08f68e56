from __future__ import annotations

import pytest
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st

from kairo.evidence.normalizing.canonical_url import canonical_url


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://www.youtube.com/watch?v=9_k_goMr5ZI", "https://www.youtube.com/watch?v=9_k_goMr5ZI"),
        ("HTTP://WWW.Example.COM/A/b", "https://www.example.com/A/b"),
        ("http://a.example:80/x", "https://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://a.example/p?utm_source=x&id=4&fbclid=1&UTM_Medium=y", "https://a.example/p?id=4"),
        ("https://a.example/p?igshid=1", "https://a.example/p"),
        ("https://a.example/p?utmost=1&gclids=2", "https://a.example/p?utmost=1&gclids=2"),
        ("https://a.example/p#comments", "https://a.example/p"),
        ("https://a.example/#!/posts/5", "https://a.example/#!/posts/5"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://a.example/x/", "https://a.example/x/"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://xn--bcher-kva.example/%c3%a4", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://a.example/%7Ebob/100%/%%34%31", "https://a.example/~bob/100%25/%2541"),
        ("https://a.example/?q=a%2Fb&%75tm_source=x", "https://a.example/?q=a%2Fb"),
        ("https://a.example/x?si=abc&_t=8&_r=1&trk=feed&feature=share&gclid", "https://a.example/x"),
        ("https://a.example/docs?feature=search", "https://a.example/docs?feature=search"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
    ],
)
def test_canonical_url_is_one_spelling_of_a_page(given: str, expected: str) -> None:
    assert canonical_url(given) == expected
    assert canonical_url(expected) == expected


@pytest.mark.parametrize(
    "given",
    ["", "a.example/x", "/x", "//a.example/x", "javascript:alert(1)", "data:text/html,x", "ftp://a.example", "https://",
     "https:///x", "https://[::1/x", "https://me:secret@a.example/", "https://a.example/a b", "https://a.example:99999/",
     "https://a..example/", "https://a.example\\b/", "https://xn--\u00fc.example/", "https://a.example/\ud800",
     "https://a.example/\x1b[31m", "https://@a.example/", "https://a%2eexample/"],
)  # fmt: skip
def test_canonical_url_of_anything_else_is_none(given: str) -> None:
    assert canonical_url(given) is None


@pytest.mark.parametrize(
    ("expected", "links"),
    [
        (
            "https://www.youtube.com/watch?v=9_k_goMr5ZI",
            ["https://youtu.be/9_k_goMr5ZI?si=AbC&t=10", "http://youtube.com/watch?v=9_k_goMr5ZI&list=PL1&index=2",
             "https://m.youtube.com/watch?feature=share&v=9_k_goMr5ZI#t=3", "https://www.youtube.com/shorts/9_k_goMr5ZI/",
             "https://www.youtube-nocookie.com/embed/9_k_goMr5ZI?rel=0", "https://youtube.com/live/9_k_goMr5ZI?feature=x"],
        ),
        (
            "https://www.instagram.com/reel/C9aB_-x1/",
            ["https://instagram.com/reel/C9aB_-x1?igsh=MzRl", "https://www.instagram.com/reels/C9aB_-x1/?hl=en",
             "https://m.instagram.com/coach.ilse/reel/C9aB_-x1/"],
        ),
        (
            "https://www.instagram.com/p/C9aB_-x1/",
            ["http://www.instagram.com/p/C9aB_-x1?img_index=2", "https://instagr.am/p/C9aB_-x1/",
             "https://www.instagram.com/coach.ilse/p/C9aB_-x1/embed/"],
        ),
        (
            "https://www.tiktok.com/@a.b-c/video/7436614519670623525",
            ["https://m.tiktok.com/@a.b-c/video/7436614519670623525?_r=1&_t=ZM",
             "https://tiktok.com/@a.b-c/video/7436614519670623525/?is_from_webapp=1&sender_device=pc"],
        ),
        (
            "https://www.linkedin.com/feed/update/urn:li:activity:6764542145111103093",
            ["https://linkedin.com/feed/update/urn:li:activity:6764542145111103093/?utm_source=share",
             "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A6764542145111103093",
             "https://de.linkedin.com/posts/acme-co_a-launch-activity-6764542145111103093-xYz1?trk=public_post",
             "https://www.linkedin.com/embed/feed/update/urn:li:activity:6764542145111103093"],
        ),
        (
            "https://x.com/nasa/status/1700000000000000001",
            ["https://twitter.com/nasa/status/1700000000000000001?s=20&t=x",
             "https://mobile.twitter.com/nasa/status/1700000000000000001/photo/1"],
        ),
    ],
)  # fmt: skip
def test_canonical_url_unites_the_links_of_a_post(expected: str, links: list[str]) -> None:
    assert canonical_url(expected) == expected
    assert [canonical_url(link) for link in links] == [expected] * len(links)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://vm.tiktok.com/ZMabc/?_t=1", "https://vm.tiktok.com/ZMabc/"),  # only its server knows the post
        ("https://www.youtube.com/embed/videoseries?list=PL1", "https://www.youtube.com/embed/videoseries?list=PL1"),
        ("https://m.youtube.com/@chef", "https://www.youtube.com/@chef"),
        ("https://www.instagram.com/reels/audio/123/", "https://www.instagram.com/reels/audio/123/"),
        ("https://youtube.com.evil.example/watch?v=9_k_goMr5ZI", "https://youtube.com.evil.example/watch?v=9_k_goMr5ZI"),
        ("https://notx.com/nasa/status/17/photo/1", "https://notx.com/nasa/status/17/photo/1"),
        ("https://www.youtube.com:8443/shorts/9_k_goMr5ZI", "https://www.youtube.com:8443/shorts/9_k_goMr5ZI"),
    ],
)  # fmt: skip
def test_canonical_url_leaves_links_that_only_resemble_a_post(given: str, expected: str) -> None:
    assert canonical_url(given) == expected


HOSTS = st.sampled_from(
    ["a.example", "M.YouTube.com", "youtu.be", "instagram.com", "www.tiktok.com", "x.com", "bücher.example", "[::1]"]
)
PIECES = st.text(st.sampled_from("abv/%2f34?&=#!:.@-_~ü|<\\ []") | st.characters(codec=None, exclude_categories=()))
PATHS = st.sampled_from(
    ["watch?v=9_k_goMr5ZI", "p/", "reel/", "@a/video/", "feed/update/urn:li:activity:", "i/status/", ""]
)


@settings(deadline=None)  # a busy machine is no failure
@any_of(HOSTS, PATHS, PIECES)
def test_canonical_url_is_idempotent(host: str, path: str, rest: str) -> None:
    once = canonical_url(f"http://{host}/{path}{rest}")
    assert once is None or (once.isascii() and canonical_url(once) == once)


@settings(deadline=None)  # a busy machine is no failure
@any_of(PIECES)
def test_canonical_url_of_any_text_is_a_url_or_none(anything: str) -> None:
    for url in (anything, f"https://{anything}"):
        once = canonical_url(url)
        assert once is None or canonical_url(once) == once
