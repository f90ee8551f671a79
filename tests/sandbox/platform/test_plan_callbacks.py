"""Callbacks of a service plan, on real sockets: an app checks each with our own verifier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sinch.sandbox import Sandbox, Settings, Timings

ADA, BEN = "46700000001", "46700000002"


def send(control: Any, **fields: Any) -> Any:
    batch = {"to": [ADA, BEN], "from": "Acme", "body": "Hello", **fields}
    answer = control.plan("POST", "/batches", batch)
    assert answer.status_code == 201, answer.text
    return answer.json()


def pass_time(sandbox: Sandbox, seconds: float = 1) -> None:
    sandbox.advance(seconds)
    assert sandbox.settle()


def attempts(control: Any) -> list[tuple[int, int | None]]:
    return [(one["attempt"], one["status"]) for one in control.get("deliveries")["deliveries"]]


class TestReports:
    @pytest.mark.parametrize(
        ("kind", "events"),
        [
            ("none", []),
            ("summary", ["delivery_report_sms"]),
            ("full", ["delivery_report_sms"]),
            ("per_recipient", ["recipient_delivery_report_sms"] * 4),
            ("per_recipient_final", ["recipient_delivery_report_sms"] * 2),
        ],
    )
    def test_each_kind_and_nothing_else(self, sandbox, app, control, kind, events):
        send(control, delivery_report=kind)
        pass_time(sandbox)
        assert app.names == events
        assert set(app.answers) <= {200}, "every one is genuine to our verifier"

    def test_a_report_says_what_the_api_says(self, sandbox, app, control):
        sandbox.set_outcome(f"+{BEN}", "Failed", code=1)
        batch = send(control, delivery_report="full", client_reference="run-7")
        pass_time(sandbox)
        path = f"/batches/{batch['id']}/delivery_report?type=full"
        assert app.events == [control.plan("GET", path).json()]

    def test_a_recipient_hears_of_dispatch_before_delivery(self, sandbox, app, control):
        send(control, to=[ADA], delivery_report="per_recipient")
        pass_time(sandbox)
        assert [(one["status"], one["code"]) for one in app.events] == [
            ("Dispatched", 401), ("Delivered", 0)
        ]  # fmt: skip

    def test_cancelling_is_reported_as_well(self, sandbox, app, control):
        later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        batch = send(control, delivery_report="summary", send_at=later)
        control.plan("DELETE", f"/batches/{batch['id']}")
        assert sandbox.settle()
        assert app.events[0]["statuses"] == [{"code": 407, "status": "Cancelled", "count": 2}]

    def test_a_batch_may_have_a_url_of_its_own(self, sandbox, app, control):
        send(control, delivery_report="summary", callback_url=app.url + "/reports")
        pass_time(sandbox)
        assert app.paths == ["/sinch/reports"]

    def test_a_url_that_is_never_called_is_warned_of(self, control):
        batch = {"to": [ADA], "body": "x", "callback_url": "https://shop.example/x"}
        answer = control.plan("POST", "/batches", batch)
        assert "--allow-callback-host shop.example" in answer.headers["X-Sandbox-Warning"]


class TestRetries:
    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_what_is_not_final_is_sent_again_after_5_10_20_seconds(
        self, sandbox, app, control, status
    ):
        app.statuses["delivery_report_sms"] = status
        send(control, delivery_report="summary")
        pass_time(sandbox)
        made = []
        for seconds in (4, 1, 9, 1):  # just before and just after each
            pass_time(sandbox, seconds)
            made.append(len(attempts(control)))
        assert made == [1, 2, 2, 3]
        assert attempts(control) == [(1, status), (2, status), (3, status)]
        assert "again after 20 s" in control.get("deliveries")["deliveries"][-1]["verdict"]["text"]
        app.statuses.clear()
        pass_time(sandbox, 24 * 3600)
        assert attempts(control)[3:] == [(4, 200)]

    def test_a_4xx_loses_it_for_good(self, sandbox, app, control):
        app.statuses["delivery_report_sms"] = 404
        send(control, delivery_report="summary")
        pass_time(sandbox)
        pass_time(sandbox, 24 * 3600)
        assert attempts(control) == [(1, 404)]
        verdict = control.get("deliveries")["deliveries"][0]["verdict"]
        assert (verdict["ok"], "loses it for good" in verdict["text"]) == (False, True)

    def test_nobody_there_is_tried_again(self, sandbox, app, control):
        send(control, delivery_report="summary", callback_url="http://127.0.0.1:9/nobody")
        pass_time(sandbox)
        pass_time(sandbox, 5)
        assert attempts(control) == [(1, None), (2, None)]

    def test_a_reset_ends_it(self, sandbox, app, control):
        app.statuses["delivery_report_sms"] = 500
        send(control, delivery_report="summary")
        pass_time(sandbox)
        sandbox.reset()
        pass_time(sandbox, 3600)
        assert attempts(control) == []


class TestProof:
    def test_another_secret_is_refused_and_the_report_lost(
        self, app, controls, planned, credentials
    ):
        other = {**planned, "webhook_secret": "not that of the app"}
        with Sandbox(**credentials, **other, callback_url=app.url) as sandbox:
            control = controls(sandbox)
            send(control, delivery_report="summary")
            pass_time(sandbox)
            pass_time(sandbox, 3600)
            assert attempts(control) == [(1, 401)]

    def test_user_name_and_password_in_place_of_a_signature(
        self, app, controls, planned, credentials, basic
    ):
        with Sandbox(
            **credentials, **planned, callback_url=app.url, webhook_basic=basic
        ) as sandbox:
            control = controls(sandbox)
            send(control, delivery_report="summary")
            pass_time(sandbox)
            assert app.answers == [200]
            assert "x-sinch-webhook-signature" not in app.headers[0]

    @pytest.mark.parametrize(
        ("signing", "status"), [("wrong", 401), ("missing", 401), ("old", 503)]
    )
    def test_an_app_can_be_sent_forgeries(self, sandbox, app, control, signing, status):
        send(control, delivery_report="summary")
        pass_time(sandbox)
        sent = control.get("deliveries")["deliveries"][0]
        again = control.post(f"deliveries/{sent['id']}/resend", {"signing": signing})
        assert (again["status"], again["verdict"]["ok"]) == (status, True)
        pass_time(sandbox, 3600)
        assert len(attempts(control)) == 2, "nothing comes of what was sent on request"

    def test_no_secret_in_what_is_shown(self, sandbox, app, control, planned):
        send(control, body=f"{planned['api_token']} {planned['webhook_secret']}")
        shown = str(control.get("requests"))
        assert planned["api_token"] not in shown
        assert planned["webhook_secret"] not in shown


class TestFaults:
    def test_a_dropped_report_comes_with_the_next_attempt(self, sandbox, app, control):
        sandbox.add_faults("drop,match=delivery_report_sms,times=1")
        send(control, delivery_report="summary")
        pass_time(sandbox)
        assert app.events == []
        pass_time(sandbox, 5)
        assert app.names == ["delivery_report_sms"]

    def test_a_duplicate_is_found_by_its_nonce(self, sandbox, app, control):
        sandbox.add_faults("duplicate,match=delivery_report_sms,times=1")
        send(control, delivery_report="summary")
        pass_time(sandbox)
        assert app.answers == [200, 503]

    def test_a_wrong_signature_is_refused(self, sandbox, app, control):
        sandbox.add_faults("wrong-signature,times=1")
        send(control, delivery_report="summary")
        pass_time(sandbox)
        assert app.answers == [401]


class TestIncoming:
    def test_a_phone_writes_and_the_app_hears_of_it(self, sandbox, app, control):
        send(control, client_reference="run-7")
        pass_time(sandbox)
        sandbox.receive(f"+{ADA}", "STOP")
        assert sandbox.settle()
        assert (app.names, app.answers) == (["mo_text"], [200])
        event = app.events[0]
        assert (event["from"], event["to"], event["body"]) == (ADA, "46700000001", "STOP")
        assert event["client_reference"] == "run-7"
        assert control.plan("GET", f"/inbounds/{event['id']}").json() == event
        (shown,) = control.get("inbox")["messages"]
        assert (shown["delivered"], shown["inboundId"]) == (True, event["id"])

    @pytest.mark.parametrize(
        ("wrote", "api", "event"),
        [
            ((), None, "incomingSms"),
            (("classic",), None, "incomingSms"),
            (("rest",), None, "mo_text"),
            (("rest", "classic"), None, "incomingSms"),
            (("classic", "rest"), None, "mo_text"),
            (("classic",), "rest", "mo_text"),
            (("rest",), "classic", "incomingSms"),
        ],
    )
    def test_it_comes_by_the_api_the_app_wrote_by_last(
        self, sandbox, app, control, wrote, api, event
    ):
        for each in wrote:
            if each == "rest":
                send(control)
            else:
                control.api("POST", f"/v1/sms/+{ADA}", {"message": "Hi"})
            pass_time(sandbox)
        given = {} if api is None else {"api": api}
        control.post("inbox", {"from": f"+{ADA}", "message": "STOP", **given})
        assert app.names == [event]

    def test_the_list_has_pages_and_searches(self, sandbox, control):
        for number, text in (("+46700000001", "one"), ("12345", "two"), ("+46700000001", "three")):
            sandbox.receive(f"+{BEN}", text, to=number, api="rest")
        texts = lambda query: [  # noqa: E731
            one["body"] for one in control.plan("GET", f"/inbounds?{query}").json()["inbounds"]
        ]
        assert texts("") == ["three", "two", "one"]
        assert texts("to=12345,99999") == ["two"]
        assert texts("to=46700000001&page_size=1&page=1") == ["one"]
        assert texts("client_reference=x") == []

    @pytest.mark.parametrize(("sender", "text"), [("nobody", "Hi"), (f"+{ADA}", " ")])
    def test_what_no_phone_can_send(self, sandbox, sender, text):
        with pytest.raises(ValueError, match="Parameter"):
            sandbox.receive(sender, text, api="rest")


class TestByOnlyWaiting:
    """Time goes by itself: nobody asks, and nobody moves the clock."""

    @pytest.fixture
    def sandbox(self, app, credentials, planned):
        quick = Timings(sms_queue=timedelta(), sms_delivery=timedelta(milliseconds=50))
        with Sandbox(
            **credentials, **planned, callback_url=app.url, settings=Settings(timings=quick)
        ) as running:
            yield running

    def test_a_batch_goes_out_at_its_time(self, app, control, wait):
        due = datetime.now(UTC) + timedelta(seconds=0.4)
        send(control, delivery_report="summary", send_at=due.isoformat())
        wait(lambda: app.events)
        assert datetime.now(UTC) >= due
        assert app.events[0]["statuses"][0]["status"] == "Delivered"

    def test_a_batch_expires_at_its_time(self, sandbox, app, control, wait):
        sandbox.set_outcome(None, "Dispatched")
        end = datetime.now(UTC) + timedelta(seconds=0.4)
        send(control, delivery_report="summary", expire_at=end.isoformat())
        wait(lambda: app.events)
        assert datetime.now(UTC) >= end
        assert app.events[0]["statuses"] == [{"code": 406, "status": "Expired", "count": 2}]

    def test_a_thousand_recipients_are_reported_one_by_one(self, app, control, wait):
        to = [f"4670{number:07}" for number in range(1000)]
        send(control, to=to, delivery_report="per_recipient_final")
        wait(lambda: len(app.events) == 1000, 20)
        assert {event["recipient"] for event in app.events} == set(to)
        assert set(app.answers) == {200}
