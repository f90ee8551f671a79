"""read_event and read_model: tolerant of what is new, strict about what is wrong."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from sinch.callbacks import (
    AceEvent,
    CallbackEvent,
    CallbackRejected,
    DiceEvent,
    DiceReason,
    IceEvent,
    IdentityType,
    IncomingSmsEvent,
    MenuResult,
    MenuResultType,
    NotifyEvent,
    NotifyType,
    Pairs,
    PieEvent,
    RejectionReason,
    UnknownEvent,
    VerificationRequestEvent,
    VerificationResultEvent,
    VerificationSmsDeliveredEvent,
    read_event,
    read_model,
)
from sinch.values import Cli, CliMode

ICE = """{"event":"ice","callid":"c1","timestamp":"2014-12-01T08:01:10.1234567Z","version":1,
"userRate":{"currencyId":"USD","amount":0.0368},"cli":"Bjorn <46123456789>",
"to":{"type":"did","endpoint":"+46200000000"},"domain":"pstn","applicationKey":"key",
"originationType":"PSTN","duration":12,"custom":"order-7","user":"anna","rdnis":"+4670",
"cookies":[{"key":"c1","value":"old"},{"key":"c2","value":"v2"},{"key":"c1","value":"v1"}],
"callHeaders":[{"key":"X-A","value":"1"}],"callResourceUrl":"https://example.com/c1",
"brandNew":{"x":[1]}}"""
VERIFICATION = {
    "id": "v1",
    "method": "sms",
    "identity": {"type": "number", "endpoint": "+46700000000"},
}


def reason_of(read, value) -> RejectionReason:
    with pytest.raises(CallbackRejected) as caught:
        read(value)
    return caught.value.reason


def test_every_field_of_an_ice_event_has_its_python_type():
    event = read_event(ICE)
    assert isinstance(event, IceEvent)
    assert event.call_id == "c1"
    assert event.timestamp == datetime(2014, 12, 1, 8, 1, 10, 123456, tzinfo=UTC)
    assert event.user_rate.amount == Decimal("0.0368")
    assert event.user_rate.currency_id == "USD"
    assert (event.cli.numeric, event.cli.alphanumeric) == ("+46123456789", "Bjorn")
    assert event.rdnis == Cli.parse("+4670")
    assert event.cli.full == "Bjorn <+46123456789>"
    assert event.cli.mode is CliMode.FULL
    assert event.to.type is IdentityType.DID
    assert event.duration == timedelta(seconds=12)
    assert event.raw["brandNew"] == {"x": [1]}


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ({"event": "ice", "callid": "c"}, IceEvent),
        ({"event": "ace", "callid": "c"}, AceEvent),
        ({"event": "pie", "callid": "c"}, PieEvent),
        ({"event": "dice", "callid": "c"}, DiceEvent),
        ({"event": "notify", "callid": "c"}, NotifyEvent),
        ({"event": "incomingSms"}, IncomingSmsEvent),
        ({"event": "VerificationRequestEvent", **VERIFICATION}, VerificationRequestEvent),
        (
            {"event": "VerificationResultEvent", "status": "FAIL", **VERIFICATION},
            VerificationResultEvent,
        ),
        (
            {"event": "VerificationSmsDeliveredEvent", "smsResult": "Failed", **VERIFICATION},
            VerificationSmsDeliveredEvent,
        ),
        ({"event": "somethingNew"}, UnknownEvent),
    ],
)
def test_each_event_has_a_class_of_its_own(payload, kind):
    for event in (
        read_model(payload),
        read_event(json.dumps(payload)),
        read_event(json.dumps(payload).encode()),
        read_event(b"\xef\xbb\xbf" + json.dumps(payload).encode()),
        read_model({k.upper(): v for k, v in payload.items()}),
        read_model({**payload, "event": payload["event"].upper()}),
    ):
        assert type(event) is kind
        assert event.raw


def test_both_spellings_of_the_call_id_are_read():
    assert read_model({"event": "ice", "callid": "c"}) == read_model(
        {"event": "ice", "callId": "c"}
    )


def test_match_tells_events_apart():
    def describe(event: CallbackEvent) -> str:
        match event:
            case IceEvent(cli=cli) if cli is not None:
                return f"call from {cli}"
            case PieEvent(
                menu_result=MenuResult(menu_id="main", type=MenuResultType.RETURN, value=value)
            ):
                return f"chose {value}"
            case DiceEvent(reason=DiceReason.CALLER_HANGUP, duration=duration):
                return f"over after {duration}"
            case NotifyEvent(type=NotifyType.RECORDING_AVAILABLE, destination=file):
                return f"recorded {file}"
            case UnknownEvent(event=name):
                return f"what is {name}?"
        return "something else"

    result = {"menuId": "main", "type": "Return", "value": "sales"}
    assert describe(read_event(ICE)) == "call from Bjorn <+46123456789>"
    assert (
        describe(read_model({"event": "pie", "callid": "c", "menuResult": result})) == "chose sales"
    )
    dice = {"event": "dice", "callid": "c", "reason": "CALLERHANGUP", "duration": 3}
    assert describe(read_model(dice)) == "over after 0:00:03"
    assert describe(read_model({"event": "new"})) == "what is new?"


def test_unknown_values_of_an_enum_are_kept():
    event = read_model({"event": "dice", "callid": "c", "reason": "METEORITE", "result": "Maybe"})
    assert event.reason == "METEORITE"
    assert not event.reason.is_known


def test_an_unknown_event_keeps_its_name_as_sent_and_its_payload():
    event = read_event('{"Event":"CallTransferred","id":"1"}')
    assert event == UnknownEvent(event="CallTransferred", raw={})
    assert event.raw["id"] == "1"


class TestCookiesAndHeaders:
    def test_they_are_mappings_where_the_last_one_wins(self):
        event = read_event(ICE)
        assert event.cookies["c1"] == "v1"
        assert event.cookies.get("none") is None
        assert dict(event.cookies) == {"c1": "v1", "c2": "v2"} == event.cookies
        assert event.call_headers == {"X-A": "1"}
        assert "x-a" not in event.call_headers
        empty = read_model({"event": "dice", "callid": "c"})
        assert empty.call_headers == empty.cookies == {}

    def test_repeated_names_and_the_order_are_not_lost(self):
        event = read_event(ICE)
        assert event.cookies.getall("c1") == ("old", "v1")
        assert event.cookies.getall("none") == ()
        assert event.cookies.pairs == (("c1", "old"), ("c2", "v2"), ("c1", "v1"))
        assert event.to_wire()["cookies"] == json.loads(ICE)["cookies"]

    def test_values_do_not_show_in_a_repr(self):
        assert repr(read_event(ICE).cookies) == "<Pairs c1, c2>"

    def test_they_are_values(self):
        cookies = read_event(ICE).cookies
        same = Pairs({"c2": "v2", "c1": "v1"})
        assert cookies == same
        assert hash(cookies) == hash(same)
        assert cookies != Pairs({"c1": "v1"})
        assert pickle.loads(pickle.dumps(cookies)).pairs == cookies.pairs
        assert Pairs(cookies).pairs == cookies.pairs
        assert hash(read_event(ICE)) == hash(read_event(ICE))


class TestRejections:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b" ",
            b"{",
            b"nope",
            b"{'event':'ice'}",
            b"\xff\xfe",
            b'{"event":NaN}',
            b"[Infinity]",
            b'{"a":1}{"b":2}',
            b'{"event":"\xff"}',
            "\x00",
            b"1" * 5000,
        ],
    )
    def test_what_is_not_json(self, body):
        assert reason_of(read_event, body) is RejectionReason.NOT_JSON

    @pytest.mark.parametrize(
        "body", [b"[]", b"null", b"1", b'"ice"', b"true", b'[{"event":"ice"}]']
    )
    def test_what_is_not_an_object(self, body):
        assert reason_of(read_event, body) is RejectionReason.NOT_AN_OBJECT
        assert reason_of(read_model, json.loads(body)) is RejectionReason.NOT_AN_OBJECT

    @pytest.mark.parametrize(
        "payload",
        [
            {},
            {"event": None},
            {"event": 1},
            {"event": ["ice"]},
            {"event": "ice"},
            {"event": "ice", "callid": None},
            {"event": "ice", "callid": []},
            {"event": "ace", "callid": {}},
            {"event": "pie", "callid": True},
            {"event": "dice"},
            {"event": "VerificationRequestEvent"},
            {"event": "VerificationResultEvent", **VERIFICATION, "id": None},
        ],
    )
    def test_without_what_identifies_it(self, payload):
        assert reason_of(read_model, payload) is RejectionReason.WRONG_TYPE
        assert reason_of(read_event, json.dumps(payload)) is RejectionReason.WRONG_TYPE

    def test_the_message_says_where_but_not_what(self):
        with pytest.raises(CallbackRejected) as caught:
            read_model({"event": "ice", "callid": ["46700000000"]})
        assert "/callid" in str(caught.value)
        assert "46700000000" not in str(caught.value)
        assert caught.value.status == 400

    @pytest.mark.parametrize("depth", [33, 100, 999, 5_000, 100_000])
    def test_absurd_depth(self, depth):
        assert reason_of(read_event, b"[" * depth + b"]" * depth) is RejectionReason.TOO_DEEP
        nested = b'{"event":"ice","x":' + b"[" * depth + b"]" * depth + b"}"
        assert reason_of(read_event, nested) is RejectionReason.TOO_DEEP
        deep: dict = {}
        for _ in range(depth):
            deep = {"event": deep}
        assert reason_of(read_model, deep) is RejectionReason.TOO_DEEP

    def test_many_brackets_are_not_depth(self):
        body = '{"event":"ice","callid":"c","x":[' + ",".join(["[]"] * 500) + '],"custom":"[[{{"}'
        assert read_event(body).custom == "[[{{"

    def test_a_cycle_is_endless_depth(self):
        payload: dict = {"event": "ice", "callid": "c"}
        payload["self"] = [payload, payload]
        assert reason_of(read_model, payload) is RejectionReason.TOO_DEEP

    def test_absurd_size(self):
        body = b'{"event":"x","a":"' + b"x" * 300_000 + b'"}'
        assert reason_of(read_event, body) is RejectionReason.TOO_LARGE
        assert isinstance(read_event(body, max_body=400_000), UnknownEvent)

    @pytest.mark.parametrize("value", [None, 1, {"event": "ice"}, [], object()])
    def test_the_wrong_function_for_the_value(self, value):
        assert reason_of(read_event, value) is RejectionReason.WRONG_TYPE

    def test_huge_numbers_do_not_stop_the_world(self):
        for number in ("1e999999999", "-1e999999999", "1e-999999999", "1.5"):
            body = f'{{"event":"notify","callid":"c","errorCode":{number},"version":{number}}}'
            event = read_event(body)
            assert (event.error_code, event.version) == (None, None)
            assert [where for where, _ in event.problems] == ["/errorCode", "/version"]


class TestOddities:
    """What platforms really send: an optional value that does not fit never costs the event."""

    @pytest.mark.parametrize(
        ("odd", "where"),
        [
            ({"timestamp": ""}, "/timestamp"),
            ({"timestamp": 1417420870}, "/timestamp"),
            ({"to": {"type": "did"}}, "/to/endpoint"),
            ({"to": "+46"}, "/to"),
            ({"userRate": {"currencyId": "USD", "amount": ""}}, "/userRate/amount"),
            ({"userRate": ""}, "/userRate"),
            ({"cookies": [{"key": "a"}]}, "/cookies/0/value"),
            ({"cookies": {"a": "b"}}, "/cookies"),
            ({"callHeaders": [{"key": "X-A", "value": None}]}, "/callHeaders/0/value"),
            ({"callHeaders": [{"value": "1"}]}, "/callHeaders/0/key"),
            ({"cli": {"number": "1"}}, "/cli"),
            ({"duration": "long"}, "/duration"),
            ({"domain": []}, "/domain"),
            ({"conferenceId": True}, "/conferenceId"),
        ],
    )
    def test_an_optional_value_that_does_not_fit(self, odd, where):
        event = read_event(json.dumps({"event": "ice", "callid": "c", "custom": "mine", **odd}))
        assert isinstance(event, IceEvent)
        assert (event.call_id, event.custom) == ("c", "mine")
        assert [problem.where for problem in event.problems] == [where]
        assert event.raw.items() >= odd.items()

    def test_nothing_odd_no_problems(self):
        assert read_event(ICE).problems == ()
        assert read_model({"event": "new"}).problems == ()

    def test_headers_and_cookies_without_a_value_are_empty(self):
        pairs = [{"key": "a"}, {"key": "b", "value": None}, {"key": "c", "value": 1}]
        event = read_model({"event": "ice", "callid": 1, "cookies": pairs, "callHeaders": pairs})
        assert event.cookies == event.call_headers == {"a": "", "b": "", "c": "1"}
        assert event.call_id == "1"

    def test_a_notification_needs_no_call_id(self):
        event = read_model({"event": "notify", "type": "recording_available", "destination": "d"})
        assert isinstance(event, NotifyEvent)
        assert (event.call_id, event.destination, event.problems) == (None, "d", ())

    def test_a_pie_always_has_a_menu_result(self):
        event = read_model({"event": "pie", "callid": "c"})
        assert event.menu_result == MenuResult()
        assert [str(problem) for problem in event.problems] == ["/menuResult: is required"]

    def test_menu_values_may_be_numbers(self):
        result = {"menuId": "main", "type": "sequence", "value": 1234}
        assert (
            read_model({"event": "pie", "callid": "c", "menuResult": result}).menu_result.value
            == "1234"
        )

    @pytest.mark.parametrize("missing", ["method", "identity", "status"])
    def test_a_verification_is_known_by_its_id(self, missing):
        payload = {"event": "VerificationResultEvent", "status": "FAIL", **VERIFICATION}
        del payload[missing]
        event = read_model(payload)
        assert isinstance(event, VerificationResultEvent)
        assert getattr(event, missing) is None
        assert [problem.where for problem in event.problems] == [f"/{missing}"]
