"""Runs in an environment of its own, with the official sinch 2.3: every SMS call once, against the sandbox.

Argument: JSON with ``url``, ``plan``, ``token``, ``secret``, ``batch_id``, ``callbacks`` (headers and body of what
the sandbox posted). Prints JSON: what there is to call, what was called, and what came of it.
"""

import base64
import inspect
import json
import sys
from datetime import UTC, datetime, timedelta

import sinch as package
from sinch import SinchClient

ADA, BOB, EVE = "+46700000001", "+46700000002", "+46700000003"
AREAS = ("batches", "delivery_reports", "inbounds", "groups")
PICTURE = {"url": "https://example.com/cat.png", "message": "A cat", "subject": "Cats"}
BINARY = {"body": base64.b64encode(b"\x00\xff").decode(), "udh": "06050423F423F4"}
TOMORROW = datetime.now(UTC) + timedelta(days=1)


class Noted:
    """One area of the client; keeps the names of what is called."""

    def __init__(self, area, name, called):
        self._area, self._name, self._called = area, name, called

    def __getattr__(self, method):
        self._called.add(f"{self._name}.{method}")
        return getattr(self._area, method)


def client(given, token=None):
    made = SinchClient(
        service_plan_id=given["plan"], sms_api_token=token or given["token"], sms_region="eu"
    )
    made.configuration.sms_domain_with_service_plan_id = given["url"]
    return made


def failing(call):
    try:
        call()
    except Exception as error:  # noqa: BLE001  whatever it is, it is the answer
        found = getattr(error, "http_response", None)
        return {
            "status": found.status_code if found else None,
            "body": found.body if found else str(error),
        }
    return None


def plain(value):
    """What pydantic has, as JSON."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.model_dump(mode="json", exclude_none=True)


def run(given):
    called = set()
    sinch = client(given)
    batches, reports, inbounds, groups = (
        Noted(getattr(sinch.sms, name), name, called) for name in AREAS
    )
    later = {"to": [ADA, BOB], "from_": "Acme", "send_at": TOMORROW}
    found = {}

    # sending
    text = batches.send_sms(
        **{**later, "send_at": None},
        body="Hello ${name}, [it's] 5 €",
        parameters={"name": {ADA: "Ada", "default": "you"}},
        delivery_report="per_recipient",
        event_destination_target="https://example.com/sms",
        client_reference="python-1",
        expire_at=TOMORROW,
        feedback_enabled=True,
        flash_message=True,
        max_number_of_message_parts=3,
        truncate_concat=True,
        from_ton=5,
        from_npi=0,
    )
    binary = batches.send_binary(**later, **BINARY)
    media = batches.send_mms(**later, body=PICTURE, strict_validation=True)
    one = batches.send(to=[EVE], from_="Acme", body="Later", send_at=TOMORROW)
    found["sent"] = [plain(each) for each in (text, binary, media, one)]
    found["feedback"] = plain(batches.send_delivery_feedback(text.id, [ADA]))

    # reading
    found["got"] = plain(batches.get(text.id))
    found["referred"] = [b.id for b in batches.list(client_reference="python-1").iterator()]
    found["paged"] = [b.id for b in batches.list(page_size=2, from_=["Acme"]).iterator()]
    start = datetime.now(UTC) + timedelta(minutes=5)
    found["none"] = [b.id for b in batches.list(start_date=start).iterator()]

    # counting
    long = {"to": [ADA, BOB], "from_": "Acme", "body": "x" * 161}
    listed = {"per_recipient": True, "number_of_recipients": 1}
    found["counted"] = [
        plain(each)
        for each in (
            batches.dry_run_sms(**long, **listed),
            batches.dry_run_binary(to=[ADA], from_="Acme", **BINARY),
            batches.dry_run_mms(to=[ADA], from_="Acme", body=PICTURE),
            batches.dry_run(to=[ADA], from_="Acme", body="ж" * 71, per_recipient=True),
        )
    ]

    # changing
    found["updated"] = [
        plain(each)
        for each in (
            batches.update_sms(one.id, to_add=[ADA], to_remove=[EVE], body="Sooner"),
            batches.update_binary(binary.id, **BINARY, to_add=[EVE]),
            batches.update_mms(media.id, body={**PICTURE, "subject": "Dogs"}),
            batches.update(one.id, from_="Other"),
        )
    ]
    found["replaced"] = [
        plain(each)
        for each in (
            batches.replace_sms(one.id, **{**later, "to": [BOB]}, body="Anew"),
            batches.replace_binary(binary.id, **{**later, "to": [BOB]}, **BINARY),
            batches.replace_mms(media.id, **{**later, "to": [BOB]}, body=PICTURE),
            batches.replace(one.id, to=[ADA], from_="Acme", body="Once more", send_at=TOMORROW),
        )
    ]
    found["cancelled"] = plain(batches.cancel(one.id))

    # what became of it
    batch_id = given["batch_id"]
    found["summary"] = plain(reports.get(batch_id))
    found["full"] = plain(reports.get(batch_id, report_type="full", status=["Delivered"], code=[0]))
    found["of_one"] = plain(reports.get_for_number(batch_id, ADA))
    found["reports"] = [
        plain(r) for r in reports.list(client_reference="ours", page_size=1).iterator()
    ]

    # what arrived
    arrived = list(inbounds.list(to=["46700000000"], page_size=1).iterator())
    found["arrived"] = [plain(each) for each in arrived]
    found["arrived_again"] = plain(inbounds.get(arrived[0].id))

    # groups
    group = groups.create(
        name="friends",
        members=[ADA, BOB],
        auto_update={
            "to": "46700000000",
            "add": {"first_word": "JOIN"},
            "remove": {"first_word": "STOP"},
        },
    )
    other = groups.create(name="others", members=[EVE], child_groups=[group.id])
    found["group"] = plain(groups.get(group.id))
    found["groups"] = [each.id for each in groups.list(page_size=1).iterator()]
    found["members"] = plain(groups.list_members(group.id).content())
    found["changed"] = plain(groups.update(group.id, add=[EVE], remove=[ADA], name="strangers"))
    found["nameless"] = plain(groups.update(group.id, name=None, add=[ADA]))
    found["anew"] = plain(groups.replace(group.id, name="new", members=[EVE]))
    found["to_group"] = plain(
        batches.send_sms(to=[group.id], from_="Acme", body="Hi", send_at=TOMORROW)
    )
    groups.delete(other.id)
    found["ids"] = {"text": text.id, "one": one.id, "group": group.id, "other": other.id}

    # refusals
    sms = sinch.sms
    nobody = "01FC66621XXXXX119Z8PMV1QPQ"
    found["refused"] = {
        "token": failing(lambda: client(given, "wrong").sms.batches.get(text.id)),
        "plan": failing(lambda: client({**given, "plan": "other"}).sms.batches.get(text.id)),
        "batch": failing(lambda: sms.batches.get(nobody)),
        "report": failing(lambda: sms.delivery_reports.get_for_number(batch_id, "+46700000099")),
        "inbound": failing(lambda: sms.inbounds.get(nobody)),
        "group": failing(lambda: sms.groups.get(other.id)),
        "too_late": failing(lambda: sms.batches.update_sms(batch_id, body="No")),
        "no_url": failing(
            lambda: sms.batches.send_sms([ADA], "Acme", "Hi", delivery_report="full")
        ),
        "no_number": failing(lambda: sms.batches.send_sms(["12"], "Acme", "Hi")),
        "no_group": failing(lambda: sms.batches.send_sms([nobody], "Acme", "Hi")),
        "too_long": failing(lambda: sms.batches.send_sms([ADA], "Acme", "x" * 2001)),
        "too_many": failing(
            lambda: sms.batches.send_sms([f"+4670{n:07}" for n in range(1001)], "Acme", "Hi")
        ),
    }
    found["events"] = [event(sinch, given["secret"], each) for each in given["callbacks"]]
    known = {
        f"{name}.{method}"
        for name in AREAS
        for method, _ in inspect.getmembers(getattr(sinch.sms, name), inspect.ismethod)
        if not method.startswith("_")
    }
    return {
        "version": package.__version__,
        "known": sorted(known),
        "called": sorted(called),
        "found": found,
    }


def event(sinch, secret, callback):
    handler = sinch.sms.sinch_events(secret)
    headers, body = callback["headers"], callback["body"]
    return {
        "valid": handler.validate_authentication_header(headers, body),
        "forged": handler.validate_authentication_header(headers, body + " "),
        "event": plain(handler.parse_event(body)),
    }


if __name__ == "__main__":
    print(json.dumps(run(json.loads(sys.argv[1]))))
