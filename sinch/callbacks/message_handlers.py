"""Where handlers for callbacks of the SMS REST API are registered, and what a handler is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, overload

from sinch.callbacks.events import UnknownEvent
from sinch.callbacks.responses import Replyable

if TYPE_CHECKING:
    from sinch_api.models import (
        BatchReportMms,
        BatchReportSms,
        InboundBinary,
        InboundMedia,
        InboundText,
        RecipientReportMms,
        RecipientReportSms,
    )

E = TypeVar("E")
Returned: TypeAlias = Replyable[E] | Awaitable[Replyable[E]]
HandlerOf: TypeAlias = (
    Callable[[E], Returned[E]]
    | Callable[[E, Any], Returned[E]]
    | Callable[[E, Any, Any], Returned[E]]
)
"""A handler of one kind of event: ``(event)``, ``(event, svaml)``, ``(event, context)`` or
``(event, svaml, context)``, plain or ``async``."""


if TYPE_CHECKING:
    Batch = TypeVar("Batch", bound="HandlerOf[BatchReportSms | BatchReportMms]")
    Recipient = TypeVar("Recipient", bound="HandlerOf[RecipientReportSms | RecipientReportMms]")
    Arrived = TypeVar("Arrived", bound="HandlerOf[InboundText | InboundBinary | InboundMedia]")

#: Events of the SMS REST API, by the decorator that takes them: text and media alike.
OF_MESSAGES: Final = {
    "delivery_report_sms": "batch_report", "delivery_report_mms": "batch_report",
    "recipient_delivery_report_sms": "recipient_report", "recipient_delivery_report_mms": "recipient_report",
    "mo_text": "inbound", "mo_binary": "inbound", "mo_media": "inbound",
}  # fmt: skip


UNKNOWN: Final = ""
"""What handlers of unknown events are registered under."""


def tag_of(event: Any) -> str:
    """What handlers of an event are registered under."""
    if isinstance(event, UnknownEvent):
        return UNKNOWN
    tag: str | None = getattr(event, "event", None)
    return OF_MESSAGES[event.type] if tag is None else tag.casefold()


class MessageHandlers:
    """The decorators of a router for callbacks of the SMS REST API."""

    def _register(
        self, decorator: str, tag: str, function: Any, qualifier: str | None = None
    ) -> Any:
        raise NotImplementedError

    @overload
    def batch_report(self, handler: Batch, /) -> Batch: ...
    @overload
    def batch_report(self, /) -> Callable[[Batch], Batch]: ...
    def batch_report(self, handler: Any = None, /) -> Any:
        """What became of a batch of the SMS REST API: return nothing."""
        return self._register("batch_report", "batch_report", handler)

    @overload
    def recipient_report(self, handler: Recipient, /) -> Recipient: ...
    @overload
    def recipient_report(self, /) -> Callable[[Recipient], Recipient]: ...
    def recipient_report(self, handler: Any = None, /) -> Any:
        """What became of a batch of the SMS REST API for one recipient: return nothing."""
        return self._register("recipient_report", "recipient_report", handler)

    @overload
    def inbound(self, handler: Arrived, /) -> Arrived: ...
    @overload
    def inbound(self, /) -> Callable[[Arrived], Arrived]: ...
    def inbound(self, handler: Any = None, /) -> Any:
        """A message arrived over the SMS REST API, as text, bytes or media: return nothing."""
        return self._register("inbound", "inbound", handler)
