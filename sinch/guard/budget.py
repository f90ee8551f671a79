"""A daily budget in money, from the prices that events bring."""

from __future__ import annotations

import logging
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

import attrs

from sinch.errors import ConfigurationError
from sinch.guard.asking import Book, Steps, fill
from sinch.guard.rule import Rule, check_name
from sinch.guard.start import Refusal, Start

_LOG: Final = logging.getLogger("sinch.guard")
_DAY: Final = 86400
_MILLIONTHS: Final = 1_000_000
_MOST: Final = 10**12
"""Stores count to 2**63."""


@attrs.frozen(init=False)
class Budget(Rule):
    """At most so much money a day (UTC): ``Budget("50.00", "EUR")``.

    A start is charged where its price is known: in the event that asks to allow it, or by
    ``check(..., price=Money(...))``. Otherwise it is charged ``assumed``; without that, it is only
    refused once the budget is used up. Prices in another currency are not converted: they count as
    not known, and a warning is logged.
    """

    amount: Decimal
    currency: str
    assumed: Decimal | None
    name: str

    def __init__(
        self,
        amount: Decimal | str | int,
        currency: str,
        *,
        assumed: Decimal | str | None = None,
        name: str = "budget",
    ) -> None:
        if not (isinstance(currency, str) and len(currency) == 3 and currency.isalpha()):
            raise ConfigurationError(
                "currency must be a code of three letters, such as 'EUR'", argument="currency"
            )
        fill(
            self,
            _amount(amount, "amount"),
            currency.upper(),
            None if assumed is None else _amount(assumed, "assumed"),
            check_name(name),
        )

    def count(self, start: Start, book: Book) -> Steps[Refusal | None]:
        """See :class:`Budget`."""
        key, limit = self._key(book), _millionths(self.amount)
        price = self._price(start)
        if price is None:
            used_up = (yield "get", key) >= limit
        else:
            used_up = (yield "add", key, price, 2 * _DAY) > limit
        if not used_up:
            return None
        return Refusal(
            f"the budget of the day, {self.amount} {self.currency}, is used up",
            book.until_next(_DAY),
        )

    def wants_price(self, start: Start) -> bool:
        """Whether :meth:`count` has charged nothing yet.

        .. code-block:: python

            start = Start(PhoneNumber("+46701234567"))
            Budget("50.00", "EUR").wants_price(start)  # True: the event brings the price
            Budget("50.00", "EUR", assumed="0.05").wants_price(start)  # False: charged already
        """
        return self._price(start) is None

    def undo(self, start: Start, book: Book) -> Steps[None]:
        """Give the price back.

        .. code-block:: python

            rules = [Budget("50.00", "EUR", assumed="0.05"), PerUser("5 per hour")]
            guard = VerificationGuard("memory://", rules)
            guard.check(number, user=account)  # where PerUser refuses it, it is not charged
        """
        if (price := self._price(start)) is not None:
            yield "add", self._key(book), -price, 2 * _DAY

    def _key(self, book: Book) -> str:
        return book.key(str(book.period(_DAY)))

    def _price(self, start: Start) -> int | None:
        price, known = start.price, self.assumed
        if price is not None and price.amount is not None:
            if (price.currency_id or self.currency).upper() == self.currency:
                # one that is too high is refused, however high it is
                known = min(max(price.amount, Decimal(0)), self.amount + 1)
            else:
                _LOG.warning(
                    "the budget is in %s, but a price came in %s", self.currency, price.currency_id
                )
        return None if known is None else _millionths(known)


def _amount(value: Decimal | str | int, argument: str) -> Decimal:
    try:
        found = Decimal(value) if isinstance(value, Decimal | str | int) else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= _MOST or isinstance(value, bool):
        raise ConfigurationError(
            f"{argument} must be an amount of money as text or Decimal, as in '50.00', "
            f"of at most {_MOST}",
            argument=argument,
        )
    return found


@lru_cache(maxsize=64)
def _millionths(amount: Decimal) -> int:
    """Sinch uses up to six decimals; more are rounded up."""
    return int((amount * _MILLIONTHS).to_integral_value(ROUND_CEILING))
