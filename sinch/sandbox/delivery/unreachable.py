"""Why a callback reached nobody: in words of ours, never in those of the HTTP library."""

from __future__ import annotations

import errno
from typing import Final

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientPayloadError,
    ClientResponseError,
    ClientSSLError,
    InvalidURL,
    ServerDisconnectedError,
)

_CLOSED: Final = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED})


def why_not_reached(problem: BaseException, url: str) -> str:
    """What stands on the page, in the log of deliveries and in the transcript of a call."""
    match problem:
        case ClientConnectorDNSError():
            return f"the host name of {url} is not known"
        case ClientConnectorCertificateError():
            return f"the certificate at {url} is not accepted"
        case ClientSSLError():
            return f"no TLS connection to {url}: should it start with http:?"
        case ClientConnectorError(os_error=ConnectionRefusedError()):
            return f"nobody listens at {url}"
        case ClientConnectorError():
            return f"{url} cannot be reached{_system(problem.os_error)}"
        case ServerDisconnectedError():
            return "the app closed the connection without an answer"
        case ClientPayloadError():
            return "the answer broke off"
        case ClientResponseError():
            return f"what answers at {url} does not speak HTTP"
        case OSError() if problem.errno in _CLOSED:
            return "the app closed the connection without an answer"
        case OSError() if problem.errno is not None:
            return f"the connection to {url} failed{_system(problem)}"
        case InvalidURL() | ValueError():
            return f"{url} cannot be used as a callback URL"
        case _:
            return "the callback could not be sent"


def _system(problem: OSError) -> str:
    """The name of the system's error, such as EHOSTUNREACH, which can be looked up."""
    name = errno.errorcode.get(problem.errno or 0)
    return f" ({name})" if name else ""
