"""The official Node SDK is a client of the sandbox like any other, with habits of its own.

Needs node and npm. The packages are installed once into the user's cache directory, never into the
repository; without npm's registry the test is skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sinch.sandbox import Sandbox

from .official_sdks import node_sdk

SCRIPT = Path(__file__).with_name("node_sdk.cjs")
Results = dict[str, Any]


@pytest.fixture(scope="module")
def results() -> Results:
    directory = node_sdk()
    with Sandbox() as sandbox:
        done = subprocess.run(
            ["node", str(SCRIPT), sandbox.url, sandbox.application_key, sandbox.application_secret],
            cwd=directory,
            env={**os.environ, "NODE_PATH": str(directory / "node_modules")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found: Results = json.loads(done.stdout.splitlines()[-1])
    failures = [f"{name}: {step['failure']}" for name, step in found.items() if "failure" in step]
    assert not failures, "\n\n".join(failures)
    return found


def test_an_sms_verification_with_a_reserved_character_in_its_reference(results: Results) -> None:
    sms = results["sms"]
    assert sms["started"]["method"] == "sms"
    assert "{{CODE}}" in sms["started"]["sms"]["template"]
    assert sms["started"]["sms"]["template"].startswith("Din"), "smsOptions.locale is Swedish"
    assert (sms["wrong"]["status"], sms["wrong"]["reason"]) == ("FAIL", "Invalid code")
    assert sms["right"]["status"] == "SUCCESSFUL"
    for status in (sms["status"], sms["sameByNumber"]):
        assert status["id"] == sms["started"]["id"]
        assert status["price"]["verificationPrice"]["currencyId"] == "EUR"


def test_a_flash_call(results: Results) -> None:
    flash_call = results["flashCall"]
    assert flash_call["matches"], "the caller matches the filter the client was given"
    assert flash_call["started"]["flashCall"]["interceptionTimeout"] == 45
    assert flash_call["report"]["status"] == "SUCCESSFUL"


def test_a_phone_call_verification(results: Results) -> None:
    assert results["phoneCall"]["report"]["status"] == "SUCCESSFUL"
    assert results["phoneCall"]["status"]["callResult"] == "ANSWERED"


def test_a_data_verification_follows_its_link(results: Results) -> None:
    assert results["data"]["followed"] == 200
    assert results["data"]["status"]["status"] == "SUCCESSFUL"


def test_a_tts_callout_is_read_and_hung_up(results: Results) -> None:
    tts = results["tts"]
    assert tts["running"]["status"] == "ONGOING"
    assert tts["over"]["status"] == "FINAL"
    assert tts["over"]["reason"] == "MANAGERHANGUP"
    assert tts["over"]["custom"] == "mine"
    assert tts["isDate"]


def test_a_custom_callout(results: Results) -> None:
    assert results["custom"]["callId"]


def test_a_conference(results: Results) -> None:
    conference = results["conference"]

    def ours(step: str) -> Any:
        people = conference[step]["participants"]
        return next(person for person in people if person["id"] == conference["callId"])

    assert len(conference["full"]["participants"]) == 2
    assert (ours("held")["muted"], ours("held")["onhold"]) == (True, True)
    assert (ours("free")["muted"], ours("free")["onhold"]) == (False, False)
    assert len(conference["alone"]["participants"]) == 1
    assert conference["gone"]["status"] == 404


def test_numbers_callbacks_and_the_number_query(results: Results) -> None:
    found = results["applications"]
    assert "applicationkey" in found["before"]["numbers"][0]
    assert "applicationkey" not in found["free"]["numbers"][0]
    assert found["back"] == found["before"]
    assert found["callbacks"]["url"]["primary"] == "https://example.com/voice"
    assert found["queried"]["number"]["normalizedNumber"] == "+46730170101"
