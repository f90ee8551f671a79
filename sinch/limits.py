"""What Sinch accepts, and how much of it: each rule once.

The builders have the numbers as defaults of :class:`~sinch.svaml.Limits`; the sandbox and the call
engine refuse what is above them, and what an event does not accept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

SPOKEN: Final = 600
"""Characters of one spoken prompt, text or SSML with its markup."""
SPOKEN_IN_ALL: Final = 1000
"""Characters spoken by all instructions of one reply."""
FILE_NAME: Final = 128
"""Characters of a prompt file's name."""
COOKIE_NAME: Final = 50
"""Characters of the name of a cookie."""
COOKIES: Final = 1024
"""UTF-8 bytes of all cookies, names and values."""
CALL_HEADERS: Final = 1024
"""UTF-8 bytes of all call headers, names and values."""
CUSTOM: Final = 1024
"""UTF-8 bytes of the custom data of a callout."""
CONFERENCE_ID: Final = 64
"""Characters of a conference id."""
MENU_ID: Final = 64
"""Characters of a menu id."""
USER_NAME: Final = 128
"""Characters of an in-app user name."""
TAG: Final = 32
"""Characters of the name, and of the value, of a billing tag."""
REPORT_DETAILS: Final = 64
"""Characters of the details of ReportCallStatus; Sinch cuts longer ones."""
LONGEST_CALL: Final = timedelta(hours=4)
"""Longest time that two legs may stay connected."""
SHORTEST_PARKING: Final = timedelta(minutes=1)
"""Shortest time to park a call."""
LONGEST_PARKING: Final = timedelta(minutes=10)
"""Longest time to park a call."""
SHORTEST_MENU_TIMEOUT: Final = timedelta(seconds=1)
"""Shortest wait for input in a menu."""
LONGEST_MENU_TIMEOUT: Final = timedelta(seconds=30)
"""Longest wait for input in a menu."""

_BASIC: Final = frozenset({"playfiles", "say", "setcookie", "startrecording", "stoprecording"})

CONNECTING: Final = frozenset(
    {"connectpstn", "connectmxp", "connectsip", "connectconf", "connectstream"}
)
"""Actions that connect a call to somebody, in lower case."""

ACCEPTED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "ice": _BASIC | CONNECTING | {"senddtmf", "answer", "hangup", "runmenu", "park"},
        "ace": _BASIC | {"hangup", "continue", "connectconf", "runmenu"},
        "pie": _BASIC
        | {"hangup", "continue", "connectpstn", "connectsip", "connectconf", "runmenu", "senddtmf"},
    }
)
"""Actions and instructions that the answer to an event may hold, in lower case."""
