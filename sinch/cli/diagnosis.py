"""Why a signature does not fit: the usual mistakes are tried, one and two at a time.

Whoever holds the secret can find out what the other side must have signed. Nothing here decides
about a request; :class:`~sinch.callbacks.CallbackVerifier` does, and accepts none of this.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit

import attrs

from sinch.core.signing import Credentials, content_md5, decode_secret

if TYPE_CHECKING:
    from sinch.callbacks.delivery import Delivery

_CONTENT_TYPES: Final = (
    "application/json; charset=utf-8",
    "application/json",
    "application/json;charset=utf-8",
    "application/json; charset=UTF-8",
    "",
)
_LARGEST_REWRITTEN: Final = 64 * 1024


@attrs.frozen
class Mistake:
    """One thing that was done otherwise: its kind for programs, what happened, and the cure."""

    kind: str
    what: str
    cure: str


class Variant(NamedTuple):
    """One way to make a part of what is signed; the right one has no mistake."""

    value: object
    mistake: Mistake | None = None


class Signed(NamedTuple):
    """All that goes into one signature."""

    method: str
    md5: str
    content_type: str
    timestamp: str
    path: str
    join: Callable[[Sequence[str]], str]
    key: bytes
    encode: Callable[[bytes], str]

    def signature(self) -> str:
        """What the header would hold."""
        lines = (self.method, self.md5, self.content_type, self.timestamp, self.path)
        text = self.join(lines).encode("utf-8", "surrogateescape")
        return self.encode(hmac.digest(self.key, text, "sha256"))


def mistakes_in(
    delivery: Delivery, credentials: Credentials, *, public_url: str | None = None
) -> tuple[Mistake, ...] | None:
    """What makes the signature fit: nothing (an empty tuple), one or two mistakes, or ``None``.

    ``public_url`` is the URL that Sinch knows, where the request arrived under another path.
    """
    received = (delivery.headers.get("authorization") or "").partition(":")[2].strip()
    if not received:
        return None
    dimensions = _dimensions(delivery, credentials, public_url)
    right = [dimension[0].value for dimension in dimensions]
    for many in range(3):
        for places in combinations(range(len(dimensions)), many):
            for chosen in _choices(dimensions, places):
                parts = list(right)
                for place, variant in zip(places, chosen, strict=True):
                    parts[place] = variant.value
                made = Signed(*parts).signature()  # type: ignore[arg-type]
                if hmac.compare_digest(made.encode(), received.encode("utf-8", "surrogateescape")):
                    return tuple(v.mistake for v in chosen if v.mistake is not None)
    return None


def _choices(
    dimensions: list[list[Variant]], places: tuple[int, ...]
) -> Iterator[tuple[Variant, ...]]:
    if not places:
        yield ()
        return
    for variant in dimensions[places[0]][1:]:
        for rest in _choices(dimensions, places[1:]):
            yield (variant, *rest)


def _dimensions(
    delivery: Delivery, credentials: Credentials, public_url: str | None
) -> list[list[Variant]]:
    return [
        _methods(delivery),
        _checksums(delivery.body),
        _content_types(delivery),
        _timestamps(delivery),
        _paths(delivery, public_url),
        _joiners(),
        _keys(credentials),
        _encodings(),
    ]


def _methods(delivery: Delivery) -> list[Variant]:
    method = delivery.method.upper()
    others = [
        Variant(
            other,
            Mistake(
                "method",
                f"it was signed as {other}, but sent as {method}",
                "sign the method that is sent; a redirect turns POST into GET",
            ),
        )
        for other in ("POST", "GET", "PUT", "PATCH", "DELETE")
        if other != method
    ]
    lower = Mistake("method", "the method was signed in lower case", "sign it in capitals")
    return [Variant(method), *others, Variant(method.lower(), lower)]


def _checksums(body: bytes) -> list[Variant]:
    def mistake(what: str, cure: str) -> Mistake:
        return Mistake("body", what, cure)

    found = [Variant(content_md5(body))]
    digest = hashlib.md5(body, usedforsecurity=False)
    hexadecimal = mistake(
        "the MD5 of the body was written in hexadecimal", "write its 16 bytes in base64"
    )
    found.append(Variant(digest.hexdigest(), hexadecimal))
    text = b64encode(digest.hexdigest().encode()).decode()
    found.append(Variant(text, hexadecimal))
    if not body:
        empty = mistake(
            "the MD5 of nothing was signed for a request without a body", "sign an empty line"
        )
        return [*found, Variant(b64encode(digest.digest()).decode(), empty)]
    without = mistake("no MD5 of the body was signed", "sign the MD5 of the bytes that are sent")
    found.append(Variant("", without))
    plain = mistake("the body itself was signed", "sign its MD5, in base64")
    found.append(Variant(body.decode("utf-8", "replace"), plain))
    rewritten = mistake(
        "the same JSON was signed, written differently: somebody parsed it and wrote it again",
        "sign and verify the bytes of the body as they are on the wire",
    )
    changed = [Variant(content_md5(other), rewritten) for other in _rewritten(body)]
    return [*found, *changed]


def _rewritten(body: bytes) -> Iterator[bytes]:
    if len(body) > _LARGEST_REWRITTEN:
        return
    for other in (body.strip(), body + b"\n", body + b"\r\n"):
        if other != body:
            yield other
    yield body.replace(b"\n", b"\r\n")
    yield body.replace(b"\r\n", b"\n")
    try:
        value = json.loads(body)
        for separators in ((",", ":"), (", ", ": ")):
            for ascii_only in (False, True):
                for ordered in (False, True):
                    text = json.dumps(
                        value, separators=separators, ensure_ascii=ascii_only, sort_keys=ordered
                    ).encode("utf-8", "replace")
                    yield from (text, text + b"\n")
        for indent in (2, 4):
            yield json.dumps(value, indent=indent, ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, RecursionError, TypeError):
        return


def _content_types(delivery: Delivery) -> list[Variant]:
    given = delivery.headers.get("content-type") or ""
    others: list[Variant] = []
    for other in _CONTENT_TYPES:
        if other != given:
            shown, arrived = repr(other or "nothing"), repr(given or "nothing")
            others.append(
                Variant(
                    other,
                    Mistake(
                        "content-type",
                        f"it was signed with the Content-Type {shown}, but {arrived} is what came",
                        "use the header exactly as it is sent, charset and all",
                    ),
                )
            )
    named = Mistake(
        "content-type",
        "the line of the Content-Type was signed with its name in front",
        "sign the value alone",
    )
    return [Variant(given), *others, Variant(f"content-type:{given}", named)]


def _timestamps(delivery: Delivery) -> list[Variant]:
    given = delivery.headers.get("x-timestamp") or ""
    name = Mistake(
        "timestamp", "the time was signed without its name", "sign `x-timestamp:` and the time"
    )
    case = Mistake(
        "timestamp", "the name of the time was signed in other letters", "sign `x-timestamp:`"
    )
    space = Mistake(
        "timestamp", "a space was signed after `x-timestamp:`", "put the time right after the colon"
    )
    none = Mistake("timestamp", "the time was not signed", "sign `x-timestamp:` and the time")
    return [
        Variant(f"x-timestamp:{given}"),
        Variant(given, name),
        Variant(f"X-Timestamp:{given}", case),
        Variant(f"x-timestamp: {given}", space),
        Variant("x-timestamp:", none),
        Variant("", none),
    ]


def _paths(delivery: Delivery, public_url: str | None) -> list[Variant]:
    path = delivery.path
    found = [Variant(path)]

    def add(other: str, what: str, cure: str) -> None:
        if all(other != variant.value for variant in found):
            found.append(Variant(other, Mistake("path", what, cure)))

    if public_url is not None:
        outside = urlsplit(public_url).path or "/"
        if outside != path:
            prefix = outside.removesuffix(path) if outside.endswith(path) else ""
            cure = (
                f"verify with public_path_prefix={prefix!r}"
                if prefix
                else "make the path of the callback URL and of the app the same"
            )
            add(
                outside,
                f"it was signed for {outside}, but arrived at {path}: a proxy changes it",
                cure,
            )
    slashed = path.removesuffix("/") if path.endswith("/") and path != "/" else f"{path}/"
    add(
        slashed,
        f"it was signed for {slashed}: the trailing slash differs",
        "use the same URL on both sides, or trailing_slash='any'",
    )
    if delivery.query:
        add(
            f"{path}?{delivery.query}",
            "the query was signed along with the path",
            "sign the path without the query",
        )
    add(
        unquote(path),
        "the path was signed percent-decoded",
        "sign it as it is on the request line",
    )
    add(quote(path), "the path was percent-encoded once too often", "sign it as it is sent")
    hosts = {delivery.headers.get("host") or "", urlsplit(public_url or "").netloc}
    for host in sorted(hosts - {""}):
        for before in (f"https://{host}", f"http://{host}", host):
            add(before + path, "the whole URL was signed", "sign the path alone, without the host")
    add(path.lstrip("/"), "the path was signed without its first slash", "sign it with the slash")
    add(path.lower(), "the path was signed in lower case", "sign it as it is sent")
    return found


def _joiners() -> list[Variant]:
    crlf = Mistake(
        "line-ends", "the lines were joined with CR LF, as on Windows", "join them with \\n alone"
    )
    last = Mistake("line-ends", "a line end was signed after the path", "end with the path")
    together = Mistake("line-ends", "the lines were joined without line ends", "join them with \\n")
    return [
        Variant("\n".join),
        Variant("\r\n".join, crlf),
        Variant(lambda lines: "\n".join(lines) + "\n", last),
        Variant("".join, together),
    ]


def _keys(credentials: Credentials) -> list[Variant]:
    secret, key = credentials.secret, credentials.application_key
    text = Mistake(
        "secret",
        "the secret was used as text",
        "decode it from base64 first: the key is the bytes behind it",
    )
    swapped = Mistake(
        "secret", "the application key was used in place of the secret", "use the secret"
    )
    padded = secret.rstrip("=").encode()
    return [
        Variant(decode_secret(secret)),
        Variant(secret.encode(), text),
        Variant(padded, text),
        Variant(key.encode(), swapped),
    ]


def _encodings() -> list[Variant]:
    wrong = Mistake(
        "encoding", "the signature was written in hexadecimal", "write its 32 bytes in base64"
    )
    url_safe = Mistake(
        "encoding",
        "the signature was written in the URL-safe alphabet, or without its last =",
        "write it in standard base64",
    )
    return [
        Variant(lambda raw: b64encode(raw).decode()),
        Variant(lambda raw: raw.hex(), wrong),
        Variant(lambda raw: b64encode(raw.hex().encode()).decode(), wrong),
        Variant(lambda raw: urlsafe_b64encode(raw).decode(), url_safe),
        Variant(lambda raw: b64encode(raw).decode().rstrip("="), url_safe),
    ]
