"""An IVR, called by a phone."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest

from sinch import CallbackRejected, Locale
from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.engine import CallState
from sinch.svaml import Svaml
from sinch.testing import CallbackRefused, CallNotEnded, FrozenClock, NotPossible, Phone
from sinch_api.models.common import CallDomain

SALES = "+46700000009"


def test_a_call_walks_through_the_menus(ivr: CallbackRouter) -> None:
    call = Phone(ivr).call("+46700000001")

    assert call.heard("Welcome")
    call.press("1").press("1234#")
    assert call.connected_to == SALES
    call.hang_up()
    assert call.ended.reason == "CALLERHANGUP"


def test_prompts_are_found_by_a_part_of_them_or_a_pattern(ivr: CallbackRouter) -> None:
    call = Phone(ivr).call()

    assert call.heard("sales")
    assert call.heard(re.compile(r"Press \d for"))
    assert not call.heard("PIN")
    assert call.prompts == ("Welcome.", "Press 1 for sales.")
    assert call.last_heard == "Press 1 for sales."


def test_what_was_not_heard_says_what_was(ivr: CallbackRouter) -> None:
    heard = Phone(ivr).call().heard("Goodbye")

    assert repr(heard) == "<not heard 'Goodbye', but 'Welcome.', 'Press 1 for sales.'>"


def test_a_call_shows_where_it_is(ivr: CallbackRouter) -> None:
    call = Phone(ivr).call()
    assert (call.state, call.menu) == (CallState.MENU, "main")
    assert not call.ended
    assert repr(call) == "<PhoneCall from +46700000002 to +46700000001, in menu main>"

    call.press("1")
    assert call.menu == "pin"


def test_cookies_are_carried_through_the_call(ivr: CallbackRouter) -> None:
    call = Phone(ivr, number="+46700000077").call()

    assert call.cookies == {"from": "+46700000077"}
    assert call.press("1").press("1234#").cookies == {"from": "+46700000077"}


def test_the_caller_waits_in_a_room(ivr: CallbackRouter) -> None:
    phone = Phone(ivr)
    first = phone.call().press("2")
    assert first.in_conference == "room-1"
    assert first.music

    second = phone.join("room-1", from_="+46700000003")
    assert second.in_conference == "room-1"
    assert not first.music
    first.hang_up()
    assert first.in_conference is None


def test_the_caller_is_parked(credentials) -> None:
    router = CallbackRouter(CallbackVerifier(*credentials), svaml=Svaml(Locale.EN_US))

    @router.ice
    def incoming(event, svaml):
        return svaml.ice().say("One moment.").park("#tts[Hold on.]", timedelta(minutes=1))

    call = Phone(router).call()
    assert call.heard("One moment")
    assert call.heard("Hold on")
    assert call.parked

    assert call.wait(61).ended


def test_time_passes_at_once(ivr: CallbackRouter) -> None:
    started = time.monotonic()
    call = Phone(ivr).call()

    call.wait(60)

    assert call.prompts.count("Press 1 for sales.") == 2  # once repeated, as the menu says
    assert call.heard("Goodbye")
    assert call.ended
    assert time.monotonic() - started < 1


def test_digits_without_a_hash_count_when_the_time_is_up(ivr: CallbackRouter) -> None:
    call = Phone(ivr).call().press("1").press("12")
    assert call.menu == "pin"

    call.wait(6)
    assert call.heard("Goodbye")


@pytest.mark.parametrize(
    ("script", "result"),
    [({"busy": True}, "BUSY"), ({"no_answer": True}, "NOANSWER"), ({"fails": True}, "FAILED")],
)
def test_whoever_is_called_does_as_the_test_says(ivr, script, result) -> None:
    phone = Phone(ivr)
    phone.far_end(SALES, **script)

    call = phone.call().press("1").press("1234#")

    assert call.connected_to is None
    assert call.ended.result == result


def test_a_far_end_that_waits_is_answered_or_refused_by_the_test(ivr: CallbackRouter) -> None:
    phone = Phone(ivr)
    phone.far_end(SALES, waits=True)

    call = phone.call().press("1").press("1234#")
    assert call.state is CallState.RINGING
    assert call.answer().connected_to == SALES

    other = phone.call().press("1").press("1234#").reject("busy")
    assert other.ended.result == "BUSY"


def test_the_far_end_hangs_up(ivr: CallbackRouter) -> None:
    phone = Phone(ivr)
    assert phone.call().press("1").press("1234#").hang_up(far=True).ended.reason == "CALLEEHANGUP"

    phone.far_end(SALES, hangs_up_after=30)
    call = phone.call().press("1").press("1234#")
    assert not call.ended
    assert call.wait(31).ended.reason == "CALLEEHANGUP"
    assert call.ended.duration >= timedelta(seconds=30)


def test_a_destination_does_one_thing(ivr: CallbackRouter) -> None:
    with pytest.raises(ValueError, match="one thing"):
        Phone(ivr).far_end(SALES, busy=True, waits=True)


def test_there_is_no_ending_before_the_end(ivr: CallbackRouter) -> None:
    call = Phone(ivr).call()

    with pytest.raises(
        CallNotEnded, match=r"has not ended\ncall from .* in menu main\n.*event ice"
    ):
        _ = call.ended.reason
    assert repr(call.ended) == "<not ended, menu>"


def test_the_transcript_is_readable(ivr: CallbackRouter) -> None:
    call = Phone(ivr).call().press("1").press("1234#").hang_up()

    assert str(call.transcript).splitlines()[:6] == [
        "call from +46700000002 to +46700000001",
        "  00:00.0  event ice -> app",
        "  00:00.0  ice <- setCookie, playFiles, runMenu",
        "  00:00.0  cookie from=+46700000002",
        '  00:00.0  party hears "Welcome." (tts, en-US)',
        "  00:00.5  +46700000001 is answered",
    ]
    assert "connected to +46700000009" in call.transcript
    assert [event["event"] for event in call.events] == ["ice", "pie", "ace", "dice"]
    assert call.replies[1]["action"]["name"] == "connectPstn"


def test_a_whole_call_takes_milliseconds(ivr: CallbackRouter) -> None:
    phone = Phone(ivr)
    phone.call().press("1").press("1234#").hang_up()  # imports

    def one() -> float:
        started = time.perf_counter()
        phone.call().press("1").press("1234#").hang_up()
        return time.perf_counter() - started

    assert min(one() for _ in range(10)) < 0.01


def test_an_app_user_calls_with_headers(credentials) -> None:
    router = CallbackRouter(CallbackVerifier(*credentials), svaml=Svaml(Locale.EN_US))

    @router.ice
    def incoming(event, svaml):
        return svaml.ice().say(f"Hello {event.user}, {event.call_headers['tier']}.").hangup()

    call = Phone(router).call(domain=CallDomain.MXP, user="anna", headers={"tier": "gold"})

    assert call.heard("Hello anna, gold.")


def test_an_answering_machine_is_detected(credentials) -> None:
    router = CallbackRouter(CallbackVerifier(*credentials), svaml=Svaml(Locale.EN_US))

    @router.ice
    def incoming(event, svaml):
        return svaml.ice().connect_pstn(SALES).with_amd()

    @router.ace
    def answered(event, svaml):
        if event.amd.status == "machine":
            return svaml.ace().hangup()
        return svaml.ace().continue_()

    phone = Phone(router)
    assert phone.call().connected_to == SALES
    phone.far_end(SALES, machine=True)
    assert "detection: machine" in phone.call().transcript


def test_nothing_can_be_done_after_the_end(ivr: CallbackRouter) -> None:
    call = Phone(ivr).call().hang_up()

    with pytest.raises(
        NotPossible, match=r"the call is over\ncall from .*: ended \(CALLERHANGUP\)"
    ):
        call.press("1")
    with pytest.raises(ValueError, match="does not go back"):
        call.wait(-1)


def test_impatient_callers_do_not_listen_to_the_end(ivr: CallbackRouter) -> None:
    patient, impatient = Phone(ivr).call().press("1"), Phone(ivr, barge_in=True).call().press("1")

    assert patient.menu == impatient.menu == "pin"
    assert impatient.transcript[-1].at < patient.transcript[-1].at


# --- signing --------------------------------------------------------------------------------------


def test_signatures_are_real(make_ivr) -> None:
    ivr = make_ivr()
    phone = Phone(ivr, credentials=("another-key", "c2VjcmV0IG9mIGFub3RoZXI="))

    with pytest.raises(CallbackRefused, match=r"HTTP 401: are key .another-key., secret and clock"):
        phone.call()


def test_a_phone_that_is_not_strict_goes_on_as_sinch_would(ivr: CallbackRouter) -> None:
    other = ("another-key", "c2VjcmV0IG9mIGFub3RoZXI=")
    call = Phone(ivr, credentials=other, strict=False).call()

    assert call.ended
    assert "ice failed" in call.transcript


def test_the_clock_of_the_verifier_dates_the_signatures(make_ivr) -> None:
    clock = FrozenClock()
    ivr = make_ivr(clock=clock)

    call = Phone(ivr, clock=clock).call().wait(3)

    assert call.heard("Welcome")
    assert clock.now.year == 2026
    assert call.events[0]["timestamp"].startswith("2026-01-01T12:00:00")


def test_replays_are_told_apart_from_further_events(make_ivr) -> None:
    from sinch.callbacks import MemorySeenStore

    call = Phone(make_ivr(seen=MemorySeenStore())).call().press("1").press("1234#").hang_up()

    assert call.ended.reason == "CALLERHANGUP"


def test_what_cannot_be_called_is_refused() -> None:
    with pytest.raises(Exception, match="a phone calls a CallbackRouter"):
        Phone(42)


def test_rejections_are_still_what_the_router_logs(ivr, caplog) -> None:
    with pytest.raises(CallbackRefused):
        Phone(ivr, credentials=("another-key", "c2VjcmV0IG9mIGFub3RoZXI=")).call()

    assert "unknown_key" in caplog.text
    assert not issubclass(CallbackRefused, CallbackRejected)
