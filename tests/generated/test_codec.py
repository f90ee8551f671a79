"""Reading and writing of single values, documents, and containers."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinch.values import Cli
from sinch_api import codec
from sinch_api.codec import Malformed, dumps, loads
from sinch_api.convert import structure, unstructure
from sinch_api.enums import OpenEnum, OpenIntEnum
from sinch_api.models import common, sms, svaml, verification, voice_events

from .strategies import ENUMS, json_values

# --- enumerations -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_listed_values(kind: type[OpenEnum | OpenIntEnum]) -> None:
    for member in kind:
        text = str(member.value)
        for spelling in (member.value, text.lower(), text.upper()):
            assert kind.from_wire(spelling) is member
        assert member.to_wire() == member == member.value
        assert member.is_known
        assert json.dumps(member) == json.dumps(member.value)
        assert pickle.loads(pickle.dumps(member)) is member
    assert all(name.isupper() for name in kind.__members__)


@given(st.text())
def test_unlisted_values_survive(text: str) -> None:
    kind = common.CallResult
    if text.casefold() in {member.value.casefold() for member in kind}:
        return
    stranger = kind.from_wire(text)
    assert isinstance(stranger, kind)
    assert not stranger.is_known
    assert stranger == text == stranger.value == str(stranger) == stranger.to_wire()
    assert stranger == kind(text)
    assert hash(stranger) == hash(text)
    assert {stranger: 1}[kind(text)] == 1
    assert stranger != kind.ANSWERED
    for again in (
        pickle.loads(pickle.dumps(stranger)),
        copy.deepcopy(stranger),
        copy.copy(stranger),
    ):
        assert again == stranger
        assert type(again) is kind
        assert not again.is_known
    assert json.loads(json.dumps([stranger])) == [text]
    assert text not in [member.value for member in kind]


def test_unlisted_value_leaves_the_enumeration_alone() -> None:
    before = list(common.CallResult)
    assert repr(common.CallResult("Bananas")) == "<CallResult.UNLISTED: 'Bananas'>"
    assert list(common.CallResult) == before
    with pytest.raises(KeyError):
        common.CallResult["UNLISTED"]


@pytest.mark.parametrize("raw", [5, None, True, ["sms"], {}])
def test_enumerations_are_text(raw: object) -> None:
    with pytest.raises(Malformed, match="expected a string"):
        common.CallResult.from_wire(raw)
    with pytest.raises(ValueError, match="is not a valid"):
        common.CallResult(raw)


def test_aliases() -> None:
    assert verification.VerificationMethod.PHONE_CALL is verification.VerificationMethod.CALLOUT
    assert verification.VerificationMethod.CALLOUT.name == "CALLOUT"
    assert sms.SmsStatus.FAILED is sms.SmsStatus.FAULTED


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", range(8))
@pytest.mark.parametrize("zone", ["", "Z", "+00:00", "+02:00", "-0330"])
def test_times(digits: int, zone: str) -> None:
    fraction = "1234567"[:digits]
    raw = f"2014-09-24T08:32:40{'.' if digits else ''}{fraction}{zone}"
    moment = codec.read_datetime(raw)
    offset = {"+02:00": timedelta(hours=2), "-0330": -timedelta(hours=3, minutes=30)}.get(
        zone, timedelta()
    )
    micros = int(fraction[:6].ljust(6, "0"))
    assert moment == datetime(2014, 9, 24, 8, 32, 40, micros, tzinfo=UTC) - offset
    assert moment.tzinfo is UTC
    assert codec.read_datetime(codec.write_datetime(moment)) == moment


def test_times_are_written_in_utc() -> None:
    east = timezone(timedelta(hours=2))
    assert codec.write_datetime(datetime(2014, 9, 24, 8, 0, tzinfo=east)) == "2014-09-24T06:00:00Z"
    assert codec.write_datetime(datetime(2014, 9, 24, 8, 0, 0, 5)) == "2014-09-24T08:00:00.000005Z"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "today",
        "2014-13-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2014-09-24T08:32:40\ud800",
        5,
        None,
    ],
)
def test_wrong_times(raw: object) -> None:
    with pytest.raises(Malformed):
        codec.read_datetime(raw)


@given(st.decimals(-(10**9), 10**9, places=6))
def test_decimals_are_exact(amount: Decimal) -> None:
    for body in (str(amount), f"{amount:e}", f'"{amount}"'):
        assert codec.read_decimal(loads(body)) == amount
    assert codec.read_decimal(loads(dumps(codec.write_decimal(amount)))) == amount


def test_money_is_exact() -> None:
    price = common.Money.from_wire(loads('{"currencyId":"USD","amount":0.0368}'))
    assert price.amount == Decimal("0.0368")
    assert dumps(price.to_wire()) == b'{"currencyId":"USD","amount":0.0368}'
    assert dumps(common.Money(amount=Decimal("1.0000")).to_wire()) == b'{"amount":1}'


HUGE = ["1e999999999", "-1e999999999", "1e400", "1" * 400]


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    "read",
    [
        codec.read_int,
        codec.read_decimal,
        codec.read_seconds,
        codec.read_milliseconds,
        codec.read_float,
    ],
)
def test_huge_numbers_cost_nothing(read: Callable[[object], object], number: str) -> None:
    """1e999999999 is eleven characters; as an integer it would be a gigabyte."""
    if read is codec.read_int and number.isdigit():
        assert read(loads(number)) == int(number)
        return
    with pytest.raises(Malformed):
        read(loads(number))


@pytest.mark.parametrize(
    ("read", "good", "wrong"),
    [
        (codec.read_int, {5: 5, 6.0: 6, Decimal(9): 9, " 7 ": 7, "-8": -8}, [True, 5.5, "5.5", "", "٣", "1" * 19, None, []]),
        (codec.read_bool, {True: True, "TRUE": True, "false": False}, [1, 0, "yes", None]),
        (codec.read_str, {"": "", "a": "a"}, [5, None, b"a", True]),
        (codec.read_text, {"a": "a", 12: "12", 1.5: "1.5", Decimal("2.50"): "2.50"}, [None, True, [], 10**5000]),
        (codec.read_float, {1: 1.0, 1.5: 1.5, Decimal("0.25"): 0.25}, ["1", True, None, 10**400]),
        (codec.read_decimal, {"0.10": Decimal("0.10"), 2: Decimal(2)}, [True, "NaN", "Infinity", "x", None, Decimal("NaN")]),
        (codec.read_seconds, {90: timedelta(seconds=90), "3": timedelta(seconds=3), Decimal("1.5"): timedelta(seconds=1.5)},
         [10**20, None, "x", float("inf")]),
        (codec.read_milliseconds, {3000: timedelta(seconds=3)}, [10**20, None]),
        (codec.read_clock, {"00:10:00": timedelta(minutes=10), "48:00:01": timedelta(hours=48, seconds=1)},
         ["10:00", "a:b:c", "-1:00:00", "1:٣:0", 600, None, "9" * 9 + ":0:0"]),
        (codec.read_cli, {"+46700000000": Cli.parse("+46700000000")}, [5, None, {}]),
        (codec.read_strings, {}, [{"a": 1}, [], None]),
        (codec.read_object, {}, [[], "a", None]),
    ],
)  # fmt: skip
def test_scalars(
    read: Callable[[object], object], good: dict[Any, Any], wrong: list[object]
) -> None:
    for raw, value in good.items():
        assert read(raw) == value
        assert type(read(raw)) is type(value)
    for raw in wrong:
        with pytest.raises(Malformed):
            read(raw)


def test_durations_are_written_whole() -> None:
    assert codec.write_seconds(timedelta(seconds=1, milliseconds=600)) == 2
    assert codec.write_milliseconds(timedelta(seconds=1.5)) == 1500
    assert codec.write_clock(timedelta(hours=1, minutes=2, seconds=3)) == "01:02:03"


@pytest.mark.parametrize(
    ("text", "wire"),
    [("12", 12), ("012", "012"), ("a", "a"), ("9" * 19, "9" * 19), ("", ""), ("²", "²")],
)
def test_message_ids(text: str, wire: object) -> None:
    assert codec.write_message_id(text) == wire
    assert codec.read_text(wire) == text


# --- documents ----------------------------------------------------------------------------------


def test_brackets_in_texts_and_side_by_side_are_not_depth() -> None:
    """Depth is refused before the parser uses up the stack, on which garbage may be finalised too."""
    value = {"text": "[" * 2000 + '"{' * 500, "many": [[{}] for _ in range(2000)]}
    assert loads(json.dumps(value)) == value
    assert loads("[" * 400 + "]" * 400)
    with pytest.raises(Malformed):
        loads("[" * 401 + "]" * 401)


@pytest.mark.parametrize("body", ['["' * 100_000, '["' + '\\"[' * 100_000])
def test_texts_without_an_end_cost_one_look(body: str) -> None:
    with pytest.raises(Malformed):
        loads(body)


@settings(max_examples=60, deadline=None)
@given(json_values)
def test_documents_round_trip(value: Any) -> None:
    assert loads(dumps(value)) == loads(json.dumps(value, default=float))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b"[" * 100_000,
        b"9" * 5000,
        b'{"a":1}x',
        b"'a'",
        b"\xfe\xff",
    ],
    ids=lambda body: body[:8].hex(),
)
def test_not_json(body: bytes) -> None:
    with pytest.raises(Malformed):
        loads(body)


def test_byte_order_mark_is_fine() -> None:
    assert loads(b'\xef\xbb\xbf{"a":1}') == {"a": 1}


def test_written_compact_and_readable() -> None:
    assert dumps({"text": "Grüße 🎉", "n": [1, 2.5]}) == '{"text":"Grüße 🎉","n":[1,2.5]}'.encode()


def test_half_a_surrogate_pair_can_be_sent() -> None:
    odd = loads(b'{"a":"\\ud83d","b":"\xc3\xbc"}')
    assert dumps(odd) == b'{"a":"\\ud83d","b":"\\u00fc"}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_what_json_cannot_say_is_an_error(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        dumps({"a": value})


def test_kept_payloads_can_be_written() -> None:
    body = b'{"name":"newAction","price":0.5,"more":{"a":[1]}}'
    assert dumps(svaml.read_action(loads(body)).to_wire()) == body


# --- cattrs -------------------------------------------------------------------------------------


class Colour(StrEnum):
    RED = "red"


@attrs.frozen
class Record:
    """A class of the user's that holds models."""

    title: str
    colour: Colour
    price: common.Money
    action: svaml.Action
    rest: list[svaml.Instruction] = attrs.Factory(list)
    fallback: svaml.Action | None = None
    moment: datetime | None = None


RECORD: Mapping[str, Any] = {
    "title": "t", "colour": "red", "price": {"amount": 0.5}, "action": {"name": "HANGUP"},
    "rest": [{"name": "answer"}, {"name": "New", "x": 1}], "fallback": None,
    "moment": "2020-01-01T00:00:00Z",
}  # fmt: skip


def test_classes_of_the_user() -> None:
    record = structure(RECORD, Record)
    assert record == Record(
        title="t", colour=Colour.RED, price=common.Money(amount=Decimal("0.5")), action=svaml.Hangup(),
        rest=[svaml.Answer(), svaml.UnknownInstruction(name="New", raw={"name": "New", "x": 1})],
        moment=datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert unstructure(record) == {**RECORD, "action": {"name": "hangup"}}


def test_containers_of_models() -> None:
    raw = [{"event": "ice", "callid": "c"}]
    found = structure(raw, list[voice_events.IceEvent])
    assert found == [voice_events.IceEvent(call_id="c")]
    assert unstructure(found) == raw
    prices = structure({"a": {"currencyId": "USD"}}, dict[str, common.Money])
    assert prices == {"a": common.Money(currency_id="USD")}
    actions: Any = tuple[svaml.Action, ...]
    assert structure([{"name": "park"}, {"name": "?"}], actions)[0] == svaml.Park()
    assert structure("busy", common.CallResult) is common.CallResult.BUSY
    assert not structure("new", common.CallResult).is_known


@pytest.mark.parametrize(
    ("raw", "kind", "told"),
    [
        (None, str, "/: expected a string, found null"),
        (5, str, "/: expected a string, found int"),
        ("5", bool, "/: expected true or false, found str"),
        ([{}, {"event": "ice"}], list[voice_events.IceEvent], "/0/callid: is required"),
        ({"a": []}, dict[str, common.Money], "/a: expected an object, found list"),
        (["a", None], list[str], "/1: expected a string, found null"),
        ({**RECORD, "title": None}, Record, "/title: expected a string, found null"),
        ({**RECORD, "colour": "blue"}, Record, "/colour: has the wrong type"),
        ({**RECORD, "rest": [{"name": 5}]}, Record, "/rest/0/name: expected a string, found int"),
        ({**RECORD, "fallback": []}, Record, "/fallback: expected an object, found list"),
        ({"title": "t"}, Record, "/colour: is required"),
        (5, list[str], "/: has the wrong type"),
    ],
)
def test_structure_names_the_place(raw: object, kind: type[Any], told: str) -> None:
    with pytest.raises(Malformed) as caught:
        structure(raw, kind)
    assert str(caught.value) == told


@pytest.mark.parametrize("read", [codec.read_int, codec.read_float, codec.read_decimal])
@pytest.mark.parametrize("odd", [Decimal("sNaN"), Decimal("NaN"), Decimal("-Infinity")])
def test_decimals_that_are_no_numbers(read, odd) -> None:
    with pytest.raises(codec.Malformed):
        read(odd)
