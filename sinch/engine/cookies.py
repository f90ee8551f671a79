"""Cookies of a call, as far as they fit."""

from __future__ import annotations

from collections.abc import Iterable

from sinch import limits
from sinch_api.models.common import KeyValue

from .call_runtime import CallRuntime
from .notices import refuse
from .transcript import CookieSet
from .validation import size


def set_cookies(runtime: CallRuntime, cookies: Iterable[KeyValue]) -> None:
    """Set cookies; what would exceed the limit is not set, and the app hears of it."""
    call = runtime.call
    for cookie in cookies:
        if size({**call.cookies, cookie.key: cookie.value}) > limits.COOKIES:
            message = f"All cookies together are larger than {limits.COOKIES} bytes."
            refuse(runtime, "setCookie", message)
            continue
        call.cookies[cookie.key] = cookie.value
        runtime.log(CookieSet, key=cookie.key, value=cookie.value)
