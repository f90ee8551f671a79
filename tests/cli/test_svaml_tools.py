"""`sinch svaml lint|draw`, `sms segments`, `completion`: what needs no account."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree as ET

import pytest

from sinch.cli.output import ExitCode

from .conftest import run

GOOD = {
    "instructions": [{"name": "say", "text": "Hello", "locale": "en-US"}],
    "action": {"name": "hangup"},
}
MODULE = """
    from sinch.svaml import Svaml

    svaml = Svaml("en-US")
    MENUS = svaml.menus().begin_menu("main", "#tts[Hi]").trigger_pie("1", "one").end_menu()
    REPLY = svaml.ice().say("Hello").hangup()
    NUMBER = 7

    def greeting():
        return svaml.ice().say("Hello").run_menu("main", MENUS)

    def needs(argument): ...
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    name = f"phone_{tmp_path.name}"  # a module of its own for each test
    (tmp_path / f"{name}.py").write_text(dedent(MODULE))
    (tmp_path / "good.json").write_text(json.dumps(GOOD))
    return tmp_path


@pytest.mark.parametrize("name", ["MENUS", "REPLY", "greeting"])
def test_lint_of_good_svaml_finds_nothing(here: Path, name: str) -> None:
    done = run("svaml", "lint", f"phone_{here.name}:{name}", "good.json", "--for", "ice")

    assert (done.code, done.out) == (ExitCode.OK, "Nothing found.\n"), done.err


def test_lint_says_where_and_what(here: Path) -> None:
    bad = {"instructions": [{"name": "say", "text": "Hi"}], "action": {"name": "continue"}}

    done = run("svaml", "lint", "-", "--for", "ice", "--json", stdin=json.dumps(bad))

    assert done.code == ExitCode.NO
    codes = {(one["code"], one["where"]) for one in done.json}
    assert ("missing-locale", "/instructions/0/text") in codes
    assert {code for code, _ in codes} == {"refused-for-ice", "missing-locale"}
    plain = run("svaml", "lint", "-", stdin=json.dumps(bad))
    assert "-#/instructions/0/text: text is spoken" in plain.out


@pytest.mark.parametrize(
    "text",
    ['{"action": 1}', '{"action": {"name": "runMenu", "menus": [1]}}', '{"action": {}}', "{}"],
)
def test_lint_survives_anything(text: str) -> None:
    assert run("svaml", "lint", "-", "--for", "pie", stdin=text).code in {0, 1}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("gone.json", "No such file"),
        ("-", "is not JSON"),
        ("nomodule:x", "no module nomodule"),
        ("{phone}:nothing", "has no nothing"),
        ("{phone}:NUMBER", "is no SVAML but int"),
        ("{phone}:needs", "needs arguments"),
    ],
)
def test_what_cannot_be_loaded(here: Path, source: str, says: str) -> None:
    done = run("svaml", "lint", source.format(phone=f"phone_{here.name}"), stdin="{")

    assert done.code == ExitCode.USAGE
    assert says in done.err


def test_draw(here: Path) -> None:
    source = f"phone_{here.name}:MENUS"

    assert run("svaml", "draw", source).out.startswith("flowchart TD\n")
    assert run("svaml", "draw", source, "-o", "menus.svg").code == ExitCode.OK
    assert ET.fromstring((here / "menus.svg").read_text()).tag.endswith("svg")
    assert run("svaml", "draw", source, "--format", "svg").out == (here / "menus.svg").read_text()
    assert run("svaml", "draw", "good.json").code == ExitCode.NO


def test_segments() -> None:
    plain = run("sms", "segments", "Hello 👋")
    machine = run("sms", "segments", "-", "--json", stdin="a" * 161 + "\n").json

    assert plain.out.startswith("1 message, UCS-2: 8 16-bit units, 70 fit in each, 62 left")
    assert "👋 (U+1F44B)" in plain.out
    assert (machine["messages"], machine["left"], len(machine["parts"])) == (2, 145, 2)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_SINCH_COMPLETE" in run("completion", shell).out
