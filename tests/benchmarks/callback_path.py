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
from typing import Any

from .bare import KEY, SECRET
from .contest import Contestant, Row
from .field import Field
from .loops import MODES, spent

SUBJECT = "callback_path"
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


def measure(field: Field) -> list[Row]:
    """CPU time of one answer; every contestant has to write the very same JSON."""
    options = {"calls": 100, "batches": 7} if field.quick else {"calls": 200, "batches": 21}
    contestants = {name: Contestant(SUBJECT, name, field.ours, options) for name in WAYS}
    contestants["control"] = contestants["floor"]
    contestants["orjson"] = Contestant(SUBJECT, "router", field.with_orjson, options)
    samples = field.between(contestants)
    rows = []
    for mode in reversed(MODES):  # what a server meets goes first
        for name, (what, aim) in _ROWS.items():
            subject = f"callback, {what}, {mode}"
            rows.append(
                samples.row(subject, name, "floor", key=mode, aim=aim, against="hmac, json, dicts")
            )
        rows.append(samples.control(f"callback, {mode}: control", "control", "floor", key=mode))
    return rows


def run(who: str, url: str, *, calls: int, batches: int) -> dict[str, float]:
    """Microseconds of one answer, in each mode."""
    reply, headers = WAYS[who](), _headers()
    if (found := reply(headers)) != (expected := by_hand()(headers)):
        raise AssertionError(f"{who} replied {found}, not {expected}")
    return {
        mode: spent(lambda: reply(headers), calls=calls, batches=batches, mode=mode)
        for mode in MODES
    }


def _headers() -> dict[str, str]:
    """What Sinch would send just now."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    md5 = base64.b64encode(hashlib.md5(BODY, usedforsecurity=False).digest()).decode()
    text = f"POST\n{md5}\n{TYPE}\nx-timestamp:{now}\n{PATH}"
    digest = hmac.digest(base64.b64decode(SECRET), text.encode(), "sha256")
    signature = base64.b64encode(digest).decode()
    return {
        "Host": "shop.example",
        "Content-Type": TYPE,
        "Content-Length": str(len(BODY)),
        "Authorization": f"Application {KEY}:{signature}",
        "x-timestamp": now,
    }


def by_verifier() -> Reply:
    """Verifier, event and builders by hand; menus as for the router."""
    from sinch.callbacks import CallbackVerifier, Delivery, IceEvent
    from sinch.svaml import Svaml
    from sinch.values import Locale

    verifier, svaml = CallbackVerifier(KEY, SECRET), Svaml(Locale.EN_US)
    menus = _menus_writer()(svaml)

    def reply(headers: dict[str, str]) -> str:
        event = verifier.verify(Delivery("POST", PATH, headers, BODY)).event()
        assert isinstance(event, IceEvent)
        return svaml.ice().say(_greeting(event)).run_menu("main", menus).build().body

    return reply


def by_router(*, anew: bool = False) -> Reply:
    """The way of the web adapters: a router, and menus written when the program started.

    ``anew`` builds the menus for each call, as programs do whose menus depend on the event.
    """
    from sinch.callbacks import CallbackRouter, CallbackVerifier, Delivery, IceEvent
    from sinch.svaml import Svaml
    from sinch.values import Locale

    svaml = Svaml(Locale.EN_US)
    router = CallbackRouter(CallbackVerifier(KEY, SECRET), svaml=svaml)
    written = _menus_writer()
    menus = written(svaml)

    @router.ice
    def incoming(event: IceEvent, svaml: Any) -> Any:
        chosen = written(svaml) if anew else menus
        return svaml.ice().say(_greeting(event)).run_menu("main", chosen)

    return lambda headers: router.dispatch(Delivery("POST", PATH, headers, BODY)).body.decode()


def _greeting(event: Any) -> str:
    assert event.cli is not None
    return f"Hello {event.cli.numeric}"


def _menus_writer() -> Callable[[Any], Any]:
    from sinch.svaml import tts
    from sinch.values import Dtmf

    def menus(svaml: Any) -> Any:
        return (
            svaml.menus()
            .begin_menu(
                "main", tts(WELCOME), repeat_prompt=tts(AGAIN), timeout=timedelta(seconds=5)
            )
            .goto(Dtmf.DIGIT_1, "pin", cookies={"c1": "v1"})
            .trigger_pie(Dtmf.DIGIT_2, "support")
            .end_menu()
            .number_input("pin", tts(DIGITS), max_digits=12)
        )

    return menus


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


WAYS: dict[str, Callable[[], Reply]] = {
    "router": by_router,
    "anew": lambda: by_router(anew=True),
    "verifier": by_verifier,
    "floor": by_hand,
}
#: What each contestant's row says, and its aim.
_ROWS = {
    "router": ("through the router", 1.5),
    "orjson": ("through the router, with orjson", 1.1),
    "anew": ("menus built anew", 2.2),
    "verifier": ("verifier and builders, no router", None),
}
