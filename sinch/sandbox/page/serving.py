"""The phone in the browser: one page of static files, which nothing else may embed or reach."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.rest.http import Response, RoutedRequest
from sinch.sandbox.rest.routing import Access, Route, route

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
}
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def routes() -> list[Route]:
    """The page, its files, and nothing else of the file system."""
    return [
        *route("GET", "/", Access.LINK, lambda _: _file("index.html")),
        *route("GET", "/page/{}", Access.OPEN, _named),
    ]


def _named(routed: RoutedRequest) -> Response:
    return _file(routed.args[0])


def _file(name: str) -> Response:
    kind = _TYPES.get(name.rpartition(".")[2])
    found = _find(name) if kind is not None else None
    if found is None or kind is None:
        raise Refusal(40400, "There is no such resource.")
    return Response(body=found.read_bytes(), headers={**_HEADERS, "Content-Type": kind})


def _find(name: str) -> Traversable | None:
    """A file by its name in the listing of the folder, so that no name leads out of it."""
    folder = files("sinch.sandbox.page")
    return next((item for item in folder.iterdir() if item.name == name and item.is_file()), None)
