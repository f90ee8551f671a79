"""Every action with every refinement, and what it puts on the wire."""

import json
from datetime import timedelta

import pytest

from sinch.errors import SvamlError
from sinch.svaml import Limits, Svaml, file, ssml, tts
from sinch.values import Cli, HangupCause, Indications
from sinch_api.models.common import Identity, IdentityType, MusicOnHold
from sinch_api.models.svaml import SipTransport

svaml = Svaml()
NUMBER = "+46700000000"


def action(chosen):
    return json.loads(chosen.body)["action"]


# --- simple actions ---------------------------------------------------------------------------


def test_hangup_with_a_cause():
    assert action(svaml.ice().hangup()) == {"name": "hangup"}
    assert action(svaml.ice().hangup(HangupCause.NORMAL)) == {"name": "hangup"}
    assert action(svaml.ice().hangup(HangupCause.BUSY)) == {"name": "hangup", "hangupCause": 1}
    assert action(svaml.pie().hangup(HangupCause.CONGESTION))["hangupCause"] == 2
    assert action(svaml.ice().hangup("busy")) == {"name": "hangup", "hangupCause": 1}
    assert action(svaml.ice().hangup("Normal")) == {"name": "hangup"}
    assert action(svaml.manage_call().hangup("congestion")) == {"name": "hangup", "hangupCause": 2}
    assert action(svaml.manage_call().hangup(barge=True)) == {"name": "hangup", "barge": True}


@pytest.mark.parametrize("cause", [7, "engaged", ""])
def test_a_cause_has_to_be_known(cause):
    with pytest.raises(SvamlError, match="'busy' or 'congestion'"):
        svaml.ice().hangup(cause)


def test_continue():
    assert action(svaml.ace().continue_()) == {"name": "continue"}
    assert action(svaml.ace().continue_().with_recording("s3://b", format="wav")) == {
        "name": "continue",
        "record": True,
        "recordingOptions": {"destinationUrl": "s3://b", "format": "wav"},
    }
    assert action(svaml.ace().continue_().with_recording("s3://b").without_recording()) == {
        "name": "continue"
    }


def test_park():
    assert action(svaml.ice().park()) == {"name": "park"}
    assert action(
        svaml.manage_call().park(tts("Please hold"), timedelta(minutes=5), intro_prompt="hi.wav")
    ) == {
        "name": "park",
        "introPrompt": "hi.wav",
        "holdPrompt": "#tts[Please hold]",
        "maxDuration": 300,
        "locale": "en-US",
    }
    assert "locale" not in action(svaml.ice().park("music.wav"))
    assert (
        action(svaml.ice().park("music.wav", intro_prompt=tts("Please hold")))["locale"] == "en-US"
    )
    assert action(svaml.ice().park("music.wav", locale="sv-SE"))["locale"] == "sv-SE"


@pytest.mark.parametrize("time", [timedelta(seconds=59), timedelta(minutes=10, seconds=1)])
def test_parking_takes_one_to_ten_minutes(time):
    with pytest.raises(SvamlError, match="parking time"):
        svaml.ice().park("music.wav", time)
    wide = Limits(park_min=timedelta(seconds=1), park_max=timedelta(hours=1))
    assert action(Svaml(limits=wide).ice().park("music.wav", time))


def test_unparking_is_an_update_with_whatever_an_ice_reply_may_hold():
    reply = svaml.unpark().say("Thank you for waiting").connect_pstn(NUMBER)
    assert action(reply) == action(svaml.ice().connect_pstn(NUMBER))


# --- telephone --------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["ice", "pie", "unpark"])
def test_connect_pstn_with_nothing_but_the_documented_defaults(event):
    assert action(getattr(svaml, event)().connect_pstn(NUMBER)) == {
        "name": "connectPstn",
        "number": NUMBER,
        "cli": "incoming",
        "maxDuration": 14400,
    }


def test_connect_the_number_that_was_dialled():
    assert action(svaml.ice().connect_dialled_number().without_cli()) == {
        "name": "connectPstn",
        "maxDuration": 14400,
    }


def test_connect_pstn_with_everything():
    call = (
        svaml.ice()
        .connect_pstn(NUMBER)
        .with_cli("+46700000001")
        .with_locale("sv-SE")
        .with_bridge_timeout(timedelta(minutes=5))
        .with_dial_timeout(timedelta(seconds=30))
        .without_callbacks()
        .with_dtmf("1w2#")
        .with_indications(Indications.SE)
        .with_amd(asynchronous=True)
        .with_recording("s3://b/c", credentials="k:s:r", notify=True, transcription=True)
        .with_tag("a", "b")
        .with_tag("c", "d")
    )
    assert action(call) == {
        "name": "connectPstn",
        "number": NUMBER,
        "cli": "+46700000001",
        "locale": "sv-SE",
        "maxDuration": 300,
        "dialTimeout": 30,
        "suppressCallbacks": True,
        "dtmf": "1w2#",
        "indications": "se",
        "amd": {"enabled": True, "async": True},
        "record": True,
        "recordingOptions": {
            "destinationUrl": "s3://b/c",
            "credentials": "k:s:r",
            "notificationEvents": True,
            "transcriptionOptions": {"enabled": True, "locale": "en-US"},
        },
        "tags": [{"key": "a", "value": "b"}, {"key": "c", "value": "d"}],
    }


def test_every_refinement_can_be_taken_back():
    call = (
        svaml.ice()
        .connect_pstn(NUMBER)
        .without_callbacks()
        .with_callbacks()
        .with_dial_timeout(timedelta(seconds=30))
        .with_optimized_dial_timeout()
        .with_amd()
        .without_amd()
        .with_recording("s3://b")
        .without_recording()
        .with_anonymous_cli()
        .with_incoming_cli()
    )
    assert call.body == svaml.ice().connect_pstn(NUMBER).body


@pytest.mark.parametrize(
    ("refine", "cli"),
    [
        (lambda c: c.with_cli("+46700000001"), "+46700000001"),
        (lambda c: c.with_cli(Cli.parse("46700000001")), "+46700000001"),
        (lambda c: c.with_cli(Cli.parse(None)), "private"),
        (lambda c: c.with_cli("Bjorn"), "Bjorn"),
        (lambda c: c.with_anonymous_cli(), "private"),
        (lambda c: c.with_anonymous_cli().with_incoming_cli(), "incoming"),
    ],
)
@pytest.mark.parametrize(
    "connect",
    [
        lambda b: b.connect_pstn(NUMBER),
        lambda b: b.connect_mxp("alice"),
        lambda b: b.connect_sip_destination("a@b"),
        lambda b: b.connect_registered_sip_peer("peer"),
        lambda b: b.connect_conference("room"),
    ],
)
def test_caller_ids(connect, refine, cli):
    assert action(refine(connect(svaml.ice())))["cli"] == cli


def test_default_caller_ids_of_each_builder():
    for builder in (svaml.ice, svaml.unpark):
        assert action(builder().connect_mxp("alice"))["cli"] == "incoming"
    for builder in (svaml.ice, svaml.pie, svaml.unpark):
        assert action(builder().connect_sip_destination("a@b"))["cli"] == "incoming"
        assert action(builder().connect_registered_sip_peer("p"))["cli"] == "incoming"
    for builder in (svaml.ice, svaml.ace, svaml.pie):
        assert "cli" not in action(builder().connect_conference("room"))


@pytest.mark.parametrize(
    ("refine", "problem"),
    [
        (lambda c: c.with_bridge_timeout(timedelta(hours=4, seconds=1)), "bridge timeout"),
        (lambda c: c.with_bridge_timeout(timedelta(0)), "bridge timeout"),
        (lambda c: c.with_bridge_timeout("60"), "number of seconds, not str"),
        (lambda c: c.with_bridge_timeout(True), "number of seconds, not bool"),
        (lambda c: c.with_bridge_timeout(float("nan")), "number of seconds"),
        (lambda c: c.with_bridge_timeout(14401), "bridge timeout must be 0:00:01 to 4:00:00"),
        (lambda c: c.with_dial_timeout(0), "dial timeout"),
        (lambda c: c.with_dial_timeout(1.5), "whole seconds"),
        (lambda c: c.with_dial_timeout(timedelta(0)), "dial timeout"),
        (lambda c: c.with_dial_timeout(timedelta(seconds=1.5)), "whole seconds"),
        (lambda c: c.with_cli(" "), "cli"),
        (lambda c: c.with_dtmf("x"), "DTMF"),
        (lambda c: c.with_cli("+46700000000\r\nX: y"), "line breaks"),
        (lambda c: c.with_cli(Cli.parse("Anna\nBo <+46700000000>")), "line breaks"),
        (lambda c: c.with_amd("false"), "True or False, not str"),
        (lambda c: c.with_recording(notify="no"), "True or False"),
        (lambda c: c.with_indications(""), "indications"),
        (lambda c: c.with_indications("se;no"), "indications"),
        (lambda c: c.with_locale("?"), "locale"),
        (lambda c: c.with_tag("x" * 33, "y"), "tag"),
        (lambda c: c.with_tag("x", "ö"), "ASCII"),
    ],
)
def test_refinements_refuse_what_is_out_of_range(refine, problem):
    call = svaml.ice().connect_pstn(NUMBER)
    before = call.body
    with pytest.raises(SvamlError, match=problem):
        refine(call)
    assert call.body == before


@pytest.mark.parametrize("make", [timedelta, lambda seconds: seconds, float])
def test_times_at_their_exact_bounds_as_timedelta_or_seconds(make):
    def spans(seconds):
        return make(seconds=seconds) if make is timedelta else make(seconds)

    call = svaml.ice().connect_pstn(NUMBER)
    for seconds in (1, 4 * 3600):
        assert action(call.with_bridge_timeout(spans(seconds)))["maxDuration"] == seconds
    assert action(call.with_dial_timeout(spans(1)))["dialTimeout"] == 1
    for seconds in (60, 600):
        assert action(svaml.ice().park("a.wav", spans(seconds)))["maxDuration"] == seconds
    for seconds in (1, 30):
        menus = svaml.menus().number_input("main", "a.wav", 4, timeout=spans(seconds))
        (menu,) = action(svaml.ice().run_menu("main", menus))["menus"]
        assert menu["timeoutMills"] == seconds * 1000
    room = svaml.ice().connect_conference("room").with_dtmf("detect", timeout=spans(2))
    assert action(room)["conferenceDtmfOptions"]["timeoutMills"] == 2000


@pytest.mark.parametrize("number", ["46700000000", "", "+46", "+46 70", None])
def test_a_number_has_to_be_international(number):
    with pytest.raises(SvamlError, match="number"):
        svaml.ice().connect_pstn(number)


@pytest.mark.parametrize("eight_hours", [timedelta(hours=8), 8 * 3600])
def test_a_longer_bridge_is_possible_when_the_limit_is_raised(eight_hours):
    wide = Svaml(limits=Limits(bridge=eight_hours))
    assert action(wide.ice().connect_pstn(NUMBER))["maxDuration"] == 8 * 3600


# --- in-app users -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "user",
    ["alice", Identity(endpoint="alice"), Identity(endpoint="alice", type=IdentityType.USERNAME)],
)
def test_connect_mxp(user):
    assert action(svaml.ice().connect_mxp(user)) == {
        "name": "connectMxp",
        "destination": {"endpoint": "alice", "type": "username"},
        "cli": "incoming",
    }


def test_connect_mxp_with_everything():
    call = (
        svaml.ice()
        .connect_dialled_user()
        .with_call_headers({"X-Order": "7"})
        .with_indications("us")
        .with_recording()
        .without_cli()
    )
    assert action(call) == {
        "name": "connectMxp",
        "callHeaders": [{"key": "X-Order", "value": "7"}],
        "indications": "us",
        "record": True,
    }
    assert "record" not in action(call.without_recording())


@pytest.mark.parametrize("kind", [*IdentityType, IdentityType("newer")])
def test_connect_mxp_takes_every_type_of_identity(kind):
    endpoint = {"number": NUMBER, "sip": "a@b"}.get(kind, "alice")
    chosen = svaml.ice().connect_mxp(Identity(type=kind, endpoint=endpoint))
    assert action(chosen)["destination"] == {"type": str(kind), "endpoint": endpoint}
    assert action(chosen) == chosen.build().model.action.to_wire()


@pytest.mark.parametrize(
    ("user", "problem"),
    [
        ("", "user name"),
        ("x" * 129, "user name"),
        (None, "user name"),
        (Identity(endpoint="x" * 129), "user name"),
        (Identity(endpoint="0700", type=IdentityType.NUMBER), "international"),
        (Identity(endpoint="pbx", type=IdentityType.SIP), "user@host"),
        (Identity(endpoint=" ", type=IdentityType.EMAIL), "endpoint of type email"),
    ],
)
def test_connect_mxp_checks_each_type_by_its_own_rule(user, problem):
    with pytest.raises(SvamlError, match=problem):
        svaml.ice().connect_mxp(user)


def test_call_headers_take_at_most_1024_bytes():
    call = svaml.ice().connect_mxp("alice")
    assert call.with_call_headers({"a": "ö" * 511, "b": ""})
    with pytest.raises(SvamlError, match=r"1025 bytes.*Limits.call_headers"):
        call.with_call_headers({"a": "ö" * 511, "bc": ""})
    with pytest.raises(SvamlError, match="must be text"):
        call.with_call_headers({"a": 1})
    assert "callHeaders" not in action(call.with_call_headers({}))
    with pytest.raises(SvamlError, match="mapping"):
        call.with_call_headers([("a", "b")])


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x00", "\x85", "\u2028", "\x0b"])
def test_line_breaks_are_refused_wherever_a_header_could_be_smuggled_in(end):
    call, builder = svaml.ice().connect_mxp("alice"), svaml.ice()
    menu = svaml.menus().begin_menu("main", "x")
    for attempt in (
        lambda: call.with_call_headers({"X-A": f"b{end}X-C: d"}),
        lambda: call.with_call_headers({f"X-A{end}": "b"}),
        lambda: call.with_cli(f"Anna{end}Bo"),
        lambda: builder.set_cookie("X-A", f"b{end}c"),
        lambda: builder.set_cookie(f"X{end}A", "b"),
        lambda: menu.goto("1", "main", cookies={"X-A": f"b{end}"}).end_menu().check(),
    ):
        with pytest.raises(SvamlError, match="line breaks"):
            attempt()
    assert call.with_call_headers({"X-Tab": "a\tb", "X-Word": "Grüße 😀"})


# --- SIP --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["100@pbx.example:5070", "sip:100@pbx.example:5070"])
def test_connect_sip_destination(address):
    assert action(svaml.ice().connect_sip_destination(address)) == {
        "name": "connectSip",
        "destination": {"endpoint": "100@pbx.example:5070", "type": "sip"},
        "cli": "incoming",
    }


def test_connect_sip_with_everything():
    call = (
        svaml.pie()
        .connect_sip_destination("100@pbx")
        .with_bridge_timeout(timedelta(hours=1))
        .with_anonymous_cli()
        .with_transport("TLS")
        .without_callbacks()
        .with_call_headers({"X-A": "b"})
        .with_music_on_hold("music2")
        .with_indications("us-old")
        .with_recording()
    )
    assert action(call) == {
        "name": "connectSip",
        "destination": {"endpoint": "100@pbx", "type": "sip"},
        "maxDuration": 3600,
        "cli": "private",
        "transport": "TLS",
        "suppressCallbacks": True,
        "callHeaders": [{"key": "X-A", "value": "b"}],
        "moh": "music2",
        "indications": "us-old",
        "record": True,
    }
    assert action(call.with_transport(SipTransport.TCP))["transport"] == "TCP"


@pytest.mark.parametrize(
    "address", ["", "pbx.example", "@pbx", "100@", "a@b@c", "1 00@b", "sips:a@b"]
)
def test_a_sip_address_has_a_user_and_a_host(address):
    with pytest.raises(SvamlError):
        svaml.ice().connect_sip_destination(address)


def test_a_registered_sip_peer_with_an_extension():
    call = svaml.ice().connect_registered_sip_peer("office")
    assert action(call) == {"name": "connectSip", "cli": "incoming", "account": "office"}
    assert action(call.with_extension("100"))["destination"] == {"endpoint": "100", "type": "sip"}
    with pytest.raises(SvamlError, match="already"):
        call.with_extension("200")
    for bad in ("", "100@host"):
        with pytest.raises(SvamlError, match="extension"):
            svaml.ice().connect_registered_sip_peer("office").with_extension(bad)
    with pytest.raises(SvamlError, match="UDP"):
        call.with_transport("carrier pigeon")


# --- conference and stream --------------------------------------------------------------------


def test_connect_conference_with_everything():
    call = (
        svaml.ace()
        .connect_conference("room")
        .with_dtmf("detect", max_digits=4, timeout=timedelta(seconds=2))
        .with_music_on_hold(MusicOnHold.MUSIC1)
        .with_recording("s3://b")
        .with_cli("private")
        .two_part()
        .with_enter_leave_sound()
    )
    assert action(call) == {
        "name": "connectConf",
        "conferenceId": "room",
        "conferenceDtmfOptions": {"mode": "detect", "maxDigits": 4, "timeoutMills": 2000},
        "moh": "music1",
        "record": True,
        "recordingOptions": {"destinationUrl": "s3://b"},
        "cli": "private",
        "conferenceType": "twopart",
        "enterLeaveSound": True,
    }
    room = svaml.ace().connect_conference("room").multi_part()
    plain = room.with_enter_leave_sound().without_enter_leave_sound()
    assert action(plain) == {
        "name": "connectConf",
        "conferenceId": "room",
        "conferenceType": "multipart",
    }
    assert action(svaml.ice().connect_conference("r").with_dtmf("forward")) == {
        "name": "connectConf",
        "conferenceId": "r",
        "conferenceDtmfOptions": {"mode": "forward"},
    }


def test_a_conference_id_has_at_most_64_characters():
    assert svaml.ice().connect_conference("x" * 64)
    for bad in ("", "x" * 65):
        with pytest.raises(SvamlError, match="conference id"):
            svaml.ice().connect_conference(bad)
    with pytest.raises(SvamlError, match="'detect'"):
        svaml.ice().connect_conference("x").with_dtmf("listen")
    with pytest.raises(SvamlError, match="max_digits"):
        svaml.ice().connect_conference("x").with_dtmf("detect", max_digits=0)
    with pytest.raises(SvamlError, match="music"):
        svaml.ice().connect_conference("x").with_music_on_hold("")


def test_connect_stream():
    call = svaml.ice().connect_stream("wss://audio.example/in")
    assert action(call) == {
        "name": "connectStream",
        "destination": {"endpoint": "wss://audio.example/in", "type": "Websocket"},
    }
    call.with_sample_rate(16000).with_version(1)
    assert action(call)["streamingOptions"] == {"version": 1, "sampleRate": 16000}
    call.with_sample_rate(44100)
    call.with_bridge_timeout(timedelta(minutes=1)).with_call_headers({"a": "b"})
    assert action(call) == {
        "name": "connectStream",
        "destination": {"endpoint": "wss://audio.example/in", "type": "Websocket"},
        "streamingOptions": {"version": 1, "sampleRate": 44100},
        "maxDuration": 60,
        "callHeaders": [{"key": "a", "value": "b"}],
    }
    for bad in ("https://audio.example", "wss:// a", ""):
        with pytest.raises(SvamlError):
            svaml.ice().connect_stream(bad)


def test_parking_prompts_are_checked():
    with pytest.raises(SvamlError, match="';' cannot be used here"):
        svaml.ice().park(ssml("<speak>a &amp; b</speak>"))
    with pytest.raises(SvamlError, match="600"):
        svaml.ice().park(file("a") + tts("x" * 601))
