"""Reading what went wrong out of a hub's answer or out of an error of the network."""

from __future__ import annotations

import email.utils
import time
from typing import TYPE_CHECKING

from models.fetch.problems import DownloadRefused, Setback

if TYPE_CHECKING:
    import httpx2

_BUSY = {408, 425, 429, 500, 502, 503, 504}


def worth_retrying(response: httpx2.Response, host: str) -> None:
    """Nothing for a good answer, `Setback` for a busy hub. Errors: `DownloadRefused` for any other answer."""
    status = response.status_code
    if status in (200, 206):
        return
    if status in _BUSY:
        after = retry_after(response.headers.get("Retry-After", ""), time.time())
        raise Setback("hub_busy", after=after, host=host, status=status, seconds=round(after or 0))
    raise DownloadRefused("hub_said_no", host=host, status=status)


def retry_after(header: str, now: float) -> float | None:
    """Seconds from now, out of the two forms the header has; None when there is none that can be read."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def setback_of(error: Exception, host: str, progressed: bool = False) -> Setback:
    """The setback an error of the network stands for. Errors: `DownloadRefused` for what no retry cures."""
    import httpx2

    if isinstance(error, httpx2.TimeoutException):
        return Setback("hub_slow", host=host, progressed=progressed)
    if isinstance(error, httpx2.TooManyRedirects):
        raise DownloadRefused("download_other_host", host=host) from error
    if isinstance(error, httpx2.ProxyError):
        return Setback("proxy_failed", reason=str(error), progressed=progressed)
    if isinstance(error, (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, httpx2.InvalidURL)):
        raise DownloadRefused("download_not_encrypted", host=host) from error
    reason = str(error) or type(error).__name__
    return Setback("hub_unreachable", host=host, reason=reason, progressed=progressed)
