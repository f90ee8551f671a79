"""The read-back API under ``/_sandbox``: what tests and demos look at, and how they intervene.

JSON throughout; lists come inside an object (``{"messages": [...]}``), oldest first.

====================================  ============================================================
``GET /_sandbox``                     address, application key, time, and how much there is of what
``GET messages``, ``messages/{id}``   SMS that were sent
``POST messages/{id}``                ``{"status": "Faulted"}``: what becomes of one
``GET verifications[/{id}]``          with the pending ``code``, the ``cli`` of a flash call, or
                                      the ``targetUri`` of a data verification
``POST verifications/{id}``           ``{"status": "DENIED", "reason": "Fraud"}``: end one so
``GET calls[/{id}]``                  calls with their phase
``POST calls/{id}/answer``            the peer picks up now
``POST calls/{id}/reject``            ``{"result": "BUSY"}``, or NOANSWER or FAILED
``POST calls/{id}/hangup``            the peer hangs up
``GET conferences[/{id}]``            rooms and who is in them
``POST conferences/{id}``             ``{"cli": "+46..."}``: somebody dials in
``GET numbers``                       numbers and callback URLs
``GET requests``                      exchanges so far, secrets masked
``GET clock``, ``POST clock``         ``{"seconds": 300}``: let time pass
``POST reset``                        forget everything
====================================  ============================================================
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from sinch_api.codec import Malformed, OpenEnum, fields_of, optional, read_int, read_str, required
from sinch_api.models.calling import CallReason
from sinch_api.models.common import CallResult
from sinch_api.models.sms import SmsStatus
from sinch_api.models.verification import VerificationReason, VerificationStatus

from . import checks, views
from .exchange import Answer, Exchange, plain
from .records import Call, Message
from .refusals import Refusal, malformed
from .request_log import RequestLog
from .routing import Access, Route, route
from .services import Services
from .verification_answers import DATA_PATH

E = TypeVar("E", bound=OpenEnum)


class Readback:
    """Handlers below ``/_sandbox``; they need no authorisation."""

    def __init__(self, services: Services, log: RequestLog) -> None:
        self._services = services
        self._log = log

    def routes(self) -> list[Route]:
        """The paths in the table above, and the target of data verifications."""
        table = (
            ("GET", "", self.index),
            ("GET", "/messages", self.messages),
            ("GET", "/messages/{}", self.message),
            ("POST", "/messages/{}", self.settle_message),
            ("GET", "/verifications", self.verifications),
            ("GET", "/verifications/{}", self.verification),
            ("POST", "/verifications/{}", self.decide_verification),
            ("GET", "/calls", self.calls),
            ("GET", "/calls/{}", self.call),
            ("POST", "/calls/{}/answer", self.answer_call),
            ("POST", "/calls/{}/reject", self.reject_call),
            ("POST", "/calls/{}/hangup", self.hang_up_call),
            ("GET", "/conferences", self.conferences),
            ("GET", "/conferences/{}", self.conference),
            ("POST", "/conferences/{}", self.join_conference),
            ("GET", "/numbers", self.numbers),
            ("GET", "/requests", self.requests),
            ("GET", "/clock", self.clock),
            ("POST", "/clock", self.advance_clock),
            ("POST", "/reset", self.reset),
        )
        found: list[Route] = []
        for method, path, handler in table:
            found += route(method, f"/_sandbox{path}", Access.OPEN, handler, slash=path == "")
        found += route("GET", f"{DATA_PATH}/{{}}", Access.LINK, self.redirect_data)
        return found + route("GET", f"{DATA_PATH}/{{}}/done", Access.LINK, self.finish_data)

    # --- the whole --------------------------------------------------------------------------

    def index(self, exchange: Exchange) -> Answer:
        """What this is."""
        services = self._services
        return plain(
            {
                "url": exchange.base_url,
                "applicationKey": services.state.credentials.application_key,
                "time": views.time(services.state.timeline.now()),
                "messages": len(services.messages.sent),
                "verifications": len(services.verifications.started),
                "calls": len(services.calls.placed),
                "conferences": len(services.calls.rooms()),
            }
        )

    def requests(self, _: Exchange) -> Answer:
        """What clients sent and got."""
        return plain({"requests": [views.logged(entry) for entry in self._log]})

    def clock(self, _: Exchange) -> Answer:
        """The time in the sandbox."""
        return plain({"time": views.time(self._services.state.timeline.now())})

    def advance_clock(self, exchange: Exchange) -> Answer:
        """Let time pass."""
        fields = _fields(exchange, "seconds")
        try:
            amount = timedelta(seconds=required(fields, "seconds", read_int))
            self._services.state.timeline.advance(amount)
        except Malformed as problem:
            raise malformed(problem) from None
        except (ValueError, OverflowError):
            raise Refusal(40001, "Time moves forward only, by ten years at most.") from None
        return self.clock(exchange)

    def reset(self, _: Exchange) -> Answer:
        """Forget everything, the request log included."""
        self._services.reset()
        self._log.clear()
        return plain({})

    # --- messages ---------------------------------------------------------------------------

    def messages(self, _: Exchange) -> Answer:
        """All messages."""
        return plain({"messages": [views.message(item) for item in self._services.messages.sent]})

    def message(self, exchange: Exchange) -> Answer:
        """One message."""
        return plain(views.message(self._message(exchange)))

    def settle_message(self, exchange: Exchange) -> Answer:
        """Decide what becomes of a message."""
        message = self._message(exchange)
        status = _enum(exchange, "status", SmsStatus)
        if status is None:
            raise Refusal(40001, "Parameter status is required.")
        self._services.messages.settle(message, status)
        return plain(views.message(message))

    def _message(self, exchange: Exchange) -> Message:
        message = self._services.messages.find(exchange.args[0])
        if message is None:
            raise Refusal(40400, "There is no such message.")
        return message

    # --- verifications ----------------------------------------------------------------------

    def verifications(self, exchange: Exchange) -> Answer:
        """All verifications."""
        base_url = exchange.base_url
        shown = [views.verification(v, base_url) for v in self._services.verifications.started]
        return plain({"verifications": shown})

    def verification(self, exchange: Exchange) -> Answer:
        """One verification, with what a report has to match."""
        found = self._services.verifications.by_id(exchange.args[0])
        return plain(views.verification(found, exchange.base_url))

    def decide_verification(self, exchange: Exchange) -> Answer:
        """End a verification as you like."""
        verifications = self._services.verifications
        found = verifications.by_id(exchange.args[0])
        status = _enum(exchange, "status", VerificationStatus)
        if status is None or status == VerificationStatus.PENDING:
            raise Refusal(40001, "Parameter status has to be a final status.")
        verifications.decide(found, status, _enum(exchange, "reason", VerificationReason))
        return plain(views.verification(found, exchange.base_url))

    def redirect_data(self, exchange: Exchange) -> Answer:
        """Where a device starts: mobile networks redirect it before they know it."""
        token = self._services.verifications.by_token(exchange.args[0]).token
        location = f"{exchange.base_url}{DATA_PATH}/{token}/done"
        return Answer(status=302, headers={"Location": location})

    def finish_data(self, exchange: Exchange) -> Answer:
        """Where a device ends: the verification has succeeded."""
        found = self._services.verifications.follow(exchange.args[0])
        return plain({"id": found.id, "status": found.status.value})

    # --- calls and conferences --------------------------------------------------------------

    def calls(self, _: Exchange) -> Answer:
        """All calls."""
        now = self._services.state.timeline.now()
        return plain({"calls": [views.call(call, now) for call in self._services.calls]})

    def call(self, exchange: Exchange) -> Answer:
        """One call."""
        return self._call(self._services.calls.find(exchange.args[0]))

    def answer_call(self, exchange: Exchange) -> Answer:
        """The peer picks up."""
        call = self._services.calls.running(exchange.args[0])
        self._services.calls.answer(call)
        return self._call(call)

    def reject_call(self, exchange: Exchange) -> Answer:
        """The peer does not pick up."""
        call = self._services.calls.running(exchange.args[0])
        if call.answered_at is not None:
            raise Refusal(40003, "The call is answered already.")
        result = _enum(exchange, "result", CallResult) or CallResult.BUSY
        if result not in {CallResult.BUSY, CallResult.NO_ANSWER, CallResult.FAILED}:
            raise Refusal(40001, "Parameter result has to be BUSY, NOANSWER or FAILED.")
        self._services.calls.reject(call, result)
        return self._call(call)

    def hang_up_call(self, exchange: Exchange) -> Answer:
        """The peer hangs up."""
        call = self._services.calls.running(exchange.args[0])
        incoming = call.kind == "incoming"
        reason = CallReason.CALLER_HANGUP if incoming else CallReason.CALLEE_HANGUP
        self._services.calls.end(call, reason)
        return self._call(call)

    def _call(self, call: Call) -> Answer:
        return plain(views.call(call, self._services.state.timeline.now()))

    def conferences(self, _: Exchange) -> Answer:
        """All rooms with somebody in them."""
        rooms = [self._room(room) for room in self._services.calls.rooms()]
        return plain({"conferences": rooms})

    def conference(self, exchange: Exchange) -> Answer:
        """One room."""
        return plain(self._room(exchange.args[0]))

    def join_conference(self, exchange: Exchange) -> Answer:
        """Somebody dials in."""
        fields = _fields(exchange, "cli")
        try:
            cli = optional(fields, "cli", read_str) or "+46700000099"
        except Malformed as problem:
            raise malformed(problem) from None
        call = self._services.conferences.join(exchange.args[0], cli)
        return self._call(call)

    def _room(self, conference_id: str) -> dict[str, Any]:
        found = self._services.conferences.get(conference_id)
        return {"id": conference_id, **found.to_wire()}

    def numbers(self, _: Exchange) -> Answer:
        """Numbers of the account and callback URLs of the application."""
        applications = self._services.applications
        return plain(
            {**applications.numbers().to_wire(), "callbacks": applications.callbacks.to_wire()}
        )


def _fields(exchange: Exchange, *names: str) -> Any:
    """The properties of the body; no body is an empty object."""
    body = exchange.request.json() if exchange.request.body else {}
    try:
        return fields_of(body, frozenset(names), {name.casefold(): name for name in names})
    except Malformed as problem:
        raise malformed(problem) from None


def _enum(exchange: Exchange, name: str, kind: type[E]) -> E | None:
    try:
        value = optional(_fields(exchange, name), name, kind.from_wire)
    except Malformed as problem:
        raise malformed(problem) from None
    return checks.known(value, name)
