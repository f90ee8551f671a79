"""What Sinch accepts, and how much of it: each rule once, with where it is from.

The builders have the numbers as defaults of :class:`~sinch.svaml.Limits`, the products refuse what
is above them before it is sent; the sandbox and the call engine refuse it as Sinch does, and what an
event does not accept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

# --- speech, SVAML and calls ----------------------------------------------------------------------

SPOKEN: Final = 600
"""Characters of one spoken prompt, text or SSML with its markup: docs/platform/limits.md."""
SPOKEN_IN_ALL: Final = 1000
"""Characters spoken by all instructions of one reply: docs/platform/limits.md."""
FILE_NAME: Final = 128
"""Characters of a prompt file's name: docs/platform/values.md#prompts."""
COOKIE_NAME: Final = 50
"""Characters of the name of a cookie: docs/platform/svaml.md#instructions."""
COOKIES: Final = 1024
"""UTF-8 bytes of all cookies, names and values: docs/platform/svaml.md#instructions."""
CALL_HEADERS: Final = 1024
"""UTF-8 bytes of all call headers, names and values: docs/platform/values.md#call-headers."""
CUSTOM: Final = 1024
"""UTF-8 bytes of the custom data of a callout: docs/platform/calling.md#callouts."""
CONFERENCE_ID: Final = 64
"""Characters of a conference id: docs/platform/calling.md#conferences."""
MENU_ID: Final = 64
"""Characters of a menu id: docs/platform/svaml.md#menus."""
USER_NAME: Final = 128
"""Characters of an in-app user name: docs/platform/values.md#identities."""
TAG: Final = 32
"""Characters of the name, and of the value, of a billing tag: docs/platform/svaml.md#actions."""
REPORT_DETAILS: Final = 64
"""Characters of the details of ReportCallStatus; Sinch cuts longer ones: docs/platform/svaml.md#instructions."""
LONGEST_CALL: Final = timedelta(hours=4)
"""Longest time that two legs may stay connected: docs/platform/limits.md."""
SHORTEST_PARKING: Final = timedelta(minutes=1)
"""Shortest time to park a call: docs/platform/svaml.md#actions."""
LONGEST_PARKING: Final = timedelta(minutes=10)
"""Longest time to park a call: docs/platform/svaml.md#actions."""
SHORTEST_MENU_TIMEOUT: Final = timedelta(seconds=1)
"""Shortest wait for input in a menu: docs/platform/svaml.md#menus."""
LONGEST_MENU_TIMEOUT: Final = timedelta(seconds=30)
"""Longest wait for input in a menu: docs/platform/svaml.md#menus."""

# --- messages over the SMS REST API ---------------------------------------------------------------

BATCH: Final = 1000
"""Recipients of one batch, numbers and groups: docs/platform/sms-rest.md#send."""
BATCH_TEXT: Final = 2000
"""Characters of the text of a batch: docs/platform/sms-rest.md#send."""
BATCH_CHANGES: Final = 100
"""Recipients that one update adds, or removes: docs/platform/sms-rest.md#change."""
CLIENT_REFERENCE: Final = 128
"""Characters of a client reference: docs/platform/sms-rest.md#send."""
CALLBACK_URL: Final = 2048
"""Characters of the callback URL of a batch: docs/platform/sms-rest.md#send."""
GROUP_MEMBERS: Final = 10_000
"""Numbers in a group: docs/platform/sms-rest.md#groups."""
PARAMETER_KEY: Final = 16
"""Characters of the key of a parameter: docs/platform/sms-rest.md#send."""
PARAMETER_VALUE: Final = 160
"""Characters of the value of a parameter: docs/platform/sms-rest.md#send."""
LONGEST_VALIDITY: Final = timedelta(days=3)
"""Longest time from sending to expiry: docs/platform/sms-rest.md#send."""
BATCHES_KEPT: Final = timedelta(days=14)
"""How long the list has a batch: docs/platform/sms-rest.md#change."""
PAGE: Final = 100
"""Elements of one page of a list: docs/platform/sms-rest.md#paging."""

# --- headers that go to your callbacks ------------------------------------------------------------

CALLBACK_HEADERS: Final = 5
"""``X-CB-`` headers that are sent along; Sinch drops the rest: docs/platform/calling.md#x-cb."""
CALLBACK_HEADER_NAME: Final = re.compile(r"X-CB-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,27}", re.IGNORECASE)
"""Their names, of 32 characters at most: docs/platform/calling.md#x-cb."""
CALLBACK_HEADER_VALUE: Final = re.compile(r"[\x20-\x7e]{0,128}")
"""Their values, printable ASCII: docs/platform/calling.md#x-cb."""

# --- verification ---------------------------------------------------------------------------------

VERIFICATION_CUSTOM: Final = 4096
"""Characters of the custom data of a verification: docs/platform/verification.md#start."""
VERIFICATION_CODE: Final = re.compile(r"[A-Za-z0-9-]{1,10}")
"""A code of yours: docs/platform/verification.md#request-reply."""
SHORTEST_FLASH_CALL: Final = timedelta(seconds=5)
"""Shortest time that a flash call may ring, or be reported: docs/platform/verification.md#start."""
LONGEST_FLASH_CALL: Final = timedelta(seconds=120)
"""Longest time that a flash call may ring, or be reported: docs/platform/verification.md#start."""

# --- configuration --------------------------------------------------------------------------------

NUMBERS_ASSIGNED: Final = 100
"""Numbers that one request may assign to an application: docs/platform/limits.md."""

# --- what each event accepts ----------------------------------------------------------------------

_BASIC: Final = frozenset({"playfiles", "say", "setcookie", "startrecording", "stoprecording"})

CONNECTING: Final = frozenset(
    {"connectpstn", "connectmxp", "connectsip", "connectconf", "connectstream"}
)
"""Actions that connect a call to somebody, in lower case: docs/platform/svaml.md#actions."""

ACCEPTED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "ice": _BASIC | CONNECTING | {"senddtmf", "answer", "hangup", "runmenu", "park"},
        "ace": _BASIC | {"hangup", "continue", "connectconf", "runmenu"},
        "pie": _BASIC
        | {"hangup", "continue", "connectpstn", "connectsip", "connectconf", "runmenu", "senddtmf"},
    }
)
"""What the answer to an event may hold, in lower case: docs/platform/svaml.md#contexts."""
