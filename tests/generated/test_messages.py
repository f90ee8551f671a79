"""Operations of the SMS REST API as values: paths, queries, bodies, and how answers are read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sinch_api import operations
from sinch_api.codec import Malformed, dumps
from sinch_api.failures import ErrorResponse
from sinch_api.models import messages as m
from sinch_api.operation import Operation
from sinch_api.operations.messages import MESSAGES

TEXT = m.TextBatchRequest(to=("+46700000001",), body="Hello")
GROUP = m.GroupRequest(name="friends")

# docs/platform/sms-rest.md: method, path below the service plan, whether repeating it is harmless, call
TABLE: list[tuple[str, str, bool, Operation[Any]]] = [
    ("POST", "/batches", False, operations.send_batch("p", TEXT)),
    ("GET", "/batches", True, operations.list_batches("p")),
    ("GET", "/batches/b", True, operations.get_batch("p", "b")),
    ("POST", "/batches/b", True, operations.update_batch("p", "b", m.TextBatchUpdate())),
    ("PUT", "/batches/b", True, operations.replace_batch("p", "b", TEXT)),
    ("DELETE", "/batches/b", True, operations.cancel_batch("p", "b")),
    ("POST", "/batches/dry_run", True, operations.dry_run_batch("p", TEXT)),
    ("POST", "/batches/b/delivery_feedback", True,
     operations.send_delivery_feedback("p", "b", m.DeliveryFeedback(recipients=()))),
    ("GET", "/batches/b/delivery_report", True, operations.get_batch_report("p", "b")),
    ("GET", "/batches/b/delivery_report/467", True, operations.get_recipient_report("p", "b", "467")),
    ("GET", "/delivery_reports", True, operations.list_recipient_reports("p")),
    ("GET", "/inbounds", True, operations.list_inbounds("p")),
    ("GET", "/inbounds/i", True, operations.get_inbound("p", "i")),
    ("POST", "/groups", False, operations.create_group("p", GROUP)),
    ("GET", "/groups", True, operations.list_groups("p")),
    ("GET", "/groups/g", True, operations.get_group("p", "g")),
    ("POST", "/groups/g", True, operations.update_group("p", "g", m.GroupUpdate())),
    ("PUT", "/groups/g", True, operations.replace_group("p", "g", GROUP)),
    ("DELETE", "/groups/g", True, operations.delete_group("p", "g")),
    ("GET", "/groups/g/members", True, operations.list_group_members("p", "g")),
]  # fmt: skip
PAGED = {"list_batches", "list_recipient_reports", "list_inbounds", "list_groups"}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[3].name)
def test_operation(row: tuple[str, str, bool, Operation[Any]]) -> None:
    method, path, idempotent, operation = row

    assert (operation.method, operation.path) == (method, f"/xms/v1/p{path}")
    assert operation.idempotent is idempotent
    assert operation.security == (("ServicePlanToken",),)
    assert operation.server is MESSAGES
    assert operation.query == ""
    assert (operation.body is None) == (method in {"GET", "DELETE"})


def test_a_region_is_part_of_the_host() -> None:
    assert MESSAGES.root() == "https://us.sms.api.sinch.com"
    assert MESSAGES.root(variables={"sms_region": "eu"}) == "https://eu.sms.api.sinch.com"
    assert MESSAGES.root(base_url="http://127.0.0.1:1/") == "http://127.0.0.1:1"


def test_queries_have_lists_with_commas_and_times_with_a_zone() -> None:
    since = datetime(2026, 1, 2, 3, tzinfo=UTC)
    batches = operations.list_batches(
        "p", page=0, page_size=5, senders=("Acme", "467"), start_date=since, client_reference="a b&c"
    )  # fmt: skip
    report = operations.get_batch_report(
        "p", "b", detail=m.ReportDetail.FULL, statuses=(m.MessageStatus.FAILED,), codes=(400, 401)
    )

    assert batches.query == (
        "page=0&page_size=5&from=Acme,467&start_date=2026-01-02T03%3A00%3A00Z&client_reference=a%20b%26c"
    )
    assert report.query == "type=full&status=Failed&code=400,401"
    assert operations.dry_run_batch("p", TEXT, per_recipient=True).query == "per_recipient=true"


def test_pages_count_from_zero_and_end_with_an_empty_one() -> None:
    paged = operations.list_batches_all("p", client_reference="r")

    assert paged.ask(paged.first).query == "page=0&client_reference=r"
    assert paged.following(m.BatchPage(), 0, 30) == 1
    assert paged.following(m.BatchPage(), 1, 0) is None


def test_bodies_are_written_with_their_type_and_without_what_is_not_given() -> None:
    text = m.TextBatchRequest(
        to=("+46700000001",), body="Hi ${name}", from_="Acme",
        parameters={"name": {"+46700000001": "Ada", "default": "you"}},
        send_at=datetime(2026, 1, 2, tzinfo=UTC), delivery_report=m.DeliveryReportType.PER_RECIPIENT,
    )  # fmt: skip
    binary = m.BinaryBatchRequest(to=("46",), body=b"\x00\xff", udh="06050400")

    assert operations.send_batch("p", text).body == (
        b'{"type":"mt_text","to":["+46700000001"],"from":"Acme","delivery_report":"per_recipient",'
        b'"send_at":"2026-01-02T00:00:00Z","parameters":{"name":{"+46700000001":"Ada","default":"you"}},'
        b'"body":"Hi ${name}"}'
    )
    assert operations.send_batch("p", binary).body == (
        b'{"type":"mt_binary","to":["46"],"body":"AP8=","udh":"06050400"}'
    )
    assert operations.update_group("p", "g", m.GroupUpdate(add=("46",))).body == b'{"add":["46"]}'


def answered(operation: Operation[Any], wire: Any, status: int = 200) -> Any:
    return operation.read(status, {}, dumps(wire))


def test_answers_are_read_as_what_they_are() -> None:
    batch = answered(
        operations.get_batch("p", "b"),
        {"id": "01FC", "type": "mt_text", "to": ["46700000001"], "body": "x", "canceled": "False",
         "created_at": "2024-06-06T09:22:14.304Z", "modified_at": "2024-06-06T09:22:14"},
    )  # fmt: skip
    page = answered(
        operations.list_inbounds("p"),
        {"count": 2, "page": 0, "page_size": 2, "inbounds": [
            {"type": "mo_media", "id": "1", "from": "46", "to": "47", "body": {"media": [{"url": "u", "status": "uploaded", "code": 0}]}},
            {"type": "mo_carrier_pigeon", "id": "2"},
        ]},
    )  # fmt: skip
    report = answered(
        operations.get_recipient_report("p", "b", "46"),
        {"type": "recipient_delivery_report_sms", "batch_id": "b", "recipient": "46", "code": "0", "status": "DELIVERED"},
    )  # fmt: skip

    assert isinstance(batch, m.TextBatch)
    assert batch.canceled is False
    assert batch.modified_at == datetime(2024, 6, 6, 9, 22, 14, tzinfo=UTC)
    media, unknown = page.inbounds
    assert media.body.media[0].status is m.InboundMediaStatus.UPLOADED
    assert isinstance(unknown, m.UnknownInbound)
    assert (report.code, report.status) == (m.DeliveryCode.DELIVERED, m.MessageStatus.DELIVERED)
    assert answered(operations.list_group_members("p", "g"), ["46700000001"]) == ("+46700000001",)
    assert operations.delete_group("p", "g").read(200, {}, b"") is None
    assert m.read_batch({"id": "1", "body": "x"}) == m.TextBatch(id="1", body="x"), "text unless said"
    with pytest.raises(Malformed):
        m.read_batch({"type": "mt_text", "to": ["46"]})


def test_parameters_are_found_by_the_number_that_was_sent() -> None:
    wire = {"name": {"46700000001": "Ada", "default": "you"}}
    batch = m.read_batch({"id": "1", "to": ["46700000001"], "parameters": wire})

    assert isinstance(batch, m.TextBatch)
    assert batch.parameters == {"name": {"+46700000001": "Ada", "default": "you"}}
    assert batch.to_wire()["parameters"] == wire
    media = m.read_batch({"type": "mt_media", "id": "1", "parameters": wire})
    assert media == m.MediaBatch(id="1", parameters=batch.parameters)


def test_what_identifies_every_kind_identifies_an_unknown_one() -> None:
    batch = m.read_batch({"type": "mt_rcs", "id": "01FC"})
    assert (type(batch).__name__, batch.id) == ("UnknownBatch", "01FC")
    report = m.read_recipient_report({"type": "rcs_report", "batch_id": "01FC", "recipient": "46700000001"})
    assert (report.batch_id, report.recipient) == ("01FC", "+46700000001")
    assert m.read_batch({"type": "mt_rcs", "id": {"no": "text"}}).id == ""


@pytest.mark.parametrize(
    ("wire", "read"),
    [("46700000001", "+46700000001"), ("+46700000001", "+46700000001"), ("0046700000001", "+46700000001"),
     (46700000001, "+46700000001"), ("72246", "72246"), ("Acme", "Acme"), ("01FC66621XXXXX119Z8PMV1QPQ", "01FC66621XXXXX119Z8PMV1QPQ")],
)  # fmt: skip
def test_numbers_are_what_was_sent_though_they_come_without_a_plus_sign(
    wire: object, read: str
) -> None:
    batch = m.TextBatch.from_wire({"id": "1", "to": [wire], "from": wire})

    assert batch.to == (read,)
    assert batch.from_ == read
    assert batch.to_wire()["to"] == [read.removeprefix("+")]
    assert batch.raw["to"] == [wire]


def test_smpp_codes_of_carriers_survive() -> None:
    report = m.read_recipient_report(
        {"type": "recipient_delivery_report_sms", "batch_id": "b", "recipient": "46", "code": 69}
    )

    assert isinstance(report, m.RecipientReportSms)
    assert report.code == 69
    assert not (report.code is None or report.code.is_known)


def test_a_refusal_has_its_code_and_text() -> None:
    wire = {"code": "missing_callback_url", "text": "No callback URL"}
    with pytest.raises(ErrorResponse) as refused:
        answered(operations.send_batch("p", TEXT), wire, 403)
    with pytest.raises(ErrorResponse) as bare:
        operations.send_batch("p", TEXT).read(401, {}, b"")

    assert refused.value.content == m.MessagesError(
        code=m.MessagesErrorCode.MISSING_CALLBACK_URL, text="No callback URL"
    )
    assert bare.value.content is None
