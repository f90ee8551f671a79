"""What opens a service plan, and how its callbacks are signed (docs/platform/sms-rest.md#callbacks)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Self

import attrs

from sinch.callbacks.messages_verifier import (
    ALGORITHM,
    NONCE,
    SIGNATURE,
    TIMESTAMP,
    MessagesVerifier,
    message_signature,
)
from sinch.core.service_plan import ServicePlan
from sinch.errors import ConfigurationError

from .callbacks import Signing

_OLD: Final = timedelta(days=2)
"""Older than a retry of Sinch's can be."""

_SHORTEST_SECRET: Final = 8


@attrs.frozen(kw_only=True)
class PlanAccess:
    """Id and token of the plan, and the secret of its callbacks, or user name and password for them.

    What is None is made up by :meth:`completed`. ``repr`` shows no secret.
    """

    service_plan_id: str | None = None
    api_token: str | None = attrs.field(default=None, repr=False)
    webhook_secret: str | None = attrs.field(default=None, repr=False)
    basic: tuple[str, str] | None = attrs.field(default=None, repr=False)

    def completed(self, make: Callable[[], str]) -> Self:
        """The same with everything; raises ValueError for what clients would refuse.

        .. code-block:: python

            access = PlanAccess(service_plan_id="demo").completed(lambda: token_hex(16))
        """
        found = attrs.evolve(
            self,
            service_plan_id=self.service_plan_id or make(),
            api_token=self.api_token or make(),
            webhook_secret=self.webhook_secret or make(),
        )
        try:
            # by the rules of those who will use them
            ServicePlan.build(found.service_plan_id, found.api_token, None, {})
            MessagesVerifier(found.webhook_secret or "", basic=self.basic or ())
        except ConfigurationError as problem:
            raise ValueError(problem.message) from None
        return found

    @property
    def secrets(self) -> tuple[str, ...]:
        """Texts that must not show up in a log; a word such as ``demo`` is no secret."""
        password = () if self.basic is None else (self.basic[1],)
        given = filter(None, (self.api_token, self.webhook_secret, *password))
        return tuple(secret for secret in given if len(secret) >= _SHORTEST_SECRET)

    def headers(self, body: bytes, nonce: str, now: datetime, signing: Signing) -> dict[str, str]:
        """The headers that prove that a callback is genuine, or, on purpose, that it is not."""
        if signing is Signing.MISSING:
            return {}
        if self.basic is not None:
            return self._password(wrong=signing is not Signing.RIGHT)
        stamp = str(int((now - _OLD if signing is Signing.OLD else now).timestamp()))
        signed = body + b"." if signing is Signing.WRONG else body
        return {
            SIGNATURE: message_signature(self.webhook_secret or "", signed, nonce, stamp),
            NONCE: nonce,
            TIMESTAMP: stamp,
            ALGORITHM: "HmacSHA256",
        }

    def _password(self, *, wrong: bool) -> dict[str, str]:
        user, password = self.basic or ("", "")
        pair = f"{user}:{password}{'.' if wrong else ''}".encode()
        return {"Authorization": f"Basic {b64encode(pair).decode('ascii')}"}
