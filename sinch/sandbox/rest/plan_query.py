"""The query of requests to the SMS REST API: pages, times and lists (docs/platform/sms-rest.md#paging)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sinch import limits
from sinch.sandbox.platform.plan.refusals import constraint, invalid_format
from sinch.sandbox.platform.plan.reports import Wanted
from sinch_api.codec import Malformed, read_datetime
from sinch_api.models.messages import MessageStatus

from .http import RoutedRequest

T = TypeVar("T")
_DEFAULT_PAGE: Final = 30
_SINCE: Final = timedelta(hours=24)
_CODE: Final = re.compile(r"[0-9]{1,6}")


class Query:
    """Parameters, read one by one; raises :class:`.PlanRefusal` for what is not as expected."""

    def __init__(self, routed: RoutedRequest) -> None:
        self._values = routed.request.query

    def text(self, name: str) -> str | None:
        """A text; None when it is absent or empty."""
        return next((value for value in self._values.get(name, ()) if value), None)

    def texts(self, name: str) -> list[str] | None:
        """A list, separated by commas or given several times; None when it is absent."""
        given = ",".join(self._values.get(name, ()))
        return [part.strip() for part in given.split(",") if part.strip()] or None

    def number(self, name: str, default: int, low: int, high: int | None = None) -> int:
        """A whole number within bounds."""
        text = self.text(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise invalid_format(name, "has to be a whole number")
        found = int(text)
        if found < low or (high is not None and found > high):
            most = "" if high is None else f" to {high}"
            raise constraint(name, f"has to be {low}{most}" + ("" if most else " or more"))
        return found

    def flag(self, name: str) -> bool:
        """True or false; false when it is absent."""
        text = (self.text(name) or "false").casefold()
        if text not in {"true", "false"}:
            raise invalid_format(name, "has to be true or false")
        return text == "true"

    def moment(self, name: str) -> datetime | None:
        """A time; UTC where it does not say."""
        text = self.text(name)
        if text is None:
            return None
        try:
            # a plus sign that nobody encoded is a space by now
            return read_datetime(text.replace(" ", "+"))
        except Malformed:
            raise invalid_format(name, "has to be an ISO 8601 time") from None

    def period(self, now: datetime) -> Callable[[datetime], bool]:
        """Whether a moment is between ``start_date`` and ``end_date``; without a start, the last day."""
        start, end = self.moment("start_date") or now - _SINCE, self.moment("end_date")
        return lambda moment: start <= moment and (end is None or moment < end)

    def wanted(self) -> Wanted:
        """Statuses and codes that are asked for."""
        statuses, codes = self.texts("status"), self.texts("code")
        known = None if statuses is None else [_status(status) for status in statuses]
        if codes is not None and not all(map(_CODE.fullmatch, codes)):
            raise invalid_format("code", "has to be delivery codes, separated by commas")
        return Wanted(
            statuses=known, codes=None if codes is None else [int(code) for code in codes]
        )

    def page(self, name: str, found: Iterable[T], show: Callable[[T], Any]) -> Mapping[str, Any]:
        """The page that is asked for of what was found."""
        page = self.number("page", 0, 0)
        size = self.number("page_size", _DEFAULT_PAGE, 1, limits.PAGE)
        listed = list(found)
        shown = [show(each) for each in listed[page * size : (page + 1) * size]]
        return {"count": len(listed), "page": page, "page_size": len(shown), name: shown}


def _status(text: str) -> str:
    found = MessageStatus.from_wire(text)
    if not found.is_known:
        raise invalid_format("status", "has to be statuses, separated by commas")
    return str(found.value)
