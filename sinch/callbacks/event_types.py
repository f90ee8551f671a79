"""The union of all events; loaded only by programs that name it, since it loads every model."""

from __future__ import annotations

from typing import TypeAlias

from sinch.callbacks.events import UnknownEvent
from sinch_api.models.messages import (
    BatchReportMms,
    BatchReportSms,
    InboundBinary,
    InboundMedia,
    InboundText,
    RecipientReportMms,
    RecipientReportSms,
)
from sinch_api.models.sms import IncomingSmsEvent
from sinch_api.models.verification_events import (
    VerificationRequestEvent,
    VerificationResultEvent,
    VerificationSmsDeliveredEvent,
)
from sinch_api.models.voice_events import AceEvent, DiceEvent, IceEvent, NotifyEvent, PieEvent

CallbackEvent: TypeAlias = (
    IceEvent
    | AceEvent
    | PieEvent
    | DiceEvent
    | NotifyEvent
    | VerificationRequestEvent
    | VerificationResultEvent
    | VerificationSmsDeliveredEvent
    | IncomingSmsEvent
    | BatchReportSms
    | BatchReportMms
    | RecipientReportSms
    | RecipientReportMms
    | InboundText
    | InboundBinary
    | InboundMedia
    | UnknownEvent
)
"""Whatever :func:`.read_event` returns; a ``match`` over it can be exhaustive."""
