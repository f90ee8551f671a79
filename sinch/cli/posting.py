"""One POST to an app, as Sinch does it: no redirects, no proxy, a limit on time and size."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from contextlib import closing
from time import perf_counter
from typing import Final

import attrs

from sinch.cli.output import ExitCode, Failed
from sinch.urls import http_url

#: How long Sinch waits for an answer, in seconds.
PATIENCE: Final = 5.0
_MOST: Final = 256 * 1024


@attrs.frozen
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes = attrs.field(repr=False)
    seconds: float = 0.0

    @property
    def content_type(self) -> str:
        """The Content-Type, "" without one."""
        return next((v for name, v in self.headers.items() if name.lower() == "content-type"), "")


class Unanswered(Exception):
    """No answer came; the text says why."""


def check_url(url: str, option: str) -> str:
    """A URL that an app may have, or a usage error."""
    try:
        http_url(url)
    except ValueError:
        raise Failed(
            f"{option} must be an http or https URL, not {url[:200]}", ExitCode.USAGE
        ) from None
    return url


def post(url: str, headers: Mapping[str, str], body: bytes, limit: float = PATIENCE) -> Answered:
    """Send it and wait. Raises :class:`Unanswered`."""
    parts = http_url(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    where = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    began = perf_counter()
    with closing(kind(parts.hostname or "", parts.port, timeout=limit)) as connection:
        try:
            connection.request("POST", path, body, dict(headers))
            response = connection.getresponse()
            content = response.read(_MOST + 1)
        except TimeoutError:
            raise Unanswered(f"{where} did not answer within {limit:g} s") from None
        except ConnectionRefusedError:
            raise Unanswered(f"nobody listens at {where}") from None
        except (OSError, http.client.HTTPException) as problem:
            raise Unanswered(f"{where}: {problem or type(problem).__name__}") from None
    if len(content) > _MOST:
        raise Unanswered(f"the answer of {where} is larger than {_MOST // 1024} KiB")
    return Answered(response.status, dict(response.getheaders()), content, perf_counter() - began)
