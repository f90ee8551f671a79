"""Requests signed as Sinch signs callbacks, in the form every test client wants (docs/platform/callback-signing.md)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import quote
from uuid import uuid4

import attrs

from sinch.callbacks.delivery import Delivery
from sinch.callbacks.messages_verifier import (
    ALGORITHM,
    NONCE,
    SIGNATURE,
    TIMESTAMP,
    message_signature,
)
from sinch.callbacks.router import CallbackRouter
from sinch.callbacks.verifier import CallbackVerifier
from sinch.core.config import Config
from sinch.core.signing import Clock, Credentials, string_to_sign, timestamp, utc_now
from sinch.errors import ConfigurationError
from sinch.reply import WireModel
from sinch.testing import django_project

__tracebackhide__ = True
JSON: Final = "application/json; charset=utf-8"


Body: TypeAlias = Mapping[str, Any] | WireModel | bytes | str
CredentialsOption: TypeAlias = Credentials | tuple[str, str]


@attrs.frozen(kw_only=True)
class SignedRequest:
    """A POST to your callback URL. Send ``body`` and ``headers`` unchanged, they are signed."""

    path: str
    headers: dict[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=lambda body: f"<{len(body)} bytes>")
    method: str = "POST"

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return self.headers["Content-Type"]

    @property
    def for_django(self) -> dict[str, Any]:
        """``client.post(**request.for_django)``, with ``Client`` and ``AsyncClient``.

        The latter needs Django 5.2: in 5.1 it garbles the names of headers.
        """
        others = {name: value for name, value in self.headers.items() if name != "Content-Type"}
        content_type = self.content_type
        return {
            "path": self.path, "data": self.body, "content_type": content_type, "headers": others,
        }  # fmt: skip

    @property
    def for_httpx(self) -> dict[str, Any]:
        """``client.post(**request.for_httpx)``; Starlette's and FastAPI's ``TestClient`` too."""
        return {"url": self.path, "content": self.body, "headers": dict(self.headers)}

    @property
    def for_aiohttp(self) -> dict[str, Any]:
        """``await client.post(**request.for_aiohttp)``."""
        from yarl import URL

        url = URL(self.path, encoded=True)
        return {"path": url, "data": self.body, "headers": dict(self.headers)}

    @property
    def for_flask(self) -> dict[str, Any]:
        """``client.post(**request.for_flask)``; any other werkzeug client too."""
        return {"path": self.path, "data": self.body, "headers": dict(self.headers)}

    @property
    def delivery(self) -> Delivery:
        """``router.dispatch(request.delivery)``, ``verifier.verify(request.delivery)``."""
        return Delivery(self.method, self.path, self.headers, self.body)


def signed_request(
    event: Body,
    path: str = "/sinch",
    *,
    credentials: CredentialsOption | None = None,
    clock: Clock = utc_now,
    content_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> SignedRequest:
    """Sign an event as Sinch does.

    ``event`` is a mapping, a model, or a body as text or bytes, which is sent as it is. ``path`` is
    the path of the callback URL; characters that cannot stand in a URL are percent-encoded.
    ``credentials`` default to ``SINCH_APPLICATION_KEY`` and ``SINCH_APPLICATION_SECRET``, or the
    ``SINCH`` setting of a Django project; ``clock`` to the real time.
    ``headers`` are sent in addition, unsigned. Raises :class:`~sinch.errors.ConfigurationError`.
    """
    body = _bytes(event)
    path = _sendable(path)
    signer = find_credentials(credentials)
    now = timestamp(clock())
    text = string_to_sign("POST", path.partition("?")[0], body, content_type, now)
    authorization = f"application {signer.application_key}:{signer.sign(text)}"
    signed = {"Content-Type": content_type, "Authorization": authorization, "x-timestamp": now}
    return SignedRequest(path=path, headers={**(headers or {}), **signed}, body=body)


def signed_message(
    event: Body,
    path: str = "/sinch",
    *,
    secret: str | None = None,
    clock: Clock = utc_now,
    headers: Mapping[str, str] | None = None,
) -> SignedRequest:
    """Sign an event of the SMS REST API as Sinch does: a delivery report, or a message that arrived.

    ``secret`` is the webhook secret of the service plan, by default ``SINCH_WEBHOOK_SECRET``; the
    rest is as for :func:`signed_request`. Raises :class:`~sinch.errors.ConfigurationError`.

    .. code-block:: python

        request = signed_message({"type": "mo_text", "id": "01...", "body": "STOP"}, secret="...")
        assert client.post(**request.for_flask).status_code == 200
    """
    found = secret if secret is not None else os.environ.get("SINCH_WEBHOOK_SECRET", "")
    if not found:
        raise ConfigurationError(
            "secret is missing: pass secret=... or set SINCH_WEBHOOK_SECRET",
            argument="secret",
            variable="SINCH_WEBHOOK_SECRET",
        )
    body, nonce, stamp = _bytes(event), uuid4().hex, str(int(clock().timestamp()))
    signed = {
        "Content-Type": JSON,
        SIGNATURE: message_signature(found, body, nonce, stamp),
        NONCE: nonce,
        TIMESTAMP: stamp,
        ALGORITHM: "HmacSHA256",
    }
    path = _sendable(path)
    return SignedRequest(path=path, headers={**(headers or {}), **signed}, body=body)


def _sendable(path: str) -> str:
    return quote(path, safe="/%!$&'()*+,;=:@~?")


def _bytes(event: Body) -> bytes:
    if isinstance(event, bytes):
        return event
    if isinstance(event, str):
        return event.encode()
    wire = event if isinstance(event, Mapping) else event.to_wire()
    return json.dumps(dict(wire), ensure_ascii=False, separators=(",", ":")).encode()


# --- whose secret -----------------------------------------------------------------------------


def find_credentials(given: CredentialsOption | None, target: object = None) -> Credentials:
    """The pair to sign with: the given one, the target's own, or that of the surroundings."""
    if given is not None:
        return given if isinstance(given, Credentials) else _pair(*given)
    if (verifier := verifier_of(target)) is not None:
        keyring = verifier._check.keyring  # noqa: SLF001 - it offers its secrets to nobody else
        return next(iter(keyring.values()))[0]
    try:
        found = Config.build().credentials
    except ConfigurationError as error:
        advice = "pass credentials=(key, secret)"
        if (argument := error.argument) is None or f"pass {argument}=..." not in error.message:
            raise error.with_traceback(None) from None  # what matters is who asked for them
        message = error.message.replace(f"pass {argument}=...", advice)
        raise ConfigurationError(message, argument="credentials") from None
    assert found is not None  # noqa: S101 - signed is the default
    return found


def verifier_of(target: object) -> CallbackVerifier | None:
    """The verifier inside a router; for all else the one of Django's settings, if they are used."""
    verifier = target.verifier if isinstance(target, CallbackRouter) else None
    if isinstance(verifier, CallbackVerifier) and hasattr(verifier, "_check"):
        return verifier
    return django_project.verifier()


def clock_of(target: object) -> Clock | None:
    """The clock of a router's verifier, so that what a phone sends is never stale."""
    verifier = verifier_of(target)
    if verifier is None:
        return None
    return verifier._check.clock  # noqa: SLF001 - as above


def _pair(key: str, secret: str) -> Credentials:
    try:
        return Credentials(key, secret)
    except ValueError as error:
        raise ConfigurationError(f"credentials: {error}", argument="credentials") from None
