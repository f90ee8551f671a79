"""What goes over the wire, byte by byte, and that both clients send exactly the same."""

from __future__ import annotations

import json
from datetime import timedelta

import attrs
import pytest

from sinch.core.signing import Credentials, SignedAuth, string_to_sign
from sinch_api import operations
from sinch_api.aio import AsyncTransport
from sinch_api.blocking import BlockingTransport
from sinch_api.models.calling import ParticipantCommand, ParticipantCommandRequest
from sinch_api.models.sms import SendSmsRequest
from sinch_api.models.verification import (
    ReportVerificationRequest,
    SmsReport,
    VerificationMethod,
)
from sinch_api.wire import WireFormat

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="

OPERATIONS = {
    "body": operations.send_sms("+46700000000", SendSmsRequest(message="Hello")),
    "unicode body": operations.send_sms("+46700000000", SendSmsRequest(message="åäö € 🦄")),
    "no body": operations.get_sms_status("4711"),
    "delete without body": operations.end_conference("room"),
    "plus in the path": operations.report_verification_by_number(
        "+46700000000",
        ReportVerificationRequest(method=VerificationMethod.SMS, sms=SmsReport(code="1")),
    ),
    "reserved in the path": operations.update_participant(
        "#4711/a b?c&d=é;~%41", "call:1@x",
        ParticipantCommandRequest(command=ParticipantCommand.MUTE),
    ),
    "own header": operations.get_conference("room").with_headers({"X-CB-Order": "7"}),
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
async def test_both_transports_send_the_same_bytes_and_sign_what_they_send(name, peer) -> None:
    operation = attrs.evolve(OPERATIONS[name], result=None)
    moments = iter([timedelta(0)] * 2)
    from datetime import UTC, datetime

    clock = lambda: datetime(2024, 1, 2, 3, 4, 5, 678000, tzinfo=UTC) + next(moments)  # noqa: E731
    wire = WireFormat(
        authorize=SignedAuth(Credentials(KEY, SECRET), clock=clock), base_url=peer.url
    )
    peer.answers({})

    with BlockingTransport(wire) as transport:
        transport.send(operation)
    async with AsyncTransport(wire) as transport_:
        await transport_.send(operation)

    blocking, asynchronous = peer.seen
    assert blocking.raw == asynchronous.raw
    assert blocking.method == operation.method
    assert blocking.target.endswith(operation.path)
    assert blocking.body == (operation.body or b"")
    assert blocking.headers["content-length" if operation.method != "GET" else "accept"]
    content_type = blocking.headers.get("content-type", "")
    assert content_type == ("application/json; charset=utf-8" if operation.body else "")
    signed = string_to_sign(
        blocking.method,
        blocking.target,
        blocking.body,
        content_type,
        blocking.headers["x-timestamp"],
    )
    signature = Credentials(KEY, SECRET).sign(signed)
    assert blocking.headers["authorization"] == f"Application {KEY}:{signature}"


async def test_reserved_characters_are_encoded_and_plus_is_not(peer, make_client, settle) -> None:
    peer.answers({"status": "Pending"})
    sinch = make_client(base_url=peer.url)

    await settle(sinch.sms.get_status("a b#/?+å"))

    assert peer.seen[0].target == "/messaging/v1/sms/a%20b%23%2F%3F+%C3%A5"


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        ("basic", "Basic NjY5RTM2N0UtNkJCQS00OEFCLUFGMTUtMjY2ODcxQzI4MTM1OkJlSXVrcWwzcFRLSjhSR0w1em8wREE9PQ=="),
        ("public", f"Application {KEY}"),
    ],
)  # fmt: skip
async def test_basic_and_public_authentication(auth, header, peer, make_client, settle) -> None:
    peer.answers({"id": "1", "status": "PENDING"})
    sinch = make_client(base_url=peer.url, auth=auth)

    await settle(sinch.verification(id="1").get())

    assert peer.seen[0].headers["authorization"] == header
    assert "x-timestamp" not in peer.seen[0].headers


async def test_each_product_reads_its_answer(peer, make_client, settle) -> None:
    peer.answers({"messageId": 42})
    sinch = make_client(base_url=peer.url, user_agent="shop/7")

    receipt = await settle(sinch.sms("+46700000000", "Hi").with_cli("Shop").send())

    assert receipt.message_id == "42"
    assert json.loads(peer.seen[0].body) == {"message": "Hi", "from": "Shop"}
    ours, python, theirs = peer.seen[0].headers["user-agent"].split(" ")
    assert ours.startswith("sinch-server-sdk/")
    assert (python[:8], theirs) == ("(Python/", "shop/7")


async def test_redirects_are_refused_and_the_signature_stays_here(
    peer, make_client, settle
) -> None:
    peer.answers({}, status=307, headers={"Location": peer.url + "/elsewhere"})
    sinch = make_client(base_url=peer.url)

    with pytest.raises(Exception, match="307"):
        await settle(sinch.sms("+46700000000", "Hi").send())

    assert len(peer.seen) == 1


async def test_cookies_are_not_kept_between_calls(peer, make_client, settle) -> None:
    peer.answers({"status": "Pending"}, headers={"Set-Cookie": "session=1"})
    sinch = make_client(base_url=peer.url)

    await settle(sinch.sms.get_status("1"))
    await settle(sinch.sms.get_status("1"))

    assert "cookie" not in peer.seen[1].headers
    kept = getattr(sinch, "_transport")._session  # noqa: B009 - a jar would only grow
    assert len(getattr(kept, "cookies", ())) == 0
