"""Carries out in real time what the sandbox decides: timers, callbacks, and their answers.

Callbacks of one call go out one after the other, each after the answer to the one before; calls do
not wait for each other. Everything runs in one event loop; the sandbox itself is only touched
under the state's lock, and never while waiting.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from datetime import timedelta
from time import monotonic

import attrs

from sinch.engine import Ask, CallbackFailure, Happened, Tell
from sinch.sandbox.delivery.callback_sender import CallbackSender
from sinch.sandbox.delivery.callbacks import CallbackDelivery, Outcome, OutgoingCallback
from sinch.sandbox.delivery.faults import Fault, FaultKind
from sinch.sandbox.platform.services import Services

from .call_feed import publish_news
from .timekeeping import Timekeeper

_log = logging.getLogger("sinch.sandbox")


class LoopRunner:
    """Runs a sandbox in the running loop, from :meth:`start` to :meth:`stop`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._state = services.state
        self._sender = CallbackSender(
            self._state.keys, self._state.scheduler.real_now, lambda: services.callback_hosts
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._time = Timekeeper(self._look)
        self._waiting: dict[str, deque[OutgoingCallback]] = {}
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._held: list[tuple[OutgoingCallback, tuple[Fault, ...]]] = []
        self._others: set[asyncio.Task[None]] = set()
        self._advancing = asyncio.Lock()
        self._resets = services.resets

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """The loop it runs in; None while it does not."""
        return self._loop

    async def start(self) -> None:
        """Start in the running loop."""
        # a sandbox may run again in another loop, and a lock belongs to one
        self._advancing = asyncio.Lock()
        self._loop = asyncio.get_running_loop()
        await self._sender.open()
        self._time.start()
        self._state.bell.wakes(self.wake)

    async def stop(self) -> None:
        """Stop at once: callbacks that are under way are given up."""
        self._loop = None
        self._state.bell.wakes(None)
        self._time.stop()
        tasks = [*self._busy.values(), *self._others]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._busy.clear()
        self._waiting.clear()
        self._held.clear()
        await self._sender.close()

    def wake(self) -> None:
        """Something happened: have a look. From any thread."""
        self._time.tell()

    # --- time -----------------------------------------------------------------------------------

    def _look(self) -> float | None:
        """Do what is due, and send what there is; returns the seconds until the next timer."""
        pause = None if self._advancing.locked() else self._run_due()
        self.pump()
        return pause

    def _run_due(self) -> float | None:
        with self._state.lock:
            scheduler = self._state.scheduler
            scheduler.run()
            due = scheduler.next_due()
            return None if due is None else (due - scheduler.now()).total_seconds()

    async def advance(self, amount: timedelta) -> bool:
        """Move the clock step by step, delivering callbacks in between, each answered.

        Raises ValueError for negative amounts and beyond ten years.
        """
        try:
            async with self._advancing:
                await self._step_by_step(amount)
        finally:
            self._time.tell()
        return True

    async def _step_by_step(self, amount: timedelta) -> None:
        scheduler = self._state.scheduler
        with self._state.lock:
            scheduler.check(amount)
            until = scheduler.now() + amount
        while True:
            await self.settled()
            with self._state.lock:
                due = scheduler.next_due()
                last = due is None or due > until
                scheduler.advance_to(until if last or due is None else due)
            self.pump()
            if last:
                break
        await self.settled()

    # --- callbacks ------------------------------------------------------------------------------

    def pump(self) -> None:
        """Take what the engine and the services have to say, and send it."""
        with self._state.lock:
            if self._resets != self._services.resets:
                self._resets = self._services.resets
                self._forget()
            self._services.refresh()
            effects = self._services.engine.drain()
            callbacks = self._state.outbox.drain()
            news = [effect for effect in effects if isinstance(effect, Happened)]
            publish_news(self._services, news)
        for effect in effects:
            if not isinstance(effect, Happened):
                self._put(self._of_call(effect))
        for callback in callbacks:
            self._put(callback)

    def _pump_safely(self) -> None:
        """The same where an exception would cost the callbacks that still wait."""
        try:
            self.pump()
        except Exception:  # noqa: BLE001  a bug of ours must not stop the other callbacks
            _log.exception("what is to be sent could not be found out")

    def _forget(self) -> None:
        """Drop what has not gone out yet, since the sandbox was reset."""
        dropped = [callback for callback, _ in self._held]
        self._held.clear()
        for queue in self._waiting.values():
            dropped += queue
            queue.clear()
        for callback in dropped:
            self._finish(
                callback, Outcome(failure=CallbackFailure.NO_APP, detail="the sandbox was reset")
            )

    def _of_call(self, effect: Ask | Tell) -> OutgoingCallback:
        engine = self._services.engine

        def done(outcome: Outcome) -> None:
            if outcome.failure is None:
                engine.reply(effect.id, outcome.body)
            else:
                engine.failed(effect.id, outcome.failure, outcome.detail)

        return OutgoingCallback(
            id=effect.id,
            event=effect.name,
            url=effect.url,
            body=effect.event,
            stream=effect.call_id,
            subject=("callId", effect.call_id),
            attempt=effect.attempt,
            headers=effect.headers,
            timeout=effect.timeout,
            awaited=isinstance(effect, Ask),
            done=done,
        )

    def _put(self, callback: OutgoingCallback) -> None:
        self._waiting.setdefault(callback.stream, deque()).append(callback)
        if callback.stream not in self._busy:
            self._busy[callback.stream] = asyncio.create_task(self._work(callback.stream))

    async def _work(self, stream: str) -> None:
        """Send the callbacks of one stream, until there are none."""
        try:
            queue = self._waiting[stream]
            while queue:
                await self._deliver(queue.popleft())
                self._pump_safely()
        finally:
            self._waiting.pop(stream, None)
            self._busy.pop(stream, None)

    async def _deliver(self, callback: OutgoingCallback) -> Outcome:
        if not callback.url:
            outcome = Outcome(failure=CallbackFailure.NO_APP, detail="there is no callback URL")
            self._finish(callback, outcome)
            return outcome
        with self._state.lock:
            faults = self._state.faults.for_callback(callback.event, awaited=callback.awaited)
            if faults:
                self._state.events.publish("faults", self._state.faults)
        reorder = next((f for f in faults if f.kind is FaultKind.REORDER), None)
        if reorder is not None:
            self._held.append((callback, faults))
            self._spawn(self._release_after(reorder.seconds, callback))
            return Outcome()
        outcome = await self._send(callback, faults)
        await self._release()
        return outcome

    async def _send(self, callback: OutgoingCallback, faults: tuple[Fault, ...]) -> Outcome:
        outcome = await self._sender.send(callback, faults)
        with self._state.lock:
            self._services.delivered(
                CallbackDelivery(
                    callback=callback,
                    at=self._state.scheduler.now(),
                    outcome=outcome,
                    faults=tuple(sorted({fault.kind for fault in faults})),
                )
            )
        self._finish(callback, outcome)
        return outcome

    def _finish(self, callback: OutgoingCallback, outcome: Outcome) -> None:
        if callback.done is None:
            return
        try:
            with self._state.lock:
                callback.done(outcome)
        except Exception:  # noqa: BLE001  a bug of ours must not stop the other callbacks
            _log.exception("the answer to %s could not be used", callback.event)

    async def _release(self) -> None:
        """Send what was held back, now that something later has gone."""
        held, self._held = self._held, []
        for callback, faults in held:
            await self._send(callback, faults)

    async def _release_after(self, seconds: float, callback: OutgoingCallback) -> None:
        await asyncio.sleep(seconds)
        if any(held is callback for held, _ in self._held):
            await self._release()
            self.pump()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._others.add(task)
        task.add_done_callback(self._others.discard)

    # --- waiting --------------------------------------------------------------------------------

    async def ask(self, callback: OutgoingCallback) -> Outcome:
        """Send a callback in its turn and wait for the outcome."""
        result: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

        def done(outcome: Outcome) -> None:
            if not result.done():
                result.set_result(outcome)

        self._put(attrs.evolve(callback, done=done))
        return await result

    async def settled(self, stream: str | None = None) -> bool:
        """Wait until all callbacks, or those of one stream, are answered; False if it took too long."""
        self.pump()
        end = monotonic() + self._state.settings.longest_wait.total_seconds()
        while True:
            if stream is None:
                busy = list(self._busy.values())
            else:
                busy = [self._busy[stream]] if stream in self._busy else []
            if not busy:
                return True
            left = end - monotonic()
            if left <= 0:
                return False
            await asyncio.wait(busy, timeout=left)
