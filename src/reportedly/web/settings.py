"""How the application runs."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Settings:
    """`accounts` asks everybody for a password. `hosts` are the names by which it may be called; empty: any.

    `rate` and `edits` are requests and changes per minute of one account, or of one address without one, `entries` attempts to enter; `largest` is the size of
    an upload in bytes, `most` the size of any other request. `secret` signs forms.
    """

    accounts: bool = False
    hosts: tuple[str, ...] = LOOPBACK
    https: bool = False
    rate: int = 1200
    edits: int = 240
    entries: int = 10
    largest: int = 25_000_000
    most: int = 1_000_000
    waiting: int = 200
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
