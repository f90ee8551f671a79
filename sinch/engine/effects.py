"""What comes out of the engine, in order, for a driver to carry out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Any, TypeAlias

import attrs

from .transcript import Entry


class CallbackFailure(Enum):
    """Why a callback brought no answer."""

    TIMEOUT = "timeout"
    STATUS = "error status"
    UNREACHABLE = "unreachable"
    NO_APP = "no app"


@attrs.frozen(kw_only=True)
class Callback:
    """One event for the app; finish it before sending the next one of the same call."""

    id: str
    """Give it back with :meth:`.Engine.reply` or :meth:`.Engine.failed`."""
    call_id: str
    name: str
    """``ice``, ``ace``, ``pie``, ``dice`` or ``notify``."""
    event: Mapping[str, Any]
    """The body, ready for JSON."""
    url: str
    """Where to; "" when the app has no URL, then there is nothing to send."""
    attempt: int = 1
    """2 at the fallback URL."""
    headers: Mapping[str, str] = attrs.field(factory=dict)
    """``X-CB-...`` headers of the callout."""
    timeout: timedelta = timedelta(seconds=5)
    """Real time to wait for the answer."""


@attrs.frozen(kw_only=True)
class Ask(Callback):
    """The call waits for the answer."""


@attrs.frozen(kw_only=True)
class Tell(Callback):
    """The answer does not matter."""


@attrs.frozen(kw_only=True)
class Happened:
    """A new line in the transcript of a call."""

    call_id: str
    entry: Entry


Effect: TypeAlias = Ask | Tell | Happened
