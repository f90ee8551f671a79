"""Headers of the user's own, sent with every request of a client or draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sinch.errors import ConfigurationError

#: What the signature covers, what frames the message, and what decides how the answer is read.
_OURS: Final = frozenset(
    [
        "authorization",
        "x-timestamp",
        "content-type",
        "content-length",
        "content-encoding",
        "transfer-encoding",
        "host",
        "connection",
        "keep-alive",
        "proxy-connection",
        "proxy-authorization",
        "te",
        "trailer",
        "upgrade",
        "expect",
        "accept",
        "accept-encoding",
        "cookie",
    ]
)
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")


def extra_headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Check headers that go along with a request; they are not part of its signature.

    Raises :class:`~sinch.errors.ConfigurationError` for those that the client sets itself and for
    what is no header.
    """
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise _refused("must be a mapping of names to values")
    for name, value in headers.items():
        _check(name, value)
    return dict(headers)


def _check(name: object, value: object) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _refused(f"must have names of letters, digits and hyphens, not {name!r:.80}")
    if name.lower() == "user-agent":
        raise _refused("must not hold User-Agent: make the client with user_agent=... instead")
    if name.lower() in _OURS:
        raise _refused(f"must not hold {name}: the client sets it, and it has to fit what is sent")
    if not isinstance(value, str) or not _VALUE.fullmatch(value):
        # not shown: it may be a token
        raise _refused(f"must have printable ASCII as the value of {name}, without space around it")


def _refused(rule: str) -> ConfigurationError:
    return ConfigurationError(f"headers {rule}", argument="headers")
