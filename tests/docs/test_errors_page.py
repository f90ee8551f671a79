"""docs/errors.md: everything that can be raised has its place, its cure, and the words it really has."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from sinch import ConfigurationError, InvalidArgumentError, SinchClient, SvamlError
from sinch.errors import RejectionReason
from sinch.svaml import Svaml

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "errors.md").read_text(encoding="utf-8")
ENTRIES = dict(
    re.findall(r"^### (\w+) \{ #\w+ \}\n\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
)
MODULES = ("sinch", "sinch.errors", "sinch.callbacks", "sinch.svaml", "sinch.testing", "sinch.engine",
           "sinch.sandbox", "sinch.guard", "sinch.bulk")  # fmt: skip


def public_errors() -> set[str]:
    """Every exception that can be imported from a public module; warnings are in a section of their own."""
    return {
        name
        for module in map(import_module, MODULES)
        for name in module.__all__
        if inspect.isclass(found := getattr(module, name))
        and issubclass(found, Exception)
        and not issubclass(found, Warning)
    }


def test_every_error_has_an_entry_and_no_other_has() -> None:
    assert len(public_errors()) > 30
    assert {*ENTRIES} == public_errors()


#: Bases, and what a test asks for itself: there is nothing to cure.
NO_CURE = {"TransportError", "PhoneError", "NoSuchCall", "SinchError"}


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_an_entry_says_what_to_do(name: str) -> None:
    assert ("**Cure:**" in ENTRIES[name] or "| Cure |" in ENTRIES[name]) == (name not in NO_CURE)


def test_every_reason_of_a_rejection_has_a_cure() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", ENTRIES["CallbackRejected"], re.MULTILINE)[1:]

    assert sorted(rows) == sorted(RejectionReason)


def test_every_code_of_a_401_is_in_its_page() -> None:
    listed = r"^\| (401\d\d) \|"
    known = re.findall(listed, (DOCS / "platform" / "errors.md").read_text(), re.MULTILINE)
    told = re.findall(listed, (DOCS / "troubleshooting-401.md").read_text(), re.MULTILINE)

    assert known
    assert told == known


def shown(name: str) -> str:
    found = re.search(r"```text\n(.*?)\n```", ENTRIES[name], re.DOTALL)
    assert found is not None
    return found[1]


def test_messages_on_the_page_are_the_real_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINCH_APPLICATION_KEY", "key")
    monkeypatch.setenv("SINCH_APPLICATION_SECRET", "not base64!")
    with pytest.raises(ConfigurationError) as configuration:
        SinchClient()
    assert str(configuration.value) == shown("ConfigurationError")

    with SinchClient("key", "c2VjcmV0") as sinch, pytest.raises(InvalidArgumentError) as argument:
        sinch.sms("0491570156", "Hello").operation()
    assert str(argument.value) == shown("InvalidArgumentError")

    menus = Svaml().menus()
    menus.begin_menu("main", "#tts[Press 1.]").goto("1", "pin").end_menu()
    menus.begin_menu("hours", "#tts[We are open.]").goto("*", "main").end_menu()
    with pytest.raises(SvamlError) as svaml:
        Svaml().ice().run_menu("main", menus)
    assert str(svaml.value) == shown("SvamlError")
