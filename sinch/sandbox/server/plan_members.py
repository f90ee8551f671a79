"""What the two sandboxes, served and in a test, have in common for whoever uses their service plan."""

from __future__ import annotations

from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.state import State
from sinch_api.models.messages import MessageStatus

from .emulator import Emulator


class PlanMembers:
    """Members of :class:`~sinch.sandbox.Sandbox` and :class:`~sinch.testing.LocalSandbox`."""

    state: State
    emulator: Emulator

    @property
    def service_plan_id(self) -> str:
        """The service plan that clients of the SMS REST API have to use.

        .. code-block:: python

            SinchClient(
                service_plan_id=sandbox.service_plan_id,
                api_token=sandbox.api_token,
                base_url=sandbox.url,
            )
        """
        return self.state.plan.service_plan_id or ""

    @property
    def api_token(self) -> str:
        """The token of the service plan.

        .. code-block:: python

            requests.get(
                f"{sandbox.url}/xms/v1/{sandbox.service_plan_id}/batches",
                headers={"Authorization": f"Bearer {sandbox.api_token}"},
            )
        """
        return self.state.plan.api_token or ""

    @property
    def webhook_secret(self) -> str:
        """What callbacks of the service plan are signed with.

        .. code-block:: python

            router = CallbackRouter(MessagesVerifier(sandbox.webhook_secret))
        """
        return self.state.plan.webhook_secret or ""

    def receive(
        self, sender: str, text: str, *, to: str | None = None, api: str | None = None
    ) -> None:
        """A phone sends a text to the app; in a served sandbox ``settle`` waits until the app has it.

        ``to`` is the first number of the account if left out. ``api`` is ``classic`` or ``rest``,
        which says by which callback the app hears of it; if left out, that of the API by which the
        app wrote last, to this phone or else to anybody. Raises ValueError.

        .. code-block:: python

            sandbox.receive("+46700000002", "STOP", api="rest")
        """
        try:
            with self.state.lock:
                self.emulator.services.receive(sender, text, to=to, api=api)
        except Refusal as problem:
            raise ValueError(problem.message) from None
        self._happened()

    def set_outcome(
        self,
        number: str | None,
        status: MessageStatus | str,
        *,
        code: int | None = None,
        after: float | None = None,
    ) -> None:
        """Say what becomes of messages of batches to a number; None is for all other numbers.

        ``after`` is how many seconds after they were sent. With ``Queued`` or ``Dispatched`` nothing
        becomes of them until they expire. Holds for what is sent from now on. Raises ValueError.

        .. code-block:: python

            sandbox.set_outcome("+46700000009", "Failed", code=1)
        """
        with self.state.lock:
            self.emulator.services.plan.rule(number, status, code=code, after=after)

    def _happened(self) -> None:
        """Something may have to be sent to the app."""
        raise NotImplementedError
