"""What people write by mistake, and whether the error says what to write instead."""

import pickle

import pytest

from sinch.errors import ConfigurationError, InvalidArgumentError, SvamlError
from sinch.svaml import Limits, NotOffered, Svaml, file, lint, tts
from sinch.values import Indications, dtmf_sequence

svaml = Svaml()
NUMBER = "+46700000000"


def pin_menus():
    return svaml.menus().number_input("main", "pin.wav", 4)


@pytest.mark.parametrize(
    ("slip", "cure"),
    [
        # types
        (lambda: svaml.ice().say(5), "text to speak must be text, not int"),
        (lambda: svaml.ice().connect_conference(4711), "conference id must be text, not int"),
        (lambda: svaml.ice().send_dtmf(12), "must be text, not int"),
        (lambda: svaml.ice().hangup(True), "'busy'"),
        (lambda: svaml.ice().hangup(1.0), "'busy'"),
        # arguments the other way round, and ids that are none
        (lambda: svaml.ice().run_menu(pin_menus(), "main"), "id of the menu to start with, then"),
        (lambda: svaml.ice().run_menu(["main"], pin_menus()), "named by its id"),
        (lambda: svaml.menus().number_input(["main"], "x", 4).check(), "needs an id"),
        # one line
        (lambda: svaml.ice().connect_conference("a\nb"), "line breaks"),
        (lambda: svaml.ice().connect_registered_sip_peer("a\r\nb"), "line breaks"),
        (
            lambda: svaml.ice().connect_registered_sip_peer("a").with_extension("1\n2"),
            "line breaks",
        ),
        (lambda: svaml.ice().connect_mxp("a\r\nb"), "line breaks"),
        (lambda: svaml.ice().connect_pstn(NUMBER).with_tag("a", "b\n"), "line breaks"),
        # lint
        (lambda: lint("{}"), "not str"),
        (lambda: lint(None), "not NoneType"),
        (lambda: lint({"action": 7}), "no reply"),
    ],
)
def test_a_slip_is_answered_with_its_cure(slip, cure):
    with pytest.raises(SvamlError, match=cure):
        slip()


@pytest.mark.parametrize(
    ("slip", "cure"),
    [
        (lambda: svaml.ice().hangup().say("Bye"), "instructions come before the action: call say"),
        (lambda: svaml.ice().hangup().hangup(), "exactly one, so no hangup"),
        (lambda: svaml.ice().connect_mxp("a").with_amd(), "with_amd belongs to connect_pstn"),
        (
            lambda: svaml.ice().connect_sip_destination("a@b").with_extension("1"),
            "belongs to connect_registered_sip_peer",
        ),
        (
            lambda: svaml.ice().hangup().with_recording(),
            "belongs to continue_, connect_pstn, connect_mxp, connect_sip_destination, "
            "connect_registered_sip_peer, connect_conference$",
        ),
        (lambda: svaml.ice().hangup().with_version(2), "belongs to connect_stream$"),
    ],
)
def test_what_an_action_does_not_have_says_where_it_belongs(slip, cure):
    with pytest.raises(NotOffered, match=cure):
        slip()


@pytest.mark.parametrize("owner", [svaml.ice(), svaml.ice().hangup()])
def test_a_typo_is_an_attribute_error_of_which_python_knows_the_object(owner):
    with pytest.raises(AttributeError, match="no attribute 'buidl'") as caught:
        owner.buidl()
    assert not isinstance(caught.value, NotOffered)
    assert caught.value.obj is owner  # with it Python adds "Did you mean: 'build'?"
    assert not hasattr(owner, "__wrapped__")


def test_limits_are_named_when_they_make_no_sense():
    with pytest.raises(ConfigurationError, match="limits must be Limits"):
        Svaml(limits={"tts_prompt": 1})
    with pytest.raises(InvalidArgumentError, match="bridge must be a timedelta or seconds"):
        Limits(bridge="4h")


def test_values_say_what_they_are_not():
    with pytest.raises(ValueError, match="'SE' is not a country for indications: use a lower-case"):
        Indications("SE")
    with pytest.raises(ValueError, match="must be text, not int"):
        dtmf_sequence(12)


def test_prompts_add_up_from_both_sides():
    assert str("intro.wav" + tts("Hello") + file("bye.wav")) == "intro.wav;#tts[Hello];bye.wav"


def test_a_finished_reply_shows_no_number_and_survives_pickling():
    reply = svaml.ice().connect_pstn(NUMBER).build()
    assert repr(reply) == f"<SvamlReply for ice, {len(reply.body)} characters>"
    copy = pickle.loads(pickle.dumps(reply))
    assert (copy, copy.answers, copy.model) == (reply, "ice", reply.model)
