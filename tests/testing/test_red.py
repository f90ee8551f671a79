"""What users read when their application is broken: the tests that follow have to be red.

They run in a pytest of their own. The cause comes first, in the user's code; then the line of the
test, which is the last one shown, with what is wrong and where the call stood.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

LOAD = ("-p", "sinch.testing.plugin", "-p", "pytest_asyncio.plugin")
ASYNC = ("-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function")

IVR = """
from sinch import Locale
from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.svaml import Svaml

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
PRICES = {"sales": 3}
menus = (
    Svaml(Locale.EN_US).menus().begin_menu("main", "#tts[Press 1 or 2.]")
    .trigger_pie("1", "sales").trigger_pie("2", "support").end_menu()
)


def price_of(department):
    return PRICES[department]


def make(*handlers, key=KEY):
    router = CallbackRouter(CallbackVerifier(key, SECRET), svaml=Svaml(Locale.EN_US))
    for name, handler in handlers:
        getattr(router, name)(handler)
    return router


def incoming(event, svaml):
    return svaml.ice().say("Welcome.").run_menu("main", menus)


def chosen(event, svaml):
    price = price_of(event.menu_result.value)
    return svaml.pie().say(f"That is {price}.").hangup()


async def chosen_async(event, svaml):
    return chosen(event, svaml)


def dancing(event):
    return {"action": {"name": "dance"}}


def denying(event):
    raise LookupError("no such customer")


crashing = make(("ice", incoming), ("pie", chosen))
crashing_async = make(("ice", incoming), ("pie", chosen_async))
deaf = make(("ice", incoming))
illegal = make(("ice", dancing))
silent = make(("ice", lambda event: None))
locked = make(("ice", incoming), key="another-key")
verifying = make(("verification_request", denying))


def aiohttp_app(router):
    from aiohttp import web
    from sinch.web.aiohttp import callback_routes

    app = web.Application()
    app.add_routes(callback_routes("/sinch", router))
    return app


def starlette_app(router, lifespan=None):
    from starlette.applications import Starlette
    from sinch.web.starlette import callback_route

    return Starlette(routes=[callback_route("/sinch", router)], lifespan=lifespan)


def flask_app(router):
    import flask
    from sinch.web.flask import callback_blueprint

    app = flask.Flask("ivr")
    app.register_blueprint(callback_blueprint("/sinch", router))
    return app


async def failing_lifespan(app):
    raise ConnectionError("no database")
    yield


not_starting = starlette_app(crashing, __import__("contextlib").asynccontextmanager(failing_lifespan))
"""

CAUSE = [
    "*def price_of(department):*",
    "> *return PRICES[[]department[]]",
    "E *KeyError: 'support'",
    "ivr.py:*: KeyError",
]
CRASH = [
    *CAUSE,
    "*direct cause*",
    '> *press("2")*',
    "E *sinch.testing.CallbackRefused: the app answered pie with HTTP 500: the handler chosen* "
    "raised KeyError: 'support'",
    "E *call from +46700000002 to +46700000001: ended (CALLBACKERROR)",
    "E *party presses 2",
    "E *pie failed: error status: HTTP 500",
]


def case(name: str, test: str, *lines: str, ends: str = "CallbackRefused"):
    return pytest.param(test, lines, ends, id=name)


BLOCKING = "def test_it():\n    phone = Phone({0}, credentials=(KEY, SECRET))\n    {1}"
CASES = [
    case("crash", BLOCKING.format("crashing", 'phone.call().press("2")'), *CRASH),
    case("crash of async", BLOCKING.format("crashing_async", 'phone.call().press("2")'), *CRASH),
    case(
        "crash of Flask",
        BLOCKING.format("flask_app(crashing)", 'phone.call().press("2")'),
        *CRASH,
    ),
    case(
        "crash of Starlette",
        BLOCKING.format("starlette_app(crashing)", 'phone.call().press("2")'),
        *CRASH,
    ),
    case(
        "crash of aiohttp",
        "def test_it():\n"
        "    with Phone(aiohttp_app(crashing), credentials=(KEY, SECRET)) as phone:\n"
        '        phone.call().press("2")',
        *CRASH,
    ),
    case(
        "crash in an event loop",
        'async def test_it():\n    call = await AsyncPhone(crashing).call()\n    await call.press("2")',
        *CRASH,
    ),
    case(
        "crash of aiohttp in an event loop",
        "async def test_it():\n"
        "    async with AsyncPhone(aiohttp_app(crashing), credentials=(KEY, SECRET)) as phone:\n"
        '        await phone.call().press("2")',
        *CRASH,
    ),
    case(
        "crash with the fixture",
        'def test_it(sinch_phone):\n    sinch_phone(crashing).call().press("2")',
        *CRASH,
    ),
    case(
        "crash with the fixture for event loops",
        "async def test_it(async_sinch_phone):\n"
        '    await async_sinch_phone(crashing).call().press("2")',
        *CRASH,
    ),
    case(
        "no handler for the menu",
        BLOCKING.format("deaf", "phone.call()"),
        "> *phone.call()",
        "E *CallbackUnhandled: the app answered ice with runMenu, but has no handler*@router.pie*",
        "E *ice <- playFiles, runMenu",
        ends="CallbackUnhandled",
    ),
    case(
        "a forgotten return",
        BLOCKING.format("silent", "phone.call()"),
        "E *CallbackUnhandled: the handler <lambda> returned None for ice*is a return missing*",
        ends="CallbackUnhandled",
    ),
    case(
        "illegal SVAML",
        BLOCKING.format("illegal", "phone.call()"),
        "E *SvamlRefused: Sinch refused the SVAML of the app: 40001 dance is not allowed in *",
        "E *the app answered {'action': {'name': 'dance'}}",
        ends="SvamlRefused",
    ),
    case(
        "a wrong key",
        BLOCKING.format("locked", "phone.call()"),
        "E *HTTP 401: are key (669E367E-6BBA-48AB-AF15-266871C28135), secret and clock those*unknown_key",
    ),
    case(
        "nobody listens",
        BLOCKING.format('"http://127.0.0.1:9/sinch"', "phone.call()"),
        "E *CallbackUnanswered: the app did not answer ice: nobody listens at http://127.0.0.1:9",
        ends="CallbackUnanswered",
    ),
    case(
        "a startup that fails",
        "def test_it():\n"
        "    with Phone(not_starting, credentials=(KEY, SECRET)) as phone:\n"
        "        phone.call()",
        "E *ConnectionError: no database",
        "> *with Phone(not_starting*",
        "E *LifespanFailed: the startup of the app failed: ConnectionError: no database",
        ends="LifespanFailed",
    ),
    case(
        "a startup that fails in an event loop",
        "async def test_it():\n"
        "    async with AsyncPhone(not_starting, credentials=(KEY, SECRET)) as phone:\n"
        "        await phone.call()",
        "E *ConnectionError: no database",
        "> *async with AsyncPhone(not_starting*",
        "E *LifespanFailed: the startup of the app failed: ConnectionError: no database",
        ends="LifespanFailed",
    ),
    case(
        "a verification that is decided by a crash",
        "def test_it(sinch_sandbox, sinch_client):\n"
        "    sinch_sandbox.send_verifications_to(verifying)\n"
        '    sinch_client.verification("+46700000033").initiate(VerificationMethod.SMS)',
        "E *LookupError: no such customer",
        "> *sinch_client.verification(*",
        "E *CallbackRefused: the app answered verificationrequestevent with HTTP 500: *",
    ),
    case(
        "the same in an event loop",
        "async def test_it(sinch_sandbox, async_sinch_client):\n"
        "    sinch_sandbox.send_verifications_to(verifying)\n"
        '    draft = async_sinch_client.verification("+46700000033")\n'
        "    await draft.initiate(VerificationMethod.SMS)",
        "E *LookupError: no such customer",
        "> *await draft.initiate(*",
        "E *CallbackRefused: the app answered verificationrequestevent with HTTP 500: *",
    ),
    case(
        "keys that no phone has",
        BLOCKING.format("crashing", 'phone.call().press("A")'),
        "E *NotPossible: keys are 0-9, [*] and #",
        "E *call from +46700000002 to +46700000001: in menu main",
        ends="NotPossible",
    ),
    case(
        "a call that was not placed",
        BLOCKING.format("crashing", "phone.expect_call()"),
        "E *CallNotPlaced: the code under test has placed no call",
        ends="CallNotPlaced",
    ),
    case(
        "a call that has not ended",
        BLOCKING.format("crashing", "phone.call().ended.reason"),
        "E *CallNotEnded: the call has not ended",
        "E *call from +46700000002 to +46700000001: in menu main",
        ends="CallNotEnded",
    ),
    case(
        "a forgotten await",
        "async def test_it():\n"
        "    call = AsyncPhone(crashing).call()\n"
        "    try:\n"
        '        call.heard("Welcome")\n'
        "    finally:\n"
        "        await call",
        "E *NotAwaited: await the call first*",
        ends="NotAwaited",
    ),
    case(
        "a failure that was expected in vain",
        BLOCKING.format("crashing", "with phone.expect_failure(): phone.call()"),
        "E *NothingFailed: the app should have failed with PhoneError, but it did not",
        ends="NothingFailed",
    ),
    case(
        "no credentials",
        'def test_it():\n    Phone("http://127.0.0.1:9/sinch")',
        "E *ConfigurationError: application_key is missing: pass credentials=(key, secret) or set*",
        ends="ConfigurationError",
    ),
    case(
        "a destination that cannot do that",
        BLOCKING.format("crashing", 'phone.call().reject("foo")'),
        "E *ValueError: a call is rejected with one of busy, noanswer, failed, congestion, *'foo'",
        ends="ValueError",
    ),
]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What pytest said about each case, all of them run at once."""
    where = tmp_path_factory.mktemp("red")
    named = [str(case.values[0]).replace("test_it", f"test_{_name(case.id)}") for case in CASES]
    imports = "from ivr import *\nfrom sinch.testing import *\nfrom sinch import *\n\n\n"
    (where / "ivr.py").write_text(IVR)
    (where / "test_ivr.py").write_text(imports + "\n\n\n".join(named) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *LOAD, *ASYNC, "--no-header", "test_ivr.py"],
        cwd=where, env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert f"{len(CASES)} failed in" in done.stdout, done.stdout[-5000:]
    failures = done.stdout.partition("= FAILURES =")[2].partition("= short test summary")[0]
    parts = re.split(r"^_+ test_(\w+) _+$", failures, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(("test", "lines", "ends"), CASES)
def test_a_broken_application_makes_the_test_red(
    reports: dict[str, str],
    request: pytest.FixtureRequest,
    test: str,
    lines: tuple[str, ...],
    ends: str,
) -> None:
    report = reports[_name(request.node.callspec.id)]

    pytest.LineMatcher(report.splitlines()).fnmatch_lines(list(lines))
    shown = re.findall(r"^(\S+\.py):\d+: (.*)$", report.partition("--- Captured")[0], re.MULTILINE)
    assert shown[-1] == ("test_ivr.py", ends)
    assert {path for path, _ in shown} <= {"test_ivr.py", "ivr.py"}


def _name(case: str) -> str:
    return re.sub(r"\W", "_", case).lower()
