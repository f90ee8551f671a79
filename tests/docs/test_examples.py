"""Each program of docs/examples runs as a reader would run it: a process with an environment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sinch.sandbox import Sandbox

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
PROGRAMS = {
    "send_sms.py": ["+61491570156", "Hello world."],
    "notify_many.py": ["We open at nine.", "+61491570156", "0491 570 157"],
    "moderated_conference.py": ["0", "+15612600684", "+15612600685"],
    "without_account.py": [],
}
EXPECTED = {
    "send_sms.py": ["message ", "Successful"],
    "notify_many.py": ["+61491570156 message ", "0491 570 157 not sent: number must be"],
    "moderated_conference.py": ["called 2", "muted ", "ended"],
    "without_account.py": ["the phone shows: ", "verification: SUCCESSFUL"],
}


def start(name: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(EXAMPLES / name), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_runs(name: str, sandbox: Sandbox) -> None:
    with start(name, *PROGRAMS[name]) as program:
        output, problems = program.communicate(timeout=30)

    assert program.returncode == 0, problems
    assert problems == ""
    for expected in EXPECTED[name]:
        assert expected in output


def test_verify_number_asks_until_the_code_is_right(sandbox: Sandbox) -> None:
    with start("verify_number.py", "+61491570156") as program:
        assert program.stdin is not None
        assert program.stdout is not None
        id_ = program.stdout.readline().split()[-1]
        with sandbox.state.lock:
            code = sandbox.emulator.services.verifications.by_id(id_).code
        assert code is not None
        wrong = "0000" if code != "0000" else "1111"
        output, problems = program.communicate(f"{wrong}\n{code}\n", timeout=30)

    assert program.returncode == 0, problems
    assert "FAIL: Invalid code" in output
    assert output.rstrip().endswith("verified")


def test_every_program_is_tested() -> None:
    programs = {path.name for path in EXAMPLES.glob("*.py")}

    assert programs == {*PROGRAMS, "verify_number.py"}
