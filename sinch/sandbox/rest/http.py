"""HTTP requests and answers as plain values, so that everything but the server works without one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

import attrs

from sinch.engine.transcript import to_text
from sinch.reply import WireModel
from sinch.sandbox.platform.errors import Refusal
from sinch_api.codec import Malformed, dumps, loads

T_co = TypeVar("T_co", covariant=True)
JSON_TYPE = "application/json; charset=utf-8"


class Scheme(StrEnum):
    """How a request proved where it comes from."""

    SIGNED = "signed"
    BASIC = "basic"
    PUBLIC = "public"
    BEARER = "bearer"


class Reader(Protocol[T_co]):
    """The class of a generated model."""

    def from_wire_strictly(self, raw: object) -> T_co:
        """Read parsed JSON."""
        ...


@attrs.frozen(kw_only=True)
class Request:
    """A request as it came: ``target`` undecoded, header names in lower case, the exact body."""

    method: str
    target: str
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    header_list: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    body_too_large: bool = False

    @classmethod
    def of(
        cls,
        method: str,
        target: str,
        headers: Iterable[tuple[str, str]],
        body: bytes = b"",
        *,
        body_too_large: bool = False,
    ) -> Request:
        """Build one from a list of headers; of repeated headers the first counts."""
        listed = tuple(headers)
        folded: dict[str, str] = {}
        for name, value in listed:
            folded.setdefault(name.lower(), value)
        return cls(
            method=method.upper(),
            target=target,
            headers=folded,
            header_list=listed,
            body=body,
            body_too_large=body_too_large,
        )

    @property
    def path(self) -> str:
        """The path as sent, still percent-encoded, without query."""
        target = self.target
        if not target.startswith("/") and "://" in target:
            # the absolute form of HTTP, which proxies use
            try:
                target = urlsplit(target).path or "/"
            except ValueError:
                return target
        return target.partition("?")[0].partition("#")[0]

    @property
    def segments(self) -> tuple[str, ...]:
        """The path split first and decoded afterwards, so that ``a%2Fb`` stays one segment."""
        return tuple(_clean(unquote(part)) for part in self.path.split("/")[1:])

    @property
    def query(self) -> Mapping[str, list[str]]:
        """The parameters behind the question mark, decoded.

        .. code-block:: python

            assert Request.of("GET", "/a?page=1&page=2", ()).query == {"page": ["1", "2"]}
        """
        _, _, text = self.target.partition("?")
        try:
            found = parse_qs(text.partition("#")[0], keep_blank_values=True, max_num_fields=100)
        except ValueError:
            return {}
        return {name: [_clean(value) for value in values] for name, values in found.items()}

    @property
    def host(self) -> str:
        """The Host header, or "" without one."""
        return self.headers.get("host", "")

    def json(self) -> Any:
        """The body as JSON. Raises :class:`.Refusal` 40001."""
        if not self.body:
            raise Refusal(40001, "The request needs a JSON body.")
        try:
            value = loads(self.body)
            if b"\\u" in self.body:
                json.dumps(value, ensure_ascii=False, default=str).encode()
        except Malformed as problem:
            raise Refusal(40001, f"The request body {problem.problem}.") from None
        except (UnicodeEncodeError, RecursionError):
            # half a surrogate pair is legal JSON, but no text that could ever be sent back
            raise Refusal(40001, "The request body holds broken Unicode escapes.") from None
        return value


def _clean(text: str) -> str:
    """Replace what came from bytes that are not UTF-8."""
    return text.encode("utf-8", "replace").decode()


@attrs.frozen(kw_only=True)
class Response:
    """An answer; no body and no Content-Type when ``body`` is empty."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = attrs.field(factory=dict)


def model(value: WireModel, headers: Mapping[str, str] | None = None) -> Response:
    """200 with a generated model."""
    return Response(body=dumps(value.to_wire()), headers=headers or {})


def plain(value: Mapping[str, Any], status: int = 200) -> Response:
    """Any JSON object; for what is below ``/_sandbox``, which is ours."""
    return json_text(to_text(value), status)


def json_text(text: str, status: int = 200) -> Response:
    """JSON that is text already."""
    return Response(status=status, body=text.encode("utf-8", "replace"))


def nothing(status: int = 200) -> Response:
    """An empty answer. Every known client takes 200 and 204, some of them nothing else."""
    return Response(status=status)


@attrs.frozen(kw_only=True)
class RoutedRequest:
    """A request that found its route: ``args`` are the variable parts of the path, decoded."""

    request: Request
    args: tuple[str, ...]
    scheme: Scheme | None = None

    @property
    def base_url(self) -> str:
        """Where the client reached us, for absolute links."""
        return f"http://{self.request.host}"
