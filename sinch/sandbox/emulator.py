"""The whole sandbox without a socket: a request goes in, an answer comes out."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from sinch.core.redaction import mask_path
from sinch_api.codec import dumps

from .authentication import authenticate
from .exchange import Answer, Exchange, Request, Scheme
from .operations import Operations
from .readback import Readback
from .refusals import Refusal
from .request_log import RequestLog
from .routing import Access, Router
from .services import Services
from .state import State

_log = logging.getLogger("sinch.sandbox")
_OWN = "/_sandbox"


class Emulator:
    """Answers requests as Sinch would, and those below ``/_sandbox`` for tests and demos.

    ``hosts`` are names a client may reach it under besides loopback ones. A browser that was
    tricked into talking to it (DNS rebinding, or a form on a web page) is refused.
    """

    def __init__(self, state: State, *, hosts: Iterable[str] = ()) -> None:
        self.state = state
        self.services = Services(state)
        self.log = RequestLog(state)
        self.readback = Readback(self.services, self.log)
        self._hosts = {host.lower() for host in hosts}
        self._router = Router([*Operations(self.services).routes(), *self.readback.routes()])

    def answer(self, request: Request) -> Answer:
        """Answer any request whatsoever; never raises."""
        with self.state.lock:
            try:
                self.state.timeline.run()
                answer = self._answer(request)
            except Refusal as refusal:
                answer = self._refused(refusal)
            except Exception:  # noqa: BLE001  a bug of ours must not cost the client its answer
                _log.exception("%s %s failed", request.method[:16], mask_path(request.path)[:200])
                answer = self._refused(Refusal(50000))
            if not request.path.startswith(_OWN):
                self.log.add(request, answer)
        _log.debug("%s %s -> %d", request.method[:16], mask_path(request.path)[:200], answer.status)
        return answer

    def unreadable(self, status: int) -> Answer:
        """The answer where the server could not make a request of what it got."""
        if status >= 500:
            return self._refused(Refusal(50000))
        return self._refused(Refusal(40001, "The request is not valid HTTP."))

    def _answer(self, request: Request) -> Answer:
        self._check_host(request)
        route, args = self._router.find(request)
        if request.body_too_large:
            most = self.state.settings.max_body
            raise Refusal(41300, f"The request body is larger than {most} bytes.")
        if route.access in {Access.OPEN, Access.LINK}:
            if route.access is Access.OPEN:
                self._check_origin(request)
            return route.handler(Exchange(request=request, args=args))
        scheme = self._authenticate(request, route.access)
        return route.handler(Exchange(request=request, args=args, scheme=scheme))

    def _authenticate(self, request: Request, access: Access) -> Scheme:
        scheme = authenticate(
            request,
            self.state.credentials,
            now=self.state.timeline.real_now(),
            window=self.state.settings.timestamp_window,
        )
        if scheme is not Scheme.PUBLIC:
            return scheme
        if access is Access.SIGNED:
            raise Refusal(40301, "Public authorization is not allowed here; sign the request.")
        if access is Access.VERIFICATION or not self.state.settings.public_verification:
            raise Refusal(40303, "The application asks for more than public authorization here.")
        return scheme

    def _check_host(self, request: Request) -> None:
        if not self._is_known_host(request.host):
            raise Refusal(40300, "This sandbox does not answer under that host name.")

    def _is_known_host(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if name == "localhost" or name.endswith(".localhost") or name in self._hosts:
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        # an address cannot be rebound; others than loopback only matter when bound to all of them
        return address.is_loopback or bool(self._hosts & {"0.0.0.0", "::"})  # noqa: S104

    def _check_origin(self, request: Request) -> None:
        """A page of another site must not reach the read-back API from a browser."""
        origin = request.headers.get("origin", "")
        site = request.headers.get("sec-fetch-site", "")
        same = not origin or origin.lower() == f"http://{request.host}".lower()
        if not same or site.lower() in {"cross-site", "same-site"}:
            raise Refusal(40300, "This sandbox does not answer pages of other sites.")

    def _refused(self, refusal: Refusal) -> Answer:
        body = refusal.body(self.state.ids.guid())
        return Answer(status=refusal.status, body=dumps(body.to_wire()), headers=refusal.headers)
