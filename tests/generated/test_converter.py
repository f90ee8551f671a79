"""``sinch_api.converter()``: models in classes of yours, into JSON and other formats and back."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import attrs
import pytest

import sinch_api
from sinch_api.models.common import Money
from sinch_api.models.voice_events import IceEvent


@attrs.frozen
class Kept:
    events: list[IceEvent]
    prices: dict[str, Money]
    at: datetime
    day: date
    key: UUID
    blob: bytes


def kept() -> Kept:
    event = IceEvent.from_wire({"event": "ice", "callid": "c-1", "cli": "46700000000", "timestamp": "2026-01-02T03:04:05Z"})
    return Kept(
        [event], {"call": Money(currency_id="USD", amount=0.25)}, datetime(2026, 1, 2, 3, tzinfo=UTC),
        date(2026, 1, 2), UUID(int=7), b"\x00\xff",
    )  # fmt: skip


def test_there_and_back_through_json() -> None:
    converter = sinch_api.converter()
    text = json.dumps(converter.unstructure(kept()))
    assert json.loads(text)["events"] == [kept().events[0].to_wire()]
    assert converter.structure(json.loads(text), Kept) == kept()
    assert sinch_api.converter() is converter


@pytest.mark.parametrize("library", ["json", "orjson", "msgpack"])
def test_converters_of_other_formats_learn_the_same(library: str) -> None:
    pytest.importorskip(library)
    made: Any = sinch_api.equip(importlib.import_module(f"cattrs.preconf.{library}").make_converter())
    assert made.loads(made.dumps(kept()), Kept) == kept()
