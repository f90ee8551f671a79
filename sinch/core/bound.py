"""What products, handles and drafts have in common: each is tied to the client it sends with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self, cast

import attrs

if TYPE_CHECKING:
    from sinch.core.config import RetryPolicy, Timeout


class Bound:
    """Base of everything that sends with a client kept in ``_client``."""

    __slots__ = ()

    _client: Any

    def with_options(
        self,
        *,
        timeout: Timeout | float | timedelta | None = None,
        retry: RetryPolicy | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """The same, sending with other options; what is left out stays as the client has it.

        .. code-block:: python

            sinch.sms(number, text).with_options(timeout=2, retry=RetryPolicy.none()).send()

        The options are those of :meth:`SinchClient.with_options`, and so are the errors.
        """
        options = self._client.with_options(timeout=timeout, retry=retry, headers=headers)
        return self._with_client(options)

    def _with_client(self, client: Any) -> Self:
        return cast("Self", attrs.evolve(cast("Any", self), client=client))
