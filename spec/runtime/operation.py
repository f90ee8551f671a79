"""An API call as a value: what to send, and how to read the answer. Nothing here touches a network."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote

import attrs

from .codec import Malformed, dumps, loads, read_list
from .failures import ErrorResponse, Misconfigured, UnreadableResponse
from .frozen import NOTHING
from .headers import Headers

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class ApiAnswer(Generic[T_co]):
    """A result together with the answer it was read from.

    ``value`` is what the call gives by itself, ``body`` the answer's bytes without compression,
    ``headers`` all its headers, found in any letter case, and ``attempts`` how often it was sent.
    ``described`` are the headers that the specification describes, read as what they are; one that is
    missing, or something else, is None.
    """

    value: T_co
    status: int
    headers: Headers = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    attempts: int = 1
    described: Mapping[str, Any] = attrs.field(factory=dict, repr=False)


@attrs.frozen(cache_hash=True)
class Server:
    """Where an API lives. ``shared_path`` is its path on a host that serves every API.

    ``url`` may hold ``variables``, which have defaults, and ``{region}``: where that is none of them,
    it is nothing or a region behind a dash. It is empty where the specification does not name a host:
    then a ``base_url`` is needed.
    """

    name: str
    url: str
    shared_path: str = ""
    variables: Mapping[str, str] = attrs.field(factory=dict, hash=False)

    def root(
        self,
        *,
        base_url: str | None = None,
        region: str = "",
        variables: Mapping[str, str] | None = None,
    ) -> str:
        """The URL that operation paths are appended to."""
        if base_url is not None:
            return base_url.rstrip("/") + self.shared_path
        if not self.url:
            raise Misconfigured(
                "the specification names no host: give a base_url", argument="base_url"
            )
        url = self.url
        if "region" not in self.variables:
            url = url.replace("{region}", f"-{region}" if region else "")
        for name, default in self.variables.items():
            url = url.replace(f"{{{name}}}", (variables or {}).get(name, default))
        return url


@attrs.frozen(kw_only=True)
class Operation(Generic[T_co]):
    """One call, ready to be sent any number of times.

    ``path`` and ``query`` are percent-encoded. ``idempotent`` tells whether sending it twice does no
    more than sending it once. Sending returns what ``read`` makes of the answer: with ``result`` of
    its JSON, or by status with one of ``answers``. ``errors`` read the bodies of other statuses.
    ``security`` are the ways to authenticate, each by the names of the schemes that it takes together.
    """

    name: str
    method: str
    server: Server
    path: str
    idempotent: bool
    body: bytes | None = attrs.field(default=None, repr=False)
    headers: Mapping[str, str] = attrs.field(default=NOTHING, repr=False)
    result: Callable[[object], T_co] | None = attrs.field(default=None, repr=False)
    query: str = attrs.field(default="", repr=False)
    content_type: str = ""
    answers: Mapping[str, Callable[[bytes], T_co]] = attrs.field(default=NOTHING, repr=False)
    errors: Mapping[str, Callable[[bytes], object]] = attrs.field(default=NOTHING, repr=False)
    answer_headers: Mapping[str, Callable[[Any], Any]] = attrs.field(default=NOTHING, repr=False)
    security: tuple[tuple[str, ...], ...] | None = attrs.field(default=None, repr=False)

    def with_headers(self, headers: Mapping[str, str]) -> Operation[T_co]:
        """The same call with more headers; a name in another letter case is the same name."""
        given = {name.lower() for name in headers}
        kept = {name: value for name, value in self.headers.items() if name.lower() not in given}
        return attrs.evolve(self, headers={**kept, **headers})

    def with_answer(self) -> Operation[ApiAnswer[T_co]]:
        """The same call, giving the whole :class:`ApiAnswer` instead of its value alone."""
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(Operation)}
        return _WholeAnswer[T_co](**fields)

    def read(self, status: int, headers: Mapping[str, str], body: bytes) -> T_co:
        """Read an answer: the result for any 2xx, else :class:`ErrorResponse`.

        Raises :class:`UnreadableResponse` when a 2xx has a body that is not as described.
        """
        if not 200 <= status < 300:
            content = _content_of(self.errors, status, body)
            raise ErrorResponse(status=status, headers=headers, body=body, content=content)
        try:
            if self.answers:
                return _for_status(self.answers, status)(body)
            if self.result is None:
                return cast("T_co", None)
            return self.result(loads(body))
        except Malformed as problem:
            raise UnreadableResponse(
                status=status, problem=str(problem), headers=headers, body=body
            ) from None


class _WholeAnswer(Operation[ApiAnswer[T]]):
    """An operation that keeps the answer. A class of its own, so that others pay nothing for it."""

    def read(self, status: int, headers: Mapping[str, str], body: bytes) -> ApiAnswer[T]:
        value = cast("T", super().read(status, headers, body))
        found = Headers(headers)
        described = {name: _header(found, name, read) for name, read in self.answer_headers.items()}
        return ApiAnswer(value, status, found, body, described=described)


_PLAIN = re.compile(r"[A-Za-z0-9_~+:@-][A-Za-z0-9._~+:@-]*")


def segment(name: str, value: str) -> str:
    """One value as one path segment. ``+``, ``:`` and ``@`` stay as they are, as Sinch signs them.

    Raises ValueError for what a URL path cannot carry: empty text, ``.``, ``..`` and half of a
    surrogate pair.
    """
    if _PLAIN.fullmatch(value):
        return value
    if value not in {"", ".", ".."}:
        try:
            return quote(value, safe="+:@")
        except UnicodeEncodeError:
            pass
    raise ValueError(f"{name}: {value!r} cannot be part of a URL path")


def given(headers: Mapping[str, str | None]) -> dict[str, str]:
    """The headers that have a value."""
    return {key: value for key, value in headers.items() if value is not None}


def json_body(value: Any) -> bytes:
    """A request body."""
    return dumps(value)


def deprecated(name: str) -> None:
    """Say to whoever builds this operation that it is deprecated."""
    warnings.warn(f"{name} is deprecated", DeprecationWarning, stacklevel=3)


# --- answers ------------------------------------------------------------------------------------


def read_json(read: Callable[[Any], T]) -> Callable[[bytes], T]:
    """A reader of answers that are JSON."""
    return partial(_json, read=read)  # unlike a lambda, it can be pickled


def read_plain(read: Callable[[Any], T]) -> Callable[[bytes], T]:
    """A reader of answers that are text."""
    return partial(_plain_text, read=read)


def _json(body: bytes, read: Callable[[Any], T]) -> T:
    return read(loads(body))


def _plain_text(body: bytes, read: Callable[[Any], T]) -> T:
    return read(body.decode("utf-8", "replace"))


def read_content(body: bytes) -> bytes:
    """An answer that is neither JSON nor text, as it is."""
    return body


def no_content(body: bytes) -> None:
    """An answer without a body; one that has a body all the same loses it."""


def _for_status(readers: Mapping[str, Callable[[bytes], T]], status: int) -> Callable[[bytes], T]:
    """The reader for a status; for one that nobody spoke of the first that there is."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in readers:
            return readers[key]
    return next(iter(readers.values()))


def _content_of(
    readers: Mapping[str, Callable[[bytes], object]], status: int, body: bytes
) -> object:
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in readers:
            try:
                return readers[key](body)
            except Malformed:
                return None
    return None


def _header(headers: Headers, name: str, read: Callable[[Any], Any]) -> Any:
    text: Any = headers.get(name)
    if text is None:
        return None
    listed = getattr(read, "func", None) is read_list
    try:
        return read([part.strip() for part in text.split(",")] if listed else text)
    except Malformed:
        return None
