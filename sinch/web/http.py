"""What the adapters share: raw paths, raw headers, bounded bodies, and answers without a router.

Pure, and free of frameworks. The signature covers the path and the Content-Type as they came over
the wire, so everything here starts from the server's own WSGI environ or ASGI scope, not from the
tidied properties of a request object.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterator, Mapping
from http import HTTPStatus
from logging import getLogger
from typing import Any, Final
from urllib.parse import quote, unquote

import attrs

from sinch.callbacks import Answer, Delivery, RejectionReason
from sinch.callbacks.answers import METHOD_NOT_ALLOWED, refusal
from sinch.callbacks.events import too_large

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""What a route lets through, so that the answer to a wrong method is ours in every framework."""

OPTIONS: Final = Answer(HTTPStatus.NO_CONTENT, b"", {"Allow": "OPTIONS, POST"})
LENGTH_REQUIRED: Final = Answer(HTTPStatus.LENGTH_REQUIRED, b'{"error":"length required"}')
BAD_LENGTH: Final = Answer(HTTPStatus.BAD_REQUEST, b'{"error":"malformed"}')

_PATH_SAFE: Final = "/!$&'()*+,;=:@~"
_CHUNK: Final = 64 * 1024


# --- before and after the router ------------------------------------------------------------------


def answer_early(method: str, length: str | None, max_body: int) -> Answer | None:
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


def refuse_size(max_body: int) -> Answer:
    """Refuse a body that was not read to its end, and say so in the log of the callbacks."""
    rejected = too_large(max_body)
    getLogger("sinch.callbacks").warning(
        "callback refused with %d unread, %s",
        rejected.status,
        rejected,
        extra={"sinch_reason": RejectionReason.TOO_LARGE.value},
    )
    return refusal(rejected)


def finish(answer: Answer, method: str) -> Answer:
    """Take the body off the answer to HEAD; not every server does."""
    return attrs.evolve(answer, body=b"") if method == "HEAD" else answer


# --- paths ----------------------------------------------------------------------------------------


def public_path(raw: str | bytes | None, mount: str, decoded: str) -> str:
    """Give the path that the peer asked for, percent-encoded, without the query.

    ``raw`` is the request target as received, where the server keeps it; else ``decoded``, the
    whole decoded path, is encoded again. ``mount`` is where the server says this program lives
    (SCRIPT_NAME, root_path): when it does not come first, a proxy has stripped it, and it is put
    back.
    """
    target = raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else raw or ""
    path = target.partition("?")[0]
    if not path.startswith("/"):  # nothing, "*", or scheme and host in front
        path = _quoted(decoded)
    mount = mount.rstrip("/")
    if mount and not f"{unquote(path)}/".startswith(f"{mount}/"):
        path = _quoted(mount) + path
    return path


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
    return public_path(wsgi_raw_path(environ), mount, mount + inner)


def wsgi_headers(environ: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the headers of a WSGI request; the server has joined repeated ones with commas."""
    for name, value in environ.items():
        if not isinstance(value, str):
            continue
        if name.startswith("HTTP_"):
            yield name[5:].replace("_", "-"), wsgi_text(value)
        elif name in {"CONTENT_TYPE", "CONTENT_LENGTH"} and value:
            yield name.replace("_", "-"), wsgi_text(value)


def wsgi_refusal(environ: Mapping[str, Any], max_body: int) -> Answer | None:
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
    return public_path(scope.get("raw_path"), scope.get("root_path") or "", scope["path"])


def asgi_header(scope: Mapping[str, Any], name: bytes) -> str | None:
    """Find the first header of a name, which is given in lower case as ASGI has it."""
    for found, value in scope["headers"]:
        if found == name:
            text: str = value.decode("latin-1")
            return text
    return None


def asgi_delivery(scope: Mapping[str, Any], body: bytes) -> Delivery:
    """Make a delivery of an ASGI scope; repeated headers stay apart."""
    return Delivery(scope["method"], asgi_path(scope), scope["headers"], body)


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
