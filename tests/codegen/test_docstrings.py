"""Descriptions of any kind become docstrings that are valid and say the same."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .conftest import ROOT

sys.path.insert(0, str(ROOT / "spec"))
from generator.text import docstring


def written(text: str) -> str:
    (function,) = ast.parse(f'def f():\n    """{docstring(text, 4)}"""').body
    assert isinstance(function, ast.FunctionDef)
    return ast.get_docstring(function) or ""


@pytest.mark.parametrize(
    "text",
    [
        'Returns "200 OK"',
        'Returns "200 OK"\n',
        'a """ b',
        "ends in \\",
        '"',
        '\\"',
        'x"""',
        "a\n\n\nb",
    ],
)
def test_quotes_and_backslashes_at_the_end(text: str) -> None:
    assert written(text).split() == text.split()


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\\\n'), max_size=300)
)
def test_any_text_is_a_docstring_that_says_the_same(text: str) -> None:
    assert "".join(written(text).split()) == "".join(text.split())
