"""What a state file holds: settings and records as JSON and back, by cattrs, checked on the way in.

Records are kept by the names of their fields. A new field needs a default, since earlier files do
not have it; one that goes is ignored in them.
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from sinch.sandbox.delivery.targets import check_url
from sinch.sandbox.platform.plan.records import Batch, Group
from sinch.sandbox.platform.records import Message, ReceivedMessage, Stored, Verification
from sinch.sandbox.platform.services import Services
from sinch.values import PhoneNumber
from sinch_api.models.calling import CallbackUrls, NumberCapability

from .state_file import Row

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")
_DAMAGE: Final = (KeyError, TypeError, ValueError, OverflowError, AttributeError, RecursionError)
_KINDS: Final[dict[str, type[Stored]]] = {
    "message": Message,
    "inbox": ReceivedMessage,
    "verification": Verification,
    "batch": Batch,
    "group": Group,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


class Damaged(ValueError):
    """Something in a state file that was not written like this."""


def _number(text: str) -> str:
    return str(PhoneNumber.parse(text))


def _url(_: object, attribute: attrs.Attribute[str | None], value: str | None) -> None:
    if value is not None:
        check_url(value, attribute.name)


def _urls(_: object, __: object, value: CallbackUrls) -> None:
    for url in filter(None, (value.primary, value.fallback)):
        check_url(url, "voice")


@attrs.frozen(kw_only=True)
class SavedNumber:
    """A number of the account, and whether the application has it."""

    number: str = attrs.field(converter=_number)
    assigned: bool
    capability: NumberCapability


@attrs.frozen(kw_only=True)
class SavedSettings:
    """What is kept besides records: how far the clock is ahead, numbers, and callback URLs."""

    ahead: timedelta
    numbers: tuple[SavedNumber, ...]
    voice: CallbackUrls = attrs.field(validator=_urls)
    verification: str | None = attrs.field(validator=_url)
    sms: str | None = attrs.field(validator=_url)
    messages: str | None = attrs.field(default=None, validator=_url)


def write_settings(services: Services) -> str:
    """The settings of now."""
    targets = services.state.targets
    return _write(
        SavedSettings(
            ahead=services.state.scheduler.ahead,
            numbers=tuple(
                SavedNumber(
                    number=owned.number,
                    assigned=owned.application_key is not None,
                    capability=owned.capability,
                )
                for owned in services.applications.owned.values()
            ),
            voice=services.applications.callbacks,
            verification=targets.verification,
            sms=targets.sms,
            messages=targets.messages,
        )
    )


def read_settings(text: str) -> SavedSettings:
    """The same read back. Raises :class:`Damaged`."""
    return _read(text, SavedSettings, "the settings")


def key_of(record: Stored) -> tuple[str, str]:
    """The kind and the id that a record is stored under."""
    return _NAMES[type(record)], str(record.id)


def write_record(record: Stored) -> Row:
    """A record as a row."""
    return Row(*key_of(record), _write(record))


def read_record(row: Row) -> Stored:
    """The same read back. Raises :class:`Damaged`."""
    what = f"{row.kind} {row.id}"
    kind = _KINDS.get(row.kind)
    if kind is None:
        raise Damaged(f"{what} in it is damaged (no such kind of record)")
    return _read(row.data, kind, what)


@cache
def _converter() -> Converter:
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

    from sinch_api import equip

    # an error of a field as it is: it becomes one sentence, not a tree
    made = equip(Converter(detailed_validation=False))
    made.register_unstructure_hook(timedelta, timedelta.total_seconds)
    made.register_structure_hook(timedelta, lambda raw, _: timedelta(seconds=float(raw)))
    seconds = override(rename="aheadSeconds")
    made.register_structure_hook(
        SavedSettings, make_dict_structure_fn(SavedSettings, made, ahead=seconds)
    )
    made.register_unstructure_hook(
        SavedSettings, make_dict_unstructure_fn(SavedSettings, made, ahead=seconds)
    )
    return made


def _write(value: object) -> str:
    fields: dict[str, Any] = _converter().unstructure(value)
    return json.dumps(fields)


def _read(text: str, kind: type[T], what: str) -> T:
    try:
        return _converter().structure(json.loads(text), kind)
    except _DAMAGE as problem:
        detail = f"{type(problem).__name__}: {problem}"
        raise Damaged(f"{what} in it is damaged ({detail[:200]})") from None
