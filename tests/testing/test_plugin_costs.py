"""The plugin is imported in every run of pytest, so it imports next to nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import sinch.testing

HEAVY = {
    "aiohttp", "attrs", "attr", "requests", "cattrs", "sinch_api", "sinch.sandbox",
    "sinch.callbacks", "sinch.core", "sinch.client", "sinch.aio", "sinch.values",
    "sinch.testing.phone", "sinch.testing.sandbox", "sinch.testing.coverage",
}  # fmt: skip


def loaded(code: str) -> set[str]:
    script = f"import sys, pytest\nbefore = set(sys.modules)\n{code}\n"
    script += "print(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    )
    return set(done.stdout.split())


def test_importing_the_plugin_loads_only_itself() -> None:
    ours = {name for name in loaded("import sinch.testing.plugin") if name.startswith("sinch")}

    assert ours == {"sinch", "sinch.testing"} | {
        f"sinch.testing.{name}" for name in ("plugin", "registry", "watching")
    }


def test_importing_the_plugin_loads_no_library() -> None:
    assert not loaded("import sinch.testing.plugin") & HEAVY


def test_a_clock_needs_neither_sandbox_nor_http() -> None:
    found = loaded("from sinch.testing import FrozenClock; FrozenClock()")

    assert not found & HEAVY


IVR = """
from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.testing import Phone
router = CallbackRouter(CallbackVerifier("669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="))

@router.ice
def incoming(event):
    return {"action": {"name": "hangup"}}

with Phone(router) as phone:
    assert phone.call().ended
"""


def test_a_phone_for_a_router_needs_neither_sandbox_nor_http_nor_an_event_loop() -> None:
    unwanted = {
        "aiohttp",
        "requests",
        "asyncio",
        "ssl",
        "http.client",
        "sinch.sandbox",
        "sinch.web",
    }
    script = f"import sys\n{IVR}\nprint(*sys.modules)"  # pytest itself would load some of them
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    )

    assert not set(done.stdout.split()) & unwanted


def test_every_name_is_there() -> None:
    for name in sinch.testing.__all__:
        assert getattr(sinch.testing, name).__name__ == name
    assert set(sinch.testing.__all__) <= set(dir(sinch.testing))
    with pytest.raises(AttributeError, match="Fone"):
        _ = sinch.testing.Fone  # type: ignore[attr-defined]


def test_every_module_keeps_its_frames_out_of_failures() -> None:
    """A module without it would end a failure in a line of ours; see test_red.py."""
    folder = Path(sinch.testing.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    hiding = {name for name in modules if _hides(import_module(f"sinch.testing.{name}"))}
    assert hiding == modules


def _hides(module: object) -> bool:
    return getattr(module, "__tracebackhide__", False) is True
