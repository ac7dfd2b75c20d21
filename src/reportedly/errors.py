"""What can go wrong, each with the exit code of the command line. Messages are one sentence that says what to do.

ReportedlyError
├── BadInput            3  an input that cannot be read at all
│   ├── NotFound        4  no such file, or a folder
│   ├── NotText         5  binary data, an image, a PDF
│   ├── Empty           6  nothing but white space
│   ├── NoArticle       7  a page without an article, or behind a consent or pay wall
│   └── TooLarge        8  more than the limit
├── BadLink             9  an address that cannot be fetched
└── BadReading         10  JSON that is not a reading
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
