"""A signal for each event: sent after the callback was verified and before its handler runs.

Receivers get ``event``, ``request`` and ``sender``, the class of the event. What a receiver raises
is logged by Django and changes nothing. Sinch repeats callbacks that were answered with an error,
so a receiver can see one event more than once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.dispatch import Signal
from django.http import HttpRequest

if TYPE_CHECKING:
    from sinch.callbacks import CallbackEvent

callback_received: Final[Signal] = Signal()
ice_received: Final[Signal] = Signal()
ace_received: Final[Signal] = Signal()
pie_received: Final[Signal] = Signal()
dice_received: Final[Signal] = Signal()
notify_received: Final[Signal] = Signal()
verification_requested: Final[Signal] = Signal()
verification_ended: Final[Signal] = Signal()
verification_sms_delivered: Final[Signal] = Signal()
incoming_sms_received: Final[Signal] = Signal()
batch_report_received: Final[Signal] = Signal()
recipient_report_received: Final[Signal] = Signal()
inbound_received: Final[Signal] = Signal()

_SIGNALS: Final = {
    "IceEvent": ice_received,
    "AceEvent": ace_received,
    "PieEvent": pie_received,
    "DiceEvent": dice_received,
    "NotifyEvent": notify_received,
    "VerificationRequestEvent": verification_requested,
    "VerificationResultEvent": verification_ended,
    "VerificationSmsDeliveredEvent": verification_sms_delivered,
    "IncomingSmsEvent": incoming_sms_received,
    "BatchReportSms": batch_report_received,
    "BatchReportMms": batch_report_received,
    "RecipientReportSms": recipient_report_received,
    "RecipientReportMms": recipient_report_received,
    "InboundText": inbound_received,
    "InboundBinary": inbound_received,
    "InboundMedia": inbound_received,
}


def has_receivers() -> bool:
    """Whether anybody listens, so that views need not bother otherwise."""
    return bool(callback_received.receivers) or any(s.receivers for s in _SIGNALS.values())


def send(event: CallbackEvent, request: HttpRequest) -> None:
    """Send the signals of an event."""
    kind = type(event)
    own = _SIGNALS.get(kind.__name__)
    for signal in (callback_received,) if own is None else (own, callback_received):
        signal.send_robust(sender=kind, event=event, request=request)
