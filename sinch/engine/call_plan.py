"""A callout that has been checked: whom to call, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import attrs

from sinch.limits import LONGEST_CALL
from sinch_api.models.calling import CalloutMethod
from sinch_api.models.common import CallDomain, Identity, MusicOnHold


@attrs.frozen(kw_only=True)
class CallPlan:
    """What the engine starts a callout from; ``sinch.sandbox`` makes it of a checked request."""

    method: CalloutMethod
    to: Identity
    cli: str | None = None
    domain: CallDomain = CallDomain.PSTN
    custom: str | None = None
    max_duration: timedelta = LONGEST_CALL
    conference_id: str | None = None
    moh: MusicOnHold | None = None
    callback_headers: Mapping[str, str] = attrs.field(factory=dict)
    request: Mapping[str, Any] = attrs.field(factory=dict)
    """The settings object as it was sent, under its canonical names."""
