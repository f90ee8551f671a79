"""A local Sinch: the REST APIs with everything kept in memory, for development and tests.

:class:`Sandbox` runs it; ``sinch sandbox`` does so from a shell. It checks signatures and
parameters as the platform does, and shows what happened under ``/_sandbox`` (see
:mod:`sinch.sandbox.readback`).

Where the documents are silent or disagree it does this:

* ``x-timestamp`` may be 15 minutes off (40105). The signature is tried over the path as sent and
  percent-decoded, never with the query.
* Public authentication is accepted for starting and reporting verifications and for the status
  by number, without a callback URL; ``Settings(public_verification=False)`` answers 40303.
* A wrong code is answered with FAIL and leaves the verification open; the third ends it.
* A new verification of a number aborts the pending one, whichever their methods.
* ``GET`` of a call has ``from``, as documented, for everybody but the official Python SDK 1.1.4,
  which cannot read it.
* SVAML is checked, not executed: calls ring, are answered and end by the clock. With inline
  ``ice`` the action has to be one that connects; calls go where it says.
* Errors without a documented code take the HTTP status and two zeros: 40500, 41300.
* Moving the clock does not age requests: signatures are judged by the real time.
"""

from __future__ import annotations

from .emulator import Emulator
from .exchange import Answer, Request
from .running import Sandbox
from .state import Settings, Timings

__all__ = ["Sandbox", "Settings", "Timings", "Emulator", "Request", "Answer"]
