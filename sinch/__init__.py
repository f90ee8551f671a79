"""Sinch for Python back ends: SMS, number verification, calls and conferences.

.. code-block:: python

    from sinch import SinchClient

    with SinchClient(application_key, application_secret) as sinch:
        sinch.sms("+46700000000", "Hello").send()

Names are imported when they are first used: ``import sinch`` loads neither requests nor aiohttp,
and each client loads only its own.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # checkers know the name; to import typing takes longer than all else here
if TYPE_CHECKING:
    from typing import Any

    from sinch.aio import AsyncSinchClient as AsyncSinchClient
    from sinch.client import SinchClient as SinchClient
    from sinch.core.config import RetryPolicy as RetryPolicy
    from sinch.core.config import Timeout as Timeout
    from sinch.core.drafts import UnsentDraft as UnsentDraft
    from sinch.core.flow import Attempt as Attempt
    from sinch.errors import ApiError as ApiError
    from sinch.errors import CallbackRejected as CallbackRejected
    from sinch.errors import ClientStateError as ClientStateError
    from sinch.errors import ConfigurationError as ConfigurationError
    from sinch.errors import InvalidArgumentError as InvalidArgumentError
    from sinch.errors import NotSent as NotSent
    from sinch.errors import OutcomeUnknown as OutcomeUnknown
    from sinch.errors import SinchError as SinchError
    from sinch.errors import SvamlError as SvamlError
    from sinch.errors import TimedOut as TimedOut
    from sinch.errors import TransportError as TransportError
    from sinch.values import Cli as Cli
    from sinch.values import CliMode as CliMode
    from sinch.values import Dtmf as Dtmf
    from sinch.values import HangupCause as HangupCause
    from sinch.values import Indications as Indications
    from sinch.values import Locale as Locale
    from sinch.values import PhoneNumber as PhoneNumber
    from sinch.values import Region as Region
    from sinch_api import __version__ as __version__
    from sinch_api.models.calling import CallLeg as CallLeg
    from sinch_api.models.common import Identity as Identity
    from sinch_api.models.common import IdentityType as IdentityType
    from sinch_api.models.common import MusicOnHold as MusicOnHold
    from sinch_api.models.sms import SmsStatus as SmsStatus
    from sinch_api.models.verification import CodeType as CodeType
    from sinch_api.models.verification import VerificationMethod as VerificationMethod
    from sinch_api.models.verification import VerificationStatus as VerificationStatus
    from sinch_api.operation import ApiAnswer as ApiAnswer

_HOMES = {
    "sinch.aio": ("AsyncSinchClient",),
    "sinch.client": ("SinchClient",),
    "sinch.core.config": ("RetryPolicy", "Timeout"),
    "sinch.core.drafts": ("UnsentDraft",),
    "sinch.core.flow": ("Attempt",),
    "sinch.errors": (
        "ApiError",
        "CallbackRejected",
        "ClientStateError",
        "ConfigurationError",
        "InvalidArgumentError",
        "NotSent",
        "OutcomeUnknown",
        "SinchError",
        "SvamlError",
        "TimedOut",
        "TransportError",
    ),
    "sinch.values": (
        "Cli",
        "CliMode",
        "Dtmf",
        "HangupCause",
        "Indications",
        "Locale",
        "PhoneNumber",
        "Region",
    ),
    "sinch_api": ("__version__",),
    "sinch_api.models.calling": ("CallLeg",),
    "sinch_api.models.common": ("Identity", "IdentityType", "MusicOnHold"),
    "sinch_api.models.sms": ("SmsStatus",),
    "sinch_api.models.verification": ("CodeType", "VerificationMethod", "VerificationStatus"),
    "sinch_api.operation": ("ApiAnswer",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ApiAnswer",
    "ApiError",
    "AsyncSinchClient",
    "Attempt",
    "CallLeg",
    "CallbackRejected",
    "Cli",
    "CliMode",
    "ClientStateError",
    "CodeType",
    "ConfigurationError",
    "Dtmf",
    "HangupCause",
    "Identity",
    "IdentityType",
    "Indications",
    "InvalidArgumentError",
    "Locale",
    "MusicOnHold",
    "NotSent",
    "OutcomeUnknown",
    "PhoneNumber",
    "Region",
    "RetryPolicy",
    "SinchClient",
    "SinchError",
    "SmsStatus",
    "SvamlError",
    "TimedOut",
    "Timeout",
    "TransportError",
    "UnsentDraft",
    "VerificationMethod",
    "VerificationStatus",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
