"""What the adapters share: raw paths, raw headers, bounded bodies, and answers without a router.

Pure, and free of frameworks. The signature covers the path and the Content-Type as they came over
the wire, so everything here starts from the server's own WSGI environ or ASGI scope, not from the
tidied properties of a request object.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Iterator, Mapping
from http import HTTPStatus
from logging import getLogger
from typing import Any, Final, TypeVar
from urllib.parse import quote, unquote

import attrs

from sinch.callbacks import CallbackAnswer, CallbackRouter, Delivery, RejectionReason
from sinch.callbacks.events import too_large
from sinch.callbacks.responses import METHOD_NOT_ALLOWED, refusal
from sinch.errors import ConfigurationError

T = TypeVar("T")

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""What a route lets through, so that the answer to a wrong method is ours in every framework."""

OPTIONS: Final = CallbackAnswer(HTTPStatus.NO_CONTENT, b"", {"Allow": "OPTIONS, POST"})
LENGTH_REQUIRED: Final = CallbackAnswer(HTTPStatus.LENGTH_REQUIRED, b'{"error":"length required"}')
BAD_LENGTH: Final = CallbackAnswer(HTTPStatus.BAD_REQUEST, b'{"error":"malformed"}')

_PATH_SAFE: Final = "/!$&'()*+,;=:@~"
_CHUNK: Final = 64 * 1024


# --- before and after the router ------------------------------------------------------------------


def check_router(router: object) -> None:
    """Refuse anything else while the program starts, not when the first call comes in."""
    if not isinstance(router, CallbackRouter):
        raise ConfigurationError(
            f"router must be a CallbackRouter, not {type(router).__name__}", argument="router"
        )


def answer_early(method: str, length: str | None, max_body: int) -> CallbackAnswer | None:
    """Answer what needs no look at the body: wrong methods, and bodies that say they are too large.

    ``length`` is the Content-Length header. ``None`` means: read the body and ask the router.
    """
    if method == "OPTIONS":
        return OPTIONS
    if method != "POST":
        return METHOD_NOT_ALLOWED
    if not length:
        return None
    if not (length.isascii() and length.isdigit()):
        return BAD_LENGTH
    # compared by digits first: turning a huge number into an int is slow, or refused
    if len(length.lstrip("0")) > 18 or int(length) > max_body:
        return refuse_size(max_body)
    return None


def refuse_size(max_body: int) -> CallbackAnswer:
    """Refuse a body that was not read to its end, and say so in the log of the callbacks."""
    rejected = too_large(max_body)
    getLogger("sinch.callbacks").warning(
        "callback refused with %d unread, %s",
        rejected.status,
        rejected,
        extra={"sinch_reason": RejectionReason.TOO_LARGE.value},
    )
    return refusal(rejected)


def finish(answer: CallbackAnswer, method: str) -> CallbackAnswer:
    """Take the body off the answer to HEAD; not every server does."""
    return attrs.evolve(answer, body=b"") if method == "HEAD" else answer


# --- paths ----------------------------------------------------------------------------------------


def public_path(raw: str | bytes | None, mount: str, inner: str) -> str:
    """Give the path that the peer asked for, percent-encoded, without the query.

    ``raw`` is the request target as received, where the server keeps it. ``mount`` is where the
    framework says this program lives (SCRIPT_NAME, root_path), and ``inner`` the decoded path below
    it. Without ``raw`` the two are encoded again. ``raw`` has the mount in front, or a proxy has
    stripped it, and it is put back; which of them, only ``inner`` tells: below the mount "/sinch"
    "/sinch/callbacks" may be all of "/callbacks" or the rest of "/sinch/sinch/callbacks".
    """
    target = raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else raw or ""
    path = target.partition("?")[0]
    mount = mount.rstrip("/")
    if not path.startswith("/"):  # nothing, "*", or scheme and host in front
        return _quoted(mount + inner)
    whole = _unquoted(path)
    if not mount or whole == mount + inner:
        return path
    if inner.startswith("/"):
        # what is below the mount, spelled as it came; where the server itself is mounted goes
        tail = "".join("/" + segment for segment in path.split("/")[-inner.count("/") :])
        if _unquoted(tail) == inner:
            return _quoted(mount) + tail
    return path if f"{whole}/".startswith(f"{mount}/") else _quoted(mount) + path


def below(mount: str, path: str) -> str:
    """Give what is left of a decoded path that may have the mount in front."""
    mount = mount.rstrip("/")
    return path[len(mount) :] or "/" if mount and f"{path}/".startswith(f"{mount}/") else path


def _unquoted(path: str) -> str:
    return unquote(path, errors="surrogateescape")


def _quoted(path: str) -> str:
    return quote(path or "/", safe=_PATH_SAFE, errors="surrogateescape")


# --- WSGI -----------------------------------------------------------------------------------------


def wsgi_text(value: str) -> str:
    """Read text of an environ, which holds bytes disguised as Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # some middleware decoded it already
        return value


def wsgi_raw_path(environ: Mapping[str, Any]) -> str | None:
    """Find the target of the request line: gunicorn and werkzeug, uWSGI and mod_wsgi keep it."""
    for name in ("RAW_URI", "REQUEST_URI"):
        value = environ.get(name)
        if isinstance(value, str) and value:
            return wsgi_text(value)
    return None


def wsgi_path(environ: Mapping[str, Any]) -> str:
    """Give the public path of a WSGI request."""
    mount = wsgi_text(environ.get("SCRIPT_NAME") or "")
    inner = wsgi_text(environ.get("PATH_INFO") or "")
    return public_path(wsgi_raw_path(environ), mount, inner)


def wsgi_query(environ: Mapping[str, Any]) -> str:
    """Give the query of a WSGI request."""
    return wsgi_text(environ.get("QUERY_STRING") or "")


def wsgi_headers(environ: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the headers of a WSGI request; the server has joined repeated ones with commas."""
    for name, value in environ.items():
        if not isinstance(value, str):
            continue
        if name.startswith("HTTP_"):
            yield name[5:].replace("_", "-"), wsgi_text(value)
        elif name in {"CONTENT_TYPE", "CONTENT_LENGTH"} and value:
            yield name.replace("_", "-"), wsgi_text(value)


def wsgi_refusal(environ: Mapping[str, Any], max_body: int) -> CallbackAnswer | None:
    """Do :func:`answer_early` for WSGI, and refuse chunks that the server cannot put together."""
    early = answer_early(environ["REQUEST_METHOD"], environ.get("CONTENT_LENGTH"), max_body)
    if early is None and is_chunked(environ) and not environ.get("wsgi.input_terminated"):
        return LENGTH_REQUIRED
    return early


def is_chunked(environ: Mapping[str, Any]) -> bool:
    """Whether the body of a WSGI request comes without its length."""
    return bool(environ.get("HTTP_TRANSFER_ENCODING")) and not environ.get("CONTENT_LENGTH")


# --- ASGI -----------------------------------------------------------------------------------------


def asgi_path(scope: Mapping[str, Any]) -> str:
    """Give the public path of an ASGI request."""
    mount = scope.get("root_path") or ""
    return public_path(scope.get("raw_path"), mount, below(mount, scope["path"]))


def asgi_header(scope: Mapping[str, Any], name: bytes) -> str | None:
    """Find the first header of a name, which is given in lower case as ASGI has it."""
    for found, value in scope["headers"]:
        if found == name:
            text: str = value.decode("latin-1")
            return text
    return None


def asgi_delivery(scope: Mapping[str, Any], body: bytes) -> Delivery:
    """Make a delivery of an ASGI scope; repeated headers stay apart."""
    path, query = asgi_path(scope), scope.get("query_string") or b""
    return Delivery(scope["method"], path, scope["headers"], body, query=query)


# --- bodies ---------------------------------------------------------------------------------------


def read_body(read: Callable[[int], bytes], max_body: int) -> bytes:
    """Read to the end of a body, or to the first byte too many; then the router refuses it."""
    parts: list[bytes] = []
    missing = max_body + 1
    while missing > 0 and (part := read(min(missing, _CHUNK))):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


async def read_stream(chunks: AsyncIterable[bytes], max_body: int) -> bytes:
    """Do the same with a body that arrives in pieces."""
    parts: list[bytes] = []
    missing = max_body + 1
    async for part in chunks:
        parts.append(part)
        missing -= len(part)
        if missing <= 0:
            break
    return b"".join(parts)


# --- cancellation ---------------------------------------------------------------------------------


async def unbroken(work: Awaitable[T]) -> T:
    """Await something to its end, although this task is cancelled; that comes at the next await.

    A store that was told to remember a callback must be heard out: only then is it known whether
    there is something to release.
    """
    me = _task()
    if me is None:
        return await work
    task = asyncio.ensure_future(work)
    cancelled = False
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        me.uncancel()  # else it would count twice, and asyncio.timeout() not know its own
        me.cancel()
    return task.result()


async def cancelled() -> bool:
    """Whether this task has been cancelled, but not been told yet."""
    me = _task()
    return me is not None and me.cancelling() > 0


def _task() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:  # another kind of event loop
        return None
