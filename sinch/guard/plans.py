"""What a guard does, step by step, for both kinds of guards: rules asked in order, and what they say."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from inspect import iscoroutinefunction
from typing import Final, Literal, TypeAlias

import attrs

from sinch.errors import ConfigurationError
from sinch.guard.asking import Book, Steps
from sinch.guard.rule import Rule, check_name
from sinch.guard.start import Address, Decision, Refusal, Start, User
from sinch.values import PhoneNumber
from sinch_api.models.common import Identity, Money
from sinch_api.models.verification import VerificationStatus
from sinch_api.models.verification_events import (
    VerificationRequestEvent,
    VerificationResultEvent,
)

LOG: Final = logging.getLogger("sinch.guard")
OnDecision: TypeAlias = Callable[[Decision], object]
_PASS: Final = 60
"""Seconds, once to twice, for which a start that was checked is not counted again by its event."""
_OURS: Final = "_guard"
"""Where the guard itself keeps counts; no rule can have this name."""
_REMEMBERED: Final = 3600
"""Seconds for which the answer to an event is remembered, in case it comes again."""
_ALLOWED, _DENIED = 1, 1 << 20
_YES: Final = Decision(allowed=True)
NO_NUMBER: Final = Decision(
    allowed=False, reason="it is no international phone number", rule="number"
)


class StoreFailed(Exception):
    """A store raised something, which is the cause."""


@attrs.frozen
class Plans:
    """The rules of a guard, and how it takes what they say."""

    rules: tuple[Rule, ...]
    fail: Literal["open", "closed"]
    observe: bool
    on_decision: OnDecision | None
    books: dict[str, Book] = attrs.field(repr=False)
    screening: tuple[Rule, ...] = attrs.field(repr=False)
    """Those of them that look at the start itself."""
    counting: tuple[Rule, ...] = attrs.field(repr=False)
    """Those that count starts."""
    pricing: tuple[Rule, ...] = attrs.field(repr=False)
    """Those that count what a start costs."""

    @classmethod
    def build(
        cls,
        rules: Iterable[Rule],
        fail: str,
        observe: bool,
        secret: str | bytes,
        clock: Callable[[], float],
        on_decision: OnDecision | None,
        *,
        in_memory: bool,
    ) -> Plans:
        """Check the options of a guard."""
        if isinstance(rules, Rule):
            raise ConfigurationError("rules must be several, as in [rule]", argument="rules")
        found = tuple(rules)
        if not found:
            raise ConfigurationError("a guard without rules allows everything", argument="rules")
        if fail not in ("open", "closed"):
            raise ConfigurationError("fail must be 'open' or 'closed'", argument="fail")
        if iscoroutinefunction(on_decision):
            raise ConfigurationError(
                "nobody would await on_decision: give a plain function", argument="on_decision"
            )
        key = secret.encode() if isinstance(secret, str) else bytes(secret)
        if len(key) > 64:
            raise ConfigurationError("secret must be at most 64 bytes", argument="secret")
        hashed = None if in_memory else key
        books = {name: Book(name, hashed, clock) for name in (*_names(found), _OURS)}
        screening = tuple(rule for rule in found if type(rule).screen is not Rule.screen)
        counting = tuple(rule for rule in found if type(rule).count is not Rule.count)
        pricing = tuple(rule for rule in found if type(rule).wants_price is not Rule.wants_price)
        return cls(
            found,
            fail,  # type: ignore[arg-type]
            bool(observe),
            on_decision,
            books,
            screening,
            counting,
            pricing,
        )

    def start(self, number: str, ip: Address, user: User, price: Money | None) -> Steps[Decision]:
        """Decide about a start that the program is going to make."""
        start = _start(number, ip, user, price)
        if start is None:
            return self._told(NO_NUMBER)
        decision = self._screened(start)
        try:
            if decision is None or self.observe:
                decision = yield from self._counted(start, self.counting, decision)
                if decision.allowed or self.observe:
                    yield from self._give_pass(start)
        except StoreFailed as failed:
            return self._without_store(failed, decision)
        return self._told(decision)

    def event(self, event: VerificationRequestEvent) -> Steps[Decision]:
        """Decide about a start that Sinch asks about."""
        start = _start(_number(event.identity), None, None, event.price or event.rate)
        if start is None:
            return self._told(NO_NUMBER)
        answered = self.books[_OURS].key(f"answered {event.id}")
        decision = None
        try:
            earlier: int = (yield "get", answered) if event.id else 0
            if earlier:
                reason = "" if earlier < _DENIED else "it was refused before, and asked again"
                return Decision(allowed=earlier < _DENIED, reason=reason)
            # what check() has counted is not counted twice
            rules = yield from self._still_to_ask(start)
            decision = self._screened(start)
            if decision is None or self.observe:
                decision = yield from self._counted(start, rules, decision)
            told = decision.allowed or self.observe
            if event.id:
                yield "add", answered, _ALLOWED if told else _DENIED, _REMEMBERED
        except StoreFailed as failed:
            if decision is None:
                decision = self._screened(start)
            return self._without_store(failed, decision)
        return self._told(decision)

    def attempt(self, subject: str) -> Steps[Decision]:
        """Decide about an attempt to enter a code."""
        subject = _subject(subject)
        try:
            for rule in self.rules:
                refusal = yield from rule.attempt(subject, self.books[rule.name])
                if refusal is not None:
                    return self._told(_refused(rule, refusal))
        except StoreFailed as failed:
            return self._without_store(failed, None)
        return self._told(_YES)

    def record(self, event: VerificationResultEvent) -> Steps[None]:
        """Learn from the end of a verification."""
        if event.status == VerificationStatus.SUCCESSFUL:
            yield from self.succeeded(_number(event.identity))

    def succeeded(self, number: str) -> Steps[None]:
        """Learn that a number was proved; a store that fails is logged."""
        start = _start(number, None, None, None)
        if start is None:
            return
        try:
            for rule in self.rules:
                yield from rule.succeeded(start, self.books[rule.name])
        except StoreFailed as failed:
            _log_failure(failed)

    def screen(self, number: str) -> Decision:
        """Ask only the rules that need no store."""
        start = _start(number, None, None, None)
        if start is None:
            return self._told(NO_NUMBER)
        decision = self._screened(start)
        return self._told(_YES if decision is None else decision)

    def _screened(self, start: Start) -> Decision | None:
        for rule in self.screening:
            if (refusal := rule.screen(start)) is not None:
                return _refused(rule, refusal)
        return None

    def _counted(
        self, start: Start, rules: Sequence[Rule], decision: Decision | None
    ) -> Steps[Decision]:
        """Ask the rules that count. Where the guard observes the start goes on, so all count it."""
        for index, rule in enumerate(rules):
            refusal = yield from rule.count(start, self.books[rule.name])
            if refusal is None:
                continue
            if decision is None:
                decision = _refused(rule, refusal)
            if not self.observe:
                yield from self._undone(start, rules[: index + 1])
                return decision
        return _YES if decision is None else decision

    def _undone(self, start: Start, rules: Sequence[Rule]) -> Steps[None]:
        """Take back what a refused start has counted; it stays refused if the store cannot."""
        try:
            for rule in reversed(rules):
                yield from rule.undo(start, self.books[rule.name])
        except StoreFailed as failed:
            _log_failure(failed)

    def _give_pass(self, start: Start) -> Steps[None]:
        """Leave word that a start has been checked, and whether its price is still missing."""
        priced = not any(rule.wants_price(start) for rule in self.pricing)
        period = self.books[_OURS].period(_PASS)
        yield "add", self._pass(start, priced, period), 1, 2 * _PASS

    def _still_to_ask(self, start: Start) -> Steps[Sequence[Rule]]:
        """The rules for an event: each check just before it serves one event."""
        unpriced, period = Start(start.number), self.books[_OURS].period(_PASS)
        for priced in (True, False):
            for one in (period - 1, period):
                if (yield from self._taken(self._pass(start, priced, one))):
                    if priced:
                        return ()
                    return [it for it in self.pricing if it.wants_price(unpriced)]
        return self.counting

    def _taken(self, key: str) -> Steps[bool]:
        if (yield "get", key) <= 0:
            return False
        if (yield "add", key, -1, 2 * _PASS) >= 0:
            return True
        yield "add", key, 1, 2 * _PASS  # another event was faster
        return False

    def _pass(self, start: Start, priced: bool, period: int) -> str:
        key = self.books[_OURS].key(start.line)
        return f"{key}:{'priced' if priced else 'checked'}:{period}"

    def _without_store(self, failed: StoreFailed, decision: Decision | None) -> Decision:
        _log_failure(failed)
        if decision is None:
            reason = f"the store does not answer ({type(failed.__cause__).__name__})"
            decision = Decision(allowed=self.fail == "open", reason=reason)
        return self._told(attrs.evolve(decision, store_failed=True))

    def _told(self, decision: Decision) -> Decision:
        """The decision as the caller gets it: one that only observes allows."""
        if self.observe and not decision.allowed:
            decision = attrs.evolve(decision, allowed=True, observed=True)
        if decision.rule is not None:
            LOG.info("%s by %s", "observed" if decision.observed else "refused", decision.rule)
        if self.on_decision is not None:
            try:
                self.on_decision(decision)
            except Exception:
                LOG.exception("on_decision failed")
        return decision


def _names(rules: tuple[Rule, ...]) -> list[str]:
    for rule in rules:
        if not isinstance(rule, Rule):
            raise ConfigurationError(
                f"{rule!r:.60} is no rule; rules are made like PerNumber('5 per hour')",
                argument="rules",
            )
    names = [check_name(getattr(rule, "name", None)) for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise ConfigurationError(
                f"two rules are named {name!r}: give one another name=, since it is where its "
                "counts are kept",
                argument="rules",
            )
    return names


def _start(number: str, ip: Address, user: User, price: Money | None) -> Start | None:
    try:
        return Start(PhoneNumber.parse(number), ip, user, price)
    except ValueError:
        return None


def _subject(text: str) -> str:
    """What attempts are counted by: an id, or a number in whatever form."""
    text = str(text).strip()
    start = _start(text, None, None, None)
    return text if start is None else start.line


def _number(identity: Identity | None) -> str:
    endpoint = "" if identity is None else identity.endpoint or ""
    return endpoint if endpoint.startswith("+") else f"+{endpoint}"


def _refused(rule: Rule, refusal: Refusal) -> Decision:
    wait = None if refusal.wait is None else timedelta(seconds=refusal.wait)
    return Decision(allowed=False, reason=refusal.reason, retry_after=wait, rule=rule.name)


def _log_failure(failed: StoreFailed) -> None:
    # what a store says may hold its password
    LOG.error("the store of the guard failed: %s", type(failed.__cause__).__name__)
