"""What a service plan remembers; numbers are without plus sign, as the SMS REST API writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import attrs

from sinch_api.models.messages import DeliveryCode, MessageStatus

#: Statuses after which nothing more is heard of a message.
FINAL: Final = frozenset(MessageStatus) - {MessageStatus.QUEUED, MessageStatus.DISPATCHED}


@attrs.define(kw_only=True)
class Recipient:
    """One number of a batch, and how far its message has come."""

    number: str
    at: datetime
    status: MessageStatus = MessageStatus.QUEUED
    code: int = DeliveryCode.QUEUED.value
    parts: int = 1
    message_id: int | None = None
    """The message on the phone, once it was handed over."""

    @property
    def is_final(self) -> bool:
        """Whether nothing more is going to happen."""
        return self.status in FINAL


@attrs.define(kw_only=True)
class Batch:
    """One batch. ``fields`` are those that a client gave, as they stand in every answer."""

    id: str
    fields: dict[str, Any]
    created_at: datetime
    modified_at: datetime
    send_at: datetime
    expire_at: datetime
    recipients: list[Recipient]
    to_group: bool = False
    dispatched: bool = False
    canceled: bool = False
    reported: bool = False
    """Whether the report on the whole has been sent."""
    feedback: list[str] = attrs.field(factory=list)
    """Recipients who, as the client said, received it."""

    @property
    def kind(self) -> str:
        """``mt_text``, ``mt_binary`` or ``mt_media``."""
        return str(self.fields["type"])

    @property
    def client_reference(self) -> str | None:
        """The reference of the client's."""
        return self.fields.get("client_reference")

    @property
    def is_final(self) -> bool:
        """Whether every message has come to its end."""
        return all(recipient.is_final for recipient in self.recipients)

    def of(self, number: str) -> Recipient | None:
        """One recipient by its number."""
        return next((found for found in self.recipients if found.number == number), None)


@attrs.define(kw_only=True)
class Group:
    """Recipients with a name; ``members`` are its own, those of ``child_groups`` count as well."""

    id: str
    created_at: datetime
    modified_at: datetime
    name: str | None = None
    members: list[str] = attrs.field(factory=list)
    child_groups: list[str] = attrs.field(factory=list)
    auto_update: dict[str, Any] | None = None
    deleted: bool = False
    """Kept in a state file only, in the place of what is no more."""
