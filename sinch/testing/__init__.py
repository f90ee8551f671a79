"""Test tools: a phone for IVR tests, a sandbox without a port, signed requests, a frozen clock.

.. code-block:: python

    from sinch.testing import Phone

    call = Phone(router).call("+46700000001")
    assert call.heard("Welcome")
    call.press("1").press("1234#")
    assert call.connected_to == "+46700000009"
    call.hang_up()
    assert call.ended.reason == "CALLERHANGUP"

The names below are stable. Installing the package registers the pytest plugin
:mod:`sinch.testing.plugin`; importing it or this package loads nothing else until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sinch.testing.async_phone import AsyncPhone, AsyncPhoneCall
    from sinch.testing.clock import FrozenClock
    from sinch.testing.coverage import MenuCoverage
    from sinch.testing.errors import (
        CallbackRefused,
        CallbackUnanswered,
        CallbackUnhandled,
        CallNotEnded,
        CallNotPlaced,
        LifespanFailed,
        NotAwaited,
        NothingFailed,
        NotPossible,
        PhoneError,
        SvamlRefused,
    )
    from sinch.testing.failures import ExpectedFailure
    from sinch.testing.phone import Phone, PhoneCall
    from sinch.testing.sandbox import LocalSandbox
    from sinch.testing.signing import SignedRequest, signed_message, signed_request
    from sinch.testing.transcript import Ending, Hearing, Transcript

__all__ = [
    "Phone",
    "PhoneCall",
    "AsyncPhone",
    "AsyncPhoneCall",
    "Ending",
    "Hearing",
    "Transcript",
    "MenuCoverage",
    "LocalSandbox",
    "FrozenClock",
    "SignedRequest",
    "signed_request",
    "signed_message",
    "ExpectedFailure",
    # errors
    "PhoneError",
    "CallbackRefused",
    "CallbackUnanswered",
    "CallbackUnhandled",
    "SvamlRefused",
    "LifespanFailed",
    "NotPossible",
    "NotAwaited",
    "CallNotEnded",
    "CallNotPlaced",
    "NothingFailed",
]

_HOMES = {
    "Phone": "phone",
    "PhoneCall": "phone",
    "AsyncPhone": "async_phone",
    "AsyncPhoneCall": "async_phone",
    "Ending": "transcript",
    "Hearing": "transcript",
    "Transcript": "transcript",
    "MenuCoverage": "coverage",
    "LocalSandbox": "sandbox",
    "FrozenClock": "clock",
    "SignedRequest": "signing",
    "signed_request": "signing",
    "signed_message": "signing",
    "ExpectedFailure": "failures",
    "PhoneError": "errors",
    "CallbackRefused": "errors",
    "CallbackUnanswered": "errors",
    "CallbackUnhandled": "errors",
    "SvamlRefused": "errors",
    "LifespanFailed": "errors",
    "NotPossible": "errors",
    "NotAwaited": "errors",
    "CallNotEnded": "errors",
    "CallNotPlaced": "errors",
    "NothingFailed": "errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
