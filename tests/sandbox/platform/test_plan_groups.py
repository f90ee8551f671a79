"""Groups of a service plan: batches go to those who are in them at that time."""

from __future__ import annotations

from typing import Any

ADA, BEN, EVA = "46700000001", "46700000002", "46700000003"


def make(client: Any, **fields: Any) -> Any:
    reply = client.plan("POST", "/groups", fields)
    assert reply.status == 201, reply.body
    return reply.json


def members(client: Any, group: Any) -> list[str]:
    return client.plan("GET", f"/groups/{group['id']}/members").json


def test_a_group_has_members_each_once(client):
    group = make(client, name="Staff", members=[f"+{ADA}", ADA, BEN])
    assert (group["name"], group["size"]) == ("Staff", 2)
    assert members(client, group) == [ADA, BEN]
    assert client.plan("GET", f"/groups/{group['id']}").json == group


def test_members_of_groups_inside_count_even_in_a_circle(client, clock):
    inner = make(client, members=[BEN, EVA])
    outer = make(client, members=[ADA, BEN], child_groups=[inner["id"]])
    client.plan(
        "PUT", f"/groups/{inner['id']}", {"members": [BEN, EVA], "child_groups": [outer["id"]]}
    )
    assert outer["size"] == 3
    batch = client.plan("POST", "/batches", {"to": [outer["id"], EVA], "body": "Hi"}).json
    assert batch["to"] == [outer["id"], EVA]
    clock.advance(1)
    report = client.plan("GET", f"/batches/{batch['id']}/delivery_report?type=full").json
    assert report["statuses"][0]["recipients"] == [ADA, BEN, EVA]


def test_an_update_adds_and_removes_and_keeps_the_rest(client):
    other = make(client, members=[EVA])
    group = make(client, name="Staff", members=[ADA, BEN])
    path = f"/groups/{group['id']}"
    changed = client.plan("POST", path, {"remove": [BEN], "add_from_group": other["id"]}).json
    assert (changed["name"], members(client, group)) == ("Staff", [ADA, EVA])
    client.plan("POST", path, {"add": [BEN], "remove_from_group": other["id"]})
    assert members(client, group) == [ADA, BEN]


def test_a_name_of_null_clears_it_and_none_keeps_it(client):
    group = make(client, name="Staff")
    path = f"/groups/{group['id']}"
    assert client.plan("POST", path, {"add": [ADA]}).json["name"] == "Staff"
    assert "name" not in client.plan("POST", path, {"name": None}).json


def test_a_replacement_forgets_what_it_does_not_say(client):
    group = make(client, name="Staff", members=[ADA])
    replaced = client.plan("PUT", f"/groups/{group['id']}", {"members": [BEN]}).json
    assert ("name" in replaced, members(client, group)) == (False, [BEN])


def test_what_is_refused(client):
    make(client, name="Staff")
    for body, word in (
        ({"name": "Staff"}, (403, "conflict_group_name")),
        ({"name": "x" * 21}, (400, "syntax_constraint_violation")),
        ({"members": ["nobody"]}, (400, "syntax_invalid_parameter_format")),
        ({"child_groups": ["01FC66621VHDBN119Z8PMV1QPQ"]}, (403, "unknown_group")),
        ({"auto_update": {"add": {"first_word": "x" * 16}}}, (400, "syntax_constraint_violation")),
    ):
        assert client.plan("POST", "/groups", body).word == word, body
    assert client.plan("GET", "/groups").json["count"] == 1


def test_a_deleted_group_is_gone(client):
    group = make(client)
    assert client.plan("DELETE", f"/groups/{group['id']}").status == 200
    for method in ("GET", "DELETE"):
        assert client.plan(method, f"/groups/{group['id']}").word == (404, "")
    assert client.plan("GET", "/groups").json["groups"] == []


def test_feedback_on_a_batch_to_a_group_names_somebody(client):
    group = make(client, members=[ADA])
    batch = client.plan("POST", "/batches", {"to": [group["id"]], "body": "Hi"}).json
    path = f"/batches/{batch['id']}/delivery_feedback"
    assert client.plan("POST", path, {"recipients": []}).word[0] == 400
    assert client.plan("POST", path, {"recipients": [ADA]}).status == 200


def test_who_writes_the_words_of_a_group_joins_and_leaves(client):
    rules = {
        "to": "12345",
        "add": {"first_word": "JOIN", "second_word": "us"},
        "remove": {"first_word": "STOP"},
    }
    group = make(client, auto_update=rules)
    say = lambda text, to="12345": client.poke(  # noqa: E731
        "inbox", {"from": f"+{ADA}", "to": to, "message": text, "api": "rest"}
    )
    say("join US please", to="99999")
    say("join")
    assert members(client, group) == []
    say("join US please")
    assert members(client, group) == [ADA]
    say("Stop it")
    assert members(client, group) == []
