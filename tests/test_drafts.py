"""A draft that is taken for the thing itself says what is missing; one that is forgotten warns."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from sinch.core.drafts import _noticed

from .conftest import SECRET

N = "+46700000000"


@pytest.mark.parametrize(
    ("thing", "attribute", "advice"),
    [
        (lambda s: s.sms(N, "Hi"), "message_id", ".send()"),
        (lambda s: s.callouts.tts(N, "Hi"), "call_id", ".call()"),
        (lambda s: s.verification(N), "sms", ".initiate()"),
        (lambda s: s.verification(N), "status", ".get() or .report() or .wait()"),
        (lambda s: s.calls("c"), "status", ".get()"),
        (lambda s: s.conferences("r"), "participants", ".get()"),
    ],
)
def test_what_the_result_has_is_not_on_the_draft(thing, attribute, advice, make_client) -> None:
    sinch = make_client()
    call = "await" if type(sinch).__name__.startswith("Async") else "call"

    with pytest.raises(AttributeError) as refused:
        getattr(thing(sinch), attribute)

    assert f"no attribute {attribute!r}: its result has it, {call} {advice} first" in str(
        refused.value
    )


def test_any_other_name_is_missing_as_usual(make_client) -> None:
    draft = make_client().sms(N, "Hi")

    assert not hasattr(draft, "nonsense")
    with pytest.raises(AttributeError, match="has no attribute 'textt'") as refused:
        draft.textt
    assert "first" not in str(refused.value)
    assert (refused.value.name, refused.value.obj) == ("textt", draft)  # for "Did you mean"


@pytest.mark.parametrize(
    "draft",
    [lambda s: s.sms(N, "Hi"), lambda s: s.callouts.tts(N, "Hi"), lambda s: s.verification(N)],
)
async def test_a_draft_is_neither_true_nor_awaitable(draft, make_client) -> None:
    sinch = make_client()

    with pytest.raises(TypeError, match=r"it has not been sent: (call|await) \.\w+\(\)"):
        bool(draft(sinch))
    if type(sinch).__name__.startswith("Async"):
        with pytest.raises(TypeError, match=r"it has not been sent: await \.\w+\(\)"):
            await draft(sinch)


@pytest.mark.parametrize(
    "draft",
    [
        lambda s: s.sms(N, "The PIN is 4711"),
        lambda s: s.verification(N, code="4711", custom="4711", cli=N),
        lambda s: (
            s.callouts.tts(N, "The PIN is 4711", cli=N)
            .with_dtmf("4711#")
            .with_custom("4711")
            .with_header("X-CB-Pin", "4711")
        ),
    ],
    ids=["sms", "verification", "callout"],
)
def test_codes_texts_and_numbers_are_masked_in_a_repr(draft, make_client) -> None:
    prepared = draft(make_client())
    text = repr(prepared)
    getattr(prepared, "get_operation", getattr(prepared, "operation", None))

    assert "4711" not in text
    assert N not in text
    assert "Draft(" in text


# --- forgotten ------------------------------------------------------------------------------------

PROGRAM = f"""
import asyncio
from sinch import AsyncSinchClient, RetryPolicy, SinchClient, errors

options = {{"base_url": "http://127.0.0.1:9", "retry": RetryPolicy.none()}}
sinch = SinchClient("key", "{SECRET}", **options)
number = "{N}"

def quietly(act):
    try:
        return act()
    except Exception:
        pass

sinch.sms(number, "Hi")  # WARNS
sinch.sms(number, "Hi").with_cli("Shop").with_options(timeout=1)  # WARNS
print(sinch.sms(number, "Hi"))  # WARNS
sinch.verification(number).with_code("1")  # WARNS
(
    sinch.callouts
    .tts(number, "Hi")  # WARNS
    .with_custom("x")
)

sinch.sms(number, "Hi").operation()
quietly(lambda: sinch.sms("0", "Hi").operation())
quietly(lambda: sinch.sms(number, "Hi").message_id)
quietly(lambda: bool(sinch.sms(number, "Hi")))
quietly(lambda: sinch.callouts.tts(number, "Hi").with_dtmf("x"))
quietly(lambda: sinch.with_options(timeout=1).sms(number, "Hi").send())
quietly(lambda: sinch.raw(sinch.with_options(timeout=1).sms(number, "Hi").send))
base = sinch.verification(number)
base.with_code("1").report_operation("sms")

async def main():
    async with AsyncSinchClient("key", "{SECRET}", **options) as sinch:
        sinch.sms(number, "Hi")  # WARNS
        try:
            await sinch.sms(number, "Hi").send()
        except errors.SinchError:
            pass
        try:
            await sinch.sms(number, "Hi")
        except TypeError:
            pass

asyncio.run(main())
sinch.close()
"""


def warned_lines(tmp_path: Path, *options: str) -> list[int]:
    program = tmp_path / "shop.py"
    program.write_text(PROGRAM)
    ran = subprocess.run(
        [sys.executable, *options, program], capture_output=True, text=True, timeout=60, check=True
    )
    found = [line for line in ran.stderr.splitlines() if "UnsentDraft" in line]
    assert all("drafted but n" in line for line in found)
    return [int(line.split(":")[1]) for line in found]


@pytest.mark.parametrize("options", [("-X", "dev"), ("-W", "default")], ids=" ".join)
def test_a_dropped_draft_warns_naming_the_line_where_warnings_are_shown(tmp_path, options) -> None:
    marked = [n for n, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith("# WARNS")]

    assert warned_lines(tmp_path, *options) == marked


def test_and_says_nothing_otherwise(tmp_path) -> None:
    assert warned_lines(tmp_path) == []


async def test_a_watched_verb_does_what_it_did_before() -> None:
    class Thing:
        _client = None

        def get(self, *args: int, **options: int) -> tuple[object, ...]:
            return (*args, options)

        def fail(self) -> None:
            raise LookupError("as before")

        async def wait(self, *args: int, **options: int) -> tuple[object, ...]:
            return self.get(*args, **options)

    thing = Thing()
    assert _noticed(Thing.get)(thing, 1, timeout=2) == (1, {"timeout": 2})
    assert await _noticed(Thing.wait)(thing, 1, timeout=2) == (1, {"timeout": 2})
    assert inspect.iscoroutinefunction(_noticed(Thing.wait))  # by which errors say "await"
    with pytest.raises(LookupError, match="as before"):
        _noticed(Thing.fail)(thing)


def test_every_draft_is_watched_then_and_none_otherwise() -> None:
    program = """
import inspect, sys
from sinch import callouts, sms, verification
from sinch.core.drafts import WATCHING, Draft, for_draft

client, drafts = object(), {
    kind
    for module in (callouts, sms, verification)
    for name, kind in vars(module).items()
    if name.endswith("Draft") and kind.__module__ == module.__name__ and name != "_Draft"
}
verbs = [
    verb for kind in drafts for name, verb in inspect.getmembers(kind, inspect.isfunction)
    if not name.startswith("_")
]
assert len(drafts) == 6, drafts
assert WATCHING == bool(sys.flags.dev_mode)
assert {hasattr(verb, "__wrapped__") for verb in verbs} == {WATCHING}
assert WATCHING or for_draft(client, "") is client
"""
    for options in ((), ("-X", "dev")):
        subprocess.run([sys.executable, *options, "-c", program], timeout=60, check=True)
