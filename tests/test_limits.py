"""What Sinch accepts is written once, in ``sinch.limits``; builders, engine and sandbox agree on it."""

from __future__ import annotations

import ast
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from sinch import limits
from sinch.engine import EngineSettings
from sinch.engine.validation import IllegalSvaml, read_script
from sinch.svaml import Svaml

SVAML = Svaml("en-US")
MENUS = SVAML.menus().begin_menu("main", "#tts[Hi]").trigger_pie("1", "a").end_menu()
STEPS = {
    "answer": lambda it: it.answer(),
    "play": lambda it: it.play("file.wav"),
    "say": lambda it: it.say("Hi"),
    "ssml": lambda it: it.ssml("<speak>Hi</speak>"),
    "send_dtmf": lambda it: it.send_dtmf("1w2"),
    "set_cookie": lambda it: it.set_cookie("a", "b"),
    "start_recording": lambda it: it.start_recording(),
    "stop_recording": lambda it: it.stop_recording(),
}
ACTIONS = {
    "connect_conference": lambda it: it.connect_conference("room"),
    "connect_dialled_number": lambda it: it.connect_dialled_number(),
    "connect_dialled_user": lambda it: it.connect_dialled_user(),
    "connect_mxp": lambda it: it.connect_mxp("eve"),
    "connect_pstn": lambda it: it.connect_pstn("+46700000003"),
    "connect_registered_sip_peer": lambda it: it.connect_registered_sip_peer("desk"),
    "connect_sip_destination": lambda it: it.connect_sip_destination("a@b.example"),
    "connect_stream": lambda it: it.connect_stream("wss://a.example"),
    "continue_": lambda it: it.continue_(),
    "hangup": lambda it: it.hangup(),
    "park": lambda it: it.park("hold.wav"),
    "run_menu": lambda it: it.run_menu("main", MENUS),
}
NO_STEPS = {"answers", "body", "build", "content_type", "kind", "model"}
NO_STEPS |= {"raw_action", "raw_instruction"}


def built(event):
    """The replies that show everything a builder offers for an event."""
    offered = {name for name in dir(getattr(SVAML, event)()) if not name.startswith("_")}
    assert offered - NO_STEPS <= STEPS.keys() | ACTIONS.keys(), "a step this test does not know"
    for name in offered & STEPS.keys():
        builder = getattr(SVAML, event)()
        STEPS[name](builder)
        builder.hangup()
        yield json.loads(builder.build().body)
    for name in offered & ACTIONS.keys():
        builder = getattr(SVAML, event)()
        ACTIONS[name](builder)
        yield json.loads(builder.build().body)


def seconds(value: timedelta) -> int:
    return int(value.total_seconds())


#: Where the specification has a limit, and what it is called in ``sinch.limits``.
IN_THE_SPECIFICATION = {
    "calling.yaml paths /calling/v1/conferences/id/{conferenceId} parameters 0 schema maxLength": limits.CONFERENCE_ID,
    "calling.yaml paths /calling/v1/conferences/id/{conferenceId}/{callId} parameters 0 schema maxLength": limits.CONFERENCE_ID,
    "calling.yaml ConferenceCallout conferenceId maxLength": limits.CONFERENCE_ID,
    "calling.yaml ConnectConference conferenceId maxLength": limits.CONFERENCE_ID,
    "calling.yaml ConferenceCallout maxDuration maximum": seconds(limits.LONGEST_CALL),
    "calling.yaml CustomCallout maxDuration maximum": seconds(limits.LONGEST_CALL),
    "calling.yaml ConnectPstn maxDuration maximum": seconds(limits.LONGEST_CALL),
    "calling.yaml ConnectSip maxDuration maximum": seconds(limits.LONGEST_CALL),
    "calling.yaml ConnectStream maxDuration maximum": seconds(limits.LONGEST_CALL),
    "calling.yaml Park maxDuration maximum": seconds(limits.LONGEST_PARKING),
    "calling.yaml CallTag key maxLength": limits.TAG,
    "calling.yaml CallTag value maxLength": limits.TAG,
    "calling.yaml AssignNumbersRequest numbers minItems": 1,
    "calling.yaml AssignNumbersRequest numbers maxItems": limits.NUMBERS_ASSIGNED,
    "verification.yaml StartVerificationRequest custom maxLength": limits.VERIFICATION_CUSTOM,
    **{
        f"verification.yaml {schema} {field} {bound}": seconds(value)
        for schema in ("FlashCallOptions", "FlashCallReply")
        for field in ("dialTimeout", "interceptionTimeout")
        for bound, value in (
            ("minimum", limits.SHORTEST_FLASH_CALL), ("maximum", limits.LONGEST_FLASH_CALL),
        )
    },
    "verification.yaml SmsReply code maxLength": 10,
    "common.yaml ConferenceDtmfOptions maxDigits minimum": 1,
}  # fmt: skip
BOUNDS = {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"}


def bounds_of(node, path):
    """Every bound of a document, by where it is."""
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in parts:
        if key in BOUNDS and isinstance(value, int):
            yield " ".join((*path, key)), value
        elif isinstance(value, dict | list):
            skipped = key in {"components", "schemas", "properties"}
            yield from bounds_of(value, path if skipped else (*path, str(key)))


def test_the_specification_has_the_same_limits():
    documents = sorted((Path(__file__).parents[1] / "spec").glob("[cv]*.yaml"))
    found = {
        where: value
        for file in documents
        for where, value in bounds_of(yaml.safe_load(file.read_text("utf-8")), (file.name,))
    }
    assert found == IN_THE_SPECIFICATION


@pytest.mark.parametrize("event", ["ice", "ace", "pie"])
def test_builders_offer_what_the_event_accepts_and_the_engine_takes_it(event):
    names = set()
    for body in built(event):
        parts = [*body.get("instructions", ()), body["action"]]
        names |= {part["name"].lower() for part in parts}
        assert read_script(body, event, EngineSettings()) is not None
    assert names | {"say"} == limits.ACCEPTED[event], "builders speak by playFiles"


@pytest.mark.parametrize("event", ["ice", "ace", "pie"])
def test_the_engine_refuses_what_the_event_does_not_accept(event):
    everything = frozenset().union(*limits.ACCEPTED.values())
    for name in everything - limits.ACCEPTED[event]:
        fields = {"destination": {"endpoint": "a@b", "type": "sip"}}
        actions = limits.CONNECTING | {"hangup", "continue", "runmenu", "park"}
        body = (
            {"action": {"name": name, **fields}}
            if name in actions
            else {"instructions": [{"name": name}], "action": {"name": "hangup"}}
        )
        with pytest.raises(IllegalSvaml, match="not allowed"):
            read_script(body, event, EngineSettings())


def test_defaults_are_those_of_the_platform():
    assert SVAML.limits.tts_prompt == limits.SPOKEN == 600
    assert SVAML.limits.cookies == limits.COOKIES == 1024
    assert SVAML.limits.conference_id == limits.CONFERENCE_ID == 64
    assert SVAML.limits.bridge == EngineSettings().longest_call == timedelta(hours=4)
    assert SVAML.limits.park_max == EngineSettings().longest_parking == timedelta(minutes=10)


ROOT = Path(__file__).parents[1]


def documented() -> dict[str, str]:
    """What stands below each constant of ``sinch.limits``."""
    body = ast.parse((ROOT / "sinch" / "limits.py").read_text(encoding="utf-8")).body
    return {
        node.target.id: text.value.value if isinstance(text, ast.Expr) else ""
        for node, text in zip(body, [*body[1:], None], strict=True)
        if isinstance(node, ast.AnnAssign) and not node.target.id.startswith("_")
    }


@pytest.mark.parametrize("name", documented())
def test_each_rule_says_where_it_is_from(name):
    found = re.search(r"docs/platform/([a-z-]+\.md)(?:#([a-z-]+))?", documented()[name])
    assert found is not None, f"{name} has no reference into docs/platform"
    page = (ROOT / "docs" / "platform" / found[1]).read_text(encoding="utf-8")
    assert found[2] is None or f"{{ #{found[2]} }}" in page


def spec(name: str) -> dict[str, dict]:
    return yaml.safe_load((ROOT / "spec" / name).read_text(encoding="utf-8"))["components"][
        "schemas"
    ]


def test_the_specification_says_the_same():
    schemas = spec("verification.yaml")
    custom = schemas["StartVerificationRequest"]["properties"]["custom"]
    assert custom["maxLength"] == limits.VERIFICATION_CUSTOM
    code = schemas["SmsReply"]["properties"]["code"]
    assert f"{code['pattern'].strip('^$').rstrip('+')}{{1,{code['maxLength']}}}" == (
        limits.VERIFICATION_CODE.pattern
    )
    for schema in ("FlashCallOptions", "FlashCallReply"):
        for name in ("dialTimeout", "interceptionTimeout"):
            field = schemas[schema]["properties"][name]
            assert field["minimum"] == limits.SHORTEST_FLASH_CALL.total_seconds()
            assert field["maximum"] == limits.LONGEST_FLASH_CALL.total_seconds()


def test_numbers_with_a_meaning_stand_nowhere_else():
    """A limit written as a number beside a comparison or a check is one that can drift."""
    numbers = {limits.SPOKEN, limits.VERIFICATION_CUSTOM, 14_400}
    other_things = {"sinch/sandbox/delivery/faults.py"}  # seconds that a fault may take
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "sinch").rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in {"sinch/limits.py", *other_things}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and type(node.value) in {int, float}
        and node.value in numbers
    ]
    assert places == []
