"""The blocking client, for Django views, scripts and workers."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Never, ParamSpec, Self, TypeVar

from sinch.core.client_base import ClientBase, Recording
from sinch.core.driving import drive
from sinch.core.flow import Flow, Send, Sending, Step, repeated
from sinch.core.mistakes import wrong_with
from sinch.core.wiring import wire_format
from sinch_api.blocking import BlockingTransport
from sinch_api.failures import Failure
from sinch_api.operation import ApiAnswer, Operation

if TYPE_CHECKING:
    import requests

    from sinch.applications import Applications
    from sinch.callouts import Callouts
    from sinch.calls import Calls
    from sinch.conferences import Conferences
    from sinch.messages import Messages
    from sinch.sms import Sms
    from sinch.verification import Verification

P = ParamSpec("P")
T = TypeVar("T")


class SinchClient(ClientBase["requests.Session"]):
    """Every Sinch API of one application; each call blocks until it is answered.

    .. code-block:: python

        with SinchClient(application_key, application_secret) as sinch:
            sinch.sms("+46700000000", "Hello").send()

    ``application_key`` and ``application_secret`` default to the environment variables
    ``SINCH_APPLICATION_KEY`` and ``SINCH_APPLICATION_SECRET``. ``base_url`` sends every API to one
    host (the sandbox, or the all-in-one host of 2018) and defaults to ``SINCH_BASE_URL``;
    ``region`` picks a calling region such as ``euc1``; one that is not known here warns.
    ``timeout`` is seconds, a timedelta or a :class:`~sinch.Timeout`; it is always finite.
    ``retry`` says how often what is safe to repeat is repeated. ``auth`` is ``signed``, ``basic``
    or ``public``. ``service_plan_id`` and ``api_token`` are for :attr:`messages` and default to
    ``SINCH_SERVICE_PLAN_ID`` and ``SINCH_API_TOKEN``; the plan lives in ``sms_region``, default
    ``SINCH_SMS_REGION``, else ``us``. They go alone or beside key and secret: what lacks its pair
    says so when it is used. ``sms_api``, ``classic`` or ``rest``, is what :attr:`sms` sends with:
    ``rest`` where there is only a service plan. ``session`` is a ``requests.Session`` of yours, which stays yours to close.
    ``user_agent`` is the name and version of your program, sent after those of this package.
    ``hooks`` are called with a :class:`~sinch.Attempt` after every attempt. Options for one call
    are given to :meth:`with_options`.

    Make one client for each process and share it: it may be used from many threads. A child made
    by fork opens connections of its own. After :meth:`close`, every call raises
    :class:`~sinch.errors.ClientStateError`. Raises :class:`~sinch.errors.ConfigurationError`.
    """

    def _connect(self, session: requests.Session | None) -> None:
        self._transport = BlockingTransport(
            wire_format(self.config), timeout=self.config.timeout, session=session
        )

    # Each product is imported when it is first used: a program that sends messages does not pay
    # for the models of calls.

    @cached_property
    def sms(self) -> Sms:
        """Send text messages: ``sms(number, text).send()``, ``sms.get_status(id)``."""
        from sinch.sms import Sms

        return Sms(self, *self._sms_apis())

    @cached_property
    def messages(self) -> Messages:
        """Send to up to 1,000 recipients with a service plan: ``messages(numbers, text).send()``.

        Raises :class:`~sinch.errors.ConfigurationError` without a service plan and its token.
        """
        from sinch.messages import Messages

        return Messages(self, self.config.require_service_plan())

    @cached_property
    def verification(self) -> Verification:
        """Verify numbers: ``verification(number).initiate(method)``, ``report``, ``get``, ``wait``."""
        from sinch.verification import Verification

        self.config.require_application()
        return Verification(self)

    @cached_property
    def callouts(self) -> Callouts:
        """Place calls: ``callouts.tts(...)``, ``conference(...)``, ``custom(...)``, then ``call()``."""
        from sinch.callouts import Callouts

        self.config.require_application()
        return Callouts(self)

    @cached_property
    def calls(self) -> Calls:
        """Look at and steer a call: ``calls(call_id).get()``, ``update(svamlet)``."""
        from sinch.calls import Calls

        self.config.require_application()
        return Calls(self)

    @cached_property
    def conferences(self) -> Conferences:
        """Look at and steer a room: ``conferences(room).get()``, ``participant(id).mute()``."""
        from sinch.conferences import Conferences

        self.config.require_application()
        return Conferences(self)

    @cached_property
    def applications(self) -> Applications:
        """Numbers and callback URLs of the application: ``applications.numbers()``."""
        from sinch.applications import Applications

        return Applications(self, self.config.require_application())

    def send(self, operation: Operation[T]) -> T:
        """Send any operation of ``sinch_api.operations``, with the retries and errors of this client."""
        context = self.context
        sending = Sending(operation, context)
        try:
            result = self._transport.send(
                sending.outgoing, timeout=context.timeout, within=sending.within
            )
        except Failure as failure:
            return self.run(repeated(sending, failure))
        return sending.finished(result)

    def raw(self, verb: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> ApiAnswer[T]:
        """Call a verb and give its result together with the answer: status, headers, body, attempts.

        .. code-block:: python

            answer = sinch.raw(sinch.sms(number, text).send)
            print(answer.value.message_id, answer.status, answer.headers["date"], answer.attempts)

        ``verb`` is any method that sends, with its arguments after it:
        ``raw(sinch.calls(call_id).update, svamlet)``. For one that asks several times, such as
        ``wait``, it is the last answer. Raises what the verb raises, and
        :class:`~sinch.errors.InvalidArgumentError` for what is no verb of this client.
        """
        record = Recording()
        return record.of(self._recorded(verb, record)(*args, **kwargs))

    def run(self, flow: Flow[T]) -> T:
        """Do what a flow asks for until it returns."""
        return drive(flow, self._perform)

    def _perform(self, step: Step) -> object:
        if isinstance(step, Send):
            return self._transport.send(step.operation, timeout=step.timeout, within=step.within)
        time.sleep(step.seconds)
        return None

    def close(self) -> None:
        """Close the connections, unless they are those of another client. Closing twice is fine."""
        if not self._shares_connections:
            self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    if not TYPE_CHECKING:  # checkers know that there is no such thing

        async def __aenter__(self) -> Never:
            raise wrong_with(self, "with", "AsyncSinchClient")

        async def __aexit__(self, *_: object) -> None:
            """Never reached; without it, Python would complain before us."""
