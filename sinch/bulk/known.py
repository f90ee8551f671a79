"""The senders that a journal can name."""

from __future__ import annotations

from typing import Any, Final

from sinch.bulk.message_sender import MessageSender
from sinch.bulk.senders import CalloutSender, SmsSender, VerificationSender

SENDERS: Final[dict[str, type[Any]]] = {
    kind.kind: kind for kind in (SmsSender, MessageSender, CalloutSender, VerificationSender)
}
