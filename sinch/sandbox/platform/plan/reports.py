"""What became of a batch, as reports and callbacks say it (docs/platform/sms-rest.md#reports)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import attrs

from .records import Batch, Recipient


@attrs.frozen(kw_only=True)
class Wanted:
    """Which statuses and codes are asked for; None is all."""

    statuses: Collection[str] | None = None
    codes: Collection[int] | None = None

    def takes(self, recipient: Recipient) -> bool:
        """Whether a recipient is among them."""
        return (self.statuses is None or recipient.status.value in self.statuses) and (
            self.codes is None or recipient.code in self.codes
        )


EVERYTHING = Wanted()


def stamp(moment: datetime) -> str:
    """A time as this API writes it: UTC, with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def of_batch(batch: Batch, *, full: bool, wanted: Wanted = EVERYTHING) -> dict[str, Any]:
    """How many recipients have each status and code, with their numbers where asked for."""
    found: dict[tuple[str, int], list[str]] = {}
    for one in batch.recipients:
        if wanted.takes(one):
            found.setdefault((one.status.value, one.code), []).append(one.number)
    statuses = [
        {
            "code": code,
            "status": status,
            "count": len(numbers),
            **({"recipients": numbers} if full else {}),
        }
        for (status, code), numbers in found.items()
    ]
    return {
        "type": f"delivery_report_{_medium(batch)}",
        "batch_id": batch.id,
        "total_message_count": sum(recipient.parts for recipient in batch.recipients),
        "statuses": statuses,
        **_reference(batch),
    }


def of_recipient(batch: Batch, recipient: Recipient, originator: str | None) -> dict[str, Any]:
    """How far the message to one recipient has come; ``originator`` is the plan's default sender."""
    at = stamp(recipient.at)
    shown: dict[str, Any] = {
        "type": f"recipient_delivery_report_{_medium(batch)}",
        "batch_id": batch.id,
        "recipient": recipient.number,
        "code": recipient.code,
        "status": recipient.status.value,
        "at": at,
        **_reference(batch),
    }
    if recipient.is_final and recipient.message_id is not None:
        shown["operator_status_at"] = at
    if "from" not in batch.fields and originator:
        shown["applied_originator"] = originator
    if "max_number_of_message_parts" in batch.fields:
        shown["number_of_message_parts"] = recipient.parts
    return shown


def _medium(batch: Batch) -> str:
    return "mms" if batch.kind == "mt_media" else "sms"


def _reference(batch: Batch) -> dict[str, str]:
    reference = batch.client_reference
    return {} if reference is None else {"client_reference": reference}
