"""Parameters as text: in the query, in headers and in cookies, in the styles that OpenAPI knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from .codec import dumps

_SEPARATORS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C", "simple": ","}


def query(*given: tuple[Any, ...]) -> str:
    """The query of a URL, without the question mark, from (name, value) or (name, value, style, explode).

    Values are as in JSON; those that are None are left out. The usual style is ``form``, exploded: a
    list gives the name once for each element, and an object each of its names.
    """
    return "&".join(part for entry in given for part in _entry(*entry))


def _entry(name: str, value: Any, style: str = "form", explode: bool = True) -> Iterator[str]:
    if value is None:
        return
    key = _quoted(name)
    if style == "deepObject" and isinstance(value, Mapping):
        for inner, one in value.items():
            yield from _entry(f"{name}[{inner}]", one, style, explode)
    elif isinstance(value, Mapping):
        pairs = [(inner, text_of(one)) for inner, one in value.items() if one is not None]
        if explode:
            yield from (f"{_quoted(inner)}={_quoted(text)}" for inner, text in pairs)
        else:
            yield f"{key}={','.join(_quoted(part) for pair in pairs for part in pair)}"
    elif isinstance(value, list | tuple):
        texts = [_quoted(text_of(one)) for one in value]
        if explode:
            yield from (f"{key}={text}" for text in texts)
        elif texts:
            yield f"{key}={_SEPARATORS.get(style, ',').join(texts)}"
    else:
        yield f"{key}={_quoted(text_of(value))}"


def text_of(value: Any) -> str:
    """A value, as in JSON, as the text of a header or of a part of a path; lists and objects with commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(map(text_of, value))
    if isinstance(value, Mapping):
        return ",".join(f"{key},{text_of(one)}" for key, one in value.items() if one is not None)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def json_text(value: Any) -> str:
    """A value as JSON, for parameters that are documents."""
    return dumps(value).decode()


def cookies(given: Mapping[str, str | None]) -> str | None:
    """The ``Cookie`` header for cookies that have a value; None without any."""
    found = [
        f"{name}={quote(value, safe='')}" for name, value in given.items() if value is not None
    ]
    return "; ".join(found) or None


def _quoted(text: str) -> str:
    return quote(text, safe="")
