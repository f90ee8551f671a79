"""Sees why an application failed: what its router, its framework and its own frames let through."""

from __future__ import annotations

import contextvars
import sys
import sysconfig
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import attrs

import sinch_api
from sinch.callbacks import witness
from sinch.callbacks.messages_verifier import SIGNATURE
from sinch.testing import django_project

if TYPE_CHECKING:
    from sinch.callbacks.router import CallbackRouter
    from sinch.errors import CallbackRejected
    from sinch.testing.signing import SignedRequest

__tracebackhide__ = True
_NOT_USERS: Final[tuple[str, ...]] = (
    str(Path(__file__).resolve().parents[1]),
    str(Path(sinch_api.__file__).resolve().parent),
    *(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")),
)
#: By signature: deliveries that are on their way through a server in this process.
_ON_THE_WAY: Final[dict[str, DeliveryWitness]] = {}
_connected: set[str] = set()


@attrs.define(eq=False)
class DeliveryWitness:
    """What became of one delivery inside of the application, as far as it runs in this process."""

    router: CallbackRouter | None = None
    rejection: CallbackRejected | None = None
    errors: list[tuple[str, BaseException]] = attrs.field(factory=list)
    unhandled_event: str | None = None
    idle_handler: str | None = None
    run_sync: Callable[[Callable[[], object]], Awaitable[object]] | None = None
    context: contextvars.Context | None = None

    # --- told by the router -----------------------------------------------------------------

    def saw(self, router: CallbackRouter) -> None:
        """Hear which router answers."""
        self.router = router

    def rejected(self, rejected: CallbackRejected) -> None:
        """The delivery was refused."""
        self.rejection = rejected

    def failed(self, what: str, error: BaseException) -> None:
        """A handler, a hook, a view or the application raised."""
        if all(known is not error for _, known in self.errors):
            self.errors.append((what, error))

    def unhandled(self, event: str) -> None:
        """No handler takes this event."""
        self.unhandled_event = event

    def returned_nothing(self, handler: str) -> None:
        """A handler returned None."""
        self.idle_handler = handler

    # --- asked by the phone -----------------------------------------------------------------

    @property
    def cause(self) -> BaseException | None:
        """The first exception, from the user's code on."""
        if not self.errors:
            return None
        error = self.errors[0][1]
        return error.with_traceback(from_user(error.__traceback__))

    @contextmanager
    def watching(self, request: SignedRequest) -> Generator[None]:
        """Watch while a request is delivered."""
        _connect_frameworks()
        if django_project.is_here():
            self.run_sync = django_project.in_thread
        key = signature_of(request.headers)
        done = witness.testify(self)
        self.context = contextvars.copy_context()
        _ON_THE_WAY[key] = self
        try:
            yield
        finally:
            _ON_THE_WAY.pop(key, None)
            done()


def signature_of(headers: Mapping[str, str]) -> str:
    """What tells a delivery from all others."""
    return headers.get("Authorization") or headers.get(SIGNATURE, "")


def on_the_way(headers: Mapping[str, str]) -> DeliveryWitness | None:
    """The witness of a delivery that came over a socket, by its signature."""
    return _ON_THE_WAY.get(signature_of(headers))


def is_users(path: str) -> bool:
    """Whether code is the user's: not ours, not of a library."""
    return not path.startswith(_NOT_USERS)


def from_user(traceback: TracebackType | None) -> TracebackType | None:
    """Leave out what comes before the user's code: us, frameworks, threads and event loops."""
    found = traceback
    while found is not None and not is_users(found.tb_frame.f_code.co_filename):
        found = found.tb_next
    return found or traceback


def _connect_frameworks() -> None:
    """Listen to frameworks that tell of exceptions they answer with 500; those imported so far."""
    if "django.core.signals" in sys.modules and "django" not in _connected:
        _connected.add("django")
        signals: Any = sys.modules["django.core.signals"]
        signals.got_request_exception.connect(_django_failed, dispatch_uid="sinch.testing")
    if "flask.signals" in sys.modules and "flask" not in _connected:
        _connected.add("flask")
        signals = sys.modules["flask.signals"]
        signals.got_request_exception.connect(_flask_failed)


def _django_failed(**_: object) -> None:
    _tell(sys.exc_info()[1])


def _flask_failed(_: object, *, exception: BaseException, **__: object) -> None:
    _tell(exception)


def _tell(error: BaseException | None) -> None:
    present = witness.present()
    if present is not None and error is not None:
        present.failed("the app", error)
