"""docs/from-official-1x.md: every call of the official 1.x has a row, and both sides of each row do the same.

The left side runs with the official ``sinch`` 1.1.4 in a folder and a process of its own, the right side
here; a sandbox says what each sent.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sinch import SinchClient, VerificationMethod
from sinch.sandbox import Sandbox, Settings
from sinch.svaml import Svaml
from tests.docs.conftest import TIMINGS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "from-official-1x.md").read_text(encoding="utf-8")
CHILD = Path(__file__).with_name("official_1x.py")
ROW = re.compile(r"^\| `([a-z_]+\.\w+\(.*\))` \| `(.*)` \|$", re.MULTILINE)
KINDS = {"flash_call": "FLASH_CALL", "phone_call": "CALLOUT"}


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


ROWS = [
    (area.lower(), *row) for area in ("Verification", "Voice") for row in ROW.findall(section(area))
]


class Official:
    """The official package, in its own process."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        origin = sandbox.url.partition("://")[2]
        self.process = subprocess.Popen(
            [
                sys.executable,
                str(CHILD),
                origin,
                sandbox.application_key,
                sandbox.application_secret,
            ],
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.known = self._line()

    def _line(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def run(self, code: str, names: dict[str, str]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"code": code, "names": names}) + "\n")
        self.process.stdin.flush()
        said = self._line()
        assert said == "ok", f"{code}: {said}"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(settings=Settings(timings=TIMINGS)) as running:
        yield running


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Official]:
    folder = tmp_path_factory.mktemp("official")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--retries=1", "--timeout=10",
         "--disable-pip-version-check", "--target", str(folder), "sinch==1.1.4"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("pip reaches no package index")
    started = Official(folder, sandbox)
    yield started
    started.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def sinch(sandbox: Sandbox) -> Iterator[SinchClient]:
    key, secret = sandbox.application_key, sandbox.application_secret
    with SinchClient(key, secret, base_url=sandbox.url) as client:
        yield client


def prepared(sinch: SinchClient, sandbox: Sandbox, old: str, serial: int) -> dict[str, str]:
    """What a row's names stand for: a verification, a call in a room, a number of the account."""
    names = {
        "number": f"+4670{serial:07}",
        "reference": f"reference-{serial}",
        "room": f"room-{serial}",
        "owned": "+46700000001",
        "key": sandbox.application_key,
    }
    if re.search(r"report|get_by", old):
        kind = next((value for word, value in KINDS.items() if word in old), "SMS")
        draft = sinch.verification(names["number"]).with_reference(names["reference"])
        started = draft.initiate(VerificationMethod[kind])
        with sandbox.state.lock:
            found = sandbox.emulator.services.verifications.by_id(started.id)
            names |= {"id": started.id, "code": str(found.code), "cli": str(found.cli)}
    if re.match(r"calls\.|conferences\.(?!call)", old):
        placed = sinch.callouts.conference(names["number"], names["room"], cli="private").call()
        names["call_id"] = placed.call_id
    if "unassign" in old:
        sinch.applications.assign([names["owned"]])
    return names


def test_every_call_of_the_official_package_has_a_row(official: Official) -> None:
    assert official.known["from"] == "1.1.4"
    for area, calls in official.known["calls"].items():
        assert len(calls) >= 17
        assert sorted(old.partition("(")[0] for kind, old, _ in ROWS if kind == area) == calls


def test_every_action_and_instruction_has_a_row(official: Official) -> None:
    assert len(official.known["svaml"]) >= 14
    for name in official.known["svaml"]:
        assert f"`{name}(" in section("SVAML"), name


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("number", "row"), [*enumerate(ROWS)], ids=[old.partition("(")[0] for _, old, _ in ROWS]
)
def test_both_sides_of_a_row_do_the_same(
    number: int, row: tuple[str, str, str], official: Official, sinch: SinchClient, sandbox: Sandbox
) -> None:
    area, old, new = row
    exchanges = []
    for side in (0, 1):
        names = prepared(sinch, sandbox, old, 100 + 2 * number + side)
        before = len(sandbox.emulator.log)
        if side == 0:
            official.run(f"{area}.{old}", names)
        else:
            known = {
                **names,
                "sinch": sinch,
                "svaml": Svaml(),
                "VerificationMethod": VerificationMethod,
            }
            eval(f"sinch.{new}", known)
        (sent,) = list(sandbox.emulator.log)[before:]
        assert sent.status < 300, sent
        path = sent.path
        for name, value in sorted(names.items(), key=lambda item: -len(item[1])):
            path = path.replace(value, f"<{name}>")
        exchanges.append((sent.method, path))

    assert exchanges[0] == exchanges[1]
