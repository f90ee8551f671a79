"""docs/call-engine.md is drawn and tabled from the code; run this file to write it anew."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
import pytest

from sinch.engine import EngineSettings, settings, states

PAGE = Path(__file__).resolve().parents[2] / "docs" / "call-engine.md"


def drawing() -> str:
    return f"```mermaid\n{states.mermaid()}```\n"


def table() -> str:
    """One row for each field of the settings, grouped as in the source."""
    source = Path(settings.__file__).read_text()
    (found,) = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and node.name == "EngineSettings"
    ]
    lines = source.splitlines()
    rows = ["| Setting | What is decided | Default |", "| --- | --- | --- |"]
    name, group = "", ""
    defaults = attrs.asdict(EngineSettings(), recurse=False)
    for node in found.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
            for line in lines[: node.lineno]:
                if (heading := re.match(r"    # --- (.*)", line)) is not None:
                    group = heading[1]
        elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            text = " ".join(str(node.value.value).replace("``", "`").split())
            text = re.sub(r"docs/(platform/([a-z-]+)\.md(#[a-z-]+)?)", r"[\2](\1)", text)
            rows.append(f"| `{name}` ({group}) | {text} | {shown(defaults.pop(name))} |")
    assert not defaults, "every setting says what it is"
    return "\n".join(rows) + "\n"


def shown(value: Any) -> str:
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} s"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return f"`{value}`"
    return (
        {True: "yes", False: "no", None: "none"}.get(value, str(value))
        if not hasattr(value, "items")
        else "`sinch.limits.ACCEPTED`"
    )


def filled(page: str) -> str:
    """The page with its two generated parts."""
    for name, text in (("states", drawing()), ("settings", table())):
        pattern = rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)"
        page, count = re.subn(
            pattern,
            lambda match, text=text: f"{match[1]}\n{text}\n{match[2]}",
            page,
            flags=re.DOTALL,
        )
        assert count == 1
    return page


def test_the_page_shows_what_the_code_does():
    assert PAGE.read_text() == filled(PAGE.read_text()), f"run python {Path(__file__).name}"


def test_every_state_can_be_reached_and_left():
    reached = {state for ways in states.TRANSITIONS.values() for state in ways}
    assert reached == set(states.CallState)
    for state, ways in states.TRANSITIONS.items():
        assert bool(ways) is (state is not states.CallState.ENDED)
        assert state is states.CallState.ENDED or states.CallState.ENDED in ways


@pytest.mark.parametrize("by_update", [False, True])
@pytest.mark.parametrize("before", list(states.CallState))
def test_a_call_goes_only_where_a_way_leads(before, by_update):
    for after in states.CallState:
        taken_over = by_update and after is states.CallState.PLAYING
        allowed = {before, *states.TRANSITIONS[before]}
        if after in allowed or (taken_over and before is not states.CallState.ENDED):
            states.check_transition(before, after, by_update=by_update)
        else:
            with pytest.raises(states.IllegalTransition, match=f"{before.value} to {after.value}"):
                states.check_transition(before, after, by_update=by_update)


def test_the_table_is_executed(desk, monkeypatch):
    """A script that goes where no way leads shows at once, and leaves no call hanging."""
    ways = {**states.TRANSITIONS, states.CallState.PLAYING: {states.CallState.ENDED: ""}}
    monkeypatch.setattr(states, "TRANSITIONS", ways)
    desk.app(ice=desk.svaml("park"))
    with pytest.raises(states.IllegalTransition, match="playing to parked"):
        desk.inbound()
    (call,) = desk.engine.calls()
    assert (call.ended, call.reason, desk.engine.next_due()) == (True, "GENERALERROR", None)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text()))
