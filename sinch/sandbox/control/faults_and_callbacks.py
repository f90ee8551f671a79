"""Faults, callback URLs and the inbox, below ``/_sandbox``."""

from __future__ import annotations

from typing import Any

from sinch.sandbox.delivery.faults import Fault, FaultKind
from sinch.sandbox.delivery.targets import check_url
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.inbox import stream
from sinch.sandbox.platform.records import ReceivedMessage
from sinch.sandbox.platform.services import APIS, Services
from sinch.sandbox.rest.deferred import Deferred
from sinch.sandbox.rest.http import Response, RoutedRequest, plain
from sinch.sandbox.rest.routing import Access, Route, route
from sinch_api.codec import read_float, read_int, read_list, read_object, read_str
from sinch_api.models.calling import CallbackUrls

from . import serializers
from .request_body import RequestBody

#: Callback URLs beside those of calls, by their names in :class:`.Targets`.
_TARGETS = ("verification", "sms", "messages")
_FAULT_FIELDS = ("kind", "match", "times", "chance", "seconds", "retryAfter")


class FaultsAndCallbacksApi:
    """Handlers for what is not about one record."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def routes(self) -> list[Route]:
        """Every path."""
        table = (
            ("GET", "/faults", self.faults),
            ("PUT", "/faults", self.replace_faults),
            ("POST", "/faults", self.add_fault),
            ("DELETE", "/faults", self.clear_faults),
            ("DELETE", "/faults/{}", self.remove_fault),
            ("GET", "/callbacks", self.callbacks),
            ("PUT", "/callbacks", self.set_callbacks),
            ("GET", "/inbox", self.inbox),
            ("POST", "/inbox", self.receive),
        )
        return [
            found
            for method, path, handler in table
            for found in route(method, f"/_sandbox{path}", Access.OPEN, handler)
        ]

    # --- faults -----------------------------------------------------------------------------

    def faults(self, _: RoutedRequest) -> Response:
        """The rules in force."""
        return plain(serializers.faults(self._services.state.faults))

    def replace_faults(self, routed: RoutedRequest) -> Response:
        """Replace all rules."""
        body = RequestBody(routed, "faults")
        listed = body.need("faults", lambda raw: read_list(raw, read_object))
        rules = [_fault(raw) for raw in listed]
        try:
            self._services.state.faults.replace(rules)
        except ValueError as problem:
            raise Refusal(40001, f"Parameter faults: {problem}.") from None
        return self._faults_changed(routed)

    def add_fault(self, routed: RoutedRequest) -> Response:
        """Add a rule."""
        rule = _fault(routed.request.json())
        try:
            self._services.state.faults.add(rule)
        except ValueError as problem:
            raise Refusal(40001, f"{problem}.") from None
        return self._faults_changed(routed)

    def clear_faults(self, routed: RoutedRequest) -> Response:
        """Remove all rules."""
        self._services.state.faults.clear()
        return self._faults_changed(routed)

    def remove_fault(self, routed: RoutedRequest) -> Response:
        """Remove one rule."""
        if not self._services.state.faults.remove(routed.args[0]):
            raise Refusal(40400, "There is no such fault.")
        return self._faults_changed(routed)

    def _faults_changed(self, routed: RoutedRequest) -> Response:
        state = self._services.state
        state.events.publish("faults", state.faults)
        return self.faults(routed)

    # --- callback URLs ----------------------------------------------------------------------

    def callbacks(self, _: RoutedRequest) -> Response:
        """Where callbacks go."""
        return plain(serializers.callback_targets(self._services.callback_targets()))

    def set_callbacks(self, routed: RoutedRequest) -> Response:
        """Say where callbacks go; what is absent stays as it is."""
        body = RequestBody(routed, "all", "voice", "verification", "sms", "messages")
        services, targets = self._services, self._services.state.targets
        urls = services.applications.callbacks
        found = {name: getattr(targets, name) for name in _TARGETS}
        if body.has("all"):
            everything = _url(body, "all")
            urls = CallbackUrls(primary=everything, fallback=urls.fallback)
            found = dict.fromkeys(_TARGETS, everything)
        voice = body.get("voice", lambda raw: RequestBody.of(raw, "primary", "fallback"))
        if voice is not None:
            urls = CallbackUrls(
                primary=_url(voice, "primary") if voice.has("primary") else urls.primary,
                fallback=_url(voice, "fallback") if voice.has("fallback") else urls.fallback,
            )
        for name, url in found.items():
            setattr(targets, name, _url(body, name) if body.has(name) else url)
        services.applications.callbacks = urls
        services.refresh()
        return self.callbacks(routed)

    # --- inbox ------------------------------------------------------------------------------

    def inbox(self, _: RoutedRequest) -> Response:
        """Messages that phones sent to the app."""
        received = self._services.inbox.received
        return plain({"messages": [serializers.shown(message) for message in received]})

    def receive(self, routed: RoutedRequest) -> Response | Deferred[bool]:
        """A phone sends a message to the app."""
        body = RequestBody(routed, "from", "to", "message", "api", "wait")
        message = self._services.receive(
            body.need("from", read_str),
            body.need("message", read_str),
            to=body.get("to", read_str),
            api=body.choice("api", *APIS),
        )
        if not body.wait:
            return _received(message)
        return Deferred(
            wait=lambda runner: runner.settled(stream(message.id)),
            then=lambda _: _received(message),
        )


def _received(message: ReceivedMessage) -> Response:
    return plain(serializers.shown(message))


def _url(body: RequestBody, name: str) -> str | None:
    url = (body.get(name, read_str) or "").strip()
    if not url:
        return None
    try:
        return check_url(url, f"Parameter {name}")
    except ValueError as problem:
        raise Refusal(40001, f"{problem}.") from None


def _fault(raw: object) -> Fault:
    body = RequestBody.of(raw, *_FAULT_FIELDS)
    kind = body.choice("kind", *(kind.value for kind in FaultKind))
    if kind is None:
        raise Refusal(40001, "Parameter kind is required.")
    given: dict[str, Any] = {
        "match": body.get("match", read_str),
        "times": body.get("times", read_int),
        "chance": body.get("chance", read_float),
        "seconds": body.get("seconds", read_float),
        "retry_after": body.get("retryAfter", read_float),
    }
    try:
        return Fault(
            kind=FaultKind(kind),
            **{name: value for name, value in given.items() if value is not None},
        )
    except ValueError as problem:
        raise Refusal(40001, f"Parameter {problem}.") from None
