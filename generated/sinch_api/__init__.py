# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""The Sinch application-key APIs as plain values and two transports, generated from the specification.

.. code-block:: python

    from sinch_api import operations
    from sinch_api.blocking import BlockingTransport
    from sinch_api.models.sms import SendSmsRequest

    with BlockingTransport(WireFormat(authorize=sign)) as transport:
        receipt = transport.send(operations.send_sms("+46700000000", SendSmsRequest(message="Hi")))

``operations`` builds requests, ``models`` holds what they carry, ``webhooks`` what Sinch sends to
you; ``blocking`` (requests) and ``aio`` (aiohttp) send. The package ``sinch`` puts signing, retries
and a fluent interface on top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .convert import converter as converter
    from .convert import equip as equip

__version__ = "1.0.0"


def __getattr__(name: str) -> Any:
    # cattrs is imported when it is asked for.
    if name in {"converter", "equip"}:
        from . import convert

        return getattr(convert, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
