# ruff: noqa: RUF001  (the letters of other scripts are intended)
"""Texts with fragments of links, markup, model speech and taboos."""

from __future__ import annotations

from hypothesis import strategies as st

_SIGNS = st.text(alphabet="aiksoİıſKß.:/@[]()<>&#*_~|{}=+-`'\"…“ \n\u0301\u200b０1语", max_size=12)


_PIECES = st.sampled_from(
    [
        "as an ai", "i am sorry", "here's your title", "<b", ">", "＜", "je suis une ia", "language<i>model",
        "hxxps", "www .", "mailto:", "shop.io", "a[.]b", "x (dot) y", "10.0.0.1", "to/x", "me@mail.org", "@ann.lee",
        "**", "onclick =", "&nbsp;", "- item", "detox", "de-tox", "Wunderdiät", "lootboxes", "ll", "ss", "t", "o",
        "のむ",
    ]
)  # fmt: skip


TEXTS = st.lists(_PIECES | _SIGNS, max_size=6).map("".join)
