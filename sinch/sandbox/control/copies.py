"""An exchange as something to take away: a curl line, and a test for pytest. Neither holds a secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pprint import pformat
from shlex import quote
from typing import Any
from urllib.parse import urlsplit

from sinch.sandbox.delivery.callbacks import CallbackDelivery, Scheme, encode
from sinch.sandbox.platform.plan.refusals import PREFIX
from sinch.sandbox.platform.records import LoggedRequest
from sinch_api.codec import Malformed, loads


def callback_curl(record: CallbackDelivery, headers: Mapping[str, str]) -> str:
    """A curl line with ``headers``, which have to be those of a signature made just now."""
    lines = [f"curl -i -X POST {quote(record.callback.url)}"]
    lines += [f"-H {quote(f'{name}: {value}')}" for name, value in headers.items()]
    lines.append(f"--data-binary {quote(encode(record.callback.body).decode())}")
    return " \\\n  ".join(lines)


def callback_test(record: CallbackDelivery) -> str:
    """A test that signs the event anew, sends it, and expects the answer of then."""
    callback, outcome = record.callback, record.outcome
    path = urlsplit(callback.url).path or "/"
    name = _name(f"answer to {callback.event}")
    plan = callback.scheme is Scheme.PLAN
    sign = "signed_message" if plan else "signed_request"
    secrets = (
        "SINCH_WEBHOOK_SECRET" if plan else "SINCH_APPLICATION_KEY and SINCH_APPLICATION_SECRET"
    )
    return f'''"""What the app answers to {_word(callback.event)}; the event and the answer come from the sandbox."""

import requests

from sinch.testing import {sign}

URL = {callback.url!r}
EVENT = {_literal(callback.body)}


def {name}() -> None:
    # signs with {secrets}
    request = {sign}(EVENT, {path!r})
    answer = requests.post(URL, data=request.body, headers=request.headers, timeout=5)
    assert answer.status_code == {outcome.status or 200}
{_expected(outcome.body)}'''


def request_curl(entry: LoggedRequest, base_url: str) -> str:
    """A curl line that authorizes with key and secret from the environment."""
    lines = [
        f"curl -i -X {quote(entry.method)} {quote(base_url + entry.path)}",
        '-H "Authorization: Bearer $SINCH_API_TOKEN"'
        if entry.path.startswith(PREFIX)
        else '-u "$SINCH_APPLICATION_KEY:$SINCH_APPLICATION_SECRET"',
    ]
    if entry.body:
        lines += [
            f"-H {quote(f'Content-Type: {_type(entry)}')}",
            f"--data-binary {quote(entry.body)}",
        ]
    return " \\\n  ".join(lines)


def request_test(entry: LoggedRequest, base_url: str) -> str:
    """A test that sends the request again and expects the answer of then, but for what is new each time."""
    plan = entry.path.startswith(PREFIX)
    proof = (
        'TOKEN = {"Authorization": "Bearer " + os.environ["SINCH_API_TOKEN"]}'
        if plan
        else 'AUTH = (os.environ["SINCH_APPLICATION_KEY"], os.environ["SINCH_APPLICATION_SECRET"])'
    )
    kind = {"Content-Type": _type(entry)} if entry.body else {}
    given = f"headers={{**TOKEN, **{kind!r}}}" if plan else f"auth=AUTH, headers={kind!r}"
    data = f"data={entry.body!r}.encode(), " if entry.body else ""
    answer = _object(entry.answer.encode())
    names = sorted(answer) if answer is not None else None
    check = "" if names is None else f"    assert sorted(answer.json()) == {names!r}\n"
    return f'''"""{_word(entry.method)} {_word(entry.path)}; the request and the answer come from the sandbox."""

import os

import requests

BASE_URL = os.environ.get("SINCH_BASE_URL", {base_url!r})
{proof}


def {_name(f"{entry.method} {urlsplit(entry.path).path}")}() -> None:
    url = BASE_URL + {entry.path!r}
    answer = requests.request({entry.method!r}, url, {data}{given}, timeout=10)
    assert answer.status_code == {entry.status}
{check}'''


def _expected(body: bytes) -> str:
    answer = _object(body)
    if answer is None:
        return ""
    text = _literal(answer).replace("\n", "\n    ")
    return f"    assert answer.json() == {text}\n"


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        value = loads(body)
    except Malformed:
        return None
    return dict(value) if isinstance(value, Mapping) else None


def _literal(value: object) -> str:
    """A Python literal, whatever is in it."""
    return pformat(
        value if not isinstance(value, Mapping) else dict(value), sort_dicts=False, width=96
    )


def _type(entry: LoggedRequest) -> str:
    return entry.header("content-type") or "application/json"


def _name(text: str) -> str:
    return "test_" + (re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or "exchange")[:60]


def _word(text: str) -> str:
    """Text that cannot end the docstring it stands in."""
    return re.sub(r'[\\"\x00-\x1f\x7f]', " ", text)
