"""Traffic, below ``/_sandbox``: what went to and fro, once more, changed, and as something to copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from sinch.core.signing import SignedAuth
from sinch.sandbox.delivery.callbacks import (
    CallbackDelivery,
    Origin,
    Outcome,
    OutgoingCallback,
    Scheme,
    Signing,
    encode,
)
from sinch.sandbox.delivery.targets import check_url
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.plan.refusals import PREFIX
from sinch.sandbox.platform.records import LoggedRequest
from sinch.sandbox.platform.sample_events import INBOUND, PLAN, VOICE, sample_events
from sinch.sandbox.platform.services import Services
from sinch.sandbox.rest.deferred import Deferred
from sinch.sandbox.rest.http import Request, Response, RoutedRequest, plain
from sinch.sandbox.rest.request_log import LONGEST_BODY, RequestLog
from sinch.sandbox.rest.routing import Access, Route, route
from sinch_api.codec import dumps, read_object, read_str
from sinch_api.credentials import bearer

from . import copies, serializers
from .request_body import RequestBody

_JSON = "application/json"
_SIGNINGS = tuple(signing.value for signing in Signing)
Dispatch = Callable[[Request], Response | Deferred[Any]]
"""Answers a request of a client: at once, or after what it waits for."""


class TrafficApi:
    """Handlers for callbacks that were sent and requests that came in."""

    def __init__(self, services: Services, log: RequestLog, dispatch: Dispatch) -> None:
        self._services = services
        self._log = log
        self._dispatch = dispatch

    def routes(self) -> list[Route]:
        """Every path."""
        table = (
            ("GET", "/deliveries", self.deliveries),
            ("POST", "/deliveries/{}/resend", self.resend_callback),
            ("GET", "/deliveries/{}/copies", self.copy_callback),
            ("GET", "/requests", self.requests),
            ("POST", "/requests/{}/resend", self.resend_request),
            ("GET", "/requests/{}/copies", self.copy_request),
            ("GET", "/triggers", self.triggers),
            ("POST", "/triggers", self.trigger),
        )
        return [
            found
            for method, path, handler in table
            for found in route(method, f"/_sandbox{path}", Access.OPEN, handler)
        ]

    # --- callbacks --------------------------------------------------------------------------

    def deliveries(self, _: RoutedRequest) -> Response:
        """Callbacks that were tried, oldest first."""
        shown = [serializers.delivery(item) for item in self._services.deliveries]
        return plain({"deliveries": shown})

    def resend_callback(self, routed: RoutedRequest) -> Response | Deferred[Any]:
        """Send a callback again, signed anew, as it was or changed; the sandbox ignores the answer."""
        found = self._delivery(routed).callback
        body = RequestBody(routed, "body", "url", "signing")
        return self._send(
            attrs.evolve(
                found,
                **self._changes(body, found.url),
                body=_event(body) or found.body,
                origin=Origin.RESEND,
            )
        )

    def triggers(self, _: RoutedRequest) -> Response:
        """Events to send, one of each kind, and where they go."""
        samples = sample_events(self._services.state, self._own_number())
        shown = [
            {"event": name, "url": self._target(name), "body": body}
            for name, body in samples.items()
        ]
        return plain({"triggers": shown})

    def trigger(self, routed: RoutedRequest) -> Response | Deferred[Any]:
        """Send an event of your choice; the sandbox ignores the answer."""
        body = RequestBody(routed, "event", "body", "url", "signing")
        samples = sample_events(self._services.state, self._own_number())
        given = body.need("event", read_str)
        name = next((known for known in samples if known.casefold() == given.casefold()), given)
        event = _event(body) or samples.get(name)
        if event is None:
            raise Refusal(40001, f"Parameter event has to be one of {', '.join(samples)}.")
        callback = OutgoingCallback(
            id="",
            event=name,
            url="",
            body=event,
            stream="",
            subject=_subject(event),
            origin=Origin.TRIGGER,
            scheme=Scheme.PLAN if name in PLAN else Scheme.APPLICATION,
        )
        return self._send(attrs.evolve(callback, **self._changes(body, self._target(name) or "")))

    def _changes(self, body: RequestBody, url: str) -> dict[str, Any]:
        """What is new about every callback that is sent on request, in a stream of its own."""
        given = body.get("url", read_str)
        if not (given or url):
            raise Refusal(40001, "The app has no callback URL for this event: name one as url.")
        try:
            url = check_url(given or url, "Parameter url")
        except ValueError as problem:
            raise Refusal(40001, f"{problem}.") from None
        new_id = self._services.state.ids.guid()
        return {
            "id": new_id,
            "url": url,
            "stream": f"sent on request {new_id}",
            "signing": Signing(body.choice("signing", *_SIGNINGS) or Signing.RIGHT.value),
            "awaited": True,
            "attempt": 1,
            "done": None,
        }

    def _send(self, callback: OutgoingCallback) -> Deferred[Outcome]:
        def then(_: Outcome | None) -> Response:
            sent = self._services.deliveries.find(callback.id)
            if sent is None:
                raise Refusal(50000, "The callback was not sent.")
            return plain(serializers.delivery(sent))

        return Deferred(wait=lambda runner: runner.ask(callback), then=then)

    def copy_callback(self, routed: RoutedRequest) -> Response:
        """A curl line, whose signature is good for a few minutes, and a test."""
        found = self._delivery(routed)
        path = Request.of("POST", found.callback.url, ()).path
        body = encode(found.callback.body)
        state = self._services.state
        now = state.scheduler.real_now()
        headers = state.keys.headers(found.callback, path, body, now, Signing.RIGHT)
        curl = copies.callback_curl(found, headers)
        return plain({"curl": curl, "pytest": copies.callback_test(found)})

    def _delivery(self, routed: RoutedRequest) -> CallbackDelivery:
        found = self._services.deliveries.find(routed.args[0])
        if found is None:
            raise Refusal(40400, "There is no such callback, or it is forgotten.")
        return found

    def _target(self, event: str) -> str | None:
        targets = self._services.callback_targets()
        if event in VOICE:
            return targets.voice.primary
        if event in PLAN:
            return targets.messages
        return targets.sms if event == "incomingSms" else targets.verification

    def _own_number(self) -> str:
        return next(iter(self._services.applications.owned), "+46700000001")

    # --- requests ---------------------------------------------------------------------------

    def requests(self, _: RoutedRequest) -> Response:
        """What clients sent and got."""
        return plain({"requests": [serializers.request(entry) for entry in self._log]})

    def resend_request(self, routed: RoutedRequest) -> Response | Deferred[Any]:
        """Carry out a request again, signed anew, as it was or changed; faults do not strike it."""
        found = self._request(routed)
        body = RequestBody(routed, "method", "path", "body")
        method = (body.get("method", read_str) or found.method).upper()
        path = body.get("path", read_str) or found.path
        text = found.body if not body.has("body") else body.get("body", read_str) or ""
        if not body.has("body"):
            _check_whole(found)
        if not path.startswith("/") or path.startswith(("//", "/_sandbox", "/page/")):
            raise Refusal(40001, "Parameter path has to be that of a REST request.")
        answer = self._dispatch(self._signed(method, path, text.encode(), routed.request.host))
        if isinstance(answer, Response):
            return _answered(answer)
        later = answer.then
        return Deferred(wait=answer.wait, then=lambda outcome: _answered(later(outcome)))

    def _signed(self, method: str, path: str, content: bytes, host: str) -> Request:
        state = self._services.state
        kind = _JSON if content else ""
        if path.startswith(PREFIX):
            signed = bearer(state.plan.api_token or "")(method, path, kind, content)
        else:
            auth = SignedAuth(state.credentials, clock=state.scheduler.real_now)
            signed = auth(method, path.partition("?")[0], kind, content)
        headers = {"host": host, **({"content-type": kind} if kind else {}), **signed}
        return Request.of(method, path, headers.items(), content)

    def copy_request(self, routed: RoutedRequest) -> Response:
        """A curl line and a test; both take key and secret from the environment."""
        found, base = self._request(routed), routed.base_url
        _check_whole(found)
        return plain(
            {"curl": copies.request_curl(found, base), "pytest": copies.request_test(found, base)}
        )

    def _request(self, routed: RoutedRequest) -> LoggedRequest:
        found = self._log.find(routed.args[0])
        if found is None:
            raise Refusal(40400, "There is no such request, or it is forgotten.")
        return found


def _event(body: RequestBody) -> Mapping[str, Any] | None:
    given = body.get("body", read_object)
    # numbers as JSON has them everywhere else in the log, not as exact decimals
    return None if given is None else json.loads(dumps(dict(given)))


def _check_whole(entry: LoggedRequest) -> None:
    if len(entry.body) > LONGEST_BODY:
        raise Refusal(40001, "The log has only the beginning of that body: send it with a body.")


def _answered(answer: Response) -> Response:
    return plain({"status": answer.status, "answer": answer.body.decode("utf-8", "replace")})


def _subject(event: Mapping[str, Any]) -> tuple[str, str]:
    """What an event is about, as far as it says so."""
    named = (("callId", "callid"), ("batchId", "batch_id"), ("verificationId", "id"))
    for name, key in named if event.get("type") not in INBOUND else ():
        if isinstance(event.get(key), str):
            return name, event[key]
    return "messageId", ""
