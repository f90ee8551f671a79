"""Callbacks and a client in Django (the extra ``django``).

.. code-block:: python

    router = callback_router(svaml=Svaml())  # verifies by settings.SINCH
    urlpatterns = [path("sinch/callbacks", callback_view(router))]
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from asgiref.sync import async_to_sync, sync_to_async
from django.core.exceptions import RequestDataTooBig
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException

from sinch.callbacks import CallbackAnswer, CallbackRouter, Delivery
from sinch.errors import ConfigurationError
from sinch.web import django_signals, http
from sinch.web.django_app import SinchConfig
from sinch.web.django_messages_settings import (
    get_messages_verifier,
    main_verifier,
    messages_verifier,
)
from sinch.web.django_settings import client_options, get_client, get_verifier
from sinch.web.django_signals import (
    ace_received,
    batch_report_received,
    callback_received,
    dice_received,
    ice_received,
    inbound_received,
    incoming_sms_received,
    notify_received,
    pie_received,
    recipient_report_received,
    verification_ended,
    verification_requested,
    verification_sms_delivered,
)

if TYPE_CHECKING:
    from sinch.callbacks import CallbackEvent, MessagesVerifier

__all__ = [
    "SinchConfig",
    "callback_router",
    "callback_view",
    "async_callback_view",
    "client_options",
    "get_client",
    "get_verifier",
    "get_messages_verifier",
    # signals
    "callback_received",
    "ice_received",
    "ace_received",
    "pie_received",
    "dice_received",
    "notify_received",
    "verification_requested",
    "verification_ended",
    "verification_sms_delivered",
    "incoming_sms_received",
    "batch_report_received",
    "recipient_report_received",
    "inbound_received",
]

View: TypeAlias = Callable[[HttpRequest], HttpResponse]
AsyncView: TypeAlias = Callable[[HttpRequest], Coroutine[Any, Any, HttpResponse]]
V = TypeVar("V", View, AsyncView)

_SERVER_ERROR: Final = 500


def callback_router(
    *,
    messages: MessagesVerifier | None = None,
    svaml: object = None,
    on_error: Callable[[Exception, CallbackEvent], object] | None = None,
) -> CallbackRouter:
    """Make a router that verifies by the setting ``SINCH``; the arguments are the router's.

    It may be made at module level: the setting is read when the first callback comes. Callbacks of
    the SMS REST API are verified by ``SINCH["MESSAGES"]``, unless ``messages`` is given.
    """
    return CallbackRouter(
        main_verifier, messages=messages or messages_verifier, svaml=svaml, on_error=on_error
    )


def callback_view(router: CallbackRouter) -> View | AsyncView:
    """Make a view for ``urls.py``: ``path("sinch/callbacks", callback_view(router))``.

    An ``async`` view when the router has ``async`` handlers by now, else a plain one, which serves
    under WSGI and ASGI and takes ``async`` handlers too. Exempt from CSRF checks and from
    ``LoginRequiredMiddleware``: the signature is what proves who calls. Under ``ATOMIC_REQUESTS``
    an answer of 500 rolls back what the handler wrote.
    """
    http.check_router(router)
    if router.has_async_handlers:
        return async_callback_view(router)

    def sinch_callback(request: HttpRequest) -> HttpResponse:
        answer = _early(request, router)
        if answer is None:
            on_event = _signals(request)
            delivery = _delivery(request, router.max_body)
            if router.has_async_handlers:  # registered after the view was made
                answer = async_to_sync(router.dispatch_async)(
                    delivery, on_event=on_event, run_sync=_in_thread, shield=http.unbroken
                )
            else:
                answer = router.dispatch(delivery, on_event=on_event)
        if answer.status == _SERVER_ERROR:
            _roll_back()
        return _response(answer, request)

    return _exempt(sinch_callback)


def async_callback_view(router: CallbackRouter) -> AsyncView:
    """Make an ``async`` view, whatever the handlers are.

    Plain handlers, signals and caches run in the thread that Django keeps for blocking code.
    """
    http.check_router(router)

    async def sinch_callback(request: HttpRequest) -> HttpResponse:
        answer = _early(request, router)
        if answer is None:
            answer = await router.dispatch_async(
                _delivery(request, router.max_body),
                on_event=_signals(request),
                run_sync=_in_thread,
                shield=http.unbroken,
                gone=http.cancelled,
            )
        return _response(answer, request)

    return _exempt(sinch_callback)


def _exempt(view: V) -> V:
    # what the decorators csrf_exempt and login_not_required set (the latter came with Django 5.1)
    vars(view).update(csrf_exempt=True, login_required=False)
    return view


def _in_thread(function: Callable[[], object]) -> Awaitable[object]:
    return sync_to_async(function, thread_sensitive=True)()


def _signals(request: HttpRequest) -> Callable[[CallbackEvent], object] | None:
    if not django_signals.has_receivers():
        return None
    return lambda event: django_signals.send(event, request)


def _roll_back() -> None:
    # the router answers errors instead of raising them, so Django would commit
    for connection in connections.all(initialized_only=True):
        if connection.settings_dict["ATOMIC_REQUESTS"] and connection.in_atomic_block:
            connection.set_rollback(True)


def _early(request: HttpRequest, router: CallbackRouter) -> CallbackAnswer | None:
    meta = request.META
    if hasattr(request, "scope"):  # Django puts chunks together itself, like daphne and uvicorn
        return http.answer_early(request.method or "", meta.get("CONTENT_LENGTH"), router.max_body)
    return http.wsgi_refusal(meta, router.max_body)


def _delivery(request: HttpRequest, max_body: int) -> Delivery:
    """Start from the server's own data: path and content_type of the request are tidied up."""
    meta = request.META
    scope = getattr(request, "scope", None)
    raw = http.wsgi_raw_path(meta) if scope is None else scope.get("raw_path")
    # SCRIPT_NAME here is root_path, or FORCE_SCRIPT_NAME, and decoded already
    path = http.public_path(raw, meta.get("SCRIPT_NAME") or "", request.path_info)
    headers = http.wsgi_headers(meta) if scope is None else scope["headers"]
    query = http.wsgi_query(meta) if scope is None else scope.get("query_string") or b""
    return Delivery(request.method or "", path, headers, _body(request, max_body), query=query)


def _body(request: HttpRequest, max_body: int) -> bytes:
    meta = request.META
    if not hasattr(request, "scope") and http.is_chunked(meta):
        # Django takes a body without length for none, whether or not the server delivers it
        return http.read_body(meta["wsgi.input"].read, max_body)
    try:
        if meta.get("CONTENT_LENGTH") or hasattr(request, "_body"):
            return request.body  # the length was checked; this way others can have it too
    except RequestDataTooBig:  # DATA_UPLOAD_MAX_MEMORY_SIZE is lower than our limit
        return bytes(max_body + 1)
    except RawPostDataException as error:
        raise ConfigurationError(
            "the body of the request was read before the callback could be verified: some "
            "middleware, or a decorator around the view, consumed it"
        ) from error
    return http.read_body(request.read, max_body)


def _response(answer: CallbackAnswer, request: HttpRequest) -> HttpResponse:
    answer = http.finish(answer, request.method or "")
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
