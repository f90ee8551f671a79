"""What both clients do alike: take the options, check them, and keep what flows need."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence, Set
from functools import cached_property
from inspect import signature
from typing import Any, Generic, Self, TypeVar, Unpack, cast

import attrs

from sinch.core.bound import Bound
from sinch.core.config import Config
from sinch.core.extra_headers import extra_headers
from sinch.core.flow import FlowContext, Hook
from sinch.core.log_level import heed_environment
from sinch.core.mistakes import refuse_unknown
from sinch.core.options import CallOptions, ClientOptions, lists, names
from sinch.errors import ConfigurationError, InvalidArgumentError
from sinch_api.failures import Misconfigured
from sinch_api.operation import ApiAnswer

S = TypeVar("S")
T = TypeVar("T")
V = TypeVar("V", bound=Callable[..., Any])


class ClientBase(Generic[S]):
    """Base of both clients; ``S`` is the kind of session that may be passed in."""

    _transport: Any
    _shares_connections = False
    watch: Any = None  # of the draft that this copy was made for

    @lists(ClientOptions)
    def __init__(
        self,
        application_key: str | None = None,
        application_secret: str | None = None,
        *,
        session: S | None = None,
        hooks: Sequence[Hook] = (),
        **options: Unpack[ClientOptions],
    ) -> None:
        refuse_unknown(options, [*signature(ClientBase.__init__).parameters][1:])
        heed_environment()
        self.config: Config = Config.build(application_key, application_secret, **options)
        self.context: FlowContext = FlowContext(retry=self.config.policy, hooks=_checked(hooks))
        try:
            self._connect(session)
        except Misconfigured as problem:
            raise ConfigurationError(
                str(problem), argument=problem.argument, variable=problem.variable
            ) from None

    def _connect(self, session: S | None) -> None:
        """Make the transport; opens no connection yet."""
        raise NotImplementedError

    @lists(CallOptions)
    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """A client with other options that uses the connections of this one; costs next to nothing.

        .. code-block:: python

            quick = sinch.with_options(timeout=2, retry=RetryPolicy.none())

        What is left out stays as it is. ``timeout`` and ``retry`` are those of the constructor.
        ``headers`` are sent along with every request, added to those of an earlier
        ``with_options``; they are not part of the signature. Those that are, and those that
        describe the message, are refused: ``Authorization``, ``x-timestamp``, ``Content-Type``,
        ``Content-Length``, ``Host``, ``Accept``, ``User-Agent`` and their kin.

        The connections stay with the client that was made first: when that is closed, this one can
        no longer send, while closing this one closes nothing.
        Raises :class:`~sinch.errors.ConfigurationError`.
        """
        refuse_unknown(options, names(CallOptions))
        timeout, retry = options.get("timeout"), options.get("retry")
        config = self.config.replace(timeout=timeout, retry=retry)
        return self._copy(
            config,
            attrs.evolve(
                self.context,
                retry=config.policy,
                timeout=self.context.timeout if timeout is None else config.timeout,
                headers={**self.context.headers, **extra_headers(options.get("headers"))},
            ),
        )

    def _copy(self, config: Config, context: FlowContext) -> Self:
        twin = copy.copy(self)
        for name in [*vars(twin)]:
            # Products are kept where they were first used, and are bound to this client.
            if isinstance(getattr(type(twin), name, None), cached_property):
                del twin.__dict__[name]
        twin.config = config
        twin.context = context
        twin._shares_connections = True  # noqa: SLF001 - its own
        return twin

    def _sms_apis(self) -> tuple[bool, str | None]:
        """Whether ``sms`` speaks the classic API, and the service plan for the other one."""
        config = self.config
        if config.sms_api == "rest":
            return False, config.require_service_plan()
        config.require_application()
        return True, config.service_plan.service_plan_id if config.service_plan.is_there else None

    def _recorded(self, verb: V, record: Recording) -> V:
        """The same verb of the same thing, with its answers recorded."""
        owner = getattr(verb, "__self__", None)
        client = owner._client if isinstance(owner, Bound) else owner  # noqa: SLF001
        if not isinstance(client, ClientBase):
            rule = "must be a method that sends, not called yet: raw(sinch.sms(number, text).send)"
            raise InvalidArgumentError("verb", rule)
        if client._transport is not self._transport:  # noqa: SLF001 - a client like this one
            raise InvalidArgumentError("verb", "must be of this client, not of another")
        context = attrs.evolve(client.context, record=record)
        twin = client._copy(client.config, context)  # noqa: SLF001
        bound = owner._with_client(twin) if isinstance(owner, Bound) else twin  # noqa: SLF001
        return cast("V", getattr(bound, verb.__name__))

    def __repr__(self) -> str:
        url = self.config.base_url
        where = "" if url is None else f" at {url}"
        name = self.config.application_key or self.config.service_plan.service_plan_id
        return f"<{type(self).__name__} {name}{where}>"


def _checked(hooks: Sequence[Hook]) -> tuple[Hook, ...]:
    if isinstance(hooks, Sequence | Set) and all(callable(hook) for hook in hooks):
        return tuple(hooks)
    raise ConfigurationError(
        "hooks must be a list of functions that take an Attempt: hooks=[note]", argument="hooks"
    )


class Recording:
    """Keeps the newest answer that a verb was given."""

    def __init__(self) -> None:
        self._last: ApiAnswer[Any] | None = None

    def __call__(self, answer: ApiAnswer[Any]) -> None:
        """Keep this one."""
        self._last = answer

    def of(self, value: T) -> ApiAnswer[T]:
        """The answer, with what the verb made of it."""
        if self._last is None:
            raise InvalidArgumentError("verb", "must be a method that sends")
        return attrs.evolve(self._last, value=value)
