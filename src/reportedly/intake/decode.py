"""Bytes to characters: what can be read is read, and a guess or a loss is said."""

from __future__ import annotations

import codecs
import re

from reportedly.errors import Empty, NotText
from reportedly.values import Warning

# The first bytes of what people hand in by mistake.
SIGNATURES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "an image or a sound",
    b"PK\x03\x04": "an archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
    b"ID3": "a sound",
    b"SQLite format 3": "a database",
}
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
GUESSES = ["cp1252", "latin_1", "cp1250", "cp1251", "utf_16_le", "utf_16_be", "mac_roman", "shift_jis", "gb18030", "big5"]
WEB_ENCODINGS = re.compile(r"utf-?8|iso-?8859-\d+|latin-?\d|windows-\d+|cp\d+|koi8-[ru]|shift[_-]?jis|euc-(?:jp|kr)|gb2312|gbk|gb18030|big5|(?:us-)?ascii|mac-?roman", re.IGNORECASE)
# What pages call Latin-1 is Windows' code page, with its quotation marks (WHATWG Encoding Standard).
WESTERN = dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252")
CONTROL_SHARE = 0.02  # of the first bytes; text has next to none


def decode(data: bytes, name: str, charset: str | None = None) -> tuple[str, tuple[Warning, ...]]:
    """The characters of a file or page.

    Raises:
        Empty: nothing but white space.
        NotText: binary data.

    """
    refuse_binary(data, name)
    text, warnings = _characters(data, charset)
    if not text.strip("\ufeff \t\r\n\f\v\xa0\u200b"):
        message = f"{name} is empty: give a file or page with the text of an article."
        raise Empty(message)
    return text, warnings


def refuse_binary(data: bytes, name: str) -> None:
    """Raise NotText for data that are no text in any encoding."""
    head = data[:8192]
    for signature, what in SIGNATURES.items():
        if head.startswith(signature):
            message = f"{name} is {what}, not text: give the article as text, Markdown or HTML."
            raise NotText(message)
    if head.startswith(tuple(mark for mark, _ in MARKS)):
        return
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    if control > CONTROL_SHARE * len(head) and not _wide(head):
        message = f"{name} is binary data, not text: give the article as text, Markdown or HTML."
        raise NotText(message)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: English has a zero in every other place, and almost nowhere else."""
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 8 and head[odd::2].count(0) > 0.35 * len(head) and head[1 - odd :: 2].count(0) == 0:
            return encoding
    return None


def _characters(data: bytes, charset: str | None) -> tuple[str, tuple[Warning, ...]]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace").removeprefix("\ufeff")
            return text, _losses(text)
    wide = _wide(data[:8192])
    if wide:
        text = data.decode(wide, "replace")
        return text, _losses(text)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if charset and WEB_ENCODINGS.fullmatch(charset):
        try:
            return data.decode(WESTERN.get(charset.lower(), charset)), ()
        except (LookupError, UnicodeError):
            pass
    broken = data.decode("utf-8", "replace")
    valid = sum(c > "\x7f" and c != "\ufffd" for c in broken)
    if valid > 4 * broken.count("\ufffd"):  # UTF-8 with a few broken bytes
        return broken, _losses(broken)
    from charset_normalizer import from_bytes

    likely = from_bytes(data[:200_000], cp_isolation=GUESSES)
    best = likely.best()
    # English says nothing that would tell the Western code page from its neighbours
    western = any(m.encoding == "cp1252" and best and m.chaos <= best.chaos for m in likely)
    encoding = best.encoding if best and not western else "cp1252"
    text = data.decode(encoding, "replace")
    return text, (Warning("encoding", f"The input is not UTF-8; it was read as {encoding}."), *_losses(text))


def _losses(text: str) -> tuple[Warning, ...]:
    lost = text.count("\ufffd")
    if not lost:
        return ()
    return (Warning("encoding-loss", f"{lost} {'character' if lost == 1 else 'characters'} could not be decoded and stand as \ufffd."),)
