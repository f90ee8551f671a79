"""`sinch migrate`: uses of other SDKs, found in Python and C#, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinch.cli import migrations
from sinch.cli.migrate import uses_in
from sinch.cli.output import ExitCode

from .conftest import run

OFFICIAL = """\
from sinch import SinchClient, SinchClientAsync
from sinch.domains.voice.models.svaml.actions import HangupAction

client = SinchClient(key_id="a", application_key=key)
client.verification.verifications.start_sms(
    identity={"type": "number", "endpoint": number},
)
(
    client.voice
    .callouts.text_to_speech(destination=d)
)
client.sms.batches.send(body="Hello")
client.configuration.voice_region = "euc1"
action = HangupAction()
"client.voice.calls.get in a text is none"
"""
TWILIO = """\
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

client = Client(sid, token)
client.messages.create(to=number, body=text)
client.verify.v2.services(service).verifications.create(to=number, channel="sms")
client.calls(sid).update(status="completed")
response = VoiceResponse()
response.gather(num_digits=1).say("Hello")
"""
CSHARP = """\
var factory = SinchFactory.CreateApiFactory(key, secret);
var sms = factory.CreateSmsApi();  // MySinchFactoryHelper is none
"""


def found(file: str, text: str) -> list[tuple[int, str]]:
    return [(use.line, use.found) for use in sorted(uses_in(file, text))]


@pytest.mark.parametrize(
    ("file", "text", "uses"),
    [
        (
            "a.py",
            OFFICIAL,
            [
                (2, "from sinch.domains.voice.models.svaml.actions"),
                (4, "key_id="),
                (5, "verifications.start_sms"),
                (10, "callouts.text_to_speech"),
                (12, "sms.batches.send"),
                (13, "configuration.voice_region"),
                (14, "HangupAction"),
            ],
        ),
        (
            "b.py",
            TWILIO,
            [
                (4, "Client"),
                (5, "messages.create"),
                (6, "verifications.create"),
                (7, "calls.update"),
                (8, "VoiceResponse"),
                (9, ".gather"),
                (9, ".say"),
            ],
        ),
        ("c.cs", CSHARP, [(1, "CreateApiFactory"), (1, "SinchFactory"), (2, "CreateSmsApi")]),
        ("d.py", "orders.messages.create(x)\nClient()\nplayer.play()\n", []),
        ("e.py", "from sinch import SinchClient\nSinchClient(key, secret).sms(n, t).send()\n", []),
        ("f.py", "def broken(:\n", []),
    ],
)
def test_uses(file: str, text: str, uses: list[tuple[int, str]]) -> None:
    assert found(file, text) == uses


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "a.py").write_text(OFFICIAL)
    (tmp_path / "bad.py").write_text("def (:\n")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "b.py").write_text(TWILIO)

    plain = run("migrate", str(tmp_path))
    machine = run("migrate", str(tmp_path), "--json").json

    assert plain.code == ExitCode.OK
    assert "7 uses in 1 of 2 files." in plain.out
    assert "bad.py cannot be read" in plain.err
    assert machine["unread"] == [str(tmp_path / "bad.py")]
    assert {use["origin"] for use in machine["uses"]} == {"sinch 1.x"}


def test_what_they_become_exists() -> None:
    """Every ``sinch.product.verb`` on the right side is one of this SDK."""
    import re

    from sinch import SinchClient

    client = SinchClient("key", "c2VjcmV0", base_url="http://127.0.0.1:1")
    makers = {
        "sms": lambda: client.sms("+46700000000", "x"),
        "verification": lambda: client.verification("+46700000000"),
        "calls": lambda: client.calls("id"),
        "conferences": lambda: client.conferences("room"),
        "applications": lambda: client.applications,
        "callouts": lambda: client.callouts,
    }
    tables = (migrations.OFFICIAL, migrations.TWILIO, migrations.DOTNET)
    for becomes in {value for table in tables for value in table.values()}:
        for product, first in re.findall(r"\bsinch\.(\w+)(?:\([^()]*\))?\.(\w+)", becomes):
            holders = [makers[product](), getattr(client, product)]
            assert any(hasattr(holder, first) for holder in holders), becomes
