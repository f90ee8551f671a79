"""Callbacks of the SMS REST API: what is genuine, what is refused, and with which status."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch.callbacks import (
    BatchReportSms,
    CallbackRejected,
    CallbackRouter,
    CallbackVerifier,
    Delivery,
    DeliveryCode,
    InboundText,
    MemorySeenStore,
    MessageStatus,
    MessagesVerifier,
    RecipientReportSms,
    RejectionReason,
)
from sinch.callbacks.messages_verifier import message_signature
from sinch.core.signing import Credentials, SignedAuth
from sinch.errors import ConfigurationError

KEY, APPLICATION_SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
# a callback with its signature, as the vendor's own library has it in its tests
SECRET = "SMSWebhooksSecret"
NONCE = "01JHFFHWYY7HSS4FWTMDTQEK8V"
STAMP = "1736760161"
SIGNATURE = "ZoHei66PPN/kZjw7hFVfGhJOnml3iGNCMWoyQVcE5o0="
BODY = (
    b'{"at":"2025-01-13T09:22:40.914Z","batch_id":"01JHFFHQ0P99JPPNQPJDV7JTBP","client_reference":'
    b'"a client reference","code":0,"operator_status_at":"2025-01-13T09:22:00Z","recipient":"33662162466",'
    b'"status":"Delivered","type":"recipient_delivery_report_sms"}'
)
SIGNED_AT = datetime.fromtimestamp(int(STAMP), UTC)
NAME = "x-sinch-webhook-signature"


def headers(**changed: str | None) -> dict[str, str]:
    found = {
        NAME: SIGNATURE, f"{NAME}-nonce": NONCE, f"{NAME}-timestamp": STAMP,
        f"{NAME}-algorithm": "HmacSHA256", "content-type": "application/json",
    }  # fmt: skip
    found.update({f"{NAME}{name and '-' + name}": value for name, value in changed.items()})  # type: ignore[misc]
    return {name: value for name, value in found.items() if value is not None}


def delivery(body: bytes = BODY, given: Any = None) -> Delivery:
    return Delivery("POST", "/sms", headers() if given is None else given, body)


def verifier(secrets: Any = SECRET, *, late: float = 1, **options: Any) -> MessagesVerifier:
    return MessagesVerifier(secrets, clock=lambda: SIGNED_AT + timedelta(seconds=late), **options)


def signed(body: bytes, secret: str = SECRET, nonce: str = NONCE) -> Delivery:
    found = {**headers(nonce=nonce), NAME: message_signature(secret, body, nonce, STAMP)}
    return Delivery("POST", "/sms", found, body)


def reason(found: MessagesVerifier, request: Delivery) -> RejectionReason:
    with pytest.raises(CallbackRejected) as refused:
        found.verify(request)
    return refused.value.reason


def test_a_known_signature() -> None:
    event = verifier().verify(delivery()).event()

    assert isinstance(event, RecipientReportSms)
    assert (event.recipient, event.status, event.code) == (
        "+33662162466", MessageStatus.DELIVERED, DeliveryCode.DELIVERED,
    )  # fmt: skip
    assert event.client_reference == "a client reference"


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (delivery(BODY + b" "), RejectionReason.BAD_SIGNATURE),
        (delivery(given=headers(nonce="other")), RejectionReason.BAD_SIGNATURE),
        (delivery(given=headers(timestamp="1736760162")), RejectionReason.BAD_SIGNATURE),
        (delivery(given={**headers(), NAME: ""}), RejectionReason.BAD_SIGNATURE),
        (delivery(given={**headers(), NAME: "ZoHéi"}), RejectionReason.BAD_SIGNATURE),
        (signed(BODY, "wrong"), RejectionReason.BAD_SIGNATURE),
        (delivery(given=headers(nonce=None)), RejectionReason.MALFORMED_AUTHORIZATION),
        (delivery(given=headers(algorithm="none")), RejectionReason.MALFORMED_AUTHORIZATION),
        (delivery(given=[*headers().items(), (NAME, SIGNATURE)]), RejectionReason.MALFORMED_AUTHORIZATION),
        (delivery(given=headers(timestamp=None)), RejectionReason.MISSING_TIMESTAMP),
        (delivery(given=headers(timestamp="9" * 400)), RejectionReason.MALFORMED_TIMESTAMP),
        (delivery(given=headers(timestamp="2025-01-13")), RejectionReason.MALFORMED_TIMESTAMP),
        (delivery(given={}), RejectionReason.MISSING_AUTHORIZATION),
        (delivery(given={"authorization": "Basic c2luY2g6eA=="}), RejectionReason.BAD_SIGNATURE),
        (delivery(b"x" * (2 * 1024 * 1024 + 1)), RejectionReason.TOO_LARGE),
    ],
)  # fmt: skip
def test_what_is_not_authenticated_is_refused(
    request_: Delivery, expected: RejectionReason
) -> None:
    assert reason(verifier(), request_) is expected


@given(st.binary(max_size=200), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_nothing_a_peer_sends_raises_anything_else(
    body: bytes, signature: str, nonce: str, stamp: str
) -> None:
    odd = {NAME: signature, f"{NAME}-nonce": nonce, f"{NAME}-timestamp": stamp, "authorization": f"Basic {signature}"}  # fmt: skip
    for found in (odd, {"authorization": f"Basic {signature}"}):
        with pytest.raises(CallbackRejected):
            verifier(basic=("u", "p")).verify(Delivery("POST", "/", found, body))


def test_freshness() -> None:
    day = 86_400
    assert verifier(late=day).verify(delivery())
    assert reason(verifier(late=day + 1), delivery()) is RejectionReason.STALE_TIMESTAMP
    assert reason(verifier(late=-day - 1), delivery()) is RejectionReason.STALE_TIMESTAMP
    assert reason(verifier(late=11, tolerance=10), delivery()) is RejectionReason.STALE_TIMESTAMP
    assert verifier(late=9 * day, tolerance=None).verify(delivery())


def test_a_clock_without_zone_is_named() -> None:
    naive = MessagesVerifier(SECRET, clock=lambda: datetime(2025, 1, 13))
    with pytest.raises(ConfigurationError, match="clock must return a datetime with a time zone"):
        naive.verify(delivery())


def test_a_replay_is_refused_until_it_is_released() -> None:
    remembering = verifier(seen=MemorySeenStore())
    verified = remembering.verify(delivery())

    assert reason(remembering, delivery()) is RejectionReason.REPLAYED
    assert remembering.verify(signed(BODY, nonce="another"))
    remembering.release(verified)
    assert remembering.verify(delivery())


def test_several_secrets_while_they_change() -> None:
    assert verifier(["new", SECRET]).verify(delivery())
    assert verifier(["new", SECRET]).verify(signed(BODY, "new"))


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_basic_authentication(scheme: str) -> None:
    found = MessagesVerifier(basic=[("sinch", "old"), ("sinch", "pass:word é")])
    encoded = b64encode("sinch:pass:word é".encode()).decode()

    assert found.verify(delivery(given={"authorization": f"{scheme} {encoded}"})).event()
    both = {**headers(), "authorization": f"{scheme} {encoded}"}
    assert found.verify(delivery(given=both)).event(), (
        "the account has both, this program knows one"
    )
    assert reason(found, delivery()) is RejectionReason.MISSING_AUTHORIZATION
    assert reason(found, delivery(given={"authorization": "Basic %"})) is (
        RejectionReason.MALFORMED_AUTHORIZATION
    )


@pytest.mark.parametrize(
    "options",
    [{}, {"secrets": ""}, {"secrets": [" "]}, {"secrets": [7]}, {"secrets": None}, {"secrets": "\udcff"},
     {"secrets": "from a file\n"}, {"basic": None}, {"basic": ("a", "")}, {"basic": ("a:b", "c")},
     {"basic": "ab"}, {"basic": [("a",)]}, {"secrets": "x", "max_body": 0}, {"secrets": "x", "seen": 7},
     {"secrets": "x", "tolerance": -1}],
)  # fmt: skip
def test_what_could_accept_everything_or_nothing_is_no_verifier(options: Any) -> None:
    with pytest.raises(ConfigurationError):
        MessagesVerifier(**options)


# --- through a router -----------------------------------------------------------------------------


def router(**options: Any) -> tuple[CallbackRouter, list[Any]]:
    made = CallbackRouter(CallbackVerifier(KEY, APPLICATION_SECRET), messages=verifier(**options))
    seen: list[Any] = []
    made.recipient_report(lambda event: seen.append(event))
    made.batch_report(lambda event: seen.append(event))

    @made.inbound
    def arrived(event: InboundText) -> None:
        if event.body == "boom":
            raise RuntimeError("the handler broke")
        seen.append(event)

    return made, seen


def wire(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    ("tag", "fields"),
    [
        ("delivery_report_sms", {"batch_id": "b", "statuses": [{"code": 0, "status": "Delivered", "count": 2}]}),
        ("delivery_report_mms", {"batch_id": "b"}),
        ("recipient_delivery_report_sms", {"batch_id": "b", "recipient": "46700000001"}),
        ("recipient_delivery_report_mms", {"batch_id": "b", "recipient": "46700000001"}),
        ("mo_text", {"id": "1", "from": "46700000001", "to": "72246", "body": "STOP"}),
        ("mo_binary", {"id": "1", "body": "AP8=", "udh": "00"}),
        ("mo_media", {"id": "1", "body": {"media": []}}),
    ],
)  # fmt: skip
def test_every_callback_finds_its_handler(tag: str, fields: dict[str, Any]) -> None:
    made, seen = router()

    answer = made.dispatch(signed(wire(type=tag, **fields)))

    assert (answer.status, answer.body) == (200, b"{}")
    assert [event.type for event in seen] == [tag]


def test_a_full_report_of_large_groups_is_no_body_too_large() -> None:
    made, seen = router()
    numbers = [f"4670{number:07}" for number in range(100_000)]
    counts = [{"code": 0, "status": "Delivered", "count": len(numbers), "recipients": numbers}]
    report = signed(wire(type="delivery_report_sms", batch_id="b", statuses=counts))

    assert 256 * 1024 < len(report.body) < made.max_body
    assert made.dispatch(report).status == 200
    assert len(seen[0].statuses[0].recipients) == 100_000


def test_a_router_for_messages_alone() -> None:
    alone = CallbackRouter(verifier())
    seen: list[BatchReportSms] = []
    alone.batch_report(lambda event: seen.append(event))

    assert alone.dispatch(signed(wire(type="delivery_report_sms", batch_id="b"))).status == 200
    assert alone.dispatch(Delivery("POST", "/sms", {}, b"{}")).status == 401
    assert [report.batch_id for report in seen] == ["b"]


def test_an_event_without_handler_and_one_that_nobody_knows(
    caplog: pytest.LogCaptureFixture,
) -> None:
    alone = CallbackRouter(verifier())

    with caplog.at_level(logging.WARNING, "sinch.callbacks"):
        assert alone.dispatch(signed(wire(type="mo_text", id="1"))).status == 200
        assert alone.dispatch(signed(wire(type="rcs_text", id="1"))).status == 200
    assert "no handler for the event 'mo_text'" in caplog.text
    assert "no handler for the event 'rcs_text'" in caplog.text


@pytest.mark.parametrize(
    ("request_", "options", "status"),
    [
        (signed(wire(type="mo_text", id="1", body="boom")), {}, 500),
        (delivery(), {"late": 90_000}, 503),
        (signed(BODY, "wrong"), {}, 401),
        (signed(BODY, "wrong"), {"keep_unverified": True}, 503),
        (Delivery("POST", "/sms", {"authorization": "Basic x"}, BODY), {"keep_unverified": True}, 503),
        (signed(b"[]"), {}, 503),
        (signed(wire(type="mo_text")), {}, 503),
        (delivery(BODY, {}), {"keep_unverified": True}, 401),
    ],
    ids=["handler", "late", "forged", "forged, kept", "password, kept", "no object", "no id", "not of messages"],
)  # fmt: skip
def test_what_may_be_our_fault_is_not_final(
    request_: Delivery, options: dict[str, Any], status: int
) -> None:
    assert router(**options)[0].dispatch(request_).status == status


def test_a_first_try_that_is_still_under_way_does_not_make_the_second_one_final() -> None:
    made, seen = router(seen=MemorySeenStore())

    assert made.dispatch(delivery()).status == 200
    assert made.dispatch(delivery()).status == 503
    assert len(seen) == 1


def test_a_failed_try_counts_as_none() -> None:
    made, _ = router(seen=MemorySeenStore())
    failing = signed(wire(type="mo_text", id="1", body="boom"))

    assert [made.dispatch(failing).status for _ in range(2)] == [500, 500]


def test_a_broken_store_is_our_fault() -> None:
    class Broken:
        def claim(self, token: str, ttl: timedelta) -> bool:
            raise OSError("down")

    assert router(seen=Broken())[0].dispatch(delivery()).status == 500


def test_neither_secret_speaks_for_the_other() -> None:
    made, seen = router()
    made.ice(lambda event: seen.append(event))
    ice = wire(event="ice", callid="c")
    assert made.dispatch(signed(ice)).status == 401

    sign = SignedAuth(Credentials(KEY, APPLICATION_SECRET))
    content = "application/json"
    given = {**sign("POST", "/sms", content, BODY), "Content-Type": content}
    assert made.dispatch(Delivery("POST", "/sms", given, BODY)).status == 401
    assert seen == []


def test_refusals_are_logged_without_secret_or_number(caplog: pytest.LogCaptureFixture) -> None:
    router()[0].dispatch(signed(BODY, "wrong"))

    assert "bad_signature" in caplog.text
    assert SECRET not in caplog.text
    assert "33662162466" not in caplog.text
