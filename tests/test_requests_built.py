"""What each verb asks of Sinch, seen before anything is sent, and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch import CallLeg, CodeType, Dtmf, Identity, IdentityType, MusicOnHold, SinchClient
from sinch import VerificationMethod as Method
from sinch.applications import _assign, _callbacks, _query, _unassign, _update_callbacks
from sinch.errors import InvalidArgumentError, SvamlError
from sinch.svaml import Limits, Svaml
from sinch.verification import VerificationDraft
from sinch_api.models.calling import NumberCapability, ParticipantCommand
from sinch_api.models.svaml import Hangup, Svamlet
from sinch_api.operation import Operation

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
NUMBER = "+46700000000"

sinch = SinchClient(KEY, SECRET)
HANG_UP = Svamlet(action=Hangup())
MENUS = (
    Svaml()
    .menus()
    .begin_menu("main", "#tts[Press 1.]")
    .trigger_pie(Dtmf.DIGIT_1, "support")
    .end_menu()
)


def told(operation: Operation[Any]) -> tuple[str, str, Any]:
    """Method, path and body of an operation."""
    body = None if operation.body is None else json.loads(operation.body)
    return operation.method, operation.path, body


DESTINATION = {"type": "number", "endpoint": NUMBER}


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        pytest.param(
            sinch.sms(f" {NUMBER} ", "Hi").operation(),
            ("POST", f"/v1/sms/{NUMBER}", {"message": "Hi"}),
            id="sms",
        ),
        pytest.param(
            sinch.sms(NUMBER, "Hi").with_cli("Shop").operation(),
            ("POST", f"/v1/sms/{NUMBER}", {"message": "Hi", "from": "Shop"}),
            id="sms with a sender",
        ),
        pytest.param(
            sinch.verification(NUMBER)
            .with_reference("order-7")
            .with_custom("x")
            .with_sms_options(code_type=CodeType.ALPHA, expiry=timedelta(minutes=10))
            .initiate_operation(Method.SMS),
            (
                "POST",
                "/verification/v1/verifications",
                {
                    "identity": DESTINATION,
                    "method": "sms",
                    "reference": "order-7",
                    "custom": "x",
                    "smsOptions": {"codeType": "Alpha", "expiry": "00:10:00"},
                },
            ),
            id="verification by sms",
        ),
        pytest.param(
            sinch.verification(NUMBER)
            .with_flash_call_options(dial_timeout=20)
            .with_callout_options(locale="sv-SE")
            .initiate_operation(Method.FLASH_CALL),
            (
                "POST",
                "/verification/v1/verifications",
                {
                    "identity": DESTINATION,
                    "method": "flashcall",
                    "flashCallOptions": {"dialTimeout": 20},
                },
            ),
            id="flash call, without the options of other methods",
        ),
        *(
            pytest.param(
                give(sinch.verification(NUMBER), extra={"brandNew": [1]}).initiate_operation(method),
                (
                    "POST",
                    "/verification/v1/verifications",
                    {
                        "identity": DESTINATION,
                        "method": method.value,
                        options: {"brandNew": [1]},
                    },
                ),
                id=f"{options} of tomorrow",
            )
            for give, method, options in (
                (VerificationDraft.with_sms_options, Method.SMS, "smsOptions"),
                (VerificationDraft.with_flash_call_options, Method.FLASH_CALL, "flashCallOptions"),
                (VerificationDraft.with_callout_options, Method.CALLOUT, "calloutOptions"),
                (VerificationDraft.with_whatsapp_options, Method.WHATSAPP, "whatsappOptions"),
            )
        ),
        pytest.param(
            sinch.verification(NUMBER)
            .with_callout_options(locale="sv-SE")
            .initiate_operation(Method.PHONE_CALL),
            (
                "POST",
                "/verification/v1/verifications",
                {
                    "identity": DESTINATION,
                    "method": "callout",
                    "calloutOptions": {"speech": {"locale": "sv-SE"}},
                },
            ),
            id="phone call",
        ),
        pytest.param(
            sinch.verification(NUMBER).initiate_operation(Method.DATA),
            (
                "POST",
                "/verification/v1/verifications",
                {"identity": DESTINATION, "method": "seamless"},
            ),
            id="data",
        ),
        pytest.param(
            sinch.verification(NUMBER)
            .with_whatsapp_options(code_type=CodeType.NUMERIC)
            .initiate_operation(Method.WHATSAPP),
            (
                "POST",
                "/verification/v1/verifications",
                {
                    "identity": DESTINATION,
                    "method": "whatsapp",
                    "whatsappOptions": {"codeType": "Numeric"},
                },
            ),
            id="whatsapp",
        ),
        pytest.param(
            sinch.verification(NUMBER, id="v-1", code=" 1234 ").report_operation(Method.SMS),
            ("PUT", "/verification/v1/verifications/id/v-1", {"method": "sms", "sms": {"code": "1234"}}),
            id="report by id, which wins over the number",
        ),
        pytest.param(
            sinch.verification(NUMBER).with_cli("+46101112233").report_operation(Method.FLASH_CALL),
            (
                "PUT",
                f"/verification/v1/verifications/number/{NUMBER}",
                {"method": "flashcall", "flashCall": {"cli": "+46101112233"}},
            ),
            id="report a flash call by number",
        ),
        pytest.param(
            sinch.verification(id="v-1", code="12").report_operation(Method.CALLOUT),
            (
                "PUT",
                "/verification/v1/verifications/id/v-1",
                {"method": "callout", "callout": {"code": "12"}},
            ),
            id="report a phone call",
        ),
        pytest.param(
            sinch.verification(id="v-1", code="12").report_operation(Method.WHATSAPP),
            (
                "PUT",
                "/verification/v1/verifications/id/v-1",
                {"method": "whatsapp", "whatsapp": {"code": "12"}},
            ),
            id="report whatsapp",
        ),
        pytest.param(
            sinch.verification(NUMBER, id="v-1", reference="r").get_operation(),
            ("GET", "/verification/v1/verifications/id/v-1", None),
            id="status by id first",
        ),
        pytest.param(
            sinch.verification(NUMBER, reference="order 7").get_operation(),
            ("GET", "/verification/v1/verifications/reference/order%207", None),
            id="status by reference next",
        ),
        pytest.param(
            sinch.verification(NUMBER).get_operation(Method.FLASH_CALL),
            ("GET", f"/verification/v1/verifications/flashcall/number/{NUMBER}", None),
            id="status by method and number",
        ),
        pytest.param(
            sinch.callouts.tts(NUMBER, "how are you", cli="private").with_callbacks(ace=True).operation(),
            (
                "POST",
                "/calling/v1/callouts",
                {
                    "method": "ttsCallout",
                    "ttsCallout": {
                        "destination": DESTINATION,
                        "cli": "private",
                        "text": "how are you",
                        "enableAce": True,
                    },
                },
            ),
            id="text to speech",
        ),
        pytest.param(
            sinch.callouts.tts(
                Identity(type=IdentityType.SIP, endpoint="a@b.example"), prompts="#tts[Hi];beep"
            )
            .with_dtmf("12w#")
            .with_custom("c")
            .operation(),
            (
                "POST",
                "/calling/v1/callouts",
                {
                    "method": "ttsCallout",
                    "ttsCallout": {
                        "destination": {"type": "sip", "endpoint": "a@b.example"},
                        "prompts": "#tts[Hi];beep",
                        "dtmf": "12w#",
                        "custom": "c",
                    },
                },
            ),
            id="prompts to a SIP address",
        ),
        pytest.param(
            sinch.callouts.conference(
                NUMBER,
                "#4711",
                cli="private",
                greeting="Welcome",
                music_on_hold=MusicOnHold.MUSIC1,
                max_duration=timedelta(minutes=1),
            ).operation(),
            (
                "POST",
                "/calling/v1/callouts",
                {
                    "method": "conferenceCallout",
                    "conferenceCallout": {
                        "destination": DESTINATION,
                        "conferenceId": "#4711",
                        "cli": "private",
                        "greeting": "Welcome",
                        "mohClass": "music1",
                        "maxDuration": 60,
                    },
                },
            ),
            id="conference",
        ),
        pytest.param(
            sinch.callouts.custom(ice=HANG_UP, ace="https://app.example/ace").operation(),
            (
                "POST",
                "/calling/v1/callouts",
                {
                    "method": "customCallout",
                    "customCallout": {
                        "ice": '{"action":{"name":"hangup"}}',
                        "ace": "https://app.example/ace",
                    },
                },
            ),
            id="custom with SVAML and a URL",
        ),
        pytest.param(
            sinch.callouts.menu(
                NUMBER, cli="private", menus=MENUS, start="main", max_duration=60
            ).operation(),
            (
                "POST",
                "/calling/v1/callouts",
                {
                    "method": "customCallout",
                    "customCallout": {
                        "ice": '{"action":{"name":"connectPstn","number":"+46700000000",'
                        '"cli":"private","maxDuration":60}}',
                        "ace": Svaml().ace().run_menu("main", MENUS).body,
                    },
                },
            ),
            id="menu",
        ),
        pytest.param(
            sinch.calls("c-1").get_operation(), ("GET", "/calling/v1/calls/id/c-1", None), id="call"
        ),
        pytest.param(
            sinch.calls("c-1").update_operation(HANG_UP),
            ("PATCH", "/calling/v1/calls/id/c-1", {"action": {"name": "hangup"}}),
            id="steer a call",
        ),
        pytest.param(
            sinch.calls("c-1").leg_operation(CallLeg.CALLEE, HANG_UP),
            ("PATCH", "/calling/v1/calls/id/c-1/leg/callee", {"action": {"name": "hangup"}}),
            id="steer a leg",
        ),
        pytest.param(
            sinch.conferences("#4711").get_operation(),
            ("GET", "/calling/v1/conferences/id/%234711", None),
            id="conference room",
        ),
        pytest.param(
            sinch.conferences("r").participant("c-1").command_operation(
                ParticipantCommand.ON_HOLD, MusicOnHold.MUSIC2
            ),
            ("PATCH", "/calling/v1/conferences/id/r/c-1", {"command": "onhold", "moh": "music2"}),
            id="hold with music",
        ),
        pytest.param(
            _assign(NUMBER, None, NumberCapability.VOICE),
            ("POST", "/v1/configuration/numbers", {"numbers": [NUMBER], "capability": "voice"}),
            id="assign one number",
        ),
        pytest.param(
            _unassign(NUMBER, "key-2", None),
            ("DELETE", "/v1/configuration/numbers", {"number": NUMBER, "applicationkey": "key-2"}),
            id="unassign",
        ),
        pytest.param(
            _callbacks("key-2"),
            ("GET", "/v1/configuration/callbacks/applications/key-2", None),
            id="callback URLs",
        ),
        pytest.param(
            _update_callbacks("https://a.example", None, "key-2"),
            (
                "POST",
                "/v1/configuration/callbacks/applications/key-2",
                {"url": {"primary": "https://a.example"}},
            ),
            id="set callback URLs",
        ),
        pytest.param(
            _query(NUMBER), ("GET", f"/v1/calling/query/number/{NUMBER}", None), id="query a number"
        ),
    ],
)  # fmt: skip
def test_requests(operation, expected) -> None:
    assert told(operation) == expected


def test_headers_that_go_with_a_request() -> None:
    spanish = sinch.verification(NUMBER, language="es-ES").initiate_operation(Method.SMS)
    tagged = sinch.callouts.tts(NUMBER, "Hi").with_header("X-CB-Order", "7").operation()

    assert spanish.headers == {"Accept-Language": "es-ES"}
    assert tagged.headers == {"X-CB-Order": "7"}


@pytest.mark.parametrize(
    ("act", "argument"),
    [
        (lambda: sinch.sms("0700000000", "Hi").operation(), "number"),
        (lambda: sinch.sms("+46 70", "Hi").operation(), "number"),
        (lambda: sinch.sms("+1234567890123456789", "Hi").operation(), "number"),
        (lambda: sinch.sms(None, "Hi").operation(), "number"),
        (lambda: sinch.sms(NUMBER, "  ").operation(), "text"),
        (lambda: sinch.sms(NUMBER, "\ud800").operation(), "text"),
        (lambda: sinch.sms(NUMBER, "Hi", cli=" ").operation(), "cli"),
        (lambda: sinch.sms.get_status(""), "message_id"),
        (lambda: sinch.sms.get_status(".."), "message_id"),
        (lambda: sinch.verification().initiate(Method.SMS), "number"),
        (lambda: sinch.verification(NUMBER).initiate("pigeon"), "method"),
        (lambda: sinch.verification(NUMBER, custom="x" * 4097).initiate(Method.SMS), "custom"),
        (lambda: sinch.verification(NUMBER, reference="..").initiate(Method.SMS), "reference"),
        (lambda: sinch.verification(NUMBER, language="a\r\nb").initiate(Method.SMS), "language"),
        (lambda: sinch.verification().with_flash_call_options(dial_timeout=4), "dial_timeout"),
        (lambda: sinch.verification().with_sms_options(template="no code"), "template"),
        (lambda: sinch.verification(NUMBER).report(Method.SMS), "code"),
        (lambda: sinch.verification(NUMBER).report(Method.FLASH_CALL), "cli"),
        (lambda: sinch.verification(NUMBER, code="1").report(Method.DATA), "method"),
        (lambda: sinch.verification(code="1").report(Method.SMS), "number"),
        (lambda: sinch.verification().get(), "id"),
        (lambda: sinch.verification(NUMBER).get(), "method"),
        (lambda: sinch.callouts.tts("4670", "Hi"), "number"),
        (lambda: sinch.callouts.tts(NUMBER), "text or prompts"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi", prompts="beep"), "text or prompts"),
        (lambda: sinch.callouts.tts(NUMBER, "x" * 601), "text"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi").with_dtmf("12*"), "dtmf"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi").with_custom("å" * 513), "custom"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi").with_header("Order", "7"), "name"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi").with_header("X-CB-Order", "7\r\nX: y"), "value"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi", cli="Anna\r\nX: y"), "cli"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi", locale="ja-"), "locale"),
        (lambda: sinch.callouts.tts(NUMBER, "Hi", domain=7), "domain"),
        (lambda: sinch.callouts.conference(NUMBER, "r", music_on_hold=""), "music_on_hold"),
        (lambda: sinch.callouts.conference(NUMBER, "x" * 65), "conference_id"),
        (lambda: sinch.callouts.conference(NUMBER, "r", max_duration=14401), "max_duration"),
        (lambda: sinch.callouts.custom(), "destination"),
        (lambda: sinch.callouts.custom(NUMBER, ice=HANG_UP), "destination and cli"),
        (lambda: sinch.callouts.custom(ice=Svaml().ace().hangup()), "ice"),
        (lambda: sinch.callouts.custom(NUMBER, ace=Svaml().ice().hangup()), "ace"),
        (lambda: sinch.callouts.custom(NUMBER, pie=Svaml().manage_call().hangup()), "pie"),
        (lambda: sinch.callouts.custom(NUMBER, dice="{}"), "dice"),
        (lambda: sinch.callouts.custom(NUMBER).with_callbacks(ace=True), "callbacks"),
        (lambda: sinch.calls(""), "call_id"),
        (lambda: sinch.calls("c").update("hangup"), "svamlet"),
        (lambda: sinch.calls("c").update(Svaml().ice().hangup()), "svamlet"),
        (lambda: sinch.calls("c").leg("both").update(Svaml().pie().hangup().build()), "svamlet"),
        (lambda: sinch.calls("c").leg("middle").update(HANG_UP), "leg"),
        (lambda: sinch.calls("c").at("https://sinch.com.evil.example/"), "call_resource_url"),
        (lambda: sinch.calls("c").at("http://calling.api.sinch.com/"), "call_resource_url"),
        (lambda: sinch.conferences(""), "conference_id"),
        (lambda: sinch.conferences("r").participant(".."), "call_id"),
        (lambda: sinch.applications.assign([]), "numbers"),
        (lambda: sinch.applications.assign([NUMBER] * 101), "numbers"),
        (lambda: sinch.applications.assign([NUMBER, "070"]), "numbers[1]"),
        (lambda: sinch.applications.update_callbacks("app.example/cb"), "primary"),
        (lambda: sinch.applications.update_callbacks("https://a.example", "nope"), "fallback"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_before_anything_is_sent(act, argument) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        act()

    assert caught.value.argument == argument
    assert str(caught.value).startswith(f"{argument} ")


def test_drafts_never_change() -> None:
    plain = sinch.sms(NUMBER, "Hi")

    named = plain.with_cli("Shop")

    assert plain.cli is None
    assert named.cli == "Shop"


def test_a_call_that_arrived_is_steered_in_its_region() -> None:
    url = "https://calling-use1.api.sinch.com/calling/v1/calls/id/c-1"

    operation = sinch.calls("c-1").at(url).get_operation()

    assert operation.server.root() == "https://calling-use1.api.sinch.com"


def test_hosts_by_region_and_on_one_host() -> None:
    operation = sinch.calls("c").get_operation()
    message = sinch.sms(NUMBER, "Hi").operation()

    assert operation.server.root(region="euc1") == "https://calling-euc1.api.sinch.com"
    assert operation.server.root() == "https://calling.api.sinch.com"
    assert message.server.root() == "https://messagingapi.sinch.com"
    # On a host that serves every API, SMS lives below /messaging, as it did in 2018 (docs/platform/sms.md).
    assert (
        message.server.root(base_url="https://api.sinch.com") == "https://api.sinch.com/messaging"
    )


@given(st.text())
def test_any_text_either_goes_out_unchanged_or_is_refused(text) -> None:
    try:
        operation = sinch.sms(NUMBER, text).operation()
    except InvalidArgumentError:
        assert not text.strip() or any("\ud800" <= c <= "\udfff" for c in text)
    else:
        assert json.loads(operation.body)["message"] == text


def test_faulty_menus_are_refused_before_anything_is_sent() -> None:
    broken = Svaml().menus().begin_menu("main", "#tts[Hi]").goto(Dtmf.DIGIT_1, "nowhere").end_menu()

    with pytest.raises(SvamlError, match="nowhere"):
        sinch.callouts.menu(NUMBER, menus=broken)


def test_limits_can_be_raised_for_applications_that_have_others() -> None:
    generous = attrs.evolve(sinch.callouts, limits=Limits(tts_prompt=1200))

    assert b"x" * 1200 in generous.tts(NUMBER, "x" * 1200).operation().body


def test_a_draft_shows_no_code() -> None:
    draft = sinch.verification(NUMBER, code="4711", cli="+46701112233")
    assert "4711" not in repr(draft)
    assert "+46701112233" not in repr(draft), "the caller id of a flash call is its code"
