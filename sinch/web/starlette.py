"""Callbacks in Starlette and FastAPI (the extra ``starlette``).

.. code-block:: python

    app = Starlette(routes=[callback_route("/sinch", router)])
    app = FastAPI(routes=[callback_route("/sinch", router)])
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from anyio import CancelScope
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sinch.callbacks import CallbackAnswer, CallbackRejected, CallbackRouter, CallbackVerifier
from sinch.callbacks.callback_log import CallbackLog
from sinch.errors import ConfigurationError
from sinch.reply import Reply
from sinch.web import http

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from sinch.callbacks import CallbackEvent, Verified

T = TypeVar("T")
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


def callback_endpoint(router: CallbackRouter) -> Endpoint:
    """Make an endpoint for ``app.add_route(path, endpoint, methods=["POST"])``.

    Takes plain and ``async`` handlers; plain ones, and blocking seen-before stores, run in
    Starlette's thread pool.
    """
    http.check_router(router)

    async def sinch_callback(request: Request) -> Response:
        return _response(await _answer(router, request), request.method)

    return sinch_callback


def callback_route(path: str, router: CallbackRouter, *, name: str = "sinch") -> Route:
    """Make a route that answers callbacks at ``path``, and every method but POST properly.

    Goes wherever Starlette takes routes: ``Starlette(routes=[...])``, ``FastAPI(routes=[...])``,
    ``app.router.routes.append(...)``, ``Mount``. FastAPI leaves it out of the OpenAPI document.
    """
    return Route(path, _AnyMethod(callback_endpoint(router)), name=name, include_in_schema=False)


def verified_event(
    verifier: CallbackVerifier,
) -> Callable[[Request], AsyncIterator[CallbackEvent]]:
    """Make a FastAPI dependency that gives the verified, typed event: ``Depends(...)`` takes it.

    Raises ``HTTPException`` with status 401, 400 or 413 otherwise; why is in the log
    ``sinch.callbacks``. The endpoint answers by itself: with :func:`reply_response`, or with
    ``{}`` where Sinch expects nothing. When the endpoint raises or is cancelled, a seen-before
    store forgets the callback, so that Sinch's next attempt is no replay; a status of 500 that is
    returned does not do that.
    """
    log = CallbackLog()

    async def event_of(request: Request) -> AsyncIterator[CallbackEvent]:
        early = _early(request, verifier.max_body)
        if early is not None:
            raise _refused(early)
        delivery = http.asgi_delivery(request.scope, await _body(request, verifier.max_body))
        try:
            verified = await verifier.verify_async(
                delivery, run_sync=run_in_threadpool, shield=_unbroken
            )
        except CallbackRejected as rejected:
            log.rejected(rejected, delivery, verifier)
            raise HTTPException(rejected.status) from None
        try:
            yield _event(verified, log, verifier)
        except GeneratorExit:  # nothing can be awaited any more
            raise
        except BaseException:
            await verifier.release_async(verified, run_sync=run_in_threadpool, shield=_unbroken)
            raise

    return event_of


def _event(verified: Verified, log: CallbackLog, verifier: CallbackVerifier) -> CallbackEvent:
    try:
        return verified.event()
    except CallbackRejected as rejected:
        log.rejected(rejected, verified.delivery, verifier)
        raise HTTPException(rejected.status) from None


def reply_response(reply: Reply) -> Response:
    """Make a response of a reply or a builder, for endpoints that use :func:`verified_event`."""
    made = reply.build()
    return Response(made.body, media_type=made.content_type)


class _AnyMethod:
    """Lets every method through: Starlette restricts functions to GET unless told otherwise."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._endpoint(Request(scope, receive))
        await response(scope, receive, send)


async def _answer(router: CallbackRouter, request: Request) -> CallbackAnswer:
    early = _early(request, router.max_body)
    if early is not None:
        return early
    delivery = http.asgi_delivery(request.scope, await _body(request, router.max_body))

    async def gone() -> bool:
        return await request.is_disconnected()

    return await router.dispatch_async(
        delivery, run_sync=run_in_threadpool, shield=_unbroken, gone=gone
    )


async def _unbroken(work: Awaitable[T]) -> T:
    # anyio's cancellation comes again and again until its scope is left
    with CancelScope(shield=True):
        return await http.unbroken(work)
    raise AssertionError("a shield swallows nothing")  # for type checkers, which cannot know


def _early(request: Request, max_body: int) -> CallbackAnswer | None:
    length = http.asgi_header(request.scope, b"content-length")
    return http.answer_early(request.method, length, max_body)


async def _body(request: Request, max_body: int) -> bytes:
    try:
        return await http.read_stream(request.stream(), max_body)
    except ClientDisconnect:
        raise HTTPException(400) from None  # nobody is there to read it
    except RuntimeError as error:
        raise ConfigurationError(
            "the body of the request was read before the callback could be verified: something "
            f"in front of it consumed the stream ({error})"
        ) from error


def _response(answer: CallbackAnswer, method: str) -> Response:
    answer = http.finish(answer, method)
    return Response(answer.body, answer.status, dict(answer.headers))


def _refused(answer: CallbackAnswer) -> HTTPException:
    headers = {name: value for name, value in answer.headers.items() if name == "Allow"}
    return HTTPException(answer.status, headers=headers or None)
