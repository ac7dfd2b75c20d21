"""Feeds as they are on the web: two kinds, odd, and none at all."""

from __future__ import annotations

import contextlib

import pytest
from archives import atom, feed
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import BadInput
from reportedly.intake.feed import parse


def test_rss() -> None:
    """Links, titles, dates and the fullest text of each entry."""
    item = "<item><title>Pier &amp;amp; yard</title><link>https://quay.example/a</link><pubDate>Tue, 12 Mar 2024 08:30:00 +0100</pubDate><description>Short.</description><content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded></item>"
    found = parse(feed(item), "f.xml")
    assert found.title == "The Quay"
    (entry,) = found.entries
    assert (entry.url, entry.title, entry.published, entry.content) == ("https://quay.example/a", "Pier & yard", "2024-03-12T08:30:00+01:00", "<p>All of it.</p>")


def test_atom_with_relative_links() -> None:
    """Links are joined to where the feed came from."""
    found = parse(atom('<entry><title>Pier</title><link href="/a"/><author><name>Ida Kern</name></author><updated>2024-03-12T08:30:00Z</updated><summary>Words.</summary></entry>'), "f", url="https://gull.example/feed")
    (entry,) = found.entries
    assert (entry.url, entry.byline, entry.published, entry.content) == ("https://gull.example/a", "Ida Kern", "2024-03-12T08:30:00+00:00", "Words.")


def test_an_entry_is_given_once() -> None:
    """Twice the same link is one entry; one with neither link nor words is none; links that are no web pages are no links."""
    items = "<item><link>https://quay.example/a</link></item>" * 2 + "<item><title>Nothing</title></item>" + "<item><link>javascript:alert(1)</link><description>Text.</description></item>"
    assert [(e.url, e.content) for e in parse(feed(items), "f").entries] == [("https://quay.example/a", None), (None, "Text.")]


def test_an_empty_feed_is_one() -> None:
    """A feed without entries is no error."""
    assert parse(feed(""), "f").entries == ()


@pytest.mark.parametrize("data", [b"", b"Dear diary", b"<html><body><p>Hi.</p></body></html>", b"\x89PNG\r\n\x1a\n", b'{"version": "https://jsonfeed.org/version/1.1"}', b"<?xml version='1.0'?><note>hi</note>", b"\xff\xfe\x00"])
def test_a_feed_that_is_none(data: bytes) -> None:
    """One sentence that says what to give."""
    with pytest.raises(BadInput, match="is no feed"):
        parse(data, "news.rss")


def test_a_broken_feed_gives_what_can_be_read() -> None:
    """XML that breaks off in the middle still has its first entries."""
    whole = feed("".join(f"<item><title>T{n}</title><link>https://quay.example/{n}</link></item>" for n in range(5)))
    assert len(parse(whole[: whole.index(b"T3")], "f").entries) >= 3


def test_entities_that_grow_without_end_are_not_followed() -> None:
    """The XML bomb called a billion laughs stays small."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]><rss version="2.0"><channel><title>&l9;</title><item><title>&l9;</title><link>https://quay.example/a</link></item></channel></rss>'
    assert len(repr(parse(bomb.encode(), "f"))) < 10_000


def test_no_file_is_read_by_a_feed(tmp_path) -> None:
    """An external entity leads nowhere."""
    (tmp_path / "secret").write_text("hidden words")
    data = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><rss version="2.0"><channel><title>t</title><item><title>&x;</title><link>https://quay.example/a</link></item></channel></rss>'
    assert "hidden" not in repr(parse(data.encode(), "f"))


@given(st.binary(max_size=300), st.text(max_size=100))
def test_nothing_but_a_feed_or_a_sentence(data: bytes, text: str) -> None:
    """Whatever the bytes, there is a feed or one error."""
    for some in (data, feed(f"<item><title>{text}</title><link>https://quay.example/{text}</link></item>")):
        with contextlib.suppress(BadInput):
            assert parse(some, "f").entries is not None
