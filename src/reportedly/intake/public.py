"""Only addresses of the open internet: nobody's feed or redirect may make this machine ask itself or its neighbours.

A name is looked up here and the connection goes to the address that was checked, so that a second answer of the name
server changes nothing (DNS rebinding). Every redirect is checked again. OWASP's notes on server-side request forgery.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

import httpx2

from reportedly.errors import PrivateLink

if TYPE_CHECKING:
    from collections.abc import Iterable

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PublicOnly(httpx2.HTTPTransport):
    """Connects to public addresses only, and raises `PrivateLink` for others."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Look the host up, check what it means, and connect to just that."""
        host = request.url.host
        address = checked(str(request.url), host, look_up(host, request.url.port or (443 if request.url.scheme == "https" else 80)))
        request.extensions = {**request.extensions, "sni_hostname": host}  # the certificate is still that of the name
        request.url = request.url.copy_with(host=address)  # the Host header was made from the name
        return super().handle_request(request)


def client(**options: object) -> httpx2.Client:
    """A client that follows redirects to public addresses only.

    Behind a proxy the proxy looks names up and connects: there, addresses and names that this machine can look up are checked.
    """
    if {"http", "https", "all"} & set(getproxies()):
        return httpx2.Client(event_hooks={"request": [_check_before_proxy]}, **options)  # type: ignore[arg-type]
    return httpx2.Client(transport=PublicOnly(), **options)  # type: ignore[arg-type]


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host."""
    try:
        return [str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        message = f"no such host: {host}"
        raise httpx2.ConnectError(message) from error


def checked(url: str, host: str, addresses: Iterable[str]) -> str:
    """The first of some addresses, all of which must be public.

    Raises:
        PrivateLink: one is not.

    """
    found = list(addresses)
    for address in found:
        if not is_public(address):
            where = "" if address == host.strip("[]") else f" ({host} is {address})"
            raise PrivateLink(f"{url} leads to this machine or its private network{where}, and is not fetched: give --allow-private if you mean to.")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also when it stands for an address of IPv4."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def _check_before_proxy(request: httpx2.Request) -> None:
    host = request.url.host
    try:
        found = look_up(host, request.url.port or 80)
    except httpx2.ConnectError:
        if proxy_bypass(host):
            raise
        return  # the proxy knows names that this machine does not
    checked(str(request.url), host, found)
