"""What the tests of callbacks share: a key, a clock that stands still, and Sinch's pen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from sinch.callbacks import CallbackRouter, CallbackVerifier, Delivery
from sinch.core.signing import Credentials, string_to_sign, timestamp

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def secret() -> str:
    return SECRET


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def verifier() -> CallbackVerifier:
    return CallbackVerifier(KEY, SECRET, clock=lambda: NOW)


def sign_as_sinch(
    body: bytes | dict[str, Any] = b"{}",
    *,
    path: str = "/sinch",
    received_path: str | None = None,
    key: str = KEY,
    secret: str = SECRET,
    at: datetime = NOW,
    content_type: str | None = "application/json; charset=utf-8",
    method: str = "POST",
) -> Delivery:
    """What Sinch would send; ``received_path`` is what a proxy makes of the path."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = timestamp(at)
    text = string_to_sign(method, path, raw, content_type or "", stamp)
    headers = [
        ("Host", "example.com"),
        ("Authorization", f"application {key}:{Credentials(key, secret).sign(text)}"),
        ("X-Timestamp", stamp),
    ]
    if content_type is not None:
        headers.append(("Content-Type", content_type))
    return Delivery(method, path if received_path is None else received_path, headers, raw)


@pytest.fixture
def sign() -> Callable[..., Delivery]:
    return sign_as_sinch


@pytest.fixture(params=["straight", "plan"])
def both_ways(request, monkeypatch):
    """What a router does without a plan, where nothing has to be waited for, is what its plan does."""
    monkeypatch.setattr(CallbackRouter, "_goes_straight", request.param == "straight")
