"""The SMS REST API of the sandbox, held against the specification; time moves when told to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest

ADA, BEN, EVA = "46700000001", "46700000002", "46700000003"
HELLO = {"to": [f"+{ADA}", BEN], "from": "Acme", "body": "Hello"}


def send(client: Any, **fields: Any) -> Any:
    reply = client.plan("POST", "/batches", {**HELLO, **fields})
    assert reply.status == 201, reply.body
    return reply.json


def report(client: Any, batch: Any, query: str = "?type=full") -> Any:
    return client.plan("GET", f"/batches/{batch['id']}/delivery_report{query}").json


def outcomes(client: Any, batch: Any) -> dict[str, tuple[str, int]]:
    """Status and code by number."""
    return {
        number: (part["status"], part["code"])
        for part in report(client, batch)["statuses"]
        for number in part["recipients"]
    }


class TestAuthorization:
    @pytest.mark.parametrize(
        "header", ["", "Bearer", "Bearer wrong", "Basic token-of-the-plan", "Bearer "]
    )
    def test_only_the_token_of_the_plan_opens_it(self, client, header):
        reply = client.plan("GET", "/batches", headers={"Authorization": header})
        assert reply.word == (401, "")
        assert reply.headers["WWW-Authenticate"] == "Bearer"

    def test_another_plan_is_refused_alike(self, client):
        reply = client.get("/xms/v1/another/batches", auth="bearer")
        assert reply.word == (401, "")

    @pytest.mark.parametrize("auth", ["signed", "basic"])
    def test_key_and_secret_do_not_open_it(self, client, auth):
        assert client.plan("GET", "/batches", auth=auth).word == (401, "")

    def test_the_token_opens_nothing_else(self, client):
        assert client.get("/v1/configuration/numbers", auth="bearer").refusal == (401, 40107)

    def test_the_log_shows_how_and_hides_the_token(self, client):
        client.plan("GET", "/batches?client_reference=token-of-the-plan")
        client.plan("GET", "/batches", headers={"Authorization": "Bearer wrong"})
        granted, refused = client.peek("requests")["requests"]
        assert granted["headers"]["Authorization"] == "Bearer ***"
        assert "token-of-the-plan" not in str(granted)
        assert granted["verdict"]["text"] == "the token of the service plan"
        assert "token is not that of this service plan" in refused["verdict"]["text"]


class TestSending:
    def test_a_batch_comes_back_with_id_and_defaults(self, client):
        batch = send(client, client_reference="run-7")
        assert len(batch["id"]) == 26
        assert batch["to"] == [ADA, BEN]
        assert (batch["type"], batch["from"], batch["body"]) == ("mt_text", "Acme", "Hello")
        assert (batch["canceled"], batch["delivery_report"]) == (False, "none")
        assert batch["created_at"] == batch["send_at"] == "2026-11-22T12:00:00.000Z"
        assert batch["expire_at"] == "2026-11-25T12:00:00.000Z"
        assert client.plan("GET", f"/batches/{batch['id']}").json == batch

    @pytest.mark.parametrize("written", ["+46700000001", "0046700000001", "46 70-000 (00) 01", ADA])
    def test_numbers_may_be_written_in_many_ways(self, client, written):
        assert send(client, to=[written, ADA])["to"] == [ADA]

    def test_messages_wait_are_handed_over_and_arrive(self, client, clock):
        batch = send(client)
        seen = []
        for seconds in (0, 0.2, 0.4):
            clock.advance(seconds)
            seen.append(outcomes(client, batch)[ADA])
        assert seen == [("Queued", 400), ("Dispatched", 401), ("Delivered", 0)]

    def test_placeholders_get_their_values_and_who_has_none_gets_nothing(self, client, clock):
        batch = send(
            client,
            to=[ADA, BEN, EVA],
            body="Hi ${name}, ${what}",
            parameters={"name": {f"+{ADA}": "Ada", BEN: "Ben"}, "what": {"default": "welcome"}},
        )
        clock.advance(1)
        assert outcomes(client, batch)[EVA] == ("Aborted", 405)
        texts = {one["to"]: one["message"] for one in client.peek("messages")["messages"]}
        assert texts == {f"+{ADA}": "Hi Ada, welcome", f"+{BEN}": "Hi Ben, welcome"}

    def test_too_many_parts_are_refused_or_cut_off(self, client, clock):
        long = {"body": "x" * 200, "max_number_of_message_parts": 1}
        refused, cut = send(client, **long), send(client, **long, truncate_concat=True)
        clock.advance(1)
        assert outcomes(client, refused)[ADA] == ("Aborted", 411)
        assert outcomes(client, cut)[ADA] == ("Delivered", 0)
        assert len(client.peek("messages")["messages"][0]["message"]) == 153

    def test_without_a_sender_it_comes_from_the_plans_own_number(self, client, clock):
        batch = client.plan("POST", "/batches", {"to": [ADA], "body": "Hi"}).json
        clock.advance(1)
        one = client.plan("GET", f"/batches/{batch['id']}/delivery_report/{ADA}").json
        assert one["applied_originator"] == "46700000001"

    def test_rules_say_what_becomes_of_a_number(self, client, clock):
        rules = [
            {"number": f"+{ADA}", "status": "Failed", "code": 1, "after": 60},
            {"number": f"+{BEN}", "status": "dispatched"},
        ]
        for rule in rules:
            assert client.put("/_sandbox/outcomes", rule, auth="none").status == 200
        batch = send(client, to=[ADA, BEN, EVA])
        clock.advance(1)
        assert outcomes(client, batch) == {
            ADA: ("Dispatched", 401), BEN: ("Dispatched", 401), EVA: ("Delivered", 0)
        }  # fmt: skip
        clock.advance(60)
        assert outcomes(client, batch)[ADA] == ("Failed", 1)
        clock.advance(timedelta(days=3).total_seconds())
        assert outcomes(client, batch)[BEN] == ("Expired", 406)

    @pytest.mark.parametrize(
        ("fields", "word"),
        [
            ({"to": []}, "syntax_constraint_violation"),
            ({"to": None}, "syntax_constraint_violation"),
            ({"to": ["hello"]}, "syntax_invalid_parameter_format"),
            ({"to": "46700000001"}, "syntax_invalid_parameter_format"),
            ({"to": [f"4670{n:07}" for n in range(1001)]}, "syntax_constraint_violation"),
            ({"body": " "}, "syntax_constraint_violation"),
            ({"body": "x" * 2001}, "syntax_constraint_violation"),
            ({"type": "mt_fax"}, "syntax_invalid_parameter_format"),
            ({"delivery_report": "all"}, "syntax_invalid_parameter_format"),
            ({"send_at": "soon"}, "syntax_invalid_parameter_format"),
            ({"send_at": "9999-12-31T23:59:59Z"}, "syntax_constraint_violation"),
            ({"expire_at": "2026-11-22T11:00:00Z"}, "syntax_constraint_violation"),
            ({"expire_at": "2026-11-26T12:00:00Z"}, "syntax_constraint_violation"),
            ({"callback_url": "ftp://x"}, "syntax_invalid_parameter_format"),
            ({"client_reference": "x" * 129}, "syntax_constraint_violation"),
            ({"parameters": {"a b": {}}}, "syntax_constraint_violation"),
            ({"parameters": {"a": {"default": "x" * 161}}}, "syntax_constraint_violation"),
            ({"from_ton": 7}, "syntax_constraint_violation"),
            ({"max_number_of_message_parts": 0}, "syntax_constraint_violation"),
            ({"type": "mt_binary", "body": "AP8=", "udh": "0"}, "syntax_invalid_parameter_format"),
            ({"type": "mt_binary", "body": "QUFB" * 60, "udh": ""}, "syntax_constraint_violation"),
            ({"type": "mt_media", "body": {"message": "x"}}, "syntax_constraint_violation"),
        ],
    )  # fmt: skip
    def test_what_breaks_a_rule_is_refused(self, client, fields, word):
        assert client.plan("POST", "/batches", {**HELLO, **fields}).word == (400, word)
        assert client.plan("GET", "/batches").json["count"] == 0

    def test_bodies_have_to_be_json_and_say_so(self, client):
        assert client.plan("POST", "/batches", b"{").word == (400, "syntax_invalid_json")
        plain = {"Content-Type": "text/plain"}
        assert client.plan("POST", "/batches", b"{}", headers=plain).word == (415, "")

    def test_a_report_without_anywhere_to_go_is_refused(self, client):
        reply = client.plan("POST", "/batches", {**HELLO, "delivery_report": "summary"})
        assert reply.word == (403, "missing_callback_url")
        send(client, delivery_report="summary", callback_url="http://localhost:9/x")

    def test_an_unknown_group_is_refused(self, client):
        reply = client.plan("POST", "/batches", {**HELLO, "to": ["01FC66621VHDBN119Z8PMV1QPQ"]})
        assert reply.word == (403, "unknown_group")

    def test_bytes_and_media_are_taken_as_well(self, client, clock):
        binary = send(client, type="mt_binary", body="AP8=", udh="050003CC0201")
        media = send(
            client, type="mt_media", body={"url": "https://shop.example/x.jpg", "message": "Look"}
        )
        clock.advance(1)
        assert report(client, binary)["type"] == "delivery_report_sms"
        assert report(client, media)["type"] == "delivery_report_mms"


class TestDryRun:
    def test_it_counts_parts_by_the_arithmetic_of_segments(self, client):
        body = {
            "to": [ADA, BEN],
            "body": "${x}",
            "parameters": {"x": {ADA: "a" * 160, "default": "ž" * 71}},
        }
        answer = client.plan("POST", "/batches/dry_run?per_recipient=true", body).json
        assert (answer["number_of_recipients"], answer["number_of_messages"]) == (2, 3)
        assert [(one["number_of_parts"], one["encoding"]) for one in answer["per_recipient"]] == [
            (1, "text"), (2, "unicode")
        ]  # fmt: skip

    def test_it_sends_nothing_and_lists_only_what_is_asked_for(self, client):
        assert "per_recipient" not in client.plan("POST", "/batches/dry_run", HELLO).json
        path = "/batches/dry_run?per_recipient=true&number_of_recipients=1"
        assert len(client.plan("POST", path, HELLO).json["per_recipient"]) == 1
        assert client.plan("GET", "/batches").json["count"] == 0


class TestFinding:
    def test_pages_are_newest_first_and_count_everything(self, client, clock):
        ids = []
        for _ in range(5):
            clock.advance(1)
            ids.append(send(client)["id"])
        page = client.plan("GET", "/batches?page=1&page_size=2").json
        assert (page["count"], page["page"], page["page_size"]) == (5, 1, 2)
        assert [batch["id"] for batch in page["batches"]] == [ids[2], ids[1]]
        assert client.plan("GET", "/batches?page=9").json["batches"] == []

    def test_a_client_reference_a_sender_or_a_time_finds_a_batch(self, client, clock):
        one = send(client, client_reference="run-7", **{"from": "+46700000099"})
        clock.advance(3600)
        two = send(client, client_reference="run-8")
        for query, found in {
            "client_reference=run-7": [one],
            "client_reference=none": [],
            "from=%2B46700000099,Other": [one],
            "start_date=2026-11-22T12:30:00Z": [two],
            "start_date=2026-11-22T14:30:00%2B02:00": [two],
            "end_date=2026-11-22T12:30:00Z": [one],
        }.items():
            listed = client.plan("GET", f"/batches?{query}").json["batches"]
            assert [batch["id"] for batch in listed] == [batch["id"] for batch in found], query

    def test_without_a_start_it_is_the_last_day(self, client, clock):
        send(client)
        clock.advance(25 * 3600)
        assert client.plan("GET", "/batches").json["count"] == 0
        assert client.plan("GET", "/batches?start_date=2026-11-22").json["count"] == 1

    @pytest.mark.parametrize(
        ("query", "word"),
        [
            ("page=-1", "syntax_invalid_parameter_format"),
            ("page_size=0", "syntax_constraint_violation"),
            ("page_size=101", "syntax_constraint_violation"),
            ("start_date=today", "syntax_invalid_parameter_format"),
        ],
    )
    def test_bad_queries_are_refused(self, client, query, word):
        assert client.plan("GET", f"/batches?{query}").word == (400, word)

    def test_a_code_too_long_for_a_number_is_refused(self, client):
        reply = client.plan("GET", f"/delivery_reports?code={'1' * 5000}")
        assert reply.word == (400, "syntax_invalid_parameter_format")

    def test_what_is_not_there(self, client):
        for method, path in (
            ("GET", "/batches/nope"), ("DELETE", "/batches/nope"), ("GET", "/inbounds/nope"),
            ("GET", "/batches/nope/delivery_report"), ("GET", "/groups/nope"), ("GET", "/else"),
        ):  # fmt: skip
            assert client.plan(method, path).word == (404, ""), path
        assert client.plan("PATCH", "/batches").word == (405, "")


class TestChanging:
    LATER: ClassVar = {"send_at": "2026-11-22T13:00:00Z"}

    def test_what_waits_for_its_time_can_be_changed(self, client, clock):
        batch = send(client, **self.LATER)
        clock.advance(60)
        changes = {"to_add": [f"+{EVA}"], "to_remove": [BEN], "body": "We open at ten."}
        changed = client.plan("POST", f"/batches/{batch['id']}", changes).json
        assert changed["to"] == [ADA, EVA]
        assert (changed["body"], changed["from"]) == ("We open at ten.", "Acme")
        assert changed["modified_at"] > batch["modified_at"]
        clock.advance(3600)
        assert {one["message"] for one in client.peek("messages")["messages"]} == {
            "We open at ten."
        }

    def test_a_replacement_forgets_what_it_does_not_say(self, client):
        batch = send(client, **self.LATER, client_reference="x")
        again = client.plan("PUT", f"/batches/{batch['id']}", {"to": [EVA], "body": "Hi"}).json
        assert (again["id"], again["to"]) == (batch["id"], [EVA])
        assert "client_reference" not in again
        assert again["send_at"] == "2026-11-22T12:00:00.000Z"

    def test_a_later_time_moves_the_expiry_along(self, client):
        batch = send(client, **self.LATER)
        later = {"send_at": "2026-11-26T12:00:00Z"}
        changed = client.plan("POST", f"/batches/{batch['id']}", later).json
        assert changed["expire_at"] == "2026-11-29T12:00:00.000Z"

    def test_what_was_sent_cannot_be_changed(self, client, clock):
        batch = send(client)
        clock.advance(1)
        path = f"/batches/{batch['id']}"
        assert client.plan("POST", path, {"body": "x"}).word == (403, "batch_already_dispatched")
        assert client.plan("PUT", path, HELLO).word == (403, "batch_already_dispatched")

    def test_what_expired_before_it_was_sent_cannot_be_changed(self, client, clock):
        batch = send(client, expire_at="2026-11-22T12:00:00.060Z")
        clock.advance(1)
        path = f"/batches/{batch['id']}"
        assert client.plan("PUT", path, HELLO).word == (403, "batch_already_dispatched")
        assert outcomes(client, batch)[ADA] == ("Expired", 406)

    def test_a_change_that_breaks_a_rule_changes_nothing(self, client):
        batch = send(client, **self.LATER)
        path = f"/batches/{batch['id']}"
        assert client.plan("POST", path, {"to_remove": [ADA, BEN]}).word[0] == 400
        assert client.plan("POST", path, {"expire_at": "2026-11-22T12:30:00Z"}).word[0] == 400
        assert client.plan("GET", path).json == batch

    def test_cancelling_stops_what_waits(self, client, clock):
        batch = send(client, **self.LATER)
        for _ in range(2):
            assert client.plan("DELETE", f"/batches/{batch['id']}").json["canceled"] is True
        clock.advance(7200)
        assert outcomes(client, batch)[ADA] == ("Cancelled", 407)
        assert client.peek("messages")["messages"] == []

    def test_a_cancelled_batch_cannot_be_changed(self, client):
        path = f"/batches/{send(client, **self.LATER)['id']}"
        client.plan("DELETE", path)
        assert client.plan("POST", path, {"body": "x"}).word == (403, "batch_already_dispatched")

    def test_what_is_under_way_arrives_though_it_is_cancelled(self, client, clock):
        batch = send(client)
        clock.advance(0.2)
        client.plan("DELETE", f"/batches/{batch['id']}")
        clock.advance(1)
        assert outcomes(client, batch)[ADA] == ("Delivered", 0)


class TestReports:
    def test_of_a_batch_in_numbers_and_in_full(self, client, clock):
        client.put("/_sandbox/outcomes", {"number": f"+{BEN}", "status": "Failed"}, auth="none")
        batch = send(client, body="x" * 161, client_reference="run-7")
        clock.advance(1)
        short = report(client, batch, "")
        assert (short["total_message_count"], short["client_reference"]) == (4, "run-7")
        assert short["statuses"] == [
            {"code": 0, "status": "Delivered", "count": 1},
            {"code": 69, "status": "Failed", "count": 1},
        ]
        for query in ("?type=full&status=failed", "?type=full&code=69,70"):
            assert [part["recipients"] for part in report(client, batch, query)["statuses"]] == [
                [BEN]
            ]

    def test_of_a_recipient_who_is_one(self, client, clock):
        batch = send(client)
        clock.advance(1)
        path = f"/batches/{batch['id']}/delivery_report"
        for written in (ADA, f"%2B{ADA}", f"00{ADA}"):
            assert client.plan("GET", f"{path}/{written}").json["recipient"] == ADA
        assert client.plan("GET", f"{path}/{EVA}").word == (404, "")

    def test_the_list_has_what_is_final(self, client, clock):
        client.put("/_sandbox/outcomes", {"number": f"+{BEN}", "status": "Dispatched"}, auth="none")
        send(client, client_reference="run-7")
        clock.advance(1)
        listed = client.plan("GET", "/delivery_reports?client_reference=run-7").json
        assert [one["recipient"] for one in listed["delivery_reports"]] == [ADA]
        assert client.plan("GET", "/delivery_reports?status=Failed").json["count"] == 0

    def test_feedback_is_noted_for_those_who_got_it(self, client):
        batch = send(client, feedback_enabled=True)
        path = f"/batches/{batch['id']}/delivery_feedback"
        assert client.plan("POST", path, {"recipients": [f"+{BEN}"]}).status == 200
        told = client.peek(f"batches/{batch['id']}")["recipients"]
        assert [one["feedback"] for one in told] == [False, True]
        assert client.plan("POST", path, {"recipients": []}).status == 200
        assert client.plan("POST", path, {"recipients": [EVA]}).word[0] == 400
        assert client.plan("POST", path, {}).word == (400, "syntax_constraint_violation")


def test_groups_may_be_in_groups_however_deep(client):
    inner = client.plan("POST", "/groups", {"members": [f"+{ADA}"]}).json
    for _ in range(1_200):
        inner = client.plan("POST", "/groups", {"child_groups": [inner["id"]]}).json
    assert client.plan("GET", "/groups").status == 200
    assert send(client, to=[inner["id"]])["id"]
