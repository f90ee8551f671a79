"""A value that cannot be read costs that value and nothing else.

Every answer and event of the specification is filled in whole; then each of its values, nested ones
too, is taken away, set to null, or replaced by every other type of JSON, one at a time.
"""

from __future__ import annotations

import copy
import pickle
import re
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args, get_origin

import attrs
import pytest

from sinch_api import operations, webhooks
from sinch_api.caller_id import Cli
from sinch_api.pairs import Pairs
from sinch_api.codec import Malformed, dumps, loads
from sinch_api.enums import OpenEnum, OpenIntEnum
from sinch_api.model import Problem
from sinch_api.models import calling, common, sms, verification, verification_events, voice_events

from .strategies import MODELS
from .test_operations import TABLE

RECEIVED = [model for model in MODELS if hasattr(model, "problems")]

# All that reading insists upon: without these there is nothing to speak of. Whoever adds a line
# here says that a call, a message or an answer may be lost for the lack of that field.
INSISTED: dict[str, str | tuple[str, ...]] = {
    "IceEvent": "/callid",
    "AceEvent": "/callid",
    "PieEvent": "/callid",
    "DiceEvent": "/callid",
    "VerificationRequestEvent": "/id",
    "VerificationResultEvent": "/id",
    "VerificationSmsDeliveredEvent": "/id",
    "CalloutResponse": "/callId",
    "CallInfo": "/callId",
    "SendSmsResponse": "/messageId",
    "StartVerificationResponse": "/id",
    "ReportVerificationResponse": "/id",
    "VerificationStatusResponse": "/id",
    **dict.fromkeys(("TextBatch", "BinaryBatch", "MediaBatch", "BatchState", "Group"), "/id"),
    **dict.fromkeys(("InboundText", "InboundBinary", "InboundMedia"), "/id"),
    **dict.fromkeys(("BatchReportSms", "BatchReportMms"), "/batch_id"),
    **dict.fromkeys(("RecipientReportSms", "RecipientReportMms"), ("/batch_id", "/recipient")),
    "DryRunRecipient": "/recipient",
    # parts: the whole is read without them
    "Identity": "/endpoint",
    "KeyValue": "/key",
    "CallHeader": "/key",
    "ConferenceParticipant": "/id",
    "ApplicationNumber": "/number",
}
ALL_INSISTED = {k: (v,) if isinstance(v, str) else v for k, v in INSISTED.items()}
# What Sinch promises besides; missing, it is None (or empty) and a problem, but no refusal.
PROMISED = {
    "PieEvent": {"/menuResult"},
    "VerificationRequestEvent": {"/method", "/identity"},
    "VerificationResultEvent": {"/method", "/identity", "/status"},
    "VerificationSmsDeliveredEvent": {"/method", "/identity", "/smsResult"},
    "ReportVerificationResponse": {"/status"},
    "VerificationStatusResponse": {"/status"},
    "SmsStatusResponse": {"/status"},
    "Conference": {"/participants"},
    "NumbersResponse": {"/numbers"},
    "CallbackSettings": {"/url"},
    "NumberQueryResponse": {"/number"},
    "KeyValue": {"/value"},
    "CallHeader": {"/value"},
}

TEXT = "surely nothing"
WRONG: dict[Any, list[Any]] = {
    str: [True, [], {}, ["a"]],
    bytes: [True, 5, "=", [], {}],
    bool: [5, "", TEXT, [], {}],
    int: [True, "", TEXT, Decimal("1.5"), [], {}],
    Decimal: [True, "", TEXT, [], {}],
    timedelta: [True, "", TEXT, [], {}],
    datetime: [True, 5, "", TEXT, [], {}],
    Cli: [True, [], {}],
    OpenEnum: [True, [], {}],
    tuple: [True, 5, "", TEXT, {}],
    Mapping: [True, 5, "", TEXT, []],
    Any: [],
}


def bare(annotation: Any) -> Any:
    """What a field holds besides None."""
    if get_origin(annotation) in {types.UnionType, typing.Union}:
        return next(kind for kind in get_args(annotation) if kind is not types.NoneType)
    return annotation


def sample(annotation: Any) -> Any:
    kind = bare(annotation)
    if get_origin(kind) is tuple:
        return (sample(get_args(kind)[0]),)
    if get_origin(kind) is not None:
        return {"a": {"b": "c"} if get_origin(get_args(kind)[1]) else "b"}
    if attrs.has(kind) and kind is not Cli:
        hints = typing.get_type_hints(kind)
        return kind(**{name: sample(hints[name]) for name in kind.WIRE_NAMES})
    if isinstance(kind, type) and issubclass(kind, OpenEnum | OpenIntEnum):
        return next(iter(kind))
    return {
        str: "text", bytes: b"\x00", bool: True, int: 6, Decimal: Decimal("0.5"), Any: "any",
        timedelta: timedelta(seconds=5), datetime: datetime(2026, 1, 2, tzinfo=UTC),
        Cli: Cli.parse("+46700000000"), Pairs: Pairs({"a": "b"}),
    }[kind]  # fmt: skip


Place = tuple[tuple[str | int, ...], list[Any]]


def places(annotation: Any) -> Iterator[Place]:
    """The path of every value, and what certainly cannot be read there."""
    for name, hint in typing.get_type_hints(annotation).items():
        if (wire := annotation.WIRE_NAMES.get(name)) is not None:
            yield from within((wire,), bare(hint))


def within(path: tuple[str | int, ...], kind: Any) -> Iterator[Place]:
    origin = get_origin(kind)
    if attrs.has(kind) and kind is not Cli:
        yield path, WRONG[Mapping]
        yield from ((path + inner, wrong) for inner, wrong in places(kind))
    elif kind is Pairs:
        yield path, WRONG[tuple]
        yield from within((*path, 0), common.KeyValue)
    elif origin is tuple:
        yield path, WRONG[tuple]
        if get_args(kind)[0] is not Any:
            yield from within((*path, 0), bare(get_args(kind)[0]))
    elif origin is not None:
        yield path, WRONG[Mapping]
    elif isinstance(kind, type) and issubclass(kind, OpenEnum):
        yield path, WRONG[OpenEnum]
    elif isinstance(kind, type) and issubclass(kind, OpenIntEnum):
        yield path, WRONG[int]
    else:
        yield path, WRONG[kind]


GONE = object()


def changed(wire: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The payload with one value replaced, or taken out."""
    wire = copy.deepcopy(wire)
    holder = wire
    for key in path[:-1]:
        holder = holder[key]
    if value is GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return wire


def pointer(path: tuple[str | int, ...]) -> str:
    return "".join(f"/{key}" for key in path)


def test_everything_that_is_received_is_lenient() -> None:
    answers = {type_ for *_, type_ in TABLE.values() if type_ is not None}
    events = {
        webhooks.event_model(tag, key) for key, tags in webhooks.EVENTS_BY_TAG.items() for tag in tags
    }
    assert answers | events | {common.ErrorBody} <= set(RECEIVED)


@pytest.mark.parametrize("model", RECEIVED, ids=lambda model: model.__name__)
def test_one_bad_value_costs_that_value_only(model: Any) -> None:
    whole = loads(dumps(sample(model).to_wire()))
    assert model.from_wire(whole) == sample(model)
    assert model.from_wire(whole).problems == ()
    seen = set()
    for path, wrong in places(model):
        where = pointer(path)
        seen.add(where)
        insisted = where in ALL_INSISTED.get(model.__name__, ())
        lacking = changed(whole, path, GONE)
        if insisted:
            for odd in (lacking, *(changed(whole, path, value) for value in [None, *wrong])):
                with pytest.raises(Malformed) as refused:
                    model.from_wire(odd)
                assert refused.value.path.startswith(where)
            continue
        without = model.from_wire(lacking)
        assert without.raw == lacking
        for value in [None, *wrong]:
            payload = changed(whole, path, value)
            read = model.from_wire(payload)
            assert read == without, (where, value)
            assert read.raw == payload, (where, value)
            named = [problem.where for problem in read.problems]
            if value is not None or isinstance(path[-1], int):
                assert named == [where], value
            else:
                assert named == [problem.where for problem in without.problems]
            assert hash(read) == hash(without)
            assert "problems" not in repr(read)
            assert pickle.loads(pickle.dumps(read)).problems == read.problems
            assert loads(dumps(read.to_wire())) == loads(dumps(without.to_wire()))
    promised = {path for path in seen if problems_without(model, whole, path)}
    assert promised == expected_promises(model, seen)
    assert set(ALL_INSISTED.get(model.__name__, ())) <= seen


def problems_without(model: Any, whole: Any, where: str) -> bool:
    path = next(path for path, _ in places(model) if pointer(path) == where)
    if where in ALL_INSISTED.get(model.__name__, ()) or isinstance(path[-1], int):
        return False
    found = model.from_wire(changed(whole, path, GONE)).problems
    assert found in ((), (Problem(where, "is required"),))
    return bool(found)


def expected_promises(model: Any, seen: set[str]) -> set[str]:
    """Of the model itself, and of its parts: what identifies a part is promised as well."""
    found = set(PROMISED.get(model.__name__, ()))
    hints = typing.get_type_hints(model)
    for name, wire in model.WIRE_NAMES.items():
        kind, prefix = bare(hints[name]), f"/{wire}"
        if get_origin(kind) is tuple:
            kind, prefix = bare(get_args(kind)[0]), f"{prefix}/0"
        if kind is Pairs:
            kind, prefix = common.KeyValue, f"{prefix}/0"
        if attrs.has(kind) and kind is not Cli:
            below = {path.removeprefix(prefix) for path in seen if path.startswith(f"{prefix}/")}
            parts = expected_promises(kind, below) | set(ALL_INSISTED.get(kind.__name__, ()))
            found |= {prefix + part for part in parts}
    return found


def odd_ones(model: Any) -> Iterator[Any]:
    """A whole payload, one in other spellings, with news in it, and with each value wrong or gone."""
    whole = loads(dumps(sample(model).to_wire()))
    yield whole
    yield {key.upper(): value for key, value in whole.items()}
    yield {**whole, "newer": [1]}
    for path, wrong in places(model):
        yield changed(whole, path, GONE)
        yield from (changed(whole, path, value) for value in [None, *wrong])
        yield {**changed(whole, path, GONE), "newer": [1]}


@pytest.mark.parametrize("model", RECEIVED, ids=lambda model: model.__name__)
def test_read_when_asked_for_a_field_is_the_same(model: Any) -> None:
    for payload in odd_ones(model):
        try:
            at_once = model.from_wire(payload)
        except Malformed as refused:
            with pytest.raises(Malformed, match=f"^{re.escape(str(refused))}$"):
                model.from_parsed(payload)
            continue
        for name in (*model.WIRE_NAMES, "raw", "problems"):
            read = model.from_parsed(payload)
            for _ in range(2):
                assert getattr(read, name) == getattr(at_once, name), (payload, name)
        assert read == at_once == pickle.loads(pickle.dumps(model.from_parsed(payload)))
        assert copy.copy(model.from_parsed(payload)).problems == at_once.problems
        assert repr(model.from_parsed(payload)) == repr(at_once)
        assert hash(model.from_parsed(payload)) == hash(at_once)
        assert attrs.evolve(model.from_parsed(payload)) == at_once


def test_only_what_is_asked_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = []
    reader = voice_events.IceEvent._reading.fields["to"][1]
    monkeypatch.setitem(
        voice_events.IceEvent._reading.fields, "to", ("to", lambda raw: kinds.append(raw) or reader(raw))
    )
    event = voice_events.IceEvent.from_parsed(
        {"event": "ice", "callid": "c", "to": {"type": "did", "endpoint": "+46700000000"}}
    )
    assert (event.call_id, event.user, kinds) == ("c", None, [])
    assert (event.to, event.to, len(kinds)) == (event.to, event.to, 1)


def test_a_field_that_is_read_later_is_no_less_frozen_and_there_are_no_others() -> None:
    event = voice_events.IceEvent.from_parsed({"event": "ice", "callid": "c"})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.cli = None
    with pytest.raises(AttributeError, match="'IceEvent' object has no attribute 'clip'"):
        event.clip
    assert not hasattr(event, "_clip")


@pytest.mark.parametrize("model", RECEIVED, ids=lambda model: model.__name__)
def test_strictly_the_same_is_refused(model: Any) -> None:
    """So servers read: the sandbox refuses what the real one refuses."""
    whole = loads(dumps(sample(model).to_wire()))
    assert model.from_wire_strictly(whole) == sample(model)
    for path, wrong in places(model):
        for value in wrong:
            with pytest.raises(Malformed) as refused:
                model.from_wire_strictly(changed(whole, path, value))
            assert refused.value.path == pointer(path)
    with pytest.raises(Malformed, match="expected a string, found int"):
        calling.CallInfo.from_wire_strictly({"callId": 123})


@pytest.mark.parametrize(
    ("number", "text"),
    [(123, "123"), (Decimal("1.50"), "1.50"), (0, "0"), (-7, "-7"), (10**40, "1" + "0" * 40)],
)
def test_text_may_come_as_a_number(number: object, text: str) -> None:
    assert calling.CalloutResponse.from_wire({"callId": number}).call_id == text
    menu = {"menuId": number, "type": number, "value": number}
    event = voice_events.PieEvent.from_wire({"event": "pie", "callid": "c", "menuResult": menu})
    assert event.menu_result.menu_id == event.menu_result.type == event.menu_result.value == text
    assert event.problems == ()
    assert voice_events.IceEvent.from_wire({"callid": "c", "cli": number}).cli == Cli.parse(text)


def test_problems_of_the_whole_tree_are_one_list_with_pointers() -> None:
    raw = {
        "id": "v", "status": [], "price": {"verificationPrice": {"amount": ""}, "billableDuration": "?"},
        "identity": {"type": {}, "endpoint": "+46"}, "verificationTimestamp": "",
    }  # fmt: skip
    answer = verification.VerificationStatusResponse.from_wire(raw)
    assert [str(problem) for problem in answer.problems] == [
        "/status: expected a string, found list",
        "/price/verificationPrice/amount: expected a number, found str",
        "/price/billableDuration: expected an integer, found str",
        "/identity/type: expected a string, found dict",
        "/verificationTimestamp: expected an ISO 8601 time",
    ]
    assert answer.price is not None
    assert answer.price.problems == (
        Problem("/verificationPrice/amount", "expected a number, found str"),
        Problem("/billableDuration", "expected an integer, found str"),
    )
    assert answer.identity == common.Identity(endpoint="+46")


def test_elements_that_cannot_be_read_are_left_out() -> None:
    cookies = [{"key": "a", "value": "1"}, {"value": "2"}, None, "b=3", {"key": "c"}, {"key": 4, "value": 5}]
    event = voice_events.IceEvent.from_wire({"event": "ice", "callid": "c", "cookies": cookies})
    assert event.cookies.pairs == (("a", "1"), ("c", ""), ("4", "5"))
    assert [problem.where for problem in event.problems] == [
        "/cookies/1/key", "/cookies/2", "/cookies/3", "/cookies/4/value",
    ]  # fmt: skip
    assert event.raw["cookies"] == cookies


def test_problems_never_quote_the_content() -> None:
    event = voice_events.IceEvent.from_wire(
        {"event": "ice", "callid": "c", "timestamp": "secret", "to": {"type": "number", "e": "secret"}}
    )
    assert len(event.problems) == 2
    assert "secret" not in str(event.problems)


def test_answers_keep_what_they_have_no_field_for() -> None:
    raw = {"messageId": 1, "queue": "slow"}
    receipt = sms.SendSmsResponse.from_wire(raw)
    assert receipt.raw == raw
    assert receipt == sms.SendSmsResponse(message_id="1")
    assert (receipt.problems, sms.SendSmsResponse(message_id="1").raw) == ((), {})


# --- properties that nobody knows yet -------------------------------------------------------------

EXTENSIBLE = [model for model in MODELS if hasattr(model, "extra")]


def test_which_parts_take_extra_properties() -> None:
    assert {model.__name__ for model in EXTENSIBLE} == {
        "SmsOptions", "FlashCallOptions", "CalloutOptions", "SpeechOptions", "WhatsAppOptions",
        "SmsStart", "FlashCallStart", "CalloutStart", "SeamlessStart", "WhatsAppStart",
        "SmsReply", "FlashCallReply", "CalloutReply", "WhatsAppReply",
    }  # fmt: skip


@pytest.mark.parametrize("model", EXTENSIBLE, ids=lambda model: model.__name__)
def test_extra_properties_go_both_ways(model: Any) -> None:
    known = loads(dumps(sample(model).to_wire()))
    raw = {**known, "brandNew": {"a": [1, None]}, "pin2": "1234", "nothing": None}
    part = model.from_wire(raw)
    assert part.extra == {"brandNew": {"a": [1, None]}, "pin2": "1234"}
    assert loads(dumps(part.to_wire())) == {**known, **part.extra}
    assert part == attrs.evolve(sample(model), extra=part.extra) != sample(model)
    assert hash(part) == hash(sample(model))
    assert "brandNew" in repr(part)
    assert "1234" not in repr(part), "nobody knows what is secret in there"
    first = next(iter(model.WIRE_NAMES.values()))
    with pytest.raises(ValueError, match=f"extra must not repeat {first.upper()}"):
        model(extra={first.upper(): "x"})


def test_extra_properties_are_kept_in_spite_of_a_bad_value() -> None:
    raw = {"id": "v", "sms": {"template": [], "brandNew": 1}}
    started = verification.StartVerificationResponse.from_wire(raw)
    assert started.sms == verification.SmsStart(extra={"brandNew": 1})
    assert [problem.where for problem in started.problems] == ["/sms/template"]


# --- secrets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (verification.SmsReport, "code"),
        (verification.CalloutReport, "code"),
        (verification.WhatsAppReport, "code"),
        (verification.FlashCallReport, "cli"),
        (verification_events.SmsReply, "code"),
        (verification_events.CalloutReply, "code"),
        (verification_events.CalloutReply, "pin"),
        (verification_events.FlashCallReply, "cli"),
        (voice_events.MenuResult, "value"),
    ],
)
def test_codes_and_pins_are_masked(model: Any, field: str) -> None:
    shown = repr(model(**{field: "4711"}))
    assert "4711" not in shown
    assert f"{field}='***'" in shown
