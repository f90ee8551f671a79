"""The right sides of docs/from-twilio.md do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sinch import VerificationMethod
from sinch.svaml import Svaml
from sinch.testing import LocalSandbox

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "from-twilio.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| .+ \| `((?:sinch|svaml)\..+)` \|$", re.MULTILINE)
REQUESTS = [row for row in ROW.findall(PAGE) if row.startswith("sinch.")]
ANSWERS = [row for row in ROW.findall(PAGE) if row.startswith("svaml.")]


def test_rows_are_found() -> None:
    assert len(REQUESTS) >= 11
    assert len(ANSWERS) >= 13


@pytest.mark.parametrize("row", REQUESTS)
def test_a_request_is_sent(row: str) -> None:
    number, room = "+46700000033", "room"
    with LocalSandbox() as sandbox, sandbox.client() as sinch:
        names = {"number": number, "text": "Hello", "cli": "private", "room": room, "sender": None}
        names |= {"url": "http://127.0.0.1:1/ace", "VerificationMethod": VerificationMethod}
        sms = sinch.sms(number, "Hello").send()
        sinch.verification(number).initiate(VerificationMethod.SMS)
        code = sandbox.verifications[-1].code
        placed = sinch.callouts.conference(number, room, cli="private").call()
        phone = sandbox.phone(sandbox_router(sandbox))
        phone.expect_call(number)
        names |= {"code": code, "message_id": sms.message_id, "call_id": placed.call_id}
        before = len(sandbox.emulator.log)

        eval(row, {**names, "sinch": sinch, "svaml": Svaml()})

        (sent,) = list(sandbox.emulator.log)[before:]
        assert sent.status < 300


def sandbox_router(sandbox: LocalSandbox) -> object:
    from sinch.callbacks import CallbackRouter, CallbackVerifier

    return CallbackRouter(CallbackVerifier(sandbox.credentials))


@pytest.mark.parametrize("row", ANSWERS)
def test_an_answer_can_be_built(row: str) -> None:
    assert eval(row, {"svaml": Svaml()}).build().body.startswith("{")
