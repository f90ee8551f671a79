"""A sandbox, an app on loopback behind it, and a headless Chromium in front (make test-browser)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from sinch import SinchClient
from sinch.callbacks import CallbackRouter, CallbackVerifier, MessagesVerifier
from sinch.sandbox import Sandbox
from sinch.web.aiohttp import callback_routes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
WEBHOOK = "secret of the callbacks"
PLAN = {"service_plan_id": "demo", "api_token": "token", "webhook_secret": WEBHOOK}
HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only who names this folder gets these tests: a plain ``pytest`` needs no browser."""
    named = (Path(str(arg).partition("::")[0]).resolve() for arg in config.invocation_params.args)
    wanted = any(path == HERE or HERE in path.parents for path in named)
    return None if wanted else True


class Ivr:
    """An app with a menu, checking signatures as a real one; ``texts`` are the SMS it got."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.greeting = "Welcome to Acme."
        self.menus: list[dict[str, Any]] = []
        self.menu_prompt = (
            "#tts[For sales, press 1. For the party line, press 2. For opening hours, press 3.]"
        )
        self.router = router = CallbackRouter(
            CallbackVerifier(KEY, SECRET), messages=MessagesVerifier(WEBHOOK)
        )
        self.reports: list[str] = []
        router.inbound(lambda event: self.texts.append(str(event.body)))
        router.recipient_report(lambda event: self.reports.append(str(event.status)))
        router.ice(self._ice)
        router.pie(self._pie)
        router.ace(lambda event: None)
        router.dice(lambda event: None)
        router.notify(lambda event: None)
        router.verification_request(lambda event: {"action": "allow"})
        router.verification_result(lambda event: None)
        router.verification_sms_delivered(lambda event: None)
        router.incoming_sms(lambda event: self.texts.append(event.message or ""))

    def _ice(self, event: Any) -> Any:
        return {
            "instructions": [
                {"name": "answer"},
                {"name": "setCookie", "key": "visit", "value": "first"},
                {"name": "say", "text": self.greeting, "locale": "en-US"},
            ],
            "action": {
                "name": "runMenu",
                "mainMenu": "main",
                "locale": "en-US",
                "menus": self.menus or self._menus(),
            },
        }

    def _menus(self) -> list[dict[str, Any]]:
        return [
            {
                "id": "main",
                "mainPrompt": self.menu_prompt,
                "timeoutMills": 60000,
                "options": [
                    {"dtmf": "1", "action": "return(sales)"},
                    {"dtmf": "2", "action": "return(party)"},
                    {"dtmf": "3", "action": "menu(hours)"},
                ],
            },
            {
                "id": "hours",
                "mainPrompt": "#tts[Nine to five. To go back, press 9.]",
                "timeoutMills": 60000,
                "options": [{"dtmf": "9", "action": "menu(main)"}],
            },
        ]

    def _pie(self, event: Any) -> Any:
        if event.menu_result is not None and event.menu_result.value == "sales":
            return {"action": {"name": "connectPstn", "number": "+46708111222"}}
        return {"action": {"name": "connectConf", "conferenceId": "party"}}


class _Server(threading.Thread):
    """An aiohttp app in an event loop of its own."""

    def __init__(self, router: CallbackRouter) -> None:
        super().__init__(daemon=True)
        self._router = router
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._halt = asyncio.Event()
        self.url = ""

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main())
        self._loop.close()

    async def _main(self) -> None:
        app = web.Application()
        app.add_routes(callback_routes("/sinch", self._router))
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/sinch"
        self._ready.set()
        await self._halt.wait()
        await runner.cleanup()

    def __enter__(self) -> str:
        self.start()
        self._ready.wait(10)
        return self.url

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._halt.set)
        self.join(10)


@pytest.fixture
def ivr() -> Ivr:
    return Ivr()


@pytest.fixture
def sandbox(ivr: Ivr) -> Iterator[Sandbox]:
    with (
        _Server(ivr.router) as url,
        Sandbox(key=KEY, secret=SECRET, callback_url=url, **PLAN) as running,
    ):
        yield running


@pytest.fixture
def sinch(sandbox: Sandbox) -> Iterator[SinchClient]:
    plan = {"service_plan_id": sandbox.service_plan_id, "api_token": sandbox.api_token}
    with SinchClient(KEY, SECRET, base_url=sandbox.url, **plan) as client:
        yield client


@pytest.fixture
def context(browser: Browser, sandbox: Sandbox) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900})
    made.set_default_timeout(5000)
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext, sandbox: Sandbox) -> Iterator[Callable[[], Page]]:
    """Open the page; whatever it complains about or fetches elsewhere fails the test."""
    problems: list[str] = []

    def open_it() -> Page:
        page = context.new_page()
        page.on("console", lambda line: problems.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: problems.append(str(error)))

        def check(request: Any) -> None:
            if not request.url.startswith(f"{sandbox.url}/"):
                problems.append(f"fetched {request.url}")

        page.on("request", check)
        page.goto(f"{sandbox.url}/")
        page.get_by_text("Live", exact=True).wait_for()
        return page

    yield open_it
    assert problems == []


@pytest.fixture
def page(open_page: Callable[[], Page]) -> Page:
    return open_page()
