"""What each event accepts: the tables of docs/platform/svaml.md#contexts, cell by cell."""

import pytest

from sinch.svaml import NotOffered, Svaml

svaml = Svaml()
EVENTS = ("ice", "ace", "pie", "manage_call", "unpark", "dice", "notify")

ACTIONS = {
    "hangup": "ice ace pie manage_call unpark",
    "continue_": "ace pie manage_call",
    "connect_pstn": "ice pie unpark",
    "connect_dialled_number": "ice pie unpark",
    "connect_mxp": "ice unpark",
    "connect_dialled_user": "ice unpark",
    "connect_conference": "ice ace pie unpark",
    "connect_sip_destination": "ice pie unpark",
    "connect_registered_sip_peer": "ice pie unpark",
    "connect_stream": "ice unpark",
    "run_menu": "ice ace pie manage_call unpark",
    "park": "ice manage_call unpark",
}
INSTRUCTIONS = {
    "say": "ice ace pie manage_call unpark",
    "play": "ice ace pie manage_call unpark",
    "ssml": "ice ace pie manage_call unpark",
    "set_cookie": "ice ace pie manage_call unpark",
    "start_recording": "ice ace pie manage_call unpark",
    "stop_recording": "ice ace pie manage_call unpark",
    "send_dtmf": "ice pie manage_call unpark",
    "answer": "ice manage_call unpark",
    "report_call_status": "dice",
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("step", [*ACTIONS, *INSTRUCTIONS])
def test_a_step_is_offered_exactly_where_sinch_accepts_it(event, step):
    builder = getattr(svaml, event)()
    if event in {**ACTIONS, **INSTRUCTIONS}[step].split():
        assert callable(getattr(builder, step))
    else:
        # only who asks for .NET's Continue is sent to the methods that do what that did
        where = ".*" if step == "continue_" else "[^;]*"
        raw = "raw_action" if step in ACTIONS else "raw_instruction"
        refusal = f"{step}: Sinch accepts it in {where}; to send it all the same use {raw}$"
        with pytest.raises(NotOffered, match=refusal):
            getattr(builder, step)


@pytest.mark.parametrize("event", EVENTS)
def test_everything_public_on_a_builder_is_in_the_tables(event):
    always = {"answers", "body", "build", "content_type", "kind", "model"}
    always |= {"raw_action", "raw_instruction"}
    offered = {name for name in dir(getattr(svaml, event)()) if not name.startswith("_")}
    assert offered - always <= ACTIONS.keys() | INSTRUCTIONS.keys()


@pytest.mark.parametrize("event", EVENTS)
def test_the_escape_hatch_is_everywhere(event):
    builder = getattr(svaml, event)().raw_instruction({"name": "x"})
    assert builder.raw_action({"name": "y"}).body == (
        '{"instructions":[{"name":"x"}],"action":{"name":"y"}}'
    )


@pytest.mark.parametrize("event", ["ice", "unpark"])
def test_the_refusal_of_continue_says_what_dotnets_continue_becomes(event):
    with pytest.raises(NotOffered) as caught:
        getattr(svaml, event)().continue_()
    for cure in ("connect_dialled_number()", "connect_dialled_user()", "raw_action"):
        assert cure in str(caught.value)


def test_other_refusals_name_the_builders_and_the_way_around():
    with pytest.raises(NotOffered, match=r"an ICE reply.*; to send it all the same use raw_action"):
        svaml.ace().connect_pstn
    with pytest.raises(NotOffered, match="use raw_instruction"):
        svaml.ace().send_dtmf
