"""The application's numbers and callback URLs (docs/platform/configuration.md)."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sinch.core import checks
from sinch.core.bound import Bound
from sinch.core.flow import AsyncSender, Sender
from sinch.errors import InvalidArgumentError
from sinch.limits import NUMBERS_ASSIGNED
from sinch.urls import http_url
from sinch_api.models.calling import (
    ApplicationNumber,
    AssignNumbersRequest,
    CallbackSettings,
    CallbackUrls,
    NumberCapability,
    NumberInfo,
    NumberQueryResponse,
    NumbersResponse,
    NumberType,
    UnassignNumberRequest,
)
from sinch_api.operation import Operation
from sinch_api.operations import calling

__all__ = [
    "ApplicationNumber",
    "Applications",
    "AsyncApplications",
    "CallbackUrls",
    "NumberCapability",
    "NumberInfo",
    "NumberType",
]


def _numbers() -> Operation[NumbersResponse]:
    return calling.list_numbers()


def _assign(
    numbers: str | Iterable[str],
    application_key: str | None,
    capability: NumberCapability | str | None,
) -> Operation[None]:
    found = checks.some(numbers, "numbers", at_most=NUMBERS_ASSIGNED)
    return calling.assign_numbers(
        AssignNumbersRequest(
            numbers=tuple(
                checks.phone_number(number, f"numbers[{index}]")
                for index, number in enumerate(found)
            ),
            application_key=_key(application_key),
            capability=_capability(capability),
        )
    )


def _unassign(
    number: str, application_key: str | None, capability: NumberCapability | str | None
) -> Operation[None]:
    return calling.unassign_number(
        UnassignNumberRequest(
            number=checks.phone_number(number, "number"),
            application_key=_key(application_key),
            capability=_capability(capability),
        )
    )


def _callbacks(application_key: str) -> Operation[CallbackSettings]:
    return calling.get_callback_urls(checks.path_value(application_key, "application_key"))


def _update_callbacks(primary: str, fallback: str | None, application_key: str) -> Operation[None]:
    key = checks.path_value(application_key, "application_key")
    urls = CallbackUrls(
        primary=_url(primary, "primary"),
        fallback=None if fallback is None else _url(fallback, "fallback"),
    )
    return calling.update_callback_urls(key, CallbackSettings(url=urls))


def _query(number: str) -> Operation[NumberQueryResponse]:
    return calling.query_number(checks.phone_number(number, "number"))


def _key(application_key: str | None) -> str | None:
    return None if application_key is None else checks.text(application_key, "application_key")


def _capability(value: NumberCapability | str | None) -> NumberCapability | None:
    return None if value is None else checks.choice(NumberCapability, value, "capability")


def _url(value: str, argument: str) -> str:
    checks.text(value, argument)
    try:
        http_url(value)
    except ValueError:
        rule = "must be an absolute http or https URL"
        raise InvalidArgumentError(argument=argument, rule=rule) from None
    return value


@attrs.frozen(repr=False)
class Applications(Bound):
    """Numbers and callback URLs of a blocking client's application.

    ``application_key`` is always optional and means another application of the same account.
    """

    _client: Sender = attrs.field(repr=False)
    _application_key: str = attrs.field(repr=False)

    def numbers(self) -> tuple[ApplicationNumber, ...]:
        """The numbers of the account, and which application each is assigned to."""
        return self._client.send(_numbers()).numbers

    def assign(
        self,
        numbers: str | Iterable[str],
        *,
        application_key: str | None = None,
        capability: NumberCapability | str | None = None,
    ) -> None:
        """Assign 1 to 100 numbers of the account to the application, for voice or SMS."""
        self._client.send(_assign(numbers, application_key, capability))

    def unassign(
        self,
        number: str,
        *,
        application_key: str | None = None,
        capability: NumberCapability | str | None = None,
    ) -> None:
        """Take a number away from the application."""
        self._client.send(_unassign(number, application_key, capability))

    def callbacks(self, *, application_key: str | None = None) -> CallbackUrls:
        """Where Sinch sends the callbacks of calls."""
        return self._client.send(_callbacks(application_key or self._application_key)).url

    def update_callbacks(
        self, primary: str, fallback: str | None = None, *, application_key: str | None = None
    ) -> None:
        """Set where callbacks of calls go; ``fallback`` serves when ``primary`` fails or times out."""
        key = application_key or self._application_key
        self._client.send(_update_callbacks(primary, fallback, key))

    def query_number(self, number: str) -> NumberInfo:
        """Country, kind and price of a number. Sinch has marked this operation as deprecated."""
        return self._client.send(_query(number)).number


@attrs.frozen(repr=False)
class AsyncApplications(Bound):
    """Numbers and callback URLs of an asyncio client's application; see :class:`Applications`."""

    _client: AsyncSender = attrs.field(repr=False)
    _application_key: str = attrs.field(repr=False)

    async def numbers(self) -> tuple[ApplicationNumber, ...]:
        """The numbers of the account, and which application each is assigned to."""
        return (await self._client.send(_numbers())).numbers

    async def assign(
        self,
        numbers: str | Iterable[str],
        *,
        application_key: str | None = None,
        capability: NumberCapability | str | None = None,
    ) -> None:
        """Assign 1 to 100 numbers of the account to the application, for voice or SMS."""
        await self._client.send(_assign(numbers, application_key, capability))

    async def unassign(
        self,
        number: str,
        *,
        application_key: str | None = None,
        capability: NumberCapability | str | None = None,
    ) -> None:
        """Take a number away from the application."""
        await self._client.send(_unassign(number, application_key, capability))

    async def callbacks(self, *, application_key: str | None = None) -> CallbackUrls:
        """Where Sinch sends the callbacks of calls."""
        key = application_key or self._application_key
        return (await self._client.send(_callbacks(key))).url

    async def update_callbacks(
        self, primary: str, fallback: str | None = None, *, application_key: str | None = None
    ) -> None:
        """Set where callbacks of calls go; ``fallback`` serves when ``primary`` fails or times out."""
        key = application_key or self._application_key
        await self._client.send(_update_callbacks(primary, fallback, key))

    async def query_number(self, number: str) -> NumberInfo:
        """Country, kind and price of a number. Sinch has marked this operation as deprecated."""
        return (await self._client.send(_query(number))).number
