"""Inspecting, below ``/_sandbox``: what tests and demos look at, and how they intervene.

JSON throughout; lists come inside an object (``{"messages": [...]}``), oldest first. Calls are in
:mod:`sinch.sandbox.control.phone`, faults and callback URLs in :mod:`sinch.sandbox.control.faults_and_callbacks`,
what was sent in :mod:`sinch.sandbox.control.traffic`; docs/sandbox.md
has the table of all paths.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from sinch.sandbox.platform import checks
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.records import Message
from sinch.sandbox.platform.services import Services
from sinch.sandbox.platform.verification_responses import DATA_PATH
from sinch.sandbox.rest.deferred import Deferred
from sinch.sandbox.rest.http import Response, RoutedRequest, plain
from sinch.sandbox.rest.request_log import RequestLog
from sinch.sandbox.rest.routing import Access, Route, route
from sinch_api.codec import read_float, read_str, write_datetime
from sinch_api.enums import OpenEnum
from sinch_api.models.sms import SmsStatus
from sinch_api.models.verification import VerificationReason, VerificationStatus

from . import call_serializers, serializers
from .request_body import RequestBody

E = TypeVar("E", bound=OpenEnum)


class InspectionApi:
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
            ("GET", "/conferences", self.conferences),
            ("GET", "/conferences/{}", self.conference),
            ("POST", "/conferences/{}", self.join_conference),
            ("GET", "/numbers", self.numbers),
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

    def index(self, routed: RoutedRequest) -> Response:
        """What this is, and how much there is of what."""
        return plain(self.overview(routed.base_url))

    def overview(self, base_url: str) -> dict[str, Any]:
        """The same as a value."""
        services = self._services
        calls = list(services.calls)
        return {
            "url": base_url,
            "applicationKey": services.state.credentials.application_key,
            "time": write_datetime(services.state.scheduler.now()),
            "messages": len(services.messages.sent),
            "servicePlanId": services.state.plan.service_plan_id,
            "batches": len(services.plan.batches.sent),
            "groups": len(services.plan.groups.made),
            "inbox": len(services.inbox.received),
            "verifications": len(services.verifications.started),
            "calls": len(calls),
            "activeCalls": sum(not call.ended for call in calls),
            "conferences": len(services.calls.rooms()),
            "requests": len(self._log),
            "deliveries": len(services.deliveries),
            "callbacks": serializers.callback_targets(services.callback_targets()),
        }

    def clock(self, _: RoutedRequest) -> Response:
        """The time in the sandbox."""
        return plain(self._clock())

    def _clock(self) -> dict[str, Any]:
        scheduler, engine = self._services.state.scheduler, self._services.engine
        found = (engine.next_due(), self._services.plan.next_due)
        due = min((moment for moment in found if moment is not None), default=None)
        return {
            "time": write_datetime(scheduler.now()),
            "aheadSeconds": scheduler.ahead.total_seconds(),
            "nextDue": due and write_datetime(due),
        }

    def advance_clock(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """Let time pass, step by step; callbacks are delivered in between."""
        scheduler = self._services.state.scheduler
        try:
            amount = timedelta(seconds=RequestBody(routed, "seconds").need("seconds", read_float))
            scheduler.check(amount)
        except (ValueError, OverflowError):
            raise Refusal(40001, "Time moves forward only, by ten years at most.") from None

        def then(done: bool | None) -> Response:
            if done is None:
                scheduler.advance(amount)
            self._services.state.events.publish("clock", self._clock())
            return plain(self._clock())

        return Deferred(wait=lambda runner: runner.advance(amount), then=then)

    def reset(self, _: RoutedRequest) -> Response:
        """Forget everything, the request log included."""
        self._services.reset()
        self._log.clear()
        return plain({})

    # --- messages ---------------------------------------------------------------------------

    def messages(self, _: RoutedRequest) -> Response:
        """All messages."""
        return plain(
            {"messages": [serializers.shown(item) for item in self._services.messages.sent]}
        )

    def message(self, routed: RoutedRequest) -> Response:
        """One message."""
        return plain(serializers.shown(self._message(routed)))

    def settle_message(self, routed: RoutedRequest) -> Response:
        """Decide what becomes of a message."""
        message = self._message(routed)
        status = _known(RequestBody(routed, "status"), "status", SmsStatus)
        if status is None:
            raise Refusal(40001, "Parameter status is required.")
        if message.batch_id is None:
            self._services.messages.settle(message, status)
        else:
            self._services.plan.settle_message(message, status)
        return plain(serializers.shown(message))

    def _message(self, routed: RoutedRequest) -> Message:
        message = self._services.messages.find(routed.args[0])
        if message is None:
            raise Refusal(40400, "There is no such message.")
        return message

    # --- verifications ----------------------------------------------------------------------

    def verifications(self, routed: RoutedRequest) -> Response:
        """All verifications."""
        base_url = routed.base_url
        shown = [
            serializers.verification(v, base_url) for v in self._services.verifications.started
        ]
        return plain({"verifications": shown})

    def verification(self, routed: RoutedRequest) -> Response:
        """One verification, with what a report has to match."""
        found = self._services.verifications.by_id(routed.args[0])
        return plain(serializers.verification(found, routed.base_url))

    def decide_verification(self, routed: RoutedRequest) -> Response:
        """End a verification as you like."""
        verifications = self._services.verifications
        found = verifications.by_id(routed.args[0])
        body = RequestBody(routed, "status", "reason")
        status = _known(body, "status", VerificationStatus)
        if status is None or status == VerificationStatus.PENDING:
            raise Refusal(40001, "Parameter status has to be a final status.")
        verifications.decide(found, status, _known(body, "reason", VerificationReason))
        return plain(serializers.verification(found, routed.base_url))

    def redirect_data(self, routed: RoutedRequest) -> Response:
        """Where a device starts: mobile networks redirect it before they know it."""
        token = self._services.verifications.by_token(routed.args[0]).token
        location = f"{routed.base_url}{DATA_PATH}/{token}/done"
        return Response(status=302, headers={"Location": location})

    def finish_data(self, routed: RoutedRequest) -> Response:
        """Where a device ends: the verification has succeeded."""
        found = self._services.verifications.follow(routed.args[0])
        return plain({"id": found.id, "status": found.status.value})

    # --- conferences ------------------------------------------------------------------------

    def conferences(self, _: RoutedRequest) -> Response:
        """All rooms with somebody in them."""
        return plain(call_serializers.rooms(self._services.conferences))

    def conference(self, routed: RoutedRequest) -> Response:
        """One room."""
        return plain(self._room(routed.args[0]))

    def join_conference(self, routed: RoutedRequest) -> Response:
        """Somebody dials in."""
        cli = RequestBody(routed, "cli").get("cli", read_str) or "+46700000099"
        call = self._services.conferences.join(routed.args[0], cli)
        return plain(call_serializers.call(call, self._services.state.scheduler.now()))

    def _room(self, conference_id: str) -> dict[str, Any]:
        found = self._services.conferences.get(conference_id)
        return {"id": conference_id, **found.to_wire()}

    def numbers(self, _: RoutedRequest) -> Response:
        """Numbers of the account and callback URLs of the application."""
        applications = self._services.applications
        return plain(
            {**applications.numbers().to_wire(), "callbacks": applications.callbacks.to_wire()}
        )


def _known(body: RequestBody, name: str, kind: type[E]) -> E | None:
    return checks.known(body.get(name, kind.from_wire), name)
