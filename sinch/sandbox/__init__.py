"""A local Sinch: the REST APIs, the phones and the callbacks, for development and tests.

:class:`Sandbox` runs it; ``sinch sandbox`` does so from a shell. It checks signatures and
parameters as the platform does, plays calls and their SVAML, sends signed callbacks to your app,
and shows what happened under ``/_sandbox`` and in the browser.

Where the documents are silent or disagree it does this:

* ``x-timestamp`` may be 15 minutes off (40105). The signature is tried over the path as sent and
  percent-decoded, never with the query.
* Public authentication is accepted for starting and reporting verifications and for the status
  by number. Starting one takes a verification callback URL, else it is answered 40303;
  ``Settings(public_verification=False)`` always answers 40303.
* An answer to a request that sets a callback URL to which no callback will ever go has a header
  ``X-Sandbox-Warning``, which names the option that allows it.
* A wrong code is answered with FAIL and leaves the verification open; the third ends it.
* A new verification of a number aborts the pending one, whichever their methods.
* ``GET`` of a call has ``from``, as documented, for everybody but the official Python SDK 1.1.4,
  which cannot read it.
* With inline ``ice`` the action has to be one that connects; calls go where it says. What the call
  engine chooses is in docs/call-engine.md.
* A callback is answered by any 2xx within 5 s; anything else, a redirect or a larger answer than
  256 KiB has failed. Voice events then go to the fallback URL, others are not repeated.
* A verification that the app denies, or for which it gives no valid answer, is answered 40303 and
  keeps the status DENIED. Data verifications have no request event. A result event is sent
  whatever ends a verification.
* Of the SMS REST API: batches are sent at once, however many; messages without sender come from the first
  number of the account; a placeholder without value fails even where there are no parameters at all;
  what was handed over is not stopped by cancelling, and the batch says it is cancelled all the same;
  ``per_recipient`` reports begin with ``Dispatched``; a callback that nobody answers is sent again like
  after a 5xx, and each attempt is signed anew; every incoming message has the client reference of the
  newest batch to that phone; 401, 404, 405, 413 and 415 have no body.
* Errors without a documented code take the HTTP status and two zeros: 40500, 41300.
* Moving the clock does not age requests: signatures are judged by the real time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sinch.sandbox.delivery.faults import Fault, FaultKind
    from sinch.sandbox.platform.state import Settings, Timings
    from sinch.sandbox.rest.http import Request, Response
    from sinch.sandbox.server.emulator import Emulator
    from sinch.sandbox.server.sandbox import Sandbox
    from sinch.sandbox.storage.state_file import StateFileError

__all__ = [
    "Sandbox",
    "Settings",
    "Timings",
    "Fault",
    "FaultKind",
    "StateFileError",
    "Emulator",
    "Request",
    "Response",
]

_HOME_OF = {
    "Sandbox": "sinch.sandbox.server.sandbox",
    "Fault": "sinch.sandbox.delivery.faults",
    "FaultKind": "sinch.sandbox.delivery.faults",
    "StateFileError": "sinch.sandbox.storage.state_file",
    "Settings": "sinch.sandbox.platform.state",
    "Timings": "sinch.sandbox.platform.state",
    "Emulator": "sinch.sandbox.server.emulator",
    "Request": "sinch.sandbox.rest.http",
    "Response": "sinch.sandbox.rest.http",
}


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
