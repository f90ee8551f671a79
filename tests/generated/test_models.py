"""What holds for every model of the specification."""

from __future__ import annotations

import copy
import pickle
from typing import Any, get_args

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinch_api.codec import Malformed, dumps, loads
from sinch_api.models import common, sms, svaml, voice_events

from .strategies import CLASSES, ENUMS, MODELS, UNKNOWNS, instances, json_values

few = settings(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck))
MODEL_NAMES = [model.__name__ for model in MODELS]


def test_the_census() -> None:
    """Nothing escapes the tests below."""
    assert len(MODELS) + len(ENUMS) + len(UNKNOWNS) == len(CLASSES)
    assert len(MODELS) > 70
    assert len(ENUMS) > 25
    assert all(kind.__name__.startswith("Unknown") for kind in UNKNOWNS)


@pytest.mark.parametrize("model", MODELS, ids=MODEL_NAMES)
def test_round_trip(model: type[Any]) -> None:
    @few
    @given(instances(model))
    def check(instance: Any) -> None:
        wire = instance.to_wire()
        assert None not in wire.values()
        again = model.from_wire(loads(dumps(wire)))
        assert again == instance
        assert again.to_wire() == wire
        assert hash(again) == hash(instance)
        assert pickle.loads(pickle.dumps(instance)) == instance
        assert copy.deepcopy(instance) == instance

    check()


@pytest.mark.parametrize("model", MODELS, ids=MODEL_NAMES)
def test_names_are_folded_and_null_is_absent(model: type[Any]) -> None:
    @few
    @given(instances(model), st.data())
    def check(instance: Any, data: st.DataObject) -> None:
        wire = instance.to_wire()
        bend = data.draw(st.sampled_from([str.lower, str.upper, str.swapcase]))
        bent = {bend(key): value for key, value in wire.items()}
        nulls = {key: None for key in model.WIRE_NAMES.values() if key not in wire}
        more = {} if hasattr(model, "extra") else {"someThingNew": [1]}
        assert model.from_wire({**bent, **nulls, **more}) == instance

    check()


@pytest.mark.parametrize("model", MODELS, ids=MODEL_NAMES)
def test_anything_else_is_malformed_and_nothing_worse(model: type[Any]) -> None:
    """Arbitrary JSON, and valid objects with one value replaced by arbitrary JSON."""

    @few
    @given(st.data())
    def check(data: st.DataObject) -> None:
        raw = data.draw(json_values)
        if data.draw(st.booleans()):
            raw = {**data.draw(instances(model)).to_wire()}
            names = sorted({*raw, *model.WIRE_NAMES.values()})
            if names:
                raw[data.draw(st.sampled_from(names))] = data.draw(json_values)
        try:
            model.from_wire(raw).to_wire()
        except Malformed as problem:
            assert problem.path == "" or problem.path.startswith("/")  # noqa: PT017
            assert str(problem).endswith(problem.problem)  # noqa: PT017

    check()


@pytest.mark.parametrize("model", MODELS, ids=MODEL_NAMES)
def test_frozen_keyword_only_and_slotted(model: type[Any]) -> None:
    assert model.__doc__
    assert not hasattr(model.__new__(model), "__dict__")
    fields = attrs.fields(model)
    assert all(field.kw_only for field in fields)
    assert set(model.WIRE_NAMES) == {f.name for f in fields} - {"raw", "problems", "extra"}
    for field in fields:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(model.__new__(model), field.name, None)


def test_path_leads_to_the_fault() -> None:
    raw = {
        "instructions": [{"name": "answer"}, {"name": "playFiles", "ids": ["#tts[a]", 5]}],
        "action": {"name": "hangup"},
    }
    with pytest.raises(Malformed) as caught:
        svaml.Svamlet.from_wire(raw)
    assert caught.value.path == "/instructions/1/ids/1"
    assert str(caught.value) == "/instructions/1/ids/1: expected a string, found int"
    with pytest.raises(Malformed, match=r"^/callid: is required$"):
        voice_events.IceEvent.from_wire({"event": "ice", "callid": None})
    with pytest.raises(Malformed, match=r"^/: expected an object, found list$"):
        voice_events.IceEvent.from_wire([])
    with pytest.raises(Malformed, match=r"^/action/name: is required$"):
        svaml.Svamlet.from_wire({"action": {"nom": "hangup"}})
    with pytest.raises(Malformed, match=r"^/action/name: expected a string, found int$"):
        svaml.Svamlet.from_wire({"action": {"NAME": 1}})


def test_a_fault_never_quotes_the_content() -> None:
    with pytest.raises(Malformed) as caught:
        voice_events.IceEvent.from_wire({"callid": ["+46700000000"]})
    assert "4670" not in str(caught.value)


@pytest.mark.parametrize("spelling", ["callid", "callId", "CallID", "CALLID"])
def test_call_id_in_any_spelling(spelling: str) -> None:
    assert voice_events.DiceEvent.from_wire({"event": "dice", spelling: "c1"}).call_id == "c1"


def test_the_exact_name_wins() -> None:
    raw = {"CALLID": "wrong", "callid": "right", "CallId": "wrong"}
    assert voice_events.DiceEvent.from_wire(raw).call_id == "right"


def test_events_keep_what_they_have_no_field_for() -> None:
    raw = {"event": "ice", "callid": "c1", "brandNew": {"a": 1}}
    event = voice_events.IceEvent.from_wire(raw)
    assert event.raw == raw
    assert "brandNew" not in repr(event)
    assert event == voice_events.IceEvent(call_id="c1")
    assert "brandNew" not in event.to_wire()


@pytest.mark.parametrize(
    ("union", "read", "tag"),
    [
        (svaml.Action, svaml.read_action, "name"),
        (svaml.Instruction, svaml.read_instruction, "name"),
        (voice_events.VoiceEvent, voice_events.read_voice_event, "event"),
    ],
)
def test_union(union: Any, read: Any, tag: str) -> None:
    *members, unknown = get_args(union)
    assert unknown in UNKNOWNS
    for member in members:
        value = getattr(member, tag)
        for spelling in (value, value.lower(), value.upper()):
            found = read({tag.upper(): spelling, **_required(member)})
            assert type(found) is member
            assert found.to_wire()[tag] == value
    raw = {tag: "SomeThingNew", "More": {"x": [1, None]}}
    found = read(raw)
    assert type(found) is unknown
    assert getattr(found, tag) == "SomeThingNew"
    assert found.to_wire() == raw
    assert found == read(dict(raw)) != read({tag: "SomeThingNew"})
    assert len({found, read(dict(raw))}) == 1
    assert pickle.loads(pickle.dumps(found)) == found


def _required(member: type[Any]) -> dict[str, Any]:
    """Something for each field that has to be there, found by asking."""
    samples: list[Any] = ["x", [], {}, 1, {"name": "x"}, {"endpoint": "x"}, True]
    wire: dict[str, Any] = {}
    for _ in range(20):
        try:
            member.from_wire(wire)
        except Malformed as problem:
            key = problem.path.split("/")[1]
            wire[key] = samples[samples.index(wire[key]) + 1 if key in wire else 0]
        else:
            return wire
    raise AssertionError(wire)


def test_field_order_of_a_round_trip_is_stable() -> None:
    """The bytes are signed: the same value always gives the same body."""
    action = svaml.ConnectPstn(number="+46700000000", cli="private")
    assert (
        dumps(action.to_wire()) == b'{"name":"connectPstn","number":"+46700000000","cli":"private"}'
    )


def test_secrets_stay_out_of_repr() -> None:
    options = svaml.RecordingOptions(destination_url="s3://b", credentials="hunter2")
    assert "s3://b" in repr(options)
    assert "hunter2" not in repr(options)
    assert options != svaml.RecordingOptions(destination_url="s3://b", credentials="other")


def test_repr_and_equality() -> None:
    identity = common.Identity(endpoint="+46", type=common.IdentityType.NUMBER)
    assert repr(identity) == (
        "Identity(type=<IdentityType.NUMBER: 'number'>, endpoint='+46', verified=None)"
    )
    assert identity != common.KeyValue(key="a", value="b")
    assert identity != "+46"
    failed, faulted = sms.SmsStatus.FAILED, sms.SmsStatus("faulted")
    assert sms.SmsStatusResponse(status=failed) == sms.SmsStatusResponse(status=faulted)
