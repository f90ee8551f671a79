"""Operations 1 to 22: from a request to a service and back to an answer (docs/platform/operations.md)."""

from __future__ import annotations

from typing import TypeVar

import attrs

from sinch.sandbox.delivery.callbacks import Outcome
from sinch.sandbox.platform import verification_responses as shown
from sinch.sandbox.platform.applications import unassign_body
from sinch.sandbox.platform.errors import Refusal, malformed
from sinch.sandbox.platform.records import Verification
from sinch.sandbox.platform.services import Services
from sinch.sandbox.platform.verification_callbacks import request_callback
from sinch.urls import begins_as_url
from sinch_api.codec import Malformed
from sinch_api.models.calling import (
    AssignNumbersRequest,
    CallbackSettings,
    CallLeg,
    CalloutResponse,
    ParticipantCommandRequest,
    UnassignNumberRequest,
)
from sinch_api.models.sms import SendSmsRequest, SendSmsResponse, SmsStatusResponse
from sinch_api.models.svaml import Svamlet
from sinch_api.models.verification import ReportVerificationRequest, StartVerificationRequest

from .callouts import read_callout
from .deferred import Deferred
from .http import Reader, Response, RoutedRequest, Scheme, model, nothing
from .routing import Access, Route, route
from .warning import warning

T = TypeVar("T")

_SMS = "/v1/sms/{}"
_VERIFICATIONS = "/verification/v1/verifications"
_CALLS = "/calling/v1/calls/id/{}"
_CONFERENCES = "/calling/v1/conferences/id/{}"
_NUMBERS = "/v1/configuration/numbers"
_CALLBACKS = "/v1/configuration/callbacks/applications/{}"
_EVENTS = ("ice", "ace", "pie", "dice")


def _read(routed: RoutedRequest, kind: Reader[T], *, missing: int = 40001) -> T:
    """The body as a generated model; raises :class:`.Refusal`."""
    return _as(routed.request.json(), kind, missing=missing)


def _as(body: object, kind: Reader[T], *, missing: int = 40001) -> T:
    try:
        return kind.from_wire_strictly(body)
    except Malformed as problem:
        raise malformed(problem, missing=missing) from None


class RestApi:
    """One method for each operation; ``routes`` says which path leads to which."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """Every path the platform answers, in the spellings that clients use."""
        signed, verification, public = Access.SIGNED, Access.VERIFICATION, Access.PUBLIC
        found: list[Route] = []
        for prefix in ("", "/messaging"):
            found += route("POST", prefix + _SMS, signed, self.send_sms, fold="sms messaging")
            found += route("GET", prefix + _SMS, signed, self.get_sms_status, fold="sms messaging")
        return [
            *found,
            *route("POST", _VERIFICATIONS, public, self.start_verification),
            *route("PUT", f"{_VERIFICATIONS}/number/{{}}", public, self.report_by_number),
            *route("GET", f"{_VERIFICATIONS}/number/{{}}", public, self.get_by_number),
            *route("PUT", f"{_VERIFICATIONS}/id/{{}}", public, self.report_by_id),
            *route("GET", f"{_VERIFICATIONS}/id/{{}}", verification, self.get_by_id),
            *route("GET", f"{_VERIFICATIONS}/reference/{{}}", verification, self.get_by_reference),
            *route("GET", f"{_VERIFICATIONS}/{{}}/number/{{}}", public, self.get_by_method),
            *route("POST", "/calling/v1/callouts", signed, self.place_callout, slash=True),
            *route("GET", _CALLS, signed, self.get_call),
            *route("PATCH", _CALLS, signed, self.update_call),
            *route("PATCH", f"{_CALLS}/leg/{{}}", signed, self.update_call_leg),
            *route("GET", _CONFERENCES, signed, self.get_conference),
            *route("DELETE", _CONFERENCES, signed, self.end_conference),
            *route("PATCH", f"{_CONFERENCES}/{{}}", signed, self.update_participant),
            *route("DELETE", f"{_CONFERENCES}/{{}}", signed, self.kick_participant),
            *route("GET", _NUMBERS, signed, self.list_numbers, slash=True),
            *route("POST", _NUMBERS, signed, self.assign_numbers, slash=True),
            *route("DELETE", _NUMBERS, signed, self.unassign_number, slash=True),
            *route("GET", _CALLBACKS, signed, self.get_callback_urls),
            *route("POST", _CALLBACKS, signed, self.update_callback_urls),
            *route("GET", "/v1/calling/query/number/{}", signed, self.query_number),
        ]

    # --- classic SMS ------------------------------------------------------------------------

    def send_sms(self, routed: RoutedRequest) -> Response:
        """1: POST /v1/sms/{number}."""
        request = _read(routed, SendSmsRequest, missing=40002)
        message = self._services.messages.send(routed.args[0], request)
        return model(SendSmsResponse(message_id=str(message.id)))

    def get_sms_status(self, routed: RoutedRequest) -> Response:
        """2: GET /v1/sms/{messageId}."""
        return model(SmsStatusResponse(status=self._services.messages.status(routed.args[0])))

    # --- verification -----------------------------------------------------------------------

    def start_verification(self, routed: RoutedRequest) -> Response | Deferred[Outcome]:
        """3: POST /verifications; with a callback URL the app is asked first (docs/platform/verification.md#callbacks)."""
        verification = self._services.verifications.start(
            _read(routed, StartVerificationRequest),
            public=routed.scheme in {None, Scheme.PUBLIC},
            accept_language=routed.request.headers.get("accept-language", ""),
        )
        if verification.callback is None:
            return _started(verification, routed)
        question = request_callback(self._services.state, verification)

        def then(outcome: Outcome | None) -> Response:
            self._services.verifications.answered(verification, outcome)
            return _started(verification, routed)

        return Deferred(wait=lambda runner: runner.ask(question), then=then)

    def report_by_number(self, routed: RoutedRequest) -> Response:
        """4: PUT /verifications/number/{endpoint}."""
        request = _read(routed, ReportVerificationRequest)
        verifications = self._services.verifications
        verification = verifications.to_report(routed.args[0], request.method)
        return model(shown.reported(verifications.report(verification, request)))

    def report_by_id(self, routed: RoutedRequest) -> Response:
        """5: PUT /verifications/id/{id}."""
        request = _read(routed, ReportVerificationRequest)
        verifications = self._services.verifications
        verification = verifications.by_id(routed.args[0])
        return model(shown.reported(verifications.report(verification, request)))

    def get_by_id(self, routed: RoutedRequest) -> Response:
        """6: GET /verifications/id/{id}."""
        return model(shown.status(self._services.verifications.by_id(routed.args[0])))

    def get_by_method(self, routed: RoutedRequest) -> Response:
        """7: GET /verifications/{method}/number/{endpoint}."""
        method, number = routed.args
        return model(shown.status(self._services.verifications.by_number(number, method)))

    def get_by_number(self, routed: RoutedRequest) -> Response:
        """7 as in 2018: GET /verifications/number/{endpoint}, whatever the method was."""
        return model(shown.status(self._services.verifications.by_number(routed.args[0])))

    def get_by_reference(self, routed: RoutedRequest) -> Response:
        """8: GET /verifications/reference/{reference}."""
        return model(shown.status(self._services.verifications.by_reference(routed.args[0])))

    # --- calls ------------------------------------------------------------------------------

    def place_callout(self, routed: RoutedRequest) -> Response:
        """9: POST /callouts."""
        plan = read_callout(
            routed.request.json(),
            routed.request.header_list,
            callbacks=self._services.applications.callbacks.primary is not None,
        )
        texts = [str(plan.request.get(name, "")).strip() for name in _EVENTS]
        urls = [text for text in texts if begins_as_url(text)]
        call = self._services.calls.place(plan)
        return model(CalloutResponse(call_id=call.id), warning(self._services, *urls))

    def get_call(self, routed: RoutedRequest) -> Response:
        """10: GET /calls/id/{callId}."""
        call = self._services.calls.find(routed.args[0])
        info = self._services.calls.info(call)
        if _stumbles_over_from(routed):
            info = attrs.evolve(info, from_=None)
        return model(info)

    def update_call(self, routed: RoutedRequest) -> Response:
        """11: PATCH /calls/id/{callId}."""
        call = self._services.calls.running(routed.args[0])
        self._services.calls.update(call, _read(routed, Svamlet, missing=40003))
        return nothing(204)

    def update_call_leg(self, routed: RoutedRequest) -> Response:
        """12: PATCH /calls/id/{callId}/leg/{callLeg}."""
        call = self._services.calls.running(routed.args[0])
        leg = CallLeg(routed.args[1])
        if not leg.is_known:
            raise Refusal(40001, "The call leg has to be caller, callee or both.")
        self._services.calls.update_leg(call, leg.value, _read(routed, Svamlet, missing=40003))
        return nothing(200)

    # --- conferences ------------------------------------------------------------------------

    def get_conference(self, routed: RoutedRequest) -> Response:
        """13: GET /conferences/id/{conferenceId}."""
        return model(self._services.conferences.get(routed.args[0]))

    def end_conference(self, routed: RoutedRequest) -> Response:
        """14: DELETE /conferences/id/{conferenceId}."""
        self._services.conferences.end(routed.args[0])
        return nothing(204)

    def update_participant(self, routed: RoutedRequest) -> Response:
        """15: PATCH /conferences/id/{conferenceId}/{callId}."""
        conference_id, call_id = routed.args
        request = _read(routed, ParticipantCommandRequest)
        self._services.conferences.command(conference_id, call_id, request)
        return nothing(200)

    def kick_participant(self, routed: RoutedRequest) -> Response:
        """16: DELETE /conferences/id/{conferenceId}/{callId}."""
        self._services.conferences.kick(*routed.args)
        return nothing(200)

    # --- configuration ----------------------------------------------------------------------

    def list_numbers(self, _: RoutedRequest) -> Response:
        """17: GET /configuration/numbers."""
        return model(self._services.applications.numbers())

    def assign_numbers(self, routed: RoutedRequest) -> Response:
        """18: POST /configuration/numbers."""
        self._services.applications.assign(_read(routed, AssignNumbersRequest))
        return nothing(204)

    def unassign_number(self, routed: RoutedRequest) -> Response:
        """19: DELETE /configuration/numbers, with a body."""
        body = unassign_body(routed.request.json())
        self._services.applications.unassign(_as(body, UnassignNumberRequest))
        return nothing(204)

    def get_callback_urls(self, routed: RoutedRequest) -> Response:
        """20: GET /configuration/callbacks/applications/{applicationkey}."""
        return model(self._services.applications.get_callbacks(routed.args[0]))

    def update_callback_urls(self, routed: RoutedRequest) -> Response:
        """21: POST /configuration/callbacks/applications/{applicationkey}."""
        settings = _read(routed, CallbackSettings)
        self._services.applications.set_callbacks(routed.args[0], settings)
        url = self._services.applications.callbacks
        headers = warning(self._services, url.primary or "", url.fallback or "")
        return attrs.evolve(nothing(204), headers=headers)

    def query_number(self, routed: RoutedRequest) -> Response:
        """22: GET /calling/query/number/{number}."""
        return model(self._services.applications.query(routed.args[0]))


def _started(verification: Verification, routed: RoutedRequest) -> Response:
    answer = shown.started(verification, routed.base_url)
    return model(answer, {"Content-Language": verification.language})


def _stumbles_over_from(routed: RoutedRequest) -> bool:
    """Whether this is the official Python SDK 1.1.4, which fails on any ``from`` (docs/platform/other-clients.md#answers).

    Everybody else gets the field, because the documents have it. Told by the way it sends a GET:
    its HTTP library's name together with the Content-Type of a body it does not have.
    """
    headers = routed.request.headers
    agent = headers.get("user-agent", "").lower()
    return (
        agent.startswith(("python-requests/", "python-httpx/"))
        and headers.get("content-type") == "application/json; charset=UTF-8"
    )
