"""Bytes become characters; what is guessed or lost is said, what is no text is refused."""

from __future__ import annotations

import pytest

from reportedly.errors import Empty, NotText
from reportedly.intake.decode import decode

TEXT = "The café’s owner said “no” to the plan – for the third time, as the mayor’s office told us. Voilà, she said."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read(encoding: str) -> None:
    """Every Unicode encoding is read; without a mark, the guess is right for English text."""
    assert decode(TEXT.encode(encoding), "it")[0] == TEXT


def test_cp1252_is_read_with_a_warning() -> None:
    """Text that is not UTF-8 is read by its most likely encoding, and the guess is said."""
    text, warnings = decode(TEXT.encode("cp1252"), "it")
    assert text == TEXT
    assert [w.code for w in warnings] == ["encoding"]


def test_a_declared_charset_is_believed() -> None:
    """What a header says is used without a warning."""
    assert decode(TEXT.encode("cp1252"), "it", "cp1252") == (TEXT, ())


def test_broken_bytes_are_replaced_and_counted() -> None:
    """A broken byte in UTF-8 costs one character."""
    data = TEXT.encode().replace("é".encode(), b"\xe9", 1)
    text, warnings = decode(data, "it")
    assert text.replace("\ufffd", "é") == TEXT
    assert [w.code for w in warnings] == ["encoding-loss"]


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin-1", "ISO-8859-1", "us-ascii"])
def test_latin_1_is_the_code_page_of_the_web(charset: str) -> None:
    """A page that calls itself Latin-1 keeps its curly quotation marks."""
    assert decode(TEXT.encode("cp1252"), "it", charset)[0] == TEXT


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "nonsense", "utf-16", "base64"])
def test_nonsense_charsets_are_passed_over(charset: str) -> None:
    """A charset that no page can have is not believed."""
    assert decode(TEXT.encode("cp1252"), "it", charset)[0] == TEXT


def test_plain_english_in_utf_16_without_a_mark() -> None:
    """Two bytes a letter are seen even when there is no letter beyond ASCII."""
    assert decode("The wall is to be rebuilt, he said.".encode("utf-16-le"), "it")[0] == "The wall is to be rebuilt, he said."


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04docx", b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 4])
def test_binary_is_refused(data: bytes) -> None:
    """Images, documents and programs are no text."""
    with pytest.raises(NotText, match="give the article as text"):
        decode(data, "it")


@pytest.mark.parametrize("data", [b"", b" \n\t ", "\ufeff\n".encode(), "\xa0\u200b".encode()])
def test_nothing_is_refused(data: bytes) -> None:
    """An empty or white-space-only input says so."""
    with pytest.raises(Empty, match="is empty"):
        decode(data, "it")
