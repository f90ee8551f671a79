"""docs/testing.md is a test file: its blocks, put together, pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest_plugins = ("pytester",)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "testing.md"


def test_the_page_passes_as_a_test_file(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    pytester.makepyfile("\n".join(blocks))

    result = pytester.runpytest_subprocess(
        "-p", "sinch.testing.plugin", "-p", "pytest_asyncio.plugin",
        "-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function",
        "-W", "error",
    )  # fmt: skip

    assert result.ret == 0
    assert result.parseoutcomes()["passed"] == len(re.findall("def test_", "\n".join(blocks)))


def test_the_page_names_everything_public() -> None:
    import sinch.testing

    text = PAGE.read_text(encoding="utf-8")
    inner = {"PhoneCall", "AsyncPhoneCall", "Ending", "Hearing", "Transcript", "MenuCoverage"}
    for name in set(sinch.testing.__all__) - inner - {"SignedRequest", "ExpectedFailure"}:
        assert f"`{name}" in text or f"import {name}" in text, name
