"""Checked by mypy and pyright, never run: an event's builder offers only what Sinch accepts.

``warn_unused_ignores`` turns every ignore below into a proof that the line is refused.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from datetime import timedelta
from typing import assert_type

from sinch.reply import Reply
from sinch.svaml import (
    ChosenAction,
    ConferenceAction,
    ContinueAction,
    IceBuilder,
    MenuDefinition,
    Menus,
    MxpAction,
    PstnAction,
    SipAction,
    SipPeerAction,
    StreamAction,
    Svaml,
    file,
    tts,
)
from sinch.values import Dtmf, HangupCause, Locale
from sinch_api.models.svaml import Svamlet
from sinch_api.models.voice_events import AceEvent, IceEvent


def hovers(svaml: Svaml) -> None:
    assert_type(svaml.ice().say("x"), IceBuilder)
    assert_type(svaml.ice().say("x").hangup(), ChosenAction[IceEvent])
    assert_type(
        svaml.ice().connect_pstn("+46700000000").with_cli("x").with_amd(), PstnAction[IceEvent]
    )
    assert_type(svaml.ice().connect_mxp("a").with_indications("se"), MxpAction[IceEvent])
    assert_type(
        svaml.ice().connect_sip_destination("a@b").with_transport("TLS"), SipAction[IceEvent]
    )
    assert_type(
        svaml.ice().connect_registered_sip_peer("a").with_extension("1"), SipPeerAction[IceEvent]
    )
    assert_type(
        svaml.ice().connect_conference("r").with_music_on_hold("ring"), ConferenceAction[IceEvent]
    )
    assert_type(
        svaml.ice().connect_stream("wss://a").with_sample_rate(16000), StreamAction[IceEvent]
    )
    assert_type(svaml.ace().continue_(), ContinueAction[AceEvent])
    assert_type(svaml.ice().hangup().body, str)
    assert_type(svaml.ice().hangup().model, Svamlet)
    assert_type(svaml.ice().hangup().build().model, Svamlet)
    as_reply: Reply[IceEvent] = svaml.ice().hangup().build()
    assert_type(as_reply.body, str)
    assert_type(svaml.menus().begin_menu("main", file("a") + tts("b")), MenuDefinition)
    assert_type(svaml.menus().begin_menu("main").goto(Dtmf.STAR, "main").end_menu(), Menus)
    svaml.ice().park("hold.wav", timedelta(minutes=5), locale=Locale.EN_US)
    svaml.ice().park("hold.wav", 300)
    svaml.ice().connect_pstn("+46700000000").with_bridge_timeout(60).with_dial_timeout(30)
    svaml.ice().hangup("busy")
    svaml.ice().hangup(HangupCause.BUSY)


def refusals(svaml: Svaml) -> None:
    svaml.ice().continue_()  # type: ignore[attr-defined]
    svaml.ice().report_call_status("success")  # type: ignore[attr-defined]
    svaml.ace().connect_pstn("+46700000000")  # type: ignore[attr-defined]
    svaml.ace().connect_mxp("alice")  # type: ignore[attr-defined]
    svaml.ace().connect_sip_destination("a@b")  # type: ignore[attr-defined]
    svaml.ace().connect_stream("wss://a")  # type: ignore[attr-defined]
    svaml.ace().park("hold.wav")  # type: ignore[attr-defined]
    svaml.ace().send_dtmf("1")  # type: ignore[attr-defined]
    svaml.ace().answer()  # type: ignore[attr-defined]
    svaml.pie().park("hold.wav")  # type: ignore[attr-defined]
    svaml.pie().connect_mxp("alice")  # type: ignore[attr-defined]
    svaml.pie().connect_stream("wss://a")  # type: ignore[attr-defined]
    svaml.pie().answer()  # type: ignore[attr-defined]
    svaml.manage_call().connect_pstn("+46700000000")  # type: ignore[attr-defined]
    svaml.manage_call().connect_conference("room")  # type: ignore[attr-defined]
    svaml.dice().hangup()  # type: ignore[attr-defined]
    svaml.dice().say("x")  # type: ignore[attr-defined]
    svaml.notify().hangup()  # type: ignore[attr-defined]

    # one action only, and only its own refinements
    svaml.ice().hangup().hangup()  # type: ignore[attr-defined]
    svaml.ice().hangup().say("x")  # type: ignore[attr-defined]
    svaml.ice().connect_mxp("a").with_dial_timeout(timedelta(1))  # type: ignore[attr-defined]
    svaml.ice().connect_conference("a").with_amd()  # type: ignore[attr-defined]
    svaml.ice().connect_sip_destination("a@b").with_extension("1")  # type: ignore[attr-defined]

    # arguments
    svaml.ice().connect_pstn(None)  # type: ignore[arg-type]
    svaml.ice().connect_pstn("+46700000000").with_bridge_timeout("60")  # type: ignore[arg-type]
    svaml.ice().hangup("engaged")  # type: ignore[arg-type]
    svaml.ice().connect_conference("r").with_dtmf("listen")  # type: ignore[arg-type]
    svaml.ice().run_menu("main", svaml.menus().begin_menu("main", "x"))  # type: ignore[arg-type]
    svaml.locale = Locale.SV_SE  # type: ignore[misc]
