from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.integrations.feeds.plain_text import plain_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain", "plain"),
        ("3 < 5 and 5 > 3", "3 < 5 and 5 > 3"),
        ("<p>One</p><p>Two<br/>Three</p>", "One\nTwo\nThree"),
        ("a <b>b</b>\n c", "a b c"),
        ("&lt;script&gt;x&lt;/script&gt; &amp; &#39;y&#39;", "<script>x</script> & 'y'"),
        ("<script>steal()</script>safe<style>p{}</style>", "safe"),
        ("<svg><title>t</title></svg><img src=x onerror=steal()>seen", "seen"),
        ("<!-- no -->yes<![CDATA[x]]>", "yes"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
    ],
)
def test_plain_text_keeps_words_without_markup(markup: str, expected: str) -> None:
    assert plain_text(markup) == expected


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.sampled_from("<>/!-&;sp a=\"'\n") | st.characters(), max_size=80))
def test_plain_text_accepts_any_markup(markup: str) -> None:
    assert isinstance(plain_text(markup), str)
