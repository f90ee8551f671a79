# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""What Sinch sends to you: the tag of every callback and the model that reads it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

TAG = "event"
"""The property that tells callbacks apart."""

EVENTS: dict[str, tuple[str, str]] = {
    "ice": ("voice_events", "IceEvent"),
    "ace": ("voice_events", "AceEvent"),
    "pie": ("voice_events", "PieEvent"),
    "dice": ("voice_events", "DiceEvent"),
    "notify": ("voice_events", "NotifyEvent"),
    "incomingsms": ("sms", "IncomingSmsEvent"),
    "verificationrequestevent": ("verification_events", "VerificationRequestEvent"),
    "verificationresultevent": ("verification_events", "VerificationResultEvent"),
    "verificationsmsdeliveredevent": ("verification_events", "VerificationSmsDeliveredEvent"),
}
"""Case-folded tag -> module below ``models``, class in it."""

REPLIES: dict[str, tuple[str, str] | None] = {
    "ice": ("svaml", "IceSvamlet"),
    "ace": ("svaml", "AceSvamlet"),
    "pie": ("svaml", "PieSvamlet"),
    "dice": None,
    "notify": None,
    "incomingsms": None,
    "verificationrequestevent": ("verification_events", "VerificationRequestReply"),
    "verificationresultevent": None,
    "verificationsmsdeliveredevent": None,
}
"""Case-folded tag -> the model of the answer, or None where an empty object will do."""

EVENTS_BY_TYPE: dict[str, tuple[str, str]] = {
    "delivery_report_sms": ("messages", "BatchReportSms"),
    "delivery_report_mms": ("messages", "BatchReportMms"),
    "recipient_delivery_report_sms": ("messages", "RecipientReportSms"),
    "recipient_delivery_report_mms": ("messages", "RecipientReportMms"),
    "mo_text": ("messages", "InboundText"),
    "mo_binary": ("messages", "InboundBinary"),
    "mo_media": ("messages", "InboundMedia"),
}
"""The same for those that the property ``type`` tells apart."""

EVENTS_BY_TAG: dict[str, dict[str, tuple[str, str]]] = {
    TAG: EVENTS,
    "type": EVENTS_BY_TYPE,
}
"""Property that tells events apart -> those that it tells apart."""


def event_model(tag: str, by: str | None = TAG) -> Any | None:
    """The model class for a tag in any letter case; imports only the module it needs.

    ``by`` is the property that the tag is the value of.
    """
    found = EVENTS_BY_TAG.get(by or "", EVENTS).get(tag.casefold())
    return _model_of(*found) if found else None


@cache
def _model_of(module: str, name: str) -> Any:
    return getattr(import_module(f"{__package__}.models.{module}"), name)
