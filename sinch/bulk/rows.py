"""Rows as users have them, made into recipients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from sinch.bulk.records import Recipient
from sinch.core import checks
from sinch.errors import InvalidArgumentError


def recipients(rows: Iterable[Sequence[str]], *, has_text: bool) -> Iterator[Recipient]:
    """Recipients in the order of the rows; streaming."""
    for place, row in enumerate(rows, start=1):
        yield _recipient(row, place, has_text=has_text)


def chunks(values: Iterable[Recipient], size: int) -> Iterator[list[Recipient]]:
    """Several at a time, so that a million never are in memory at once."""
    chunk: list[Recipient] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _recipient(row: Sequence[str], place: int, *, has_text: bool) -> Recipient:
    fields = _fields(row)
    least = 2 if has_text else 1
    if not least <= len(fields) <= least + 1 or not all(isinstance(it, str) for it in fields):
        shape = (
            "(number, text) or (number, text, key)" if has_text else "(number,) or (number, key)"
        )
        raise InvalidArgumentError("rows", f"must be {shape}, all text: row {place} is not")
    number, text = fields[0].strip(), fields[1] if has_text else ""
    key = fields[least] if len(fields) > least else ""
    refused = ""
    try:
        checks.phone_number(number, "number")
        if has_text:
            checks.text(text, "text")
    except InvalidArgumentError as error:
        refused = str(error)
    number, text = _kept(number), _kept(text)
    key = _kept(key) or _default_key(number, text, has_text=has_text)
    return Recipient(key, number, text, refused)


def _fields(row: object) -> list[str]:
    return [*row] if isinstance(row, Iterable) and not isinstance(row, str) else [row]  # type: ignore[list-item]


def _kept(text: str) -> str:
    """As a database can hold it, whatever it is: what cannot be sent is refused, and yet exported."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


def _default_key(number: str, text: str, *, has_text: bool) -> str:
    if not has_text:
        return number
    return f"{number}#{blake2b(text.encode(), digest_size=8).hexdigest()}"
