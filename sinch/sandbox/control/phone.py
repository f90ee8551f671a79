"""What people at phones do, below ``/_sandbox``: call, press keys, speak, answer, hang up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sinch import limits
from sinch.engine import (
    AmdScript,
    Engine,
    FarEnd,
    FarEndOutcome,
    InboundCall,
    NoSuchCall,
    NotPossible,
    Side,
    SimulatedCall,
)
from sinch.sandbox.platform import checks
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.services import Services
from sinch.sandbox.rest.deferred import Deferred
from sinch.sandbox.rest.http import Response, RoutedRequest, json_text, plain
from sinch.sandbox.rest.routing import Access, Route, route
from sinch_api.codec import read_float, read_seconds, read_str, read_strings
from sinch_api.models.common import CallDomain, Identity, IdentityType

from . import call_serializers, serializers
from .menu_map import menu_map
from .request_body import RequestBody

_FAR_END_FIELDS = (
    "endpoint",
    "outcome",
    "ringsAfter",
    "answersAfter",
    "busyAfter",
    "hangsUpAfter",
    "machine",
)


class PhoneApi:
    """Handlers of calls and far ends; the answers wait for the callbacks they bring about."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """Every path."""
        table = (
            ("GET", "/calls", self.calls),
            ("POST", "/calls", self.place),
            ("GET", "/calls/{}", self.call),
            ("GET", "/calls/{}/menus", self.menus),
            ("POST", "/calls/{}/press", self.press),
            ("POST", "/calls/{}/speak", self.speak),
            ("POST", "/calls/{}/hangup", self.hang_up),
            ("POST", "/calls/{}/answer", self.answer),
            ("POST", "/calls/{}/reject", self.reject),
            ("GET", "/farends", self.far_ends),
            ("PUT", "/farends", self.set_far_end),
        )
        return [
            found
            for method, path, handler in table
            for found in route(method, f"/_sandbox{path}", Access.OPEN, handler)
        ]

    # --- calls ------------------------------------------------------------------------------

    def calls(self, _: RoutedRequest) -> Response:
        """All calls, oldest first, without transcripts."""
        now = self._services.state.scheduler.now()
        return plain(
            {"calls": [call_serializers.call(call, now) for call in self._services.engine.calls()]}
        )

    def call(self, routed: RoutedRequest) -> Response:
        """One call with its transcript."""
        return self._shown(self._find(routed))

    def menus(self, routed: RoutedRequest) -> Response:
        """The menus that ran in one call, as a map."""
        return plain(menu_map(self._find(routed), self._engine.settings))

    def place(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """Somebody calls the app."""
        body = RequestBody(
            routed, "from", "to", "toType", "domain", "user", "rdnis", "callHeaders", "wait"
        )
        domain = CallDomain(body.choice("domain", "pstn", "mxp") or "pstn")
        caller = checks.text(body.need("from", read_str), "from", 128)
        if caller.startswith("+"):
            caller = checks.number(caller, "from")
        headers = body.get("callHeaders", read_strings) or {}
        inbound = InboundCall(
            from_=caller,
            to=self._destination(body),
            domain=domain,
            user=body.get("user", read_str),
            rdnis=body.get("rdnis", read_str),
            call_headers=dict(headers),
        )
        call = self._services.engine.inbound(inbound)
        return self._after(body, call)

    def _destination(self, body: RequestBody) -> str | Identity:
        to = checks.text(body.need("to", read_str), "to", 128)
        kind = body.choice("toType", "number", "did", "username", "sip", "conference")
        if kind in {None, "number", "did"} and to.startswith("+"):
            to = checks.number(to, "to")
        return to if kind is None else Identity(type=IdentityType(kind), endpoint=to)

    def press(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """Press keys."""
        body = RequestBody(routed, "digits", "side", "wait")
        digits = checks.dtmf(checks.text(body.need("digits", read_str), "digits", 64), "digits")
        side = _side(body)
        return self._do(routed, body, lambda call: self._engine.press(call.id, digits or "", side))

    def speak(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """Say something."""
        body = RequestBody(routed, "text", "side", "wait")
        words, side = checks.text(body.need("text", read_str), "text", limits.SPOKEN), _side(body)
        return self._do(routed, body, lambda call: self._engine.speak(call.id, words, side))

    def hang_up(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """Hang up."""
        body = RequestBody(routed, "side", "wait")
        side = _side(body)
        return self._do(routed, body, lambda call: self._engine.hang_up(call.id, side))

    def answer(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """Pick up the phone that rings."""
        body = RequestBody(routed, "machine", "wait")
        machine = body.get("machine", _machine)

        def act(call: SimulatedCall) -> None:
            if machine is not None:
                self._engine.machine(call.id, machine)
            self._engine.answer(call.id)

        return self._do(routed, body, act)

    def reject(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """Do not pick up."""
        body = RequestBody(routed, "result", "wait")
        result = body.choice("result", "busy", "noanswer", "failed", "congestion") or "busy"
        outcome = FarEndOutcome(result)
        return self._do(routed, body, lambda call: self._engine.reject(call.id, outcome))

    @property
    def _engine(self) -> Engine:
        return self._services.engine

    def _find(self, routed: RoutedRequest) -> SimulatedCall:
        try:
            return self._services.engine.call(routed.args[0].casefold())
        except NoSuchCall:
            raise Refusal(40400, "There is no such call.") from None

    def _do(
        self, routed: RoutedRequest, body: RequestBody, act: Callable[[SimulatedCall], None]
    ) -> Response | Deferred[bool]:
        call = self._find(routed)
        if call.ended:
            raise Refusal(40400, "The call is over.")
        try:
            act(call)
        except NotPossible as problem:
            raise Refusal(40003, f"Not possible now: {problem}.") from None
        return self._after(body, call)

    def _after(self, body: RequestBody, call: SimulatedCall) -> Response | Deferred[bool]:
        if not body.wait:
            return self._shown(call)
        return Deferred(
            wait=lambda runner: runner.settled(call.id), then=lambda _: self._shown(call)
        )

    def _shown(self, call: SimulatedCall) -> Response:
        now = self._services.state.scheduler.now()
        return json_text(call_serializers.with_transcript(call, now))

    # --- far ends ---------------------------------------------------------------------------

    def far_ends(self, _: RoutedRequest) -> Response:
        """What destinations do when they are called."""
        scripts = self._services.far_ends
        return plain(
            {
                "default": serializers.shown(self._engine.far_ends.default),
                "farEnds": [
                    {"endpoint": to, **serializers.shown(end)} for to, end in scripts.items()
                ],
            }
        )

    def set_far_end(self, routed: RoutedRequest) -> Response:
        """Say what one destination does, or all others."""
        body = RequestBody(routed, *_FAR_END_FIELDS)
        far_ends = self._engine.far_ends
        outcomes = [outcome.value for outcome in FarEndOutcome]
        plain_end = FarEnd()
        end = FarEnd(
            outcome=FarEndOutcome(body.choice("outcome", *outcomes) or "answer"),
            rings_after=_pause(body, "ringsAfter", plain_end.rings_after),
            answers_after=_pause(body, "answersAfter", plain_end.answers_after),
            busy_after=_pause(body, "busyAfter", plain_end.busy_after),
            hangs_up_after=body.get("hangsUpAfter", _duration),
            amd=body.get("machine", _machine) or AmdScript(),
        )
        endpoint = (body.get("endpoint", read_str) or "").strip()
        if endpoint:
            far_ends.set(endpoint, end)
            self._services.far_ends[endpoint] = end
        else:
            far_ends.default = end
        return self.far_ends(routed)


def _side(body: RequestBody) -> Side:
    return Side(body.choice("side", "party", "far") or "party")


def _duration(raw: object) -> timedelta:
    return timedelta(seconds=max(0.0, min(read_float(raw), limits.LONGEST_CALL.total_seconds())))


def _pause(body: RequestBody, name: str, default: timedelta) -> timedelta:
    found = body.get(name, _duration)
    return default if found is None else found


def _machine(raw: object) -> AmdScript:
    body = RequestBody.of(raw, "status", "reason", "analysis", "beepAfter")
    analysis = body.get("analysis", read_seconds)
    return AmdScript(
        status=body.choice("status", "machine", "human", "notsure", "hangup") or "machine",
        reason=body.get("reason", read_str) or "n/a",
        analysis=timedelta(seconds=3) if analysis is None else analysis,
        beep_after=body.get("beepAfter", _duration),
    )
