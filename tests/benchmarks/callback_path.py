"""Answering a call: verify the callback, read it, build a reply with two menus, write it.

The floor does the same with ``hmac``, ``json`` and dictionaries, without checking the reply.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sinch.callbacks import CallbackRouter, CallbackVerifier, Delivery, IceEvent
from sinch.core.signing import Credentials, string_to_sign, timestamp
from sinch.svaml import Svaml, tts
from sinch.values import Dtmf, Locale

from .bare import KEY, SECRET
from .harness import Row, call_by_call, interleave

PATH = "/sinch/callback"
TYPE = "application/json"
WELCOME, AGAIN, DIGITS = "Welcome. Press 1 or 2.", "Press 1 or 2.", "Enter 12 digits"
EVENT: dict[str, Any] = {
    "event": "ice",
    "callid": "822aa4b7-05b4-4d83-87c7-1f835ee0b6f6_257",
    "callResourceUrl": "https://calling-euc1.api.sinch.com/calling/v1/calls/id/822aa4b7",
    "timestamp": "2026-11-22T20:00:00Z",
    "version": 1,
    "userRate": {"currencyId": "USD", "amount": 0.0},
    "cli": "15551234567",
    "to": {"type": "did", "endpoint": "+46700000000"},
    "domain": "pstn",
    "applicationKey": KEY,
    "originationType": "PSTN",
    "rdnis": "",
    "callHeaders": [{"key": "origin", "value": "shop"}],
}
BODY = json.dumps(EVENT).encode()
Reply = Callable[[dict[str, str]], str]


def measure(url: str, *, quick: bool) -> list[Row]:
    """CPU time of one answer; every contestant has to write the very same JSON."""
    batch, rounds = (200, 9) if quick else (400, 41)
    ours = {"builders": by_builders(), "new": by_new_menus(), "router": by_router()}
    floor = by_hand()
    expected = floor(_headers())
    for name, reply in ours.items():
        if (found := reply(_headers())) != expected:
            raise AssertionError(f"{name} replied {found}, not {expected}")

    def repeated(reply: Reply) -> Callable[[], None]:
        def run() -> None:
            headers = _headers()
            for _ in range(batch):
                reply(headers)

        return run

    single, headers = {"sinch": ours["builders"], "floor": floor}, _headers()
    turns = call_by_call(
        {name: partial(reply, headers) for name, reply in single.items()}, calls=20 * batch
    )
    batches = interleave(
        {name: repeated(reply) for name, reply in {**ours, "floor": floor}.items()}, rounds=rounds
    )
    note, per = "hmac, json, dicts", batch / 1_000_000
    main = turns.row(
        "callback, verify to reply", "sinch", "floor", unit="us", aim=1.25, per=1 / 1_000_000
    )
    return [
        main.against(f"{note}, call by call (limit 2.00)"),
        *(
            batches.row(f"callback, {what}", name, "floor", unit="us", aim=None, per=per).against(
                f"{note}, in batches"
            )
            for name, what in {
                "builders": "verify to reply",
                "new": "menus built anew",
                "router": "through the router",
            }.items()
        ),
    ]


def _headers() -> dict[str, str]:
    """What Sinch would send just now."""
    now = timestamp(datetime.now(UTC))
    signature = Credentials(KEY, SECRET).sign(string_to_sign("POST", PATH, BODY, TYPE, now))
    return {
        "Host": "shop.example",
        "Content-Type": TYPE,
        "Content-Length": str(len(BODY)),
        "Authorization": f"Application {KEY}:{signature}",
        "x-timestamp": now,
    }


def by_builders() -> Reply:
    """Verifier, event and builders; menus written when the program started, as apps do."""
    verifier, svaml = CallbackVerifier(KEY, SECRET), Svaml(Locale.EN_US)
    menus = _menus(svaml)

    def reply(headers: dict[str, str]) -> str:
        event = verifier.verify(Delivery("POST", PATH, headers, BODY)).event()
        assert isinstance(event, IceEvent)
        return svaml.ice().say(_greeting(event)).run_menu("main", menus).build().body

    return reply


def by_new_menus() -> Reply:
    """The same with the menus built for each call, for menus that depend on the event."""
    verifier, svaml = CallbackVerifier(KEY, SECRET), Svaml(Locale.EN_US)

    def reply(headers: dict[str, str]) -> str:
        event = verifier.verify(Delivery("POST", PATH, headers, BODY)).event()
        assert isinstance(event, IceEvent)
        return svaml.ice().say(_greeting(event)).run_menu("main", _menus(svaml)).build().body

    return reply


def by_router() -> Reply:
    """The way of the web adapters: a router, and menus written when the program started."""
    svaml = Svaml(Locale.EN_US)
    router = CallbackRouter(CallbackVerifier(KEY, SECRET), svaml=svaml)
    menus = _menus(svaml)

    @router.ice
    def incoming(event: IceEvent, svaml: Svaml) -> Any:
        return svaml.ice().say(_greeting(event)).run_menu("main", menus)

    return lambda headers: router.dispatch(Delivery("POST", PATH, headers, BODY)).body.decode()


def _greeting(event: IceEvent) -> str:
    assert event.cli is not None
    return f"Hello {event.cli.numeric}"


def _menus(svaml: Svaml) -> Any:
    return (
        svaml.menus()
        .begin_menu("main", tts(WELCOME), repeat_prompt=tts(AGAIN), timeout=timedelta(seconds=5))
        .goto(Dtmf.DIGIT_1, "pin", cookies={"c1": "v1"})
        .trigger_pie(Dtmf.DIGIT_2, "support")
        .end_menu()
        .number_input("pin", tts(DIGITS), max_digits=12)
    )


def by_hand() -> Reply:
    """The least that answers the same call as safely."""
    key = base64.b64decode(SECRET)

    def reply(headers: dict[str, str]) -> str:
        fields = {name.lower(): value for name, value in headers.items()}
        scheme, _, credentials = fields["authorization"].partition(" ")
        application, _, signature = credentials.partition(":")
        sent = fields["x-timestamp"]
        md5 = base64.b64encode(hashlib.md5(BODY, usedforsecurity=False).digest()).decode()
        text = f"POST\n{md5}\n{fields['content-type']}\nx-timestamp:{sent}\n{PATH}"
        expected = base64.b64encode(hmac.digest(key, text.encode(), "sha256"))
        fresh = abs(datetime.now(UTC) - datetime.fromisoformat(sent)) < timedelta(minutes=5)
        known = scheme == "Application" and application == KEY
        if not (fresh and known and hmac.compare_digest(expected, signature.encode())):
            raise PermissionError
        event = json.loads(BODY)
        if event["event"] != "ice":
            raise ValueError
        return json.dumps(_svamlet("+" + event["cli"]), ensure_ascii=False, separators=(",", ":"))

    return reply


def _svamlet(cli: str) -> dict[str, Any]:
    main = {
        "id": "main",
        "mainPrompt": f"#tts[{WELCOME}]",
        "repeatPrompt": f"#tts[{AGAIN}]",
        "repeats": 3,
        "timeoutMills": 5000,
        "options": [
            {"dtmf": "1", "action": "menu(pin)", "add": [{"key": "c1", "value": "v1"}]},
            {"dtmf": "2", "action": "return(support)"},
        ],
    }
    prompt = f"#tts[{DIGITS}]"
    pin = {"id": "pin", "mainPrompt": prompt, "repeatPrompt": prompt, "repeats": 3, "maxDigits": 12}
    action = {"name": "runMenu", "menus": [main, pin], "mainMenu": "main", "locale": "en-US"}
    say = {"name": "playFiles", "ids": [f"#tts[Hello {cli}]"], "locale": "en-US"}
    return {"instructions": [say], "action": action}
