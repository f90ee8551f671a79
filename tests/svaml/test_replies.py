"""How a reply is built: order, one action, reuse, limits, the escape hatch."""

import copy
import json
import pickle
import threading
from datetime import timedelta

import pytest

from sinch.errors import SvamlError
from sinch.reply import Reply
from sinch.svaml import NotOffered, Svaml, file
from sinch.values import Locale
from sinch_api.codec import dumps
from sinch_api.models.svaml import Hangup, Svamlet

svaml = Svaml(Locale.EN_US)


def wire(built):
    return json.loads(built.body)


def instructions(built):
    return wire(built)["instructions"]


def test_the_readme_example_in_fluent_style():
    reply = svaml.ice().set_cookie("c1", "v1").set_cookie("c2", "v2").say("Hello world!").hangup()
    assert wire(reply) == {
        "instructions": [
            {"name": "setCookie", "key": "c1", "value": "v1"},
            {"name": "setCookie", "key": "c2", "value": "v2"},
            {"name": "playFiles", "ids": ["#tts[Hello world!]"], "locale": "en-US"},
        ],
        "action": {"name": "hangup"},
    }
    assert reply.content_type == "application/json"


def test_plain_and_fluent_style_give_the_same_bytes():
    builder = svaml.ice()
    builder.set_cookie("c1", "v1")
    builder.say("Hello")
    call = builder.connect_pstn("+46700000000")
    call.with_cli("+46700000001")
    call.with_dtmf("1w2")
    plain = builder.build()
    fluent = (
        svaml.ice()
        .set_cookie("c1", "v1")
        .say("Hello")
        .connect_pstn("+46700000000")
        .with_dtmf("1w2")  # not even the order of refinements shows
        .with_cli("+46700000001")
        .build()
    )
    assert plain.body == fluent.body
    assert plain == fluent


def test_what_comes_out_is_a_reply_with_model_and_text_that_agree():
    reply = svaml.ice().say("Hi").hangup().build()
    assert isinstance(reply, Reply)
    assert isinstance(reply.model, Svamlet)
    assert reply.model.action == Hangup()
    assert dumps(reply.model.to_wire()).decode() == reply.body
    assert reply.build() is reply


def test_instructions_keep_their_order_and_neighbouring_prompts_share_one():
    reply = (
        svaml.ice()
        .say("one")
        .play("two.wav;three.wav")
        .ssml("<speak>four</speak>")
        .set_cookie("a", "b")
        .say("five")
        .hangup()
    )
    assert instructions(reply) == [
        {
            "name": "playFiles",
            "ids": ["#tts[one]", "two.wav", "three.wav", "#ssml[<speak>four</speak>]"],
            "locale": "en-US",
        },
        {"name": "setCookie", "key": "a", "value": "b"},
        {"name": "playFiles", "ids": ["#tts[five]"], "locale": "en-US"},
    ]


def test_another_language_begins_another_instruction():
    reply = (
        svaml.ice().play("jingle.wav").say("Hello").say("Hej", locale="sv-SE").play("x").hangup()
    )
    assert [(step["ids"], step["locale"]) for step in instructions(reply)] == [
        (["jingle.wav", "#tts[Hello]"], "en-US"),
        (["#tts[Hej]", "x"], "sv-SE"),
    ]


def test_files_alone_have_no_language():
    assert instructions(svaml.ice().play(file("a.wav")).hangup()) == [
        {"name": "playFiles", "ids": ["a.wav"]}
    ]


def test_the_action_runs_last_whenever_it_was_chosen():
    builder = svaml.ice()
    builder.hangup()
    builder.say("Good bye")
    assert wire(builder)["instructions"][0]["ids"] == ["#tts[Good bye]"]


def test_a_second_action_is_refused_and_the_first_stays():
    builder = svaml.ice()
    builder.hangup()
    with pytest.raises(SvamlError, match="already hangup"):
        builder.connect_pstn("+46700000000")
    with pytest.raises(SvamlError, match="already hangup"):
        builder.raw_action({"name": "park"})
    assert wire(builder) == {"action": {"name": "hangup"}}


@pytest.mark.parametrize("event", ["ice", "ace", "pie", "manage_call", "unpark"])
def test_an_action_is_needed(event):
    with pytest.raises(SvamlError, match="needs an action: hangup"):
        getattr(svaml, event)().say("Hello").build()


@pytest.mark.parametrize("event", ["dice", "notify"])
def test_dice_and_notify_are_answered_with_an_empty_object(event):
    builder = getattr(svaml, event)()
    assert builder.body == "{}"
    assert builder.model == Svamlet()


def test_building_twice_gives_equal_replies():
    builder = svaml.ice().say("Hi")
    chosen = builder.hangup()
    assert chosen.build() == chosen.build() == builder.build()
    assert chosen.build().body == builder.body


def test_a_builder_continues_after_build_without_touching_replies_built_before():
    builder = svaml.ice().say("one")
    call = builder.connect_pstn("+46700000000")
    first = builder.build()
    before = first.body
    builder.say("two").set_cookie("a", "b")
    call.with_dial_timeout(timedelta(seconds=9)).with_amd()
    second = builder.build()
    assert first.body == before
    assert first.model.instructions[0].ids == ("#tts[one]",)
    assert second.model.instructions[0].ids == ("#tts[one]", "#tts[two]")
    assert second.model.action.amd.enabled is True


def test_builders_do_not_leak_into_each_other():
    svaml.ice().say("one").set_cookie("a", "b").hangup()
    assert wire(svaml.ice().hangup()) == {"action": {"name": "hangup"}}


def test_replies_can_be_copied_and_pickled_and_compared():
    reply = svaml.ice().say("å").hangup().build()
    for other in (pickle.loads(pickle.dumps(reply)), copy.copy(reply), copy.deepcopy(reply)):
        assert other.body == reply.body
        assert other == reply
        assert hash(other) == hash(reply)
    assert reply != svaml.ice().hangup().build()


def test_replies_are_frozen():
    reply = svaml.ice().hangup().build()
    with pytest.raises(AttributeError):
        reply.model = Svamlet()


def test_one_svaml_serves_many_threads():
    bodies: list[str] = []

    def work(name: str) -> None:
        bodies.extend(svaml.ice().say(name).hangup().body for _ in range(50))

    threads = [threading.Thread(target=work, args=(f"caller {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bodies) == 200
    assert len(set(bodies)) == 4


def test_svaml_takes_any_language_and_cannot_be_changed():
    assert Svaml().locale == "en-US"
    assert Svaml("sv-SE").locale == Locale.SV_SE
    assert instructions(Svaml("en-GB/male").ice().say("x").hangup())[0]["locale"] == "en-GB/male"
    with pytest.raises(SvamlError, match="locale"):
        Svaml("no language at all")
    with pytest.raises(AttributeError):
        svaml.locale = Locale.SV_SE  # type: ignore[misc]


# --- instructions -----------------------------------------------------------------------------


def test_every_instruction():
    reply = (
        svaml.ice()
        .answer()
        .send_dtmf("12#w")
        .start_recording()
        .start_recording(
            "s3://bucket/calls",
            credentials="key:secret:region",
            format="wav",
            notify=False,
            transcription="sv-SE",
        )
        .stop_recording()
        .hangup()
    )
    assert instructions(reply) == [
        {"name": "answer"},
        {"name": "sendDtmf", "value": "12#w"},
        {"name": "startRecording"},
        {
            "name": "startRecording",
            "options": {
                "destinationUrl": "s3://bucket/calls",
                "credentials": "key:secret:region",
                "format": "wav",
                "notificationEvents": False,
                "transcriptionOptions": {"enabled": True, "locale": "sv-SE"},
            },
        },
        {"name": "stopRecording"},
    ]
    assert "secret" not in repr(reply)
    assert "secret" not in repr(reply.build())


@pytest.mark.parametrize(
    ("transcription", "options"),
    [(True, {"enabled": True, "locale": "en-US"}), (False, {"enabled": False})],
)
def test_transcription_in_the_language_of_the_reply_or_not_at_all(transcription, options):
    spoken = Svaml("en-US/female").ice().start_recording(transcription=transcription).hangup()
    assert instructions(spoken)[0]["options"] == {"transcriptionOptions": options}


def test_dice_reports_the_call_status():
    reply = svaml.dice().report_call_status("success", "sold")
    assert wire(reply) == {
        "instructions": [{"name": "ReportCallStatus", "value": "success", "details": "sold"}]
    }
    with pytest.raises(SvamlError, match="64"):
        svaml.dice().report_call_status("failure", "x" * 65)
    with pytest.raises(SvamlError, match="'success' or 'failure'"):
        svaml.dice().report_call_status("maybe")


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (lambda b: b.say(""), "no text"),
        (lambda b: b.say("  "), "no text"),
        (lambda b: b.say("a]b"), "cannot contain ']'"),
        (lambda b: b.say("a;b"), "cannot contain ';'"),
        (lambda b: b.say("#TTS[hello"), "words alone"),
        (lambda b: b.say(None), "not NoneType"),
        (lambda b: b.say("x", locale="?!"), "locale"),
        (lambda b: b.ssml("hello"), "<speak>"),
        (lambda b: b.play(), "empty"),
        (lambda b: b.play(""), "empty"),
        (lambda b: b.play("Hello there"), "tts"),
        (lambda b: b.play(7), "not int"),
        (lambda b: b.send_dtmf("1*"), "DTMF"),
        (lambda b: b.send_dtmf(""), "DTMF"),
        (lambda b: b.set_cookie("", "x"), "blank"),
        (lambda b: b.set_cookie("a", None), "must be text"),
        (lambda b: b.start_recording("bucket/path"), "s3://"),
        (lambda b: b.start_recording(" "), "blank"),
        (lambda b: b.start_recording(transcription="?!"), "locale"),
        (lambda b: b.set_cookie("a", "\ud800"), "surrogate"),
    ],
)
def test_instructions_refuse_what_sinch_would_not_understand(step, problem):
    builder = svaml.ice().say("before")
    with pytest.raises(SvamlError, match=problem):
        step(builder)
    assert [i["ids"] for i in instructions(builder.hangup())] == [["#tts[before]"]]


def test_half_a_character_is_refused_when_the_reply_is_built():
    with pytest.raises(SvamlError, match="surrogate"):
        svaml.ice().say("\ud800").hangup().build()


# --- what is offered --------------------------------------------------------------------------


def test_a_refusal_says_where_the_step_is_accepted():
    with pytest.raises(
        NotOffered, match=r"an ACE reply cannot connect_pstn.*an ICE reply"
    ) as caught:
        svaml.ace().connect_pstn("+46700000000")
    assert isinstance(caught.value, SvamlError)
    assert not hasattr(svaml.ace(), "park")
    with pytest.raises(AttributeError, match="no attribute 'conect'"):
        _ = svaml.ace().conect
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args


def test_representations_show_steps_but_no_numbers():
    builder = svaml.ice().say("secret").set_cookie("a", "b")
    assert repr(builder) == "<IceBuilder: playFiles, setCookie, no action>"
    assert repr(builder.connect_pstn("+46700000000")).endswith("connectPstn>")


@pytest.mark.parametrize(
    "step",
    [
        {"name": "playFiles", "ids": ["a.wav", '#tts[a "b" \\ \n å]'], "locale": "en-US"},
        {"ids": ["a.wav"], "locale": "sv-SE", "name": "playFiles"},
        {"name": "playFiles", "ids": "abc", "locale": "en-US"},
        {"name": "playFiles", "ids": [1, None], "locale": "en-US"},
        {"name": "playFiles", "ids": [], "locale": None},
        {"name": "else", "ids": [], "locale": ""},
    ],
)
def test_whatever_an_instruction_is_its_text_is_that_of_json(step):
    body = Svaml().ice().raw_instruction(step).hangup().body
    written = json.dumps([step], ensure_ascii=False, separators=(",", ":"))
    assert body == f'{{"instructions":{written},"action":{{"name":"hangup"}}}}'
