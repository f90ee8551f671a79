"""The two guards, one for blocking code and one for event loops; what they do is in :mod:`.plans`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Literal, Self

from sinch.core.driving import drive, drive_async
from sinch.errors import ConfigurationError
from sinch.guard.asking import Ask, Steps, T
from sinch.guard.memory import MemoryStore
from sinch.guard.plans import OnDecision, Plans, StoreFailed
from sinch.guard.rule import Rule
from sinch.guard.start import Address, Decision, User
from sinch.guard.stores import VERBS, Store, open_async_store, open_store
from sinch_api.models.common import Money
from sinch_api.models.verification_events import (
    VerificationRequestEvent,
    VerificationResultEvent,
)

if TYPE_CHECKING:
    from sinch.reply import Reply


class _Guard:
    """What both guards have: options, and what needs no store."""

    @staticmethod
    def _open(store: Store, clock: Callable[[], float] | None) -> Any:
        raise NotImplementedError

    def __init__(
        self,
        store: Store,
        rules: Iterable[Rule],
        *,
        fail: Literal["open", "closed"] = "open",
        observe: bool = False,
        secret: str | bytes = b"",
        on_decision: OnDecision | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._store = self._open(store, clock)
        clock = clock or time.time
        self._asked = {verb: getattr(self._store, verb) for verb in VERBS}
        in_memory = isinstance(self._store, MemoryStore)
        self._plans = Plans.build(
            rules, fail, observe, secret, clock, on_decision, in_memory=in_memory
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in the order in which they are asked.

        .. code-block:: python

            [rule.name for rule in guard.rules]  # ["countries", "cool_down"]
        """
        return self._plans.rules

    @property
    def observe(self) -> bool:
        """Whether it allows everything, and only says what it would refuse.

        .. code-block:: python

            guard = VerificationGuard("memory://", [Countries("SE")], observe=True)
            guard.observe  # True
            guard.check("+4520123456").observed  # True: it is allowed all the same
        """
        return self._plans.observe

    def screen(self, number: str) -> Decision:
        """Ask only the rules that look at the number itself, and count nothing: for forms.

        ``allowed`` does not say that a verification may start: that is :meth:`check`'s to say.

        .. code-block:: python

            guard = VerificationGuard("memory://", [Countries("SE"), CoolDown()])
            guard.screen("+4520123456").rule  # "countries"
        """
        return self._plans.screen(number)


def _reply(decision: Decision) -> Reply[VerificationRequestEvent]:
    from sinch.callbacks.replies import allow, deny

    return allow() if decision else deny()


class VerificationGuard(_Guard):
    """Decides which verifications may start, before they cost money.

    .. code-block:: python

        guard = VerificationGuard("redis://localhost:6379/0", recommended_rules("SE", "NO"))
        decision = guard.check(number, ip=address, user=account)
        if decision:
            sinch.verification(number).initiate(VerificationMethod.SMS)

    ``store`` holds the counts: ``memory://`` for one process, ``redis://host:6379/0`` for many, any
    other URL or storage of the library ``limits``, :class:`.DjangoCacheStorage`, or an object with
    the methods of :class:`.GuardStore`. Rules are asked in order, those first that need no store;
    the first that refuses decides, and rules behind it count nothing, so put the narrow ones
    (a number) before the wide ones (a country).

    ``fail`` says what holds while the store does not answer: ``open`` (the default) allows,
    ``closed`` refuses; rules that need no store are asked in any case. With ``observe`` everything
    is allowed, and decisions say what would have been refused. ``secret`` keeps those who can read
    the store from finding out numbers by trying all of them; processes that share counts need the
    same one. ``on_decision`` is called with each decision, for metrics.

    Threads may share it. Raises :class:`~sinch.errors.ConfigurationError`.
    """

    _open = staticmethod(open_store)

    def check(
        self,
        number: str,
        *,
        ip: Address = None,
        user: User = None,
        price: Money | None = None,
    ) -> Decision:
        """Ask before :meth:`initiate`; what is allowed has been counted.

        ``ip`` is the address of the person's device, not of your proxy; ``user`` whatever tells
        people apart before they have proved anything: an account, a session. Rules about what is
        not given, or blank, count nothing. Text that is no number is refused, not raised.
        """
        return self._run(self._plans.start(number, ip, user, price))

    def check_attempt(self, verification: str) -> Decision:
        """Ask before :meth:`report`; ``verification`` is its id, or the number. Counts it."""
        return self._run(self._plans.attempt(verification))

    def check_event(self, event: VerificationRequestEvent) -> Decision:
        """Decide about an event, for handlers of your own.

        A start that :meth:`check` has allowed within the last minute is charged to the budget, but not
        counted again. An event that comes again gets the same decision.
        """
        return self._run(self._plans.event(event))

    def record(self, event: VerificationResultEvent) -> None:
        """Learn from the end of a verification: conversion, and the end of a cool-down.

        .. code-block:: python

            @router.verification_result
            def ended(event: VerificationResultEvent) -> None:
                guard.record(event)
        """
        self._run(self._plans.record(event))

    def succeeded(self, number: str) -> None:
        """Learn the same from a report that was successful, where no events come."""
        self._run(self._plans.succeeded(number))

    def verification_request(
        self, event: VerificationRequestEvent
    ) -> Reply[VerificationRequestEvent]:
        """Allow or deny: ``router.verification_request(guard.verification_request)``."""
        return _reply(self.check_event(event))

    def verification_result(self, event: VerificationResultEvent) -> None:
        """Learn: ``router.verification_result(guard.verification_result)``."""
        self.record(event)

    def close(self) -> None:
        """Close the connections of a store that was given as a URL; also at the end of ``with``."""
        if (close := getattr(self._store, "close", None)) is not None:
            close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, steps: Steps[T]) -> T:
        if type(self._store) is not MemoryStore:
            return drive(steps, self._ask)
        # which cannot fail, so that there is nothing to catch, and a quarter of the steps is saved
        asked = self._asked
        try:
            ask = next(steps)
            while True:
                ask = steps.send(asked[ask[0]](*ask[1:]))
        except StopIteration as finished:
            result: T = finished.value
            return result

    def _ask(self, ask: Ask) -> object:
        try:
            return self._asked[ask[0]](*ask[1:])
        except ConfigurationError:
            raise
        except Exception as error:
            raise StoreFailed from error


class AsyncVerificationGuard(_Guard):
    """The same for event loops: every method that asks the store is a coroutine.

    ``store`` is ``memory://``, ``redis://host:6379/0`` or another URL of ``limits`` (which gets its
    asynchronous storage), such a storage, :class:`.AsyncDjangoCacheStorage`, or an object with the
    methods of :class:`.AsyncGuardStore`. See :class:`VerificationGuard` for the rest.
    """

    _open = staticmethod(open_async_store)

    async def check(
        self,
        number: str,
        *,
        ip: Address = None,
        user: User = None,
        price: Money | None = None,
    ) -> Decision:
        """See :meth:`VerificationGuard.check`."""
        return await drive_async(self._plans.start(number, ip, user, price), self._ask)

    async def check_attempt(self, verification: str) -> Decision:
        """See :meth:`VerificationGuard.check_attempt`."""
        return await drive_async(self._plans.attempt(verification), self._ask)

    async def check_event(self, event: VerificationRequestEvent) -> Decision:
        """See :meth:`VerificationGuard.check_event`."""
        return await drive_async(self._plans.event(event), self._ask)

    async def record(self, event: VerificationResultEvent) -> None:
        """See :meth:`VerificationGuard.record`.

        .. code-block:: python

            @router.verification_result
            async def ended(event: VerificationResultEvent) -> None:
                await guard.record(event)
        """
        await drive_async(self._plans.record(event), self._ask)

    async def succeeded(self, number: str) -> None:
        """See :meth:`VerificationGuard.succeeded`."""
        await drive_async(self._plans.succeeded(number), self._ask)

    async def verification_request(
        self, event: VerificationRequestEvent
    ) -> Reply[VerificationRequestEvent]:
        """See :meth:`VerificationGuard.verification_request`."""
        return _reply(await self.check_event(event))

    async def verification_result(self, event: VerificationResultEvent) -> None:
        """See :meth:`VerificationGuard.verification_result`."""
        await self.record(event)

    async def close(self) -> None:
        """See :meth:`VerificationGuard.close`; also at the end of ``async with``."""
        if (close := getattr(self._store, "close", None)) is not None:
            await close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _ask(self, ask: Ask) -> object:
        try:
            answer = self._asked[ask[0]](*ask[1:])
            return await answer if isawaitable(answer) else answer
        except ConfigurationError:
            raise
        except Exception as error:
            raise StoreFailed from error
