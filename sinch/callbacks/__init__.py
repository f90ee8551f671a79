"""Callbacks: check that Sinch sent them, read them as typed events, answer them.

.. code-block:: python

    from sinch.callbacks import CallbackRouter, CallbackVerifier, IceEvent, Reply

    router = CallbackRouter(CallbackVerifier(key, secret), svaml=Svaml(Locale.EN_US))

    @router.ice
    def incoming(event: IceEvent, svaml: Svaml) -> Reply:
        return svaml.ice().say("Hello!").hangup()

Free of web frameworks and event loops: ``sinch.web`` connects a router to a framework, and
:class:`Delivery` with :meth:`CallbackRouter.dispatch` to any other. Loading this package loads
neither requests nor aiohttp; models, stores and replies are loaded when first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sinch.callbacks.context import CallbackContext
from sinch.callbacks.delivery import Delivery, RequestHeaders
from sinch.callbacks.events import MAX_BODY, MAX_DEPTH, UnknownEvent, read_event, read_model
from sinch.callbacks.responses import CallbackAnswer, Replyable
from sinch.callbacks.router import CallbackRouter
from sinch.callbacks.verifier import CallbackVerifier, Verified
from sinch.errors import CallbackRejected, RejectionReason
from sinch.reply import Reply
from sinch_api.pairs import Pairs

if TYPE_CHECKING:
    from sinch.callbacks.event_types import CallbackEvent
    from sinch.callbacks.explanation import DeliveryRejected, Explanation, SignatureAttempt
    from sinch.callbacks.messages_verifier import MessagesVerifier, VerifiedMessage
    from sinch.callbacks.observing import Observation
    from sinch.callbacks.replay_django import DjangoCacheSeenStore
    from sinch.callbacks.replay_redis import AsyncRedisSeenStore, RedisSeenStore
    from sinch.callbacks.replay_store import AsyncSeenStore, MemorySeenStore, SeenStore
    from sinch.callbacks.replies import allow, deny
    from sinch_api.models import (
        AceEvent,
        AmdReason,
        AmdResult,
        AmdStatus,
        BatchReportMms,
        BatchReportSms,
        CalloutReply,
        CallResult,
        DeliveryCode,
        DiceEvent,
        DiceReason,
        FlashCallReply,
        IceEvent,
        Identity,
        IdentityType,
        InboundBinary,
        InboundMedia,
        InboundText,
        IncomingSmsEvent,
        MenuInputMethod,
        MenuResult,
        MenuResultType,
        MessageStatus,
        Money,
        NotifyEvent,
        NotifyType,
        OriginationType,
        PieEvent,
        RecipientReportMms,
        RecipientReportSms,
        SmsDeliveryResult,
        SmsReply,
        SpeechOptions,
        VerificationRequestEvent,
        VerificationResultEvent,
        VerificationSmsDeliveredEvent,
        WhatsAppReply,
    )

__all__ = [
    # checking
    "CallbackVerifier",
    "MessagesVerifier",
    "VerifiedMessage",
    "Verified",
    "Delivery",
    "RequestHeaders",
    "CallbackRejected",
    "DeliveryRejected",
    "RejectionReason",
    "Explanation",
    "SignatureAttempt",
    "SeenStore",
    "AsyncSeenStore",
    "MemorySeenStore",
    "RedisSeenStore",
    "AsyncRedisSeenStore",
    "DjangoCacheSeenStore",
    # reading
    "read_event",
    "read_model",
    "MAX_BODY",
    "MAX_DEPTH",
    "CallbackEvent",
    "IceEvent",
    "AceEvent",
    "PieEvent",
    "DiceEvent",
    "NotifyEvent",
    "VerificationRequestEvent",
    "VerificationResultEvent",
    "VerificationSmsDeliveredEvent",
    "IncomingSmsEvent",
    "BatchReportSms",
    "BatchReportMms",
    "RecipientReportSms",
    "RecipientReportMms",
    "InboundText",
    "InboundBinary",
    "InboundMedia",
    "MessageStatus",
    "DeliveryCode",
    "UnknownEvent",
    "Pairs",
    "MenuResult",
    "MenuResultType",
    "MenuInputMethod",
    "AmdResult",
    "AmdStatus",
    "AmdReason",
    "CallResult",
    "DiceReason",
    "NotifyType",
    "OriginationType",
    "Identity",
    "IdentityType",
    "Money",
    "SmsDeliveryResult",
    # answering
    "CallbackRouter",
    "CallbackContext",
    "CallbackAnswer",
    "Observation",
    "Reply",
    "Replyable",
    "allow",
    "deny",
    "SmsReply",
    "FlashCallReply",
    "CalloutReply",
    "SpeechOptions",
    "WhatsAppReply",
]

_OURS = {
    "DeliveryRejected": "explanation",
    "Explanation": "explanation",
    "SignatureAttempt": "explanation",
    "CallbackEvent": "event_types",
    "MessagesVerifier": "messages_verifier",
    "VerifiedMessage": "messages_verifier",
    "Observation": "observing",
    "allow": "replies",
    "deny": "replies",
    "SeenStore": "replay_store",
    "AsyncSeenStore": "replay_store",
    "MemorySeenStore": "replay_store",
    "RedisSeenStore": "replay_redis",
    "AsyncRedisSeenStore": "replay_redis",
    "DjangoCacheSeenStore": "replay_django",
}


def __getattr__(name: str) -> Any:
    if name in _OURS:
        value = getattr(import_module(f"{__name__}.{_OURS[name]}"), name)
    elif name in __all__:
        value = getattr(import_module("sinch_api.models"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
