"""The pytest plugin, in runs of pytest of its own."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

import pytest

pytest_plugins = ("pytester",)

#: Only these plugins, so that it makes no difference what else is installed, or how we are.
LOAD = ("-p", "sinch.testing.plugin", "-p", "pytest_asyncio.plugin")
ASYNC = ("-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function")

IVR = """
import pytest
from sinch import Locale
from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.svaml import Svaml


@pytest.fixture
def ivr(sinch_credentials):
    router = CallbackRouter(CallbackVerifier(sinch_credentials), svaml=Svaml(Locale.EN_US))
    menus = (
        Svaml().menus().begin_menu("main", "#tts[Press 1 for sales.]")
        .trigger_pie("1", "sales").trigger_pie("2", "support").end_menu()
    )

    @router.ice
    def incoming(event, svaml):
        return svaml.ice().say("Welcome.").run_menu("main", menus)

    @router.pie
    def chosen(event, svaml):
        return svaml.pie().connect_pstn("+46700000009").without_callbacks()

    return router
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(tests: str, *options: str, conftest: str = IVR) -> pytest.RunResult:
        pytester.makeconftest(conftest)
        pytester.makepyfile(tests)
        return pytester.runpytest_subprocess(*LOAD, *ASYNC, "-W", "error", *options)

    return run


def test_fixtures_for_blocking_tests(run) -> None:
    result = run(
        """
        from sinch import SinchClient

        def test_sms(sinch_sandbox, sinch_client):
            sinch_client.sms("+46700000033", "Hello").send()
            assert sinch_sandbox.messages[0].text == "Hello"

        def test_every_test_has_a_sandbox_of_its_own(sandbox, sinch_sandbox):
            assert sandbox is sinch_sandbox
            assert sandbox.messages == ()

        def test_ivr(sinch_phone, ivr):
            call = sinch_phone(ivr).call("+46700000001")
            assert call.press("1").connected_to == "+46700000009"

        def test_callout(sinch_phone, sinch_client, ivr):
            phone = sinch_phone(ivr)
            sinch_client.callouts.tts("+46700000033", "Hello").call()
            assert phone.expect_call("+46700000033").heard("Hello")

        def test_signed_request(sinch_signed_request, ivr):
            event = {"event": "dice", "callid": "1"}
            assert ivr.dispatch(sinch_signed_request(event).delivery).status == 200

        def test_clock(sinch_clock):
            assert sinch_clock.now.year == 2026

        def test_environment(sinch_environment, sandbox):
            with SinchClient() as sinch:
                sinch.sms("+46700000033", "Hello").send()
            assert len(sandbox.messages) == 1

        def test_server(sinch_server):
            server = sinch_server
            key, secret = server.application_key, server.application_secret
            with SinchClient(key, secret, base_url=server.url) as sinch:
                assert sinch.sms("+46700000033", "Hello").send().message_id
        """
    )

    result.assert_outcomes(passed=8)


def test_fixtures_for_asyncio_tests(run) -> None:
    result = run(
        """
        async def test_sms(sinch_sandbox, async_sinch_client):
            await async_sinch_client.sms("+46700000033", "Hello").send()
            assert len(sinch_sandbox.messages) == 1

        async def test_ivr(async_sinch_phone, ivr):
            call = await async_sinch_phone(ivr).call().press("1")
            assert call.connected_to == "+46700000009"
        """
    )

    result.assert_outcomes(passed=2)


def test_credentials_are_overridden_by_a_fixture(run) -> None:
    result = run(
        """
        def test_ivr(sandbox, sinch_phone, ivr):
            assert sandbox.application_key == "my-key"
            assert sinch_phone(ivr).call().heard("Welcome")
        """,
        conftest=IVR
        + """
@pytest.fixture
def sinch_credentials():
    return "my-key", "BeIukql3pTKJ8RGL5zo0DA=="
""",
    )

    result.assert_outcomes(passed=1)


def test_a_sandbox_fixture_of_the_users_own_wins(run) -> None:
    result = run(
        """
        import pytest

        @pytest.fixture
        def sandbox():
            return "mine"

        def test_mine(sandbox, sinch_client):
            assert sandbox == "mine"
        """
    )

    result.assert_outcomes(passed=1)


def test_a_failure_shows_the_transcripts_of_its_calls_only(run) -> None:
    result = run(
        """
        import pytest
        from sinch.testing import Phone

        @pytest.fixture(scope="module")
        def shared():
            return {}

        def test_before(ivr, shared):
            shared["phone"] = Phone(ivr)
            shared["phone"].call(from_="+46700000555")

        def test_failing(ivr):
            call = Phone(ivr).call("+46700000001")
            call.press("1")
            assert call.heard("Goodbye")
        """
    )

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            '>*assert call.heard("Goodbye")',
            "E*assert <not heard 'Goodbye', but 'Welcome.', 'Press 1 for sales.'>",
            "*---- Sinch call ----*",
            "call from +46700000002 to +46700000001",
            "  00:00.0  event ice -> app",
            "  00:00.0  ice <- playFiles, runMenu",
            '  00:00.0  party hears "Welcome." (tts, en-US)',
            "  00:00.5  +46700000001 is answered",
            "  00:00.5  menu main",
            '  00:00.5  party hears "Press 1 for sales." (tts, en-US)',
            "  00:01.7  party presses 1",
            "  00:01.7  menu main: 1 is return(sales)",
            "  00:01.7  menu main ends: return sales",
            "  00:01.7  event pie -> app",
            "  00:01.7  pie <- connectPstn",
            "  00:01.7  dialling +46700000009",
            "  00:01.8  +46700000009 rings",
            "  00:02.2  +46700000009 is answered",
            "  00:02.2  connected to +46700000009",
        ],
    )
    result.stdout.no_fnmatch_line("*+46700000555*")


# --- the coverage of menus ------------------------------------------------------------------------

WALK = """
import pytest

@pytest.mark.parametrize("number", range(4))
def test_sales(sinch_phone, ivr, number):
    sinch_phone(ivr).call().press("1").hang_up()
"""
REPORT = [
    "*= Sinch menu coverage =*",
    "1 of 2 menu options walked",
    "  menu main, never walked:",
    "    2  return(support)",
]


def test_installing_the_package_registers_the_plugin() -> None:
    pyproject = Path(__file__).resolve().parents[2] / "pyproject.toml"
    points = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["entry-points"]

    assert points["pytest11"] == {"sinch": "sinch.testing.plugin"}


def test_coverage_is_off_by_default(run) -> None:
    result = run(WALK)

    result.assert_outcomes(passed=4)
    result.stdout.no_fnmatch_line("*Sinch menu coverage*")


@pytest.mark.parametrize(
    "options", [("--sinch-menu-coverage",), ("-o", "sinch_menu_coverage=true")]
)
def test_coverage_is_switched_on_by_option_or_setting(run, options) -> None:
    result = run(WALK, *options)

    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(REPORT, consecutive=True)


def test_coverage_without_a_menu(run) -> None:
    result = run("def test_nothing(): pass", "--sinch-menu-coverage")

    result.stdout.fnmatch_lines(["no phone has seen a menu"])


@pytest.mark.skipif(not importlib.util.find_spec("xdist"), reason="pytest-xdist is not installed")
def test_coverage_is_gathered_from_the_workers_of_xdist(run) -> None:
    result = run(WALK, "--sinch-menu-coverage", "-p", "xdist.plugin", "-n", "2")

    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(REPORT, consecutive=True)


def test_what_workers_of_xdist_hand_over_is_added(pytestconfig: pytest.Config) -> None:
    from types import SimpleNamespace

    from sinch.testing import registry
    from sinch.testing.watching import Watch

    options = {"getoption": lambda _: True, "getini": lambda _: False}
    watchers = len(registry._watchers)
    worker = SimpleNamespace(workeroutput={}, **options)
    seen = Watch(worker)  # type: ignore[arg-type]
    main = Watch(SimpleNamespace(**options))  # type: ignore[arg-type]
    from sinch.testing import MenuCoverage

    seen._coverage = MenuCoverage({("main", "1", "return(a)"): 1})
    seen.pytest_sessionfinish()
    main.pytest_testnodedown(worker)
    main.pytest_testnodedown(SimpleNamespace())

    assert main._coverage == seen._coverage
    main.pytest_unconfigure()
    seen.pytest_unconfigure()
    assert len(registry._watchers) == watchers
