"""Limits of a reply, and the escape hatch for what they and the builders do not allow."""

import json

import pytest

from sinch.errors import SvamlError
from sinch.svaml import Limits, Svaml, checks, tts
from sinch_api.codec import dumps
from sinch_api.models.svaml import Park, UnknownAction, UnknownInstruction

svaml = Svaml()


def wire(built):
    return json.loads(built.body)


# --- limits -----------------------------------------------------------------------------------


def test_a_spoken_prompt_has_at_most_600_characters():
    assert svaml.ice().say("x" * 600).hangup().build()
    for step in (
        lambda b: b.say("x" * 601),
        lambda b: b.play(tts("x" * 601)),
        lambda b: b.play(f"#tts[{'x' * 601}]"),
        lambda b: b.ssml(f"<speak>{'x' * 601}</speak>"),
    ):
        with pytest.raises(SvamlError, match=r"600 .*Limits.tts_prompt"):
            step(svaml.ice())


def test_a_reply_speaks_at_most_1000_characters():
    builder = svaml.ice().say("x" * 600).say("x" * 400)
    with pytest.raises(SvamlError, match=r"1001 characters.*Limits.tts_total"):
        builder.say("x")
    assert builder.play("file.wav").hangup().build()


def test_a_user_can_set_the_200_of_the_readme_or_more():
    strict = Svaml(limits=Limits(tts_prompt=200, tts_total=200))
    with pytest.raises(SvamlError, match="200"):
        strict.ice().say("x" * 201)
    wide = Svaml(limits=Limits(tts_prompt=5000, tts_total=9000))
    assert wide.ice().say("x" * 5000).hangup().build()


def test_cookies_have_limits():
    assert svaml.ice().set_cookie("x" * 50, "v").hangup().build()
    with pytest.raises(SvamlError, match=r"50 .*Limits.cookie_id"):
        svaml.ice().set_cookie("x" * 51, "v")
    builder = svaml.ice().set_cookie("a", "ö" * 500)
    builder.set_cookie("b", "x" * 22)
    with pytest.raises(SvamlError, match=r"1025 bytes.*Limits.cookies"):
        builder.set_cookie("c", "")
    assert builder.set_cookie("a", "short").set_cookie("c", "").hangup().build()
    with pytest.raises(SvamlError, match=r"1202 bytes.*Limits.cookies"):
        checks.cookies({"a": "x" * 600, "b": "x" * 600}, Limits())


def test_file_names_have_a_limit():
    with pytest.raises(SvamlError, match=r"129 .*Limits.file_name"):
        svaml.ice().play("x" * 129)


@pytest.mark.parametrize(
    "limit",
    [{"tts_prompt": 0}, {"cookies": "many"}, {"bridge": 0}, {"bridge": "4"}, {"park_max": True}],
)
def test_limits_have_to_make_sense(limit):
    with pytest.raises(ValueError, match=next(iter(limit))):
        Limits(**limit)


# --- escape hatch -----------------------------------------------------------------------------


def test_raw_parts_are_sent_as_they_are():
    reply = (
        svaml.ace()
        .say("Hold on")
        .raw_instruction({"name": "sparkle", "colour": ["red"], "level": 0.5})
        .say("Still here")
        .raw_action({"name": "park", "holdPrompt": "music.wav"})
    )
    assert wire(reply) == {
        "instructions": [
            {"name": "playFiles", "ids": ["#tts[Hold on]"], "locale": "en-US"},
            {"name": "sparkle", "colour": ["red"], "level": 0.5},
            {"name": "playFiles", "ids": ["#tts[Still here]"], "locale": "en-US"},
        ],
        "action": {"name": "park", "holdPrompt": "music.wav"},
    }
    assert reply.model.action == Park(hold_prompt="music.wav")
    assert isinstance(reply.model.instructions[1], UnknownInstruction)
    assert json.loads(dumps(reply.model.to_wire())) == wire(reply)


def test_the_model_of_a_raw_part_loses_nothing():
    for raw in (
        {"name": "park", "newField": 1},
        {"name": "PARK"},
        {"name": "connectPstn", "maxDuration": "soon"},
    ):
        model = svaml.ace().raw_action(raw).model
        assert isinstance(model.action, UnknownAction)
        assert model.to_wire() == {"action": raw}
    raw = {"name": "say", "text": "x", "newField": 1}
    model = svaml.ace().raw_instruction(raw).continue_().model
    assert isinstance(model.instructions[0], UnknownInstruction)
    assert model.to_wire()["instructions"] == [raw]


def test_raw_parts_can_be_models_and_are_copied():
    assert wire(svaml.ace().raw_action(Park(hold_prompt="x"))) == {
        "action": {"name": "park", "holdPrompt": "x"}
    }
    given = {"name": "x", "list": [1]}
    reply = svaml.ice().raw_action(given)
    given["list"].append(2)
    assert wire(reply) == {"action": {"name": "x", "list": [1]}}


@pytest.mark.parametrize("raw", [{}, {"name": 1}, "hangup", None, {"name": "x", "y": {1}}])
def test_raw_parts_have_to_be_json_objects_with_a_name(raw):
    with pytest.raises(SvamlError):
        svaml.ice().raw_action(raw)
