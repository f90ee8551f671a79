"""What both clients do alike: take the options, check them, and keep what flows need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Generic, TypeVar

from sinch.core.config import Config, RetryPolicy, Timeout
from sinch.core.flow import FlowContext, Hook

S = TypeVar("S")


class ClientBase(Generic[S]):
    """Base of both clients; ``S`` is the kind of session that may be passed in."""

    def __init__(
        self,
        application_key: str | None = None,
        application_secret: str | None = None,
        *,
        base_url: str | None = None,
        region: str = "",
        timeout: Timeout | float | timedelta | None = None,
        retry: RetryPolicy | None = None,
        auth: str = "signed",
        session: S | None = None,
        user_agent: str | None = None,
        hooks: Sequence[Hook] = (),
    ) -> None:
        self.config = Config.build(
            application_key,
            application_secret,
            base_url=base_url,
            region=region,
            timeout=timeout,
            retry=retry,
            auth=auth,
            user_agent=user_agent,
        )
        self.context = FlowContext(retry=self.config.retry, hooks=tuple(hooks))
        self._connect(session)

    def _connect(self, session: S | None) -> None:
        """Make the transport; opens no connection yet."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.config.application_key}>"
