"""Text messages to up to 1,000 recipients a request, over the SMS REST API with a service plan."""

from sinch.messages.draft import AsyncMessagesDraft, MessagesDraft
from sinch.messages.product import AsyncMessages, Messages
from sinch_api.models.messages import (
    Batch,
    BatchReport,
    DeliveryCode,
    DeliveryReportType,
    DryRunResult,
    Inbound,
    MessageStatus,
    RecipientReport,
)

__all__ = [
    "AsyncMessages",
    "AsyncMessagesDraft",
    "Batch",
    "BatchReport",
    "DeliveryCode",
    "DeliveryReportType",
    "DryRunResult",
    "Inbound",
    "MessageStatus",
    "Messages",
    "MessagesDraft",
    "RecipientReport",
]
