"""``sinch demo``: every product against a local sandbox, once blocking and once asyncio.

The script is written once, as a generator of calls; the blocking run makes each call, the asyncio
run awaits it. What a person would do meanwhile (read the code off the phone) is looked up in the
sandbox.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Generator, Iterator
from datetime import timedelta
from typing import Any, TypeAlias
from urllib.request import urlopen

from rich.console import Console
from rich.json import JSON
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from sinch import AsyncSinchClient, SinchClient, SmsStatus, VerificationMethod, VerificationStatus
from sinch.callbacks import CallbackVerifier
from sinch.core.driving import drive, drive_async
from sinch.demo_ivr import walk
from sinch.sandbox import Sandbox

CALLEE = "+46700000099"

Thunk: TypeAlias = Callable[[], Any]
Script: TypeAlias = Generator[Thunk, Any, None]


class DemoFailed(Exception):
    """Something was not as it should be."""


def run(console: Console) -> None:
    """Run the whole demo. Raises :class:`DemoFailed`."""
    with Sandbox() as sandbox:
        console.print(f"Sinch sandbox on [bold]{sandbox.url}[/], key {sandbox.application_key}")
        options = (sandbox.application_key, sandbox.application_secret)
        console.print(Rule("blocking: SinchClient", style="cyan"))
        with SinchClient(*options, base_url=sandbox.url) as sinch:
            drive(_script(sinch, sandbox, _Story(console, sandbox)), lambda act: act())
        sandbox.reset()
        console.print(Rule("asyncio: AsyncSinchClient", style="cyan"))
        asyncio.run(_asynchronous(options, sandbox, console))
        console.print(Rule("an IVR call, without a phone", style="cyan"))
        _ivr(options, console)
    console.print(Rule("everything is as it should be", style="green"))


def _ivr(options: tuple[str, str], console: Console) -> None:
    transcript, checks = walk(CallbackVerifier(*options))
    console.print(Text(f"\n{transcript}\n"))
    for what, holds in checks.items():
        if not holds:
            raise DemoFailed(f"expected: {what}")
        console.print(Text(f"  ✓ {what}", style="green"))


async def _asynchronous(options: tuple[str, str], sandbox: Sandbox, console: Console) -> None:
    async with AsyncSinchClient(*options, base_url=sandbox.url) as sinch:
        await drive_async(_script(sinch, sandbox, _Story(console, sandbox)), lambda act: act())


def _script(sinch: SinchClient | AsyncSinchClient, sandbox: Sandbox, story: _Story) -> Script:
    story.scene("Send an SMS and ask what became of it")
    receipt = yield sinch.sms(CALLEE, "Your table is ready.").send
    sandbox.advance(5)
    status = yield lambda: sinch.sms.get_status(receipt.message_id)
    story.check("delivered", status.status is SmsStatus.SUCCESSFUL)

    story.scene("Verify a number by SMS, first with a wrong code, then with the right one")
    draft = sinch.verification(CALLEE).with_reference("demo-sms")
    started = yield lambda: draft.initiate(VerificationMethod.SMS)
    secret = _verification(sandbox, started.id)
    wrong = "0000" if secret["code"] != "0000" else "1111"
    report = yield lambda: sinch.verification(id=started.id, code=wrong).report(
        VerificationMethod.SMS
    )
    story.check("a wrong code fails", report.status is VerificationStatus.FAIL)
    report = yield lambda: sinch.verification(id=started.id, code=secret["code"]).report(
        VerificationMethod.SMS
    )
    story.check("the right code succeeds", report.status is VerificationStatus.SUCCESSFUL)
    final = yield lambda: sinch.verification(reference="demo-sms").wait(timeout=5)
    story.check("and stays so", final.status is VerificationStatus.SUCCESSFUL)

    story.scene("Verify a number by flash call")
    started = yield lambda: sinch.verification(CALLEE).initiate(VerificationMethod.FLASH_CALL)
    cli = _verification(sandbox, started.id)["cli"]
    report = yield lambda: sinch.verification(CALLEE, cli=cli).report(VerificationMethod.FLASH_CALL)
    story.check("the caller's number matches", report.status is VerificationStatus.SUCCESSFUL)

    story.scene("Call a number and read a text")
    placed = yield sinch.callouts.tts(CALLEE, "How are you doing?", cli="private").call
    sandbox.advance(60)
    call = yield lambda: sinch.calls(placed.call_id).get()
    story.check("answered and over", (call.status, call.result) == ("FINAL", "ANSWERED"))

    story.scene("Bring somebody into a conference, mute them, and end it")
    room = sinch.conferences("demo-room")
    placed = yield sinch.callouts.conference(
        CALLEE, "demo-room", cli="private", greeting="Welcome", max_duration=timedelta(minutes=5)
    ).call
    sandbox.advance(5)
    inside = yield room.get
    story.check("in the room", [p.id for p in inside.participants] == [placed.call_id])
    yield room.participant(placed.call_id).mute
    inside = yield room.get
    story.check("muted", inside.participants[0].muted is True)
    yield room.end
    story.close()


def _verification(sandbox: Sandbox, id_: str) -> dict[str, Any]:
    """What the person with the phone knows, from the sandbox's read-back API."""
    with urlopen(f"{sandbox.url}/_sandbox/verifications/{id_}") as answer:  # noqa: S310 - loopback
        found: dict[str, Any] = json.load(answer)
    return found


class _Story:
    """Prints scenes with what went over the wire in each, and keeps score."""

    def __init__(self, console: Console, sandbox: Sandbox) -> None:
        self._console = console
        self._sandbox = sandbox
        self._told = 0
        self._checks: list[str] = []

    def scene(self, title: str) -> None:
        """Finish the scene before and open one."""
        self.close()
        self._console.print(Text(f"\n{title}", style="bold"))

    def check(self, what: str, holds: bool) -> None:
        """Keep score; a check that fails ends the demo after the wire was shown."""
        self._checks.append(what)
        if not holds:
            self.close()
            raise DemoFailed(f"expected: {what}")

    def close(self) -> None:
        """Show the exchanges since the last scene, then what was checked."""
        for line in self._exchanges():
            self._console.print(line)
        for what in self._checks:
            self._console.print(Text(f"  ✓ {what}", style="green"))
        self._checks.clear()

    def _exchanges(self) -> Iterator[Text | Padding]:
        entries = list(self._sandbox.emulator.log)
        for entry in entries[self._told :]:
            yield Text.assemble("  → ", (f"{entry.method} {entry.path}", "cyan"))
            if entry.body:
                yield _json(entry.body)
            signed = entry.headers.get("Authorization", "unsigned")
            yield Text(f"      {signed}", style="dim")
            yield Text.assemble("  ← ", (str(entry.status), "magenta"))
            if entry.answer:
                yield _json(entry.answer)
        self._told = len(entries)


def _json(text: str) -> Padding:
    shown = JSON(text, indent=None).text
    shown.no_wrap, shown.overflow = False, "fold"
    return Padding(shown, (0, 0, 0, 6))
