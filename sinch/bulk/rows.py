"""Rows as users have them, made into recipients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, TypeAlias

import attrs

from sinch.bulk.personal import Personal
from sinch.bulk.records import Recipient
from sinch.bulk.senders import Sender
from sinch.core import checks
from sinch.errors import InvalidArgumentError
from sinch.messages import arguments

#: A row as it is added: by place, or by name, as :class:`csv.DictReader` gives it.
Given: TypeAlias = Sequence[str] | Mapping[str, Any]


def recipients(
    rows: Iterable[Given], sender: Sender, text: str | None = None
) -> Iterator[Recipient]:
    """Recipients in the order of the rows; streaming. ``text`` has places for columns of a row.

    Raises :class:`~sinch.errors.InvalidArgumentError`.
    """
    if text is not None and not sender.has_text:
        raise InvalidArgumentError("text", f"is not sent by jobs of the kind {sender.kind!r}")
    personal = None if text is None else Personal.of(text)
    return _recipients(rows, sender, personal)


def _recipients(
    rows: Iterable[Given], sender: Sender, personal: Personal | None
) -> Iterator[Recipient]:
    for place, row in enumerate(rows, start=1):
        # asking for a mapping takes longer, and nearly all rows are of these two
        if not isinstance(row, (tuple, list)) and isinstance(row, Mapping):
            columns = {name: _text(value) for name, value in row.items()}
            yield _deliverable(_named(columns, place, sender, personal), sender)
        elif personal is not None:
            rule = (
                f"must be mappings from column to value where text names them: row {place} is not"
            )
            raise InvalidArgumentError("rows", rule)
        else:
            yield _deliverable(_recipient(row, place, has_text=sender.has_text), sender)


def _text(value: object) -> str:
    # csv.DictReader gives None for what a short row has not
    return value if isinstance(value, str) else "" if value is None else str(value)


def _deliverable(found: Recipient, sender: Sender) -> Recipient:
    """Refused where the platform would take words of the text for a parameter, and send nothing."""
    if not sender.has_parameters or found.parameters or "${" not in found.text or found.refused:
        return found
    try:
        arguments.plain(found.text)
    except InvalidArgumentError as error:
        return attrs.evolve(found, refused=str(error))
    return found


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


def _named(
    row: Mapping[str, str], place: int, sender: Sender, personal: Personal | None
) -> Recipient:
    missing = [] if personal is None else personal.missing(row)
    least = ["number", "text"] if sender.has_text and personal is None else ["number"]
    missing += [name for name in least if name not in row]
    if missing:
        raise InvalidArgumentError(
            "rows", f"must have {' and '.join(missing)}: row {place} has not"
        )
    number, key = row["number"], row.get("key", "")
    if personal is None:
        fields = [number, row["text"], key] if sender.has_text else [number, key]
        return _recipient(fields, place, has_text=sender.has_text)
    written = personal.written(row)
    found = _recipient([number, written, key], place, has_text=True)
    own = personal.parameters(row) if sender.has_parameters and not found.refused else None
    if own is None or personal.shared is None or found.text != written:
        return found
    return attrs.evolve(found, text=personal.shared, parameters=own)


def _recipient(row: object, place: int, *, has_text: bool) -> Recipient:
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
