"""Commands that talk to Sinch, against a sandbox: what they do, print, and end with."""

from __future__ import annotations

import json
import stat
import time
from pathlib import Path

import click
import pytest
import requests

from sinch import SinchClient
from sinch.cli.output import ExitCode, printable
from sinch.sandbox import Sandbox

from .conftest import KEY, SECRET, Run, run

NUMBER = "+46700000033"
MENUS = [
    {
        "id": "main",
        "mainPrompt": "#tts[Welcome]",
        "options": [{"dtmf": "1", "action": "return(sales)"}],
    }
]


def test_an_sms_is_sent_and_followed(sinch: Run, server: Sandbox) -> None:
    sent = sinch("sms", "send", NUMBER, "-", "--wait", "--json", stdin="Two € for\nyou\n")

    assert sent.code == ExitCode.OK
    assert sent.json["parts"] == 1
    assert sent.json["status"] == "Successful"
    assert sinch("sms", "status", str(sent.json["messageId"])).out == "status  Successful\n"
    messages = requests.get(f"{server.url}/_sandbox/messages", timeout=5).json()["messages"]
    assert messages[-1]["message"] == "Two € for\nyou"


def test_a_message_that_nobody_knows_is_a_no(sinch: Run) -> None:
    assert sinch("sms", "status", "987654").code == ExitCode.NO


def test_a_verification_from_start_to_end(sinch: Run, server: Sandbox) -> None:
    started = sinch("verify", "start", NUMBER, "--reference", "signup-17", "--json").json
    listed = requests.get(f"{server.url}/_sandbox/verifications", timeout=5).json()
    code = next(v["code"] for v in listed["verifications"] if v["id"] == started["id"])

    wrong = sinch("verify", "report", NUMBER, "--code", "0" if code != "0" else "1")
    assert (wrong.code, "FAIL" in wrong.out) == (ExitCode.NO, True)
    assert sinch("verify", "status", "--reference", "signup-17").code == ExitCode.OK
    right = sinch("verify", "report", started["id"], "--code", "-", stdin=f"{code}\n")
    assert (right.code, "SUCCESSFUL" in right.out) == (ExitCode.OK, True)
    waited = sinch("verify", "status", started["id"], "--wait", "--json")
    assert waited.json["status"] == "SUCCESSFUL"
    assert sinch("verify", "status").code == ExitCode.USAGE


def test_calls(sinch: Run, tmp_path: Path) -> None:
    file = tmp_path / "menus.json"
    file.write_text(json.dumps(MENUS))

    said = sinch("call", "say", NUMBER, "Hello", "--json").json["callId"]
    assert sinch("call", "get", said, "--json").json["callId"] == said
    assert sinch("call", "hangup", said).code == ExitCode.OK
    run_menu = sinch("call", "menu", NUMBER, str(file), "--json")
    assert run_menu.code == ExitCode.OK, run_menu.err
    assert sinch("call", "hangup", run_menu.json["callId"], "--json").json["done"] is True


def test_a_conference(sinch: Run, server: Sandbox) -> None:
    call_id = in_room(server)

    listed = sinch("conference", "list", "standup", "--json").json
    assert [one["id"] for one in listed] == [call_id]
    for command in ("mute", "unmute", "hold", "resume", "kick"):
        done = sinch("conference", command, "standup", call_id)
        assert (done.code, done.out.startswith(call_id)) == (ExitCode.OK, True), done.err
    in_room(server)
    assert sinch("conference", "end", "standup", stdin="n\n").code == 1
    assert sinch("conference", "end", "standup", "--yes", "--json").json["done"] is True


def in_room(server: Sandbox) -> str:
    """Bring somebody into the room; their call id."""
    with SinchClient(KEY, SECRET, base_url=server.url) as client:
        call_id = client.callouts.conference(NUMBER, "standup").call().call_id
    answering = f"{server.url}/_sandbox/calls/{call_id}/answer"
    for _ in range(100):  # it takes a moment until the phone rings
        if requests.post(answering, timeout=5).ok:
            return call_id
        time.sleep(0.02)
    raise AssertionError("the phone never rang")


def test_numbers_and_callbacks(sinch: Run) -> None:
    assert sinch("numbers", "assign", "+46700000001", "--for", "sms").code == ExitCode.OK
    listed = sinch("numbers", "list", "--json").json
    assert {(one["number"], one["capability"]) for one in listed} >= {("+46700000001", "sms")}
    assert "+46700000001" in sinch("numbers", "list").out
    assert sinch("numbers", "query", NUMBER, "--json").json["countryId"] == "SE"
    assert sinch("numbers", "unassign", "+46700000001", "--for", "sms").code == ExitCode.OK
    primary, fallback = "https://example.com/sinch", "https://example.org/sinch"
    assert sinch("callbacks", "set", primary, "--fallback", fallback).code == ExitCode.OK
    assert sinch("callbacks", "show", "--json").json == {"primary": primary, "fallback": fallback}


# --- how commands end -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "env", "code", "says"),
    [
        pytest.param(
            ["sms", "send", "+1", "x"], {}, ExitCode.USAGE, "international", id="bad argument"
        ),
        pytest.param(
            ["numbers", "list"],
            {"SINCH_APPLICATION_KEY": None},
            ExitCode.USAGE,
            "--profile",
            id="no key",
        ),
        pytest.param(
            ["numbers", "list"],
            {"SINCH_APPLICATION_SECRET": "d3Jvbmcgc2VjcmV0"},
            ExitCode.REFUSED,
            "sinch check",
            id="wrong secret",
        ),
        pytest.param(["call", "get", "nobody"], {}, ExitCode.REFUSED, "404", id="refused by Sinch"),
        pytest.param(
            ["sms", "send", NUMBER, "x"],
            {"SINCH_BASE_URL": "http://127.0.0.1:1"},
            ExitCode.NOT_SENT,
            "safe to try again",
            id="nobody there",
        ),
        pytest.param(
            ["numbers", "list", "--profile", "nope"],
            {},
            ExitCode.USAGE,
            "nope.env",
            id="no such profile",
        ),
    ],
)
def test_the_exit_code_says_what_kind_of_no(sinch: Run, words, env, code, says) -> None:
    plain = sinch(*words, env=env)
    machine = sinch(*words, "--json", env=env)

    assert (plain.code, plain.out) == (code, "")
    assert says in plain.err
    assert machine.code == code == machine.error["exit"]
    assert says.splitlines()[0] in machine.error["message"]


def test_an_unknown_outcome_says_to_look_first(sinch: Run, server: Sandbox) -> None:
    server.add_faults("lost-response,match=/v1/sms,times=1")

    done = sinch("sms", "send", NUMBER, "once")

    assert done.code == ExitCode.UNKNOWN
    assert "look before you try again" in done.err


# --- whose keys -----------------------------------------------------------------------------------


def test_a_file_or_profile_wins_over_the_environment(
    server: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(click, "get_app_dir", lambda _: str(tmp_path))
    text = (
        f"# test\nexport SINCH_APPLICATION_KEY='{KEY}'\nSINCH_APPLICATION_SECRET={SECRET}\n"
        f"SINCH_BASE_URL={server.url}\n"
    )
    file = tmp_path / "work.env"
    file.write_text(text)
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    wrong = {"SINCH_APPLICATION_KEY": "other", "SINCH_BASE_URL": "http://127.0.0.1:1"}

    for words in (["--env-file", str(file)], ["--profile", "work"]):
        assert run("numbers", "list", *words, env={**wrong}).code == ExitCode.OK
    assert run("numbers", "list", env={**wrong, "SINCH_PROFILE": "work"}).code == ExitCode.OK
    assert "work" in run("numbers", "list", "--profile", "wrok").err


def test_what_a_peer_sends_cannot_upset_a_terminal() -> None:
    assert printable("a\x1b[2Jb\nc\u202e") == r"a\x1b[2Jb\nc\u202e"
    assert printable("a\nb", lines=True) == "a\nb"
