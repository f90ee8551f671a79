"""Svamlets of one event: the models, the specification, ``sinch.limits`` and the builders say the same."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from sinch import limits
from sinch.callouts.arguments import inline
from sinch.errors import InvalidArgumentError
from sinch.svaml import Svaml
from sinch.svaml.svamlets import update_of
from sinch_api.models import svaml

SVAML = Svaml()
PARK = svaml.Park(hold_prompt="#tts[Wait]", max_duration=timedelta(minutes=1))
NARROW = {
    "ice": (svaml.IceSvamlet, svaml.read_ice_action, svaml.read_ice_instruction),
    "ace": (svaml.AceSvamlet, svaml.read_ace_action, svaml.read_ace_instruction),
    "pie": (svaml.PieSvamlet, svaml.read_pie_action, svaml.read_pie_instruction),
}


@pytest.mark.parametrize("event", NARROW)
def test_the_specification_accepts_what_limits_accept(event):
    _, actions, instructions = NARROW[event]
    assert actions.members.keys() | instructions.members.keys() == limits.ACCEPTED[event]


def test_a_call_is_updated_with_what_its_builders_offer():
    offered = {
        name for builder in (SVAML.manage_call(), SVAML.unpark()) for name in dir(builder)
    }  # fmt: skip
    actions, instructions = svaml.read_action.members, svaml.read_update_instruction.members
    assert {*instructions} == limits.ACCEPTED["ice"] - {*actions}
    assert {"answer", "send_dtmf", "set_cookie"} <= offered
    assert not {"report_call_status", "reportcallstatus"} & (offered | {*instructions})


@pytest.mark.parametrize("event", NARROW)
def test_a_model_of_an_event_refuses_what_is_not_accepted(event):
    model, accepted, _ = NARROW[event]
    for name, action in svaml.read_action.members.items():
        read = {
            "name": name,
            "destination": {"type": "sip", "endpoint": "a@b"},
            "conferenceId": "r",
        }
        read |= {"holdPrompt": "#tts[Wait]", "maxDuration": 60, "barge": True, "menus": []}
        made = action.from_wire(read)
        if name in accepted.members:
            assert model(action=made).to_wire()["action"]["name"].lower() == name
        else:
            with pytest.raises(InvalidArgumentError, match="action must be one of"):
                model(action=made)


def test_what_is_not_accepted_is_kept_when_it_is_read():
    read = svaml.AceSvamlet.from_wire({"action": {"name": "park", "x": 1}})
    assert read.action == svaml.UnknownAction(name="park", raw={"name": "park", "x": 1})
    assert read.to_wire() == {"action": {"name": "park", "x": 1}}


def test_a_running_call_needs_an_action_and_no_report():
    report = svaml.ReportCallStatus.from_wire({"value": "SUCCESS"})
    hang_up = svaml.Hangup()
    with pytest.raises(InvalidArgumentError, match=r"svamlet\.instructions\[0\] must be one of"):
        update_of(svaml.Svamlet(instructions=(report,), action=hang_up))
    with pytest.raises(InvalidArgumentError, match=r"svamlet\.action must be .* not None"):
        update_of(svaml.Svamlet(instructions=(svaml.Say(text="Hi"),)))
    made = svaml.UpdateSvamlet(action=hang_up)
    for given in (made, svaml.Svamlet(action=hang_up), SVAML.manage_call().hangup()):
        assert update_of(given) == made
    raw = SVAML.manage_call().raw_action({"name": "later"})
    assert update_of(raw).to_wire() == {"action": {"name": "later"}}


def test_a_custom_callout_takes_models_of_its_events():
    assert json.loads(inline(svaml.IceSvamlet(action=PARK), "ice"))["action"]["name"] == "park"
    with pytest.raises(InvalidArgumentError, match="ice must be a Svamlet or IceSvamlet, or"):
        inline(svaml.AceSvamlet(action=svaml.Continue()), "ice")
