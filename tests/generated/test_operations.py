"""Operations as values: what each sends, and how answers are read."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch_api import operations
from sinch_api.failures import ErrorResponse, UnreadableResponse
from sinch_api.models import calling, sms, svaml, verification
from sinch_api.operation import Operation, Server, segment
from sinch_api.operation import given as with_values
from sinch_api.operations.calling import CALLING, CONFIGURATION
from sinch_api.operations.sms import SMS
from sinch_api.operations.verification import VERIFICATION

from . import test_messages

M = ("https://messagingapi.sinch.com", SMS)
V = ("https://verification.api.sinch.com", VERIFICATION)
C = ("https://calling.api.sinch.com", CALLING)
G = ("https://callingapi.sinch.com", CONFIGURATION)

START = verification.StartVerificationRequest.from_wire(
    {"identity": {"type": "number", "endpoint": "+46"}, "method": "sms"}
)
REPORT = verification.ReportVerificationRequest.from_wire({"method": "sms", "sms": {"code": "1"}})
CALLOUT = calling.CalloutRequest.from_wire(
    {"method": "ttsCallout", "ttsCallout": {"destination": {"type": "number", "endpoint": "+46"}}}
)
MUTE = calling.ParticipantCommandRequest.from_wire({"command": "mute"})
NUMBERS = calling.AssignNumbersRequest.from_wire({"numbers": ["+46"]})
NUMBER = calling.UnassignNumberRequest.from_wire({"number": "+46"})
URLS = calling.CallbackSettings.from_wire({"url": {"primary": "https://a"}})
HANG_UP = svaml.Svamlet(action=svaml.Hangup())

# docs/platform/operations.md, operations 1 to 22: call, method, path, host, whether repeating it is harmless, result
TABLE: dict[int, tuple[Operation[Any], str, str, tuple[str, Server], bool, type | None]] = {
    1: (operations.send_sms("+46", sms.SendSmsRequest(message="m")), "POST", "/v1/sms/+46", M, False, sms.SendSmsResponse),
    2: (operations.get_sms_status("7"), "GET", "/v1/sms/7", M, True, sms.SmsStatusResponse),
    3: (operations.start_verification(START), "POST", "/verification/v1/verifications", V, False,
        verification.StartVerificationResponse),
    4: (operations.report_verification_by_number("+46", REPORT), "PUT", "/verification/v1/verifications/number/+46", V,
        False, verification.ReportVerificationResponse),
    5: (operations.report_verification_by_id("i", REPORT), "PUT", "/verification/v1/verifications/id/i", V,
        False, verification.ReportVerificationResponse),
    6: (operations.get_verification_by_id("i"), "GET", "/verification/v1/verifications/id/i", V, True,
        verification.VerificationStatusResponse),
    7: (operations.get_verification_by_number(verification.VerificationMethod.FLASH_CALL, "+46"), "GET",
        "/verification/v1/verifications/flashcall/number/+46", V, True, verification.VerificationStatusResponse),
    8: (operations.get_verification_by_reference("r"), "GET", "/verification/v1/verifications/reference/r", V, True,
        verification.VerificationStatusResponse),
    9: (operations.place_callout(CALLOUT), "POST", "/calling/v1/callouts", C, False, calling.CalloutResponse),
    10: (operations.get_call("c"), "GET", "/calling/v1/calls/id/c", C, True, calling.CallInfo),
    11: (operations.update_call("c", svaml.UpdateSvamlet(action=svaml.Hangup())), "PATCH", "/calling/v1/calls/id/c", C, False, None),
    12: (operations.update_call_leg("c", calling.CallLeg.CALLEE, HANG_UP), "PATCH", "/calling/v1/calls/id/c/leg/callee", C, False, None),
    13: (operations.get_conference("r"), "GET", "/calling/v1/conferences/id/r", C, True, calling.Conference),
    14: (operations.end_conference("r"), "DELETE", "/calling/v1/conferences/id/r", C, True, None),
    15: (operations.update_participant("r", "c", MUTE), "PATCH", "/calling/v1/conferences/id/r/c", C, True, None),
    16: (operations.kick_participant("r", "c"), "DELETE", "/calling/v1/conferences/id/r/c", C, True, None),
    17: (operations.list_numbers(), "GET", "/v1/configuration/numbers", G, True, calling.NumbersResponse),
    18: (operations.assign_numbers(NUMBERS), "POST", "/v1/configuration/numbers", G, True, None),
    19: (operations.unassign_number(NUMBER), "DELETE", "/v1/configuration/numbers", G, True, None),
    20: (operations.get_callback_urls("k"), "GET", "/v1/configuration/callbacks/applications/k", G, True,
         calling.CallbackSettings),
    21: (operations.update_callback_urls("k", URLS), "POST", "/v1/configuration/callbacks/applications/k", G, True, None),
    22: (operations.query_number("+46"), "GET", "/v1/calling/query/number/+46", G, True, calling.NumberQueryResponse),
}  # fmt: skip


@pytest.mark.parametrize("number", TABLE)
def test_operation(number: int) -> None:
    operation, method, path, (host, server), idempotent, result = TABLE[number]
    assert (operation.method, operation.path) == (method, path)
    assert operation.server is server
    assert operation.server.root() == host
    assert operation.idempotent is idempotent
    assert (operation.body is None) == (method in {"GET", "DELETE"} and number != 19)
    assert operation.headers == {}
    assert getattr(operation.result, "__self__", None) is result
    function = getattr(operations, operation.name)
    assert "Error codes: " in inspect.getdoc(function)
    assert pickle.loads(pickle.dumps(attrs.evolve(operation, result=None))).path == path


def test_the_table_is_complete() -> None:
    known = [operation.name for operation, *_ in TABLE.values()]
    known += [row[3].name for row in test_messages.TABLE]
    known += [f"{name}_all" for name in test_messages.PAGED]
    assert sorted(known) == operations.__all__


def test_servers() -> None:
    assert CALLING.root(region="euc1") == "https://calling-euc1.api.sinch.com"
    assert VERIFICATION.root(region="euc1") == "https://verification.api.sinch.com"
    assert SMS.root(base_url="https://api.sinch.com/") == "https://api.sinch.com/messaging"
    assert CALLING.root(base_url="http://127.0.0.1:8000", region="euc1") == "http://127.0.0.1:8000"


ONE_SEGMENT: list[Callable[[str], Operation[Any]]] = [
    operations.get_sms_status,
    operations.get_conference,
    lambda value: operations.kick_participant(value, "c"),
    lambda value: operations.kick_participant("r", value),
    lambda value: operations.send_sms(value, sms.SendSmsRequest(message="m")),
    lambda value: operations.get_verification_by_number(
        verification.VerificationMethod(value), "+46"
    ),
]


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("+46700000000", "+46700000000"),
        ("user@host:5060", "user@host:5060"),
        ("a b", "a%20b"),
        ("a/b", "a%2Fb"),
        ("a#b", "a%23b"),
        ("a?b&c=d", "a%3Fb%26c%3Dd"),
        ("50%", "50%25"),
        ("{region}", "%7Bregion%7D"),
        ("a\\b", "a%5Cb"),
        ("räksmörgås", "r%C3%A4ksm%C3%B6rg%C3%A5s"),
        ("...", "..."),
        ("\r\nHost: x", "%0D%0AHost:%20x"),
    ],
)
@pytest.mark.parametrize("call", ONE_SEGMENT)
def test_path_quoting(call: Callable[[str], Operation[Any]], value: str, quoted: str) -> None:
    path = call(value).path
    assert quoted in path.split("/")
    assert "?" not in path
    assert "#" not in path


@pytest.mark.parametrize("value", ["", ".", ".."])
@pytest.mark.parametrize("call", ONE_SEGMENT)
def test_refused_in_a_path(call: Callable[[str], Operation[Any]], value: str) -> None:
    with pytest.raises(ValueError, match="cannot be part of a URL path"):
        call(value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_one_segment(value: str) -> None:
    if value in {"", ".", ".."}:
        return
    quoted = segment("x", value)
    assert unquote(quoted) == value
    assert quoted.isascii()
    assert quoted.isprintable()
    assert not set("/?# %\\").intersection(quoted.replace("%", "")) - {"%"}


def test_half_a_surrogate_pair_is_refused_in_a_path() -> None:
    with pytest.raises(ValueError, match=r"x: .* cannot be part of a URL path"):
        segment("x", "a\ud83d")


def test_headers_without_a_value_are_left_out() -> None:
    assert with_values({"A": None, "B": "", "C": "c"}) == {"B": "", "C": "c"}
    plain = operations.start_verification(START)
    assert plain.headers == {}
    spoken = operations.start_verification(START, accept_language="sv-SE")
    assert spoken.headers == {"Accept-Language": "sv-SE"}
    assert spoken.with_headers({"X-CB-Url": "u"}).headers == {
        "Accept-Language": "sv-SE",
        "X-CB-Url": "u",
    }
    assert plain.with_headers({"A": "b"}).body is plain.body


def test_body_is_json_of_the_model() -> None:
    operation = operations.send_sms("+46", sms.SendSmsRequest(message="Hallå", from_="Me"))
    assert operation.body == '{"message":"Hallå","from":"Me"}'.encode()
    assert operations.update_call_leg("c", calling.CallLeg.BOTH, svaml.Svamlet()).body == b"{}"


def test_repr_shows_no_content() -> None:
    operation = operations.send_sms("+46", sms.SendSmsRequest(message="secret words"))
    assert "secret" not in repr(operation)
    assert "send_sms" in repr(operation)


def test_reading_answers() -> None:
    operation = operations.send_sms("+46", sms.SendSmsRequest(message="m"))
    for status in (200, 201, 299):
        assert operation.read(status, {}, b'{"messageId":7,"new":1}') == sms.SendSmsResponse(
            message_id="7"
        )
    for status in (199, 301, 404, 500):
        with pytest.raises(ErrorResponse) as failed:
            operation.read(status, {"A": "b"}, b"<html>")
        assert (failed.value.status, failed.value.headers, failed.value.body) == (
            status,
            {"A": "b"},
            b"<html>",
        )
    for body in (b"", b"<html>", b"{}", b"[]", b'{"messageId":[]}', b'{"messageId":7'):
        with pytest.raises(UnreadableResponse, match="HTTP 200, unreadable body: "):
            operation.read(200, {}, body)


def test_answers_without_content() -> None:
    """Any 2xx is a success, whatever the body looks like (docs/platform/operations.md)."""
    for status, body in ((204, b""), (200, b""), (200, b"{}"), (200, b"<html>")):
        assert operations.end_conference("r").read(status, {}, body) is None
