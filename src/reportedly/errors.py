"""What can go wrong, each with the exit code of the command line. Messages are one sentence that says what to do.

ReportedlyError
├── BadInput            3  an input that cannot be read at all
│   ├── NotFound        4  no such file, or a folder
│   ├── NotText         5  binary data, an image, a PDF
│   ├── Empty           6  nothing but white space
│   ├── NoArticle       7  a page without an article, or behind a consent or pay wall
│   └── TooLarge        8  more than the limit
├── BadLink             9  an address that cannot be fetched
│   └── PrivateLink    16  an address of this machine or its network, where those are refused
├── BadReading         10  JSON that is not a reading
├── LedgerError        11  a ledger that cannot be opened or reached
│   ├── LedgerBusy     12  locked by another program for too long
│   ├── LedgerDamaged  13  not a ledger, or its contents do not fit together
│   └── LedgerFull     14  no room left to write
├── MissingPart        15  an optional part of the program that is not installed
└── Conflict           17  somebody else changed the same thing meanwhile
"""

from __future__ import annotations


class ReportedlyError(Exception):
    """Base of all errors that the program raises on purpose."""

    exit_code = 1


class BadInput(ReportedlyError):
    """An input that cannot be read."""

    exit_code = 3


class NotFound(BadInput):
    """No such file, a file that may not be read, or a folder."""

    exit_code = 4


class NotText(BadInput):
    """Binary data where text or HTML was expected."""

    exit_code = 5


class Empty(BadInput):
    """Nothing but white space."""

    exit_code = 6


class NoArticle(BadInput):
    """A page in which no article can be found."""

    exit_code = 7


class TooLarge(BadInput):
    """More data than the program takes in at once."""

    exit_code = 8


class BadLink(ReportedlyError):
    """An address that cannot be fetched."""

    exit_code = 9


class BadReading(ReportedlyError):
    """JSON that is not a reading."""

    exit_code = 10


class PrivateLink(BadLink):
    """An address of this machine or of its private network, where only public ones are fetched."""

    exit_code = 16


class LedgerError(ReportedlyError):
    """A ledger that cannot be opened, reached or written."""

    exit_code = 11


class LedgerBusy(LedgerError):
    """A ledger that another program keeps locked."""

    exit_code = 12


class LedgerDamaged(LedgerError):
    """A file that is no ledger, or a ledger whose contents do not fit together."""

    exit_code = 13


class LedgerFull(LedgerError):
    """No room left where the ledger lies."""

    exit_code = 14


class MissingPart(ReportedlyError):
    """An optional part of the program that is not installed."""

    exit_code = 15


class Conflict(ReportedlyError):
    """Somebody else changed the same thing meanwhile; nothing of what was asked for was done."""

    exit_code = 17
