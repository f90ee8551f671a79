"""What `sinch check` says of one thing, and looks that several areas share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

import attrs

from sinch.cli.posting import Unanswered, post
from sinch.errors import TransportError
from sinch.urls import is_loopback

#: Sinch refuses requests whose time is further off, callbacks are refused here likewise.
_WORRYING, _TOO_FAR = 30.0, 300.0


@attrs.frozen
class Finding:
    """One thing that was looked at."""

    area: str
    state: Literal["ok", "note", "bad"]
    what: str
    cure: str = ""


def unreached(error: TransportError) -> Finding:
    """No answer came at all."""
    cure = "is the host right, and may this machine reach it?"
    if "certificate" in str(error).lower() or "tls" in str(error).lower():
        cure = (
            "name the certificates to trust in REQUESTS_CA_BUNDLE, if a proxy of yours has its own"
        )
    return Finding("connection", "bad", str(error), cure)


def clock(date: str | None) -> Iterator[Finding]:
    """How far the clock of this machine is from that of the server."""
    try:
        theirs = parsedate_to_datetime(date or "")
    except (TypeError, ValueError):
        return
    off = (datetime.now(UTC) - theirs).total_seconds()
    side = "ahead of" if off > 0 else "behind"
    text = f"{abs(off):.0f} s {side} that of the server"
    if abs(off) > _TOO_FAR:
        yield Finding(
            "clock", "bad", text, "set the clock of this machine (NTP), and its time zone"
        )
    elif abs(off) > _WORRYING:
        yield Finding("clock", "note", text, "set the clock of this machine (NTP)")
    else:
        yield Finding("clock", "ok", text)


def callback_url(
    area: str, url: str | None, verifier: str = "CallbackVerifier"
) -> Iterator[Finding]:
    """Look at an app as Sinch would, with a callback that nobody signed."""
    if not url:
        yield Finding(
            area, "note", "none: nobody is asked about calls", "sinch callbacks set https://..."
        )
        return
    parts = urlsplit(url)
    shown = f"{parts.scheme}://{place(url)}{parts.path}"
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        yield Finding(area, "note", f"{shown} is not https: anybody on the way may read events")
    try:
        answered = post(url, {"Content-Type": "application/json"}, b"{}")
    except (Unanswered, ValueError) as problem:
        yield Finding(area, "bad", f"{shown}: {problem}", "start the app, or set another URL")
        return
    yield _judged(area, shown, answered.status, verifier)


def _judged(area: str, shown: str, status: int, verifier: str) -> Finding:
    if status in {401, 403}:
        return Finding(area, "ok", f"{shown} answers, and refuses what is unsigned ({status})")
    if 200 <= status < 300:
        return Finding(
            area,
            "bad",
            f"{shown} takes what nobody signed ({status})",
            f"verify signatures: CallbackRouter does, or {verifier}",
        )
    if status in {404, 405}:
        return Finding(area, "bad", f"{shown}: {status}", "is this the path of the callback view?")
    if 300 <= status < 400:
        cure = "Sinch does not follow redirects: set the URL that it leads to"
        return Finding(area, "bad", f"{shown} redirects ({status})", cure)
    if status >= 500:
        return Finding(area, "bad", f"{shown} fails ({status})", "look into the log of the app")
    return Finding(
        area, "note", f"{shown} answers {status} to what is unsigned; 401 would be clear"
    )


def place(url: str) -> str:
    """Host and port, without user name and password."""
    return urlsplit(url).netloc.rpartition("@")[2]
