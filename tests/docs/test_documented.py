"""Everything public has a docstring and an example."""

from __future__ import annotations

import pytest

from tests.docs import documented
from tests.docs.documented import Public, has_own_example, missing


def test_everything_public_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    assert documented.main() == 0, capsys.readouterr().out


def test_what_is_public_is_found() -> None:
    found = {str(each) for each in documented.public()}

    assert {"sinch.SinchClient", "sinch.testing.Phone.menu_coverage", "sinch.svaml.tts"} <= found
    assert "sinch.callbacks.CallbackRouter.dispatch" in found
    assert len(found) > 700


class Fresh:
    """New.

    .. code-block:: python

        Fresh().go()
    """

    def go(self) -> None: ...


def test_what_is_missing_is_named() -> None:
    kind, verb = Public("m", "Fresh", Fresh), Public("m", "Fresh.go", Fresh.go)

    assert missing([kind, verb], set()) == ([verb], [verb])
    assert missing([verb], {".go"}) == ([verb], [])
    assert missing([verb], {"go"}) == ([verb], [verb]), "a function of the same name is no example"


@pytest.mark.parametrize(
    ("docstring", "shown"),
    [
        (">>> tts('Hello')\n'...'", True),
        ("Words.\n\n.. code-block:: python\n\n    tts('Hello')\n", True),
        ("Words about ``tts('Hello')``.", False),
        ("Words.\n\n.. code-block:: python\n\n    # nothing\n", False),
    ],
)
def test_what_counts_as_an_example(docstring: str, shown: bool) -> None:
    assert has_own_example(docstring) is shown
