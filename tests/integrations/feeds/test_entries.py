from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.ports import SourceError
from kairo.integrations.feeds.entries import MAX_ENTRIES, MAX_TAGS, read_feed
from tests.integrations.feeds.feeds import ATOM, RSS

ADDRESS = "https://blog.example/feed.xml"


def posts(body: bytes, **facts: Any) -> list[NormalizedEvidence]:
    read = [normalize(item.content) for item in read_feed(body, url=ADDRESS, **facts)]
    assert all(isinstance(post, NormalizedEvidence) for post in read), read
    return [post for post in read if isinstance(post, NormalizedEvidence)]


def rss(*items: str, version: str = "2.0") -> bytes:
    return f'<rss version="{version}"><channel><title>x</title>{"".join(items)}</channel></rss>'.encode()


def test_rss_entry_becomes_a_page_in_plain_text() -> None:
    first, second = posts(RSS)
    assert (first.title, first.text_primary) == ("What to do with brine & jars", "Keep the brine.\nBread\nRice & beans")
    assert (first.canonical_url, first.external_id) == ("https://blog.example/brine", "")
    assert first.published_at == datetime(2025, 10, 31, 10, tzinfo=UTC)
    assert (first.author_ref, first.hashtags) == ("Ilse Example", ("foodwaste", "pickles"))
    assert (first.has_transcript, first.views, first.notes) == (False, None, ())
    assert (second.text_primary, second.author_ref) == ("Two\nlines", "Jane")


def test_atom_entry_uses_its_base_and_its_own_date() -> None:
    first, second = posts(ATOM)
    assert (first.title, first.canonical_url) == ("Re-use it", "https://blog.example/posts/reuse")
    assert first.published_at == datetime(2025, 10, 31, 10, tzinfo=UTC)
    assert (first.text_primary, first.author_ref, first.hashtags) == ("Again and again", "Ilse Example", ("pickles",))
    assert (second.text_primary, second.published_at) == ("3 < 5 g", datetime(2025, 10, 30, 10, tzinfo=UTC))


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.93", "0.94", "2.0"])
def test_rss_versions_are_read(version: str) -> None:
    item = "<item><title>Old</title><link>/old</link><description>words</description></item>"
    (post,) = posts(rss(item, version=version))
    assert (post.title, post.text_primary, post.canonical_url) == ("Old", "words", "https://blog.example/old")


def test_rss_1_is_read() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>x</title></channel>
      <item rdf:about="https://blog.example/1"><title>One</title><link>https://blog.example/1</link>
      <dc:date>2025-10-31T10:00:00Z</dc:date></item></rdf:RDF>"""
    (post,) = posts(body)
    assert (post.title, post.published_at) == ("One", datetime(2025, 10, 31, 10, tzinfo=UTC))


def test_entries_without_a_unique_link_are_identified_by_their_ids() -> None:
    shared = [
        f"<item><title>{n}</title><link>https://pod.example/</link><guid isPermaLink='false'>{n}</guid></item>"
        for n in "ab"
    ]
    bare = "<item><title>c</title><guid isPermaLink='false'>c</guid></item>"
    read = posts(rss(*shared, bare))
    assert len({post.external_id for post in read} - {""}) == 3
    assert [post.external_id for post in read] == [post.external_id for post in posts(rss(*shared, bare))]


def test_guid_that_is_a_permanent_link_is_the_url() -> None:
    (post,) = posts(rss("<item><title>x</title><guid>https://blog.example/perma</guid></item>"))
    assert post.canonical_url == "https://blog.example/perma"


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "32 Foo 2025 99:99", "0000-00-00"])
def test_date_that_is_invalid_is_unknown(date: str) -> None:
    (post,) = posts(rss(f"<item><title>x</title><link>/x</link><pubDate>{date}</pubDate></item>"))
    assert post.published_at is None


def test_since_leaves_out_older_entries_but_none_without_a_date() -> None:
    undated = "<item><title>undated</title><link>/u</link></item>"
    body = RSS.replace(b"</channel>", undated.encode() + b"</channel>")
    read = posts(body, since=datetime(2025, 10, 31, tzinfo=UTC))
    assert [post.title for post in read] == ["What to do with brine & jars", "undated"]


def test_feed_that_is_cut_off_gives_its_first_entries() -> None:
    assert posts(RSS[: RSS.index(b"<title>Second")])[0].title.startswith("What to do")


def test_feed_that_is_huge_gives_its_first_entries() -> None:
    body = rss(*(f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(MAX_ENTRIES + 50)))
    assert len(posts(body)) == MAX_ENTRIES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_feed_with_too_many_tags_is_refused_before_parsing(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item>' + "<a>" * (MAX_TAGS + 1)
    body = text.replace("<a>", "+ADw-a+AD4-").encode() if encoding == "utf-7" else text.encode(encoding)
    with pytest.raises(SourceError, match="more than 60,000 tags"):
        read_feed(body, url=ADDRESS)


def test_feed_with_a_huge_word_is_refused_before_parsing() -> None:
    with pytest.raises(SourceError, match="word of more than"):
        read_feed(rss(f"<item><title>x</title><author>{'a' * 100_000}</author></item>"), url=ADDRESS)


@pytest.mark.parametrize("end", ["/>", "/><y>", ""], ids=["well-formed", "malformed", "unclosed"])
@pytest.mark.parametrize("attribute", ["a{}='>'", 'a{}="v"', "a{}=v", "a{}"], ids=range(4))
def test_tag_with_too_many_attributes_is_refused_before_parsing(attribute: str, end: str) -> None:
    tag = "<x " + " ".join(attribute.format(n) for n in range(40_000)) + end
    with pytest.raises(SourceError, match="a tag of more than 200 attributes"):
        read_feed(rss(f"<item><title>x</title>{tag}</item>"), url=ADDRESS)


@pytest.mark.parametrize(
    "around",
    ["<y a='>{}'z>", "<!-- -- >{}-->", "<!-- {}", "<![CDATA[ {}", "<y '>{}'>", "<?y '{}'?>"],
    ids=["quotes", "comment", "unclosed comment", "unclosed CDATA", "stray quotes", "instruction"],
)
def test_tag_with_too_many_attributes_is_found_in_malformed_markup(around: str) -> None:
    tag = "<x " + " ".join(f'a{n}="v"' for n in range(5_000)) + ">"
    with pytest.raises(SourceError, match="a tag of more than 200 attributes"):
        read_feed(rss(f"<item><title>x</title>{around.format(tag)}</item>"), url=ADDRESS)


def test_tag_with_many_words_in_a_value_is_read() -> None:
    words = " ".join(f"a{n}='b'" for n in range(1_000))
    (post,) = posts(rss(f'<item><title>x</title><link>/x</link><description a="{words}">y</description></item>'))
    assert post.text_primary == "y"


@pytest.mark.parametrize("end", ["</b>", ""], ids=["closed", "unclosed"])
def test_feed_that_nests_too_many_tags_is_refused_before_parsing(end: str) -> None:
    with pytest.raises(SourceError, match="nests more than 2,000 tags"):
        read_feed(rss(f"<item><title>x</title>{'<b>' * 20_000}{end * 20_000}</item>"), url=ADDRESS)


def test_markup_in_cdata_and_comments_is_neither_nested_nor_counted() -> None:
    tag = "<x " + "a='v' " * 1_000 + ">" + "<b>" * 5_000
    item = f"<item><title>x</title><link>/x</link><!-- {tag} --><description><![CDATA[word{tag}]]></description></item>"
    assert [post.title for post in posts(rss(item))] == ["x"]


@pytest.mark.parametrize("markup", ["<![x]>", "<![foo[a]]>", "<!["], ids=range(3))
def test_assertion_of_the_html_parser_is_a_source_error(markup: str) -> None:
    with pytest.raises(SourceError, match="the feed cannot be parsed: AssertionError") as error:
        read_feed(rss(f"<item><title>x</title><description><![CDATA[{markup}]]></description></item>"), url=ADDRESS)
    assert error.value.code is IngestionErrorCode.INVALID_ANSWER


def test_feed_tags_in_cdata_do_not_count() -> None:
    inner = "<![CDATA[" + "<p>word</p>" * MAX_TAGS + "]]>"
    (post,) = posts(rss(f"<item><title>x</title><link>/x</link><description>{inner}</description></item>"))
    assert post.text_primary.startswith("word\nword")


def test_xml_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "'
        + "ha" * 50
        + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    )
    body = bomb.encode() + rss("<item><title>&j; &file;</title><link>/x</link><description>&j;</description></item>")
    (post,) = posts(body)
    assert len(post.title) < 1_000
    assert "root:" not in post.title
    assert len(post.text_primary) < 1_000


@pytest.mark.parametrize("body", [b"", b"no feed", b"<html><p>x</p></html>", b"{}", b"\xff\xfe\x00", b"<rs"])
def test_feed_that_is_none_is_an_invalid_answer(body: bytes) -> None:
    with pytest.raises(SourceError) as fault:
        read_feed(body, url=ADDRESS)
    assert fault.value.code is IngestionErrorCode.INVALID_ANSWER


def test_feed_in_another_encoding_is_read() -> None:
    item = "<item><title>Käse</title><link>/k</link></item>"
    body = '<?xml version="1.0" encoding="iso-8859-1"?>' + rss(item).decode()
    (post,) = posts(body.encode("latin-1"))
    assert post.title == "Käse"


@settings(deadline=None, max_examples=60)  # a busy machine is no failure
@given(st.lists(st.tuples(st.integers(0, len(RSS)), st.binary(max_size=6)), max_size=6))
def test_feed_that_is_damaged_gives_items_or_an_error(damage: list[tuple[int, bytes]]) -> None:
    body = RSS
    for at, junk in damage:
        body = body[:at] + junk + body[at + len(junk) :]
    with suppress(SourceError):
        for item in read_feed(body, url=ADDRESS):
            normalize(item.content)
