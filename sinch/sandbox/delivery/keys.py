"""Who signs a callback: the application, or the service plan."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import attrs

from sinch.core.signing import Credentials

from .callbacks import CONTENT_TYPE, OutgoingCallback, Scheme, Signing, signed_headers
from .plan_access import PlanAccess


@attrs.frozen
class Keys:
    """What callbacks are signed with, whosever they are."""

    credentials: Credentials
    plan: PlanAccess

    def headers(
        self, callback: OutgoingCallback, path: str, body: bytes, now: datetime, signing: Signing
    ) -> dict[str, str]:
        """The headers of a callback that is signed now.

        .. code-block:: python

            headers = keys.headers(callback, "/sinch", encode(callback.body), now, Signing.RIGHT)
        """
        if callback.scheme is Scheme.PLAN:
            proof = self.plan.headers(body, uuid4().hex, now, signing)
            return {"Content-Type": CONTENT_TYPE, **proof}
        return signed_headers(self.credentials, path, body, now, signing)
