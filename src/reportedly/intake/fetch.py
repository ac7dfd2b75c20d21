"""Links: one page, bounded in time, size and redirects."""

from __future__ import annotations

import time
from dataclasses import dataclass

from reportedly.errors import BadLink, NotText, TooLarge

LIMIT = 20_000_000  # bytes of one input; the longest article page that we saw has three million
PATIENCE = 20.0  # seconds without an answer
DEADLINE = 60.0  # seconds for all of a page
REDIRECTS = 10
KINDS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml")


@dataclass(frozen=True, slots=True)
class Page:
    """What a link led to: `url` is the address after redirects, `charset` what its header says."""

    url: str
    data: bytes
    kind: str
    charset: str | None


def fetch(url: str, *, limit: int = LIMIT, patience: float = PATIENCE, deadline: float = DEADLINE, allow_private: bool = True) -> Page:
    """Fetch one page. Without `allow_private`, addresses of this machine and its private network are refused, also behind redirects.

    Raises:
        BadLink: no such host, no answer in time, an error status, too many redirects.
        PrivateLink: an address that is refused.
        TooLarge: more than `limit` bytes.
        NotText: an image, a PDF or another thing that is no page.

    """
    import httpx2

    from reportedly import __version__

    agent = f"Mozilla/5.0 (compatible; reportedly/{__version__})"
    started = time.monotonic()
    try:
        if allow_private:
            make = httpx2.Client
        else:
            from reportedly.intake import public

            make = public.client  # type: ignore[assignment]
        with (
            make(follow_redirects=True, max_redirects=REDIRECTS, timeout=patience, headers={"User-Agent": agent, "Accept": "text/html,*/*;q=0.5"}) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code >= 400:
                message = f"{url} answers with {answer.status_code} {answer.reason_phrase}".rstrip() + ": check the address, or save the page from a browser and read the file."
                raise BadLink(message)
            kind = answer.headers.get("content-type", "text/html").split(";")[0].strip().lower()
            if kind and kind not in KINDS:
                message = f"{url} is {kind}, not a page: give the address of an article."
                raise NotText(message)
            data = bytearray()
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > limit:
                    message = f"{url} is larger than {limit // 1_000_000} MB: give the address of a single article."
                    raise TooLarge(message)
                if time.monotonic() - started > deadline:
                    message = f"{url} took longer than {deadline:.0f} seconds: try again later."
                    raise BadLink(message)
            return Page(str(answer.url), bytes(data), kind, answer.charset_encoding)
    except httpx2.TooManyRedirects as error:
        message = f"{url} redirects in a circle: check the address, or save the page from a browser and read the file."
        raise BadLink(message) from error
    except httpx2.TimeoutException as error:
        message = f"{url} did not answer within {patience:.0f} seconds: try again later."
        raise BadLink(message) from error
    except httpx2.HTTPError as error:
        message = f"{url} cannot be reached ({error or type(error).__name__}): check the address and the connection."
        raise BadLink(message) from error
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        message = f"{url} is not an address that can be fetched ({error}): check it."
        raise BadLink(message) from error
