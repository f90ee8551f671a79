"""The whole sandbox without a socket: a request goes in, an answer comes out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from math import ceil
from typing import Any, TypeVar
from urllib.parse import urlsplit

import attrs

from sinch.redaction import mask_path
from sinch.sandbox.control.faults_and_callbacks import FaultsAndCallbacksApi
from sinch.sandbox.control.inspection import InspectionApi
from sinch.sandbox.control.phone import PhoneApi
from sinch.sandbox.control.plan import PlanControl
from sinch.sandbox.control.traffic import TrafficApi
from sinch.sandbox.delivery.faults import Disturbance, Fault, FaultKind
from sinch.sandbox.page import serving as page
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.plan.refusals import PREFIX as PLAN
from sinch.sandbox.platform.plan.refusals import of_plan
from sinch.sandbox.platform.services import Services
from sinch.sandbox.platform.state import State
from sinch.sandbox.rest.authentication import authenticate
from sinch.sandbox.rest.bearer import check_token
from sinch.sandbox.rest.deferred import Deferred, Runner
from sinch.sandbox.rest.http import Request, Response, RoutedRequest, Scheme
from sinch.sandbox.rest.plan_api import PlanApi
from sinch.sandbox.rest.request_log import RequestLog
from sinch.sandbox.rest.rest_api import RestApi
from sinch.sandbox.rest.routing import Access, Router
from sinch.urls import is_address, is_loopback
from sinch_api.codec import dumps

T = TypeVar("T")
_log = logging.getLogger("sinch.sandbox")
_OWN = "/_sandbox"
_UNDISTURBED = Disturbance()
#: What a proxy in front of Sinch says when it cannot reach it: no JSON.
_PAGE = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    b"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class Emulator:
    """Answers requests as Sinch would, and those below ``/_sandbox`` for tests and demos.

    ``hosts`` are names a client may reach it under besides loopback ones. A browser that was
    tricked into talking to it (DNS rebinding, or a form on a web page) is refused.
    """

    def __init__(self, state: State, *, hosts: Iterable[str] = ()) -> None:
        self.state = state
        self.services = Services(state)
        self.log = RequestLog(state)
        self.inspection = InspectionApi(self.services, self.log)
        self._hosts = {host.lower() for host in hosts}
        self._router = Router(
            [
                *RestApi(self.services).routes(),
                *PlanApi(self.services).routes(),
                *self.inspection.routes(),
                *PhoneApi(self.services).routes(),
                *FaultsAndCallbacksApi(self.services).routes(),
                *PlanControl(self.services).routes(),
                *TrafficApi(self.services, self.log, self._perform).routes(),
                *page.routes(),
            ]
        )

    def answer(self, request: Request) -> Response:
        """Answer any request whatsoever; never raises.

        Callbacks are not sent: that takes a runner, see :meth:`answer_with`.
        """
        answer = self._begin(request)
        return self._complete(request, answer, None) if isinstance(answer, Deferred) else answer

    async def answer_with(self, runner: Runner, request: Request) -> Response:
        """The same, waiting for callbacks that decide the answer.

        .. code-block:: python

            request = Request.of(method, target, headers.items(), body)
            answer = await emulator.answer_with(runner, request)
        """
        answer = self._begin(request)
        runner.wake()
        if isinstance(answer, Deferred):
            try:
                outcome = await answer.wait(runner)
            except Exception as problem:  # noqa: BLE001  the client is to get an answer
                answer = Deferred(wait=answer.wait, then=_raising(problem))
                outcome = None
            answer = self._complete(request, answer, outcome)
            runner.wake()
        return answer

    def _perform(self, request: Request) -> Response | Deferred[Any]:
        """The same, for one that the sandbox itself carries out again."""
        answer = self._begin(request)
        if not isinstance(answer, Deferred):
            return answer
        later = answer
        return Deferred(
            wait=later.wait, then=lambda outcome: self._complete(request, later, outcome)
        )

    def disturbance(self, request: Request) -> Disturbance:
        """What faults make of a request; each that strikes counts as used."""
        if not self.state.faults or _is_own(request.path):
            return _UNDISTURBED
        with self.state.lock:
            found = self.state.faults.for_request(request.path)
            if found:
                self.state.events.publish("faults", self.state.faults)
        return Disturbance.of(found)

    def failing(self, request: Request, fault: Fault) -> Response:
        """The answer that a fault puts in the place of the right one; it is noted like any."""
        with self.state.lock:
            if fault.kind is FaultKind.RATE_LIMIT:
                answer = self._refused(Refusal(42900), request)
                after = str(max(0, ceil(fault.retry_after)))
                answer = attrs.evolve(answer, headers={**answer.headers, "Retry-After": after})
            elif fault.kind is FaultKind.BAD_GATEWAY:
                answer = Response(status=502, body=_PAGE, headers={"Content-Type": "text/html"})
            else:
                answer = self._refused(Refusal(50000), request)
            self.log.add(request, answer)
        return answer

    def _begin(self, request: Request) -> Response | Deferred[Any]:
        with self.state.lock:
            return self._guarded(request, lambda: self._answer(request))

    def _complete(self, request: Request, later: Deferred[T], outcome: T | None) -> Response:
        with self.state.lock:
            answer = self._guarded(request, lambda: later.then(outcome))
        if isinstance(answer, Deferred):
            raise TypeError("an answer can be put off once")
        return answer

    def _guarded(
        self, request: Request, make: Callable[[], Response | Deferred[Any]]
    ) -> Response | Deferred[Any]:
        """Make an answer of whatever happens, and note it unless it follows later."""
        answer: Response | Deferred[Any]
        try:
            self._catch_up()
            self.services.refresh()
            answer = make()
            self.services.refresh()
        except Refusal as refusal:
            answer = self._refused(refusal, request)
        except Exception:  # noqa: BLE001  a bug of ours must not cost the client its answer
            _log.exception("%s %s failed", request.method[:16], mask_path(request.path)[:200])
            answer = self._refused(Refusal(50000), request)
        if isinstance(answer, Deferred):
            return answer
        if not _is_own(request.path):
            self.log.add(request, answer)
        _log.debug("%s %s -> %d", request.method[:16], mask_path(request.path)[:200], answer.status)
        return answer

    def lives_at(self, url: str) -> None:
        """Where it can be reached, for links in events."""
        with self.state.lock:
            self.state.base_url = url
            engine = self.services.engine
            engine.settings = attrs.evolve(engine.settings, resource_base=url)

    def reset(self) -> None:
        """Forget everything that happened, the request log included; hold the lock."""
        self.services.reset()
        self.log.clear()

    def unreadable(self, status: int) -> Response:
        """The answer where the server could not make a request of what it got."""
        if status >= 500:
            return self._refused(Refusal(50000))
        return self._refused(Refusal(40001, "The request is not valid HTTP."))

    def _catch_up(self) -> None:
        """Let happen what is due; a bug in one timer must not cost others their turn."""
        while True:
            try:
                self.state.scheduler.run()
            except Exception:  # noqa: BLE001  it is not this client's fault
                _log.exception("what was due failed")
            else:
                return

    def _answer(self, request: Request) -> Response | Deferred[Any]:
        self._check_host(request)
        route, args = self._router.find(request)
        if request.body_too_large:
            most = self.state.settings.max_body
            raise Refusal(41300, f"The request body is larger than {most} bytes.")
        if route.access in {Access.OPEN, Access.LINK}:
            if route.access is Access.OPEN:
                self._check_origin(request)
            return route.handler(RoutedRequest(request=request, args=args))
        if route.access is Access.PLAN:
            check_token(request, args[0], self.state.plan)
            scheme = Scheme.BEARER
        else:
            scheme = self._authenticate(request, route.access)
        return route.handler(RoutedRequest(request=request, args=args, scheme=scheme))

    def _authenticate(self, request: Request, access: Access) -> Scheme:
        scheme = authenticate(
            request,
            self.state.credentials,
            now=self.state.scheduler.real_now(),
            window=self.state.settings.timestamp_window,
        )
        if scheme is not Scheme.PUBLIC:
            return scheme
        if access is Access.SIGNED:
            raise Refusal(40301, "Public authorization is not allowed here; sign the request.")
        if access is Access.VERIFICATION or not self.state.settings.public_verification:
            raise Refusal(40303, "The application asks for more than public authorization here.")
        return scheme

    def check_browser(self, request: Request) -> None:
        """Refuse pages of other sites and other host names; raises :class:`.Refusal` 40300."""
        self._check_host(request)
        self._check_origin(request)

    def refused(self, refusal: Refusal) -> Response:
        """The answer that a refusal is."""
        return self._refused(refusal)

    def _check_host(self, request: Request) -> None:
        if not self._is_known_host(request.host):
            raise Refusal(40300, "This sandbox does not answer under that host name.")

    def _is_known_host(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if is_loopback(name) or name in self._hosts:
            return True
        # an address cannot be rebound; others than loopback only matter when bound to all of them
        return is_address(name) and bool(self._hosts & {"0.0.0.0", "::"})  # noqa: S104

    def _check_origin(self, request: Request) -> None:
        """A page of another site must not reach ``/_sandbox`` from a browser."""
        origin = request.headers.get("origin", "")
        site = request.headers.get("sec-fetch-site", "")
        same = not origin or origin.lower() == f"http://{request.host}".lower()
        if not same or site.lower() in {"cross-site", "same-site"}:
            raise Refusal(40300, "This sandbox does not answer pages of other sites.")

    def _refused(self, refusal: Refusal, request: Request | None = None) -> Response:
        if request is not None and request.path.startswith(PLAN):
            refusal = of_plan(refusal)
        body = refusal.body(self.state.ids.guid())
        raw = b"" if body is None else dumps(body.to_wire())
        return Response(status=refusal.status, body=raw, headers=refusal.headers)


def _is_own(path: str) -> bool:
    return path.startswith((_OWN, "/page/")) or path == "/"


def _raising(problem: Exception) -> Callable[[Any], Response]:
    def then(_: Any) -> Response:
        raise problem

    return then
