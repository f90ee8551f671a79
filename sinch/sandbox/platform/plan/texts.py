"""What a recipient gets: the text with its parameters in place, and in how many parts (docs/platform/sms-rest.md#send)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from sinch.segments import Encoding, Segments, segments

DEFAULT: Final = "default"
_PLACE: Final = re.compile(r"\$\{([A-Za-z0-9._-]{1,16})\}")


@attrs.frozen
class Written:
    """A text for one recipient; ``text`` is None when a placeholder has no value for it."""

    text: str | None
    parts: int = 1
    encoding: str = "text"


def writer(fields: Mapping[str, Any]) -> Callable[[str], Written]:
    """What tells for each number what a batch says to it; same texts are counted once."""
    if fields["type"] == "mt_binary":
        binary = Written(fields["body"], 1, "binary")
        return lambda _: binary
    body, parameters = _body(fields), fields.get("parameters") or {}
    most = fields.get("max_number_of_message_parts") if fields.get("truncate_concat") else None
    known: dict[str, Written] = {}

    def write(number: str) -> Written:
        text = personal(body, parameters, number)
        if text is None:
            return Written(None)
        found = known.get(text)
        if found is None:
            found = known[text] = _counted(segments(text), most)
        return found

    if _PLACE.search(body) is None:
        everybody = write("")
        return lambda _: everybody
    return write


def personal(body: str, parameters: Mapping[str, Mapping[str, str]], number: str) -> str | None:
    """The text for one number; None when a placeholder has neither a value for it nor a default."""
    lacking = False

    def value(match: re.Match[str]) -> str:
        nonlocal lacking
        values = parameters.get(match[1], {})
        found = values.get(number, values.get(DEFAULT))
        lacking = lacking or found is None
        return found or ""

    text = _PLACE.sub(value, body)
    return None if lacking else text


def _body(fields: Mapping[str, Any]) -> str:
    body = fields["body"]
    return str(body.get("message") or body["url"]) if isinstance(body, Mapping) else str(body)


def _counted(size: Segments, most: int | None) -> Written:
    kept = size.parts[:most] if most else size.parts
    encoding = "text" if size.encoding is Encoding.GSM else "unicode"
    return Written("".join(kept), len(kept), encoding)
