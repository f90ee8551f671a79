"""Whatever is built reads back as what it is: any order of any steps, with any refinements."""

import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sinch.errors import SvamlError
from sinch.svaml import Svaml, file, lint, tts
from sinch.values import Dtmf
from sinch_api.codec import dumps, loads
from sinch_api.models.svaml import Svamlet

svaml = Svaml()
NUMBER = "+46700000000"

words = st.text(min_size=1, max_size=20)
seconds = st.integers(1, 14400).map(lambda n: timedelta(seconds=n))

#: (method, arguments) of every instruction; text is anything, so that some are refused
steps = st.one_of(
    st.tuples(st.just("say"), st.tuples(words)),
    st.tuples(st.just("play"), st.tuples(words)),
    st.tuples(st.just("play"), st.sampled_from([(file("a.wav"),), (tts("x"), "b.wav;#tts[y]")])),
    st.tuples(st.just("ssml"), st.tuples(words.map(lambda text: f"<speak>{text}</speak>"))),
    st.tuples(st.just("set_cookie"), st.tuples(words, words)),
    st.tuples(st.just("send_dtmf"), st.tuples(st.text("0123456789#w*", max_size=5))),
    st.sampled_from([("answer", ()), ("stop_recording", ()), ("start_recording", ("s3://a/b",))]),
)
refinements = {
    "with_cli": st.tuples(words),
    "with_anonymous_cli": st.just(()),
    "with_incoming_cli": st.just(()),
    "without_cli": st.just(()),
    "with_bridge_timeout": st.tuples(seconds),
    "with_dial_timeout": st.tuples(seconds),
    "with_optimized_dial_timeout": st.just(()),
    "with_callbacks": st.just(()),
    "without_callbacks": st.just(()),
    "with_dtmf": st.tuples(st.sampled_from(["1w", "detect", "forward"])),
    "with_indications": st.tuples(words),
    "with_amd": st.tuples(st.booleans()),
    "without_amd": st.just(()),
    "with_locale": st.tuples(st.sampled_from(["sv-SE", "en-US/female"])),
    "with_recording": st.just(()),
    "without_recording": st.just(()),
    "with_tag": st.tuples(words, words),
    "with_call_headers": st.tuples(st.dictionaries(words, words, max_size=3)),
    "with_music_on_hold": st.tuples(st.sampled_from(["ring", "music1", "other"])),
    "with_transport": st.tuples(st.sampled_from(["UDP", "tls"])),
    "with_extension": st.tuples(words),
    "with_sample_rate": st.tuples(st.integers(1, 48000)),
    "with_version": st.just((1,)),
    "two_part": st.just(()),
    "multi_part": st.just(()),
    "with_enter_leave_sound": st.just(()),
}
refined = st.sampled_from(sorted(refinements)).flatmap(
    lambda name: st.tuples(st.just(name), refinements[name])
)


def _menus():
    menus = svaml.menus()
    menus.begin_menu("main", "x.wav").goto(Dtmf.DIGIT_1, "pin").trigger_pie("2", "x")
    return menus.number_input("pin", tts("Enter"), 4)


actions = st.sampled_from(
    [
        ("hangup", ()),
        ("connect_pstn", (NUMBER,)),
        ("connect_dialled_number", ()),
        ("connect_mxp", ("alice",)),
        ("connect_dialled_user", ()),
        ("connect_sip_destination", ("a@b",)),
        ("connect_registered_sip_peer", ("peer",)),
        ("connect_conference", ("room",)),
        ("connect_stream", ("wss://a",)),
        ("run_menu", ("main", _menus())),
        ("park", ("x.wav", timedelta(minutes=2))),
        ("raw_action", ({"name": "new", "a": [1, None, {"b": 0.5}]},)),
    ]
)


def _apply(target, calls, unchanged):
    """Make the calls that are offered and accepted; a refused one must change nothing."""
    for name, arguments in calls:
        if hasattr(target, name):
            before = unchanged(target)
            try:
                getattr(target, name)(*arguments)
            except SvamlError:
                assert unchanged(target) == before


@given(st.lists(steps, max_size=8), actions, st.lists(refined, max_size=6))
def test_any_reply_reads_back_as_an_equal_model_and_the_same_text(calls, action, refinings):
    builder = svaml.ice()
    _apply(builder, calls, repr)
    name, arguments = action
    chosen = getattr(builder, name)(*arguments)
    _apply(chosen, refinings, lambda target: target.body)
    reply = chosen.build()
    assert Svamlet.from_wire(loads(reply.body)) == reply.model
    assert dumps(reply.model.to_wire()).decode() == reply.body
    assert chosen.build() == reply
    lint(reply)


@given(
    st.lists(
        st.one_of(
            words.map(lambda text: ("say", text)),
            st.sampled_from([("play", "a.wav"), ("set_cookie", "x"), ("answer", "")]),
        )
    )
)
def test_order_is_kept(calls):
    builder, expected = svaml.ice(), []
    for name, text in calls:
        arguments = {"set_cookie": (text, "v"), "answer": ()}.get(name, (text,))
        try:
            getattr(builder, name)(*arguments)
        except SvamlError:
            continue
        expected.append(f"#tts[{text}]" if name == "say" else (text or "answer"))
    found = []
    for step in json.loads(builder.hangup().body).get("instructions", ()):
        found += step.get("ids") or [step.get("key", step["name"])]
    assert found == expected


@given(st.lists(words, max_size=60))
def test_no_reply_speaks_more_than_the_limit(texts):
    builder = svaml.ice()
    for text in texts:
        try:
            builder.say(text * 10)
        except SvamlError:
            continue
    wire = json.loads(builder.hangup().body)
    spoken = [i[5:-1] for s in wire.get("instructions", ()) for i in s["ids"]]
    assert sum(map(len, spoken)) <= 1000


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"), st.sampled_from("0123456789*#"), st.sampled_from("abcde")
        ),
        max_size=12,
    )
)
def test_menus_are_either_sound_or_refused(options):
    menus = svaml.menus()
    begun = {}
    for name, key, target in options:
        menu = begun.get(name) or begun.setdefault(name, menus.begin_menu(name, "x.wav"))
        menu.goto(key, target)
    try:
        reply = svaml.ice().run_menu("a", menus)
    except SvamlError as error:
        assert error.faults  # noqa: PT017
        return
    assert {each.code.value for each in lint(reply)} <= {"no-way-out", "no-main-menu"}
