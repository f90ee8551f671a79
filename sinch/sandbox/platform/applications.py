"""The configuration API: numbers, callback URLs and the number query (docs/platform/configuration.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from sinch import limits
from sinch.sandbox.delivery.targets import check_url
from sinch_api.models.calling import (
    ApplicationNumber,
    AssignNumbersRequest,
    CallbackSettings,
    CallbackUrls,
    NumberInfo,
    NumberQueryResponse,
    NumbersResponse,
    NumberType,
    UnassignNumberRequest,
)
from sinch_api.models.common import Money

from . import checks
from .countries import country_of
from .errors import Refusal
from .records import OwnedNumber
from .state import State

_RATE = Money(currency_id="EUR", amount=Decimal("0.0100"))


class ApplicationService:
    """The one application of the sandbox and the numbers of its account."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.owned: dict[str, OwnedNumber] = {}
        self.callbacks = CallbackUrls()
        self.clear()

    def clear(self) -> None:
        """Return to the numbers the sandbox was started with, and to no callback URLs."""
        key = self._state.credentials.application_key
        self.owned = {
            number: OwnedNumber(number=number, application_key=key)
            for number in self._state.numbers
        }
        self.callbacks = CallbackUrls()

    def numbers(self) -> NumbersResponse:
        """Every number of the account."""
        return NumbersResponse(
            numbers=tuple(
                ApplicationNumber(
                    number=owned.number,
                    application_key=owned.application_key,
                    capability=owned.capability,
                )
                for owned in self.owned.values()
            )
        )

    def assign(self, request: AssignNumbersRequest) -> None:
        """Give numbers to the application; all of them or none.

        Raises :class:`.Refusal` 40001, and 40003 for a number or key of somebody else.
        """
        if not 1 <= len(request.numbers) <= limits.NUMBERS_ASSIGNED:
            raise Refusal(40001, "Parameter numbers has to hold 1 to 100 numbers.")
        self._check_key(request.application_key)
        checks.known(request.capability, "capability")
        found = [self._owned(number) for number in request.numbers]
        for owned in found:
            owned.application_key = self._state.credentials.application_key
            owned.capability = request.capability or owned.capability
        self._tell()

    def unassign(self, request: UnassignNumberRequest) -> None:
        """Take a number away from the application; raises :class:`.Refusal` 40001, 40003."""
        self._check_key(request.application_key)
        checks.known(request.capability, "capability")
        owned = self._owned(request.number)
        if owned.application_key is None:
            raise Refusal(40003, "The number is not assigned.")
        owned.application_key = None
        self._tell()

    def get_callbacks(self, application_key: str) -> CallbackSettings:
        """Where voice callbacks go; raises :class:`.Refusal` 40003."""
        self._check_key(application_key)
        return CallbackSettings(url=self.callbacks)

    def set_callbacks(self, application_key: str, settings: CallbackSettings) -> None:
        """Replace both URLs; blank and absent unset one. Raises :class:`.Refusal` 40001, 40003."""
        self._check_key(application_key)
        self.callbacks = CallbackUrls(
            primary=_url(settings.url.primary, "url.primary"),
            fallback=_url(settings.url.fallback, "url.fallback"),
        )

    def query(self, number: str) -> NumberQueryResponse:
        """What is known about a number, however it is written; raises :class:`.Refusal` 40001."""
        plain = re.sub(r"[\s().\-/]", "", number.replace("(0)", ""))
        normalized = checks.number(plain, "number")
        country = country_of(normalized)
        return NumberQueryResponse(
            number=NumberInfo(
                country_id=country,
                number_type=NumberType.UNKNOWN if country is None else NumberType.MOBILE,
                normalized_number=normalized,
                restricted=False,
                rate=_RATE,
            )
        )

    def _tell(self) -> None:
        self._state.events.publish("numbers", self.numbers())

    def _owned(self, number: str) -> OwnedNumber:
        owned = self.owned.get(checks.number(number, "number"))
        if owned is None:
            raise Refusal(40003, "The number does not belong to the account.")
        return owned

    def _check_key(self, application_key: str | None) -> None:
        if application_key and not self._state.is_own_key(application_key):
            raise Refusal(40003, "The application key is not valid.")


def unassign_body(body: object) -> object:
    """Accept ``numbers`` with one number, as an example of the documents has it (docs/platform/contradictions.md)."""
    if not isinstance(body, Mapping):
        return body
    fields = {str(key).casefold(): value for key, value in body.items()}
    given = fields.get("numbers")
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if fields.get("number") is None and isinstance(given, str):
        return {**fields, "number": given}
    return body


def _url(value: str | None, name: str) -> str | None:
    url = (value or "").strip()
    if not url:
        return None
    try:
        return check_url(url, name)
    except ValueError as error:
        raise Refusal(40001, f"Parameter {error}.") from None
