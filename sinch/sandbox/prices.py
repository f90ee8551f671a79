"""What calls cost in the sandbox: made up, but always there, since clients read them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from math import ceil

from sinch_api.models.common import Money

_RATE = Decimal("0.0100")


def call_rate() -> Money:
    """The price per minute."""
    return Money(currency_id="EUR", amount=_RATE)


def call_debit(duration: timedelta = timedelta()) -> Money:
    """The price of a call: every minute begun."""
    return Money(currency_id="EUR", amount=_RATE * ceil(duration.total_seconds() / 60))
