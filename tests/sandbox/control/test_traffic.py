"""Traffic once more, changed, and as something to copy; events of one's choice; verdicts."""

from __future__ import annotations

import json
import shlex

import pytest
import requests

from sinch.callbacks import UnknownEvent, read_event

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
CALL = {"from": "+46700000002", "to": "+46700000001"}
HANGUP = {"action": {"name": "hangup"}}
LOUD = {
    "instructions": [{"name": "say", "text": 'It\'s "yours" — $HOME\\n', "locale": "en-US"}],
    **HANGUP,
}


def deliveries(control):
    return control.get("deliveries")["deliveries"]


@pytest.fixture
def ice(app, control):
    """A callback that was answered with an instruction and an action."""
    app.replies = {"ice": LOUD}
    control.post("calls", CALL)
    return next(one for one in deliveries(control) if one["event"] == "ice")


# --- callbacks ------------------------------------------------------------------------------------


def test_a_callback_again_is_signed_anew_and_its_answer_is_only_looked_at(app, control, ice):
    calls = control.get("calls")
    app.replies = {"ice": HANGUP}
    again = control.post(f"deliveries/{ice['id']}/resend")
    assert app.events[-1] == app.events[0], "the same event"
    assert app.headers[-1]["x-timestamp"] >= app.headers[0]["x-timestamp"]
    assert app.answers[-1] == 200
    assert (again["origin"], again["callId"]) == ("resend", ice["callId"])
    assert json.loads(again["answer"]) == HANGUP
    assert again["id"] != ice["id"]
    assert control.get("calls") == calls
    assert deliveries(control)[-1] == again


def test_a_callback_changed_and_to_another_url(app, control, ice):
    changed = {**ice["body"], "cli": "46700000077"}
    url = f"{app.url}/elsewhere"
    again = control.post(f"deliveries/{ice['id']}/resend", {"body": changed, "url": url})
    assert (app.events[-1]["cli"], app.paths[-1]) == ("46700000077", "/sinch/elsewhere")
    assert (again["body"], again["url"]) == (changed, url)


@pytest.mark.parametrize("signing", ["wrong", "old", "missing"])
def test_a_forged_callback_has_to_be_refused(app, control, ice, signing):
    again = control.post(f"deliveries/{ice['id']}/resend", {"signing": signing})
    assert app.answers[-1] in {401, 403}
    assert again["verdict"]["ok"]
    assert "as it should" in again["verdict"]["text"]


def test_an_app_that_takes_forged_callbacks_is_told_so(app, control, ice):
    app.router = type(
        "Gullible", (), {"dispatch": lambda *_: type("Yes", (), {"status": 200, "body": b"{}"})}
    )()
    again = control.post(f"deliveries/{ice['id']}/resend", {"signing": "missing"})
    assert not again["verdict"]["ok"]
    assert "has to check signatures" in again["verdict"]["text"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"url": "ftp://x"}, "Parameter url has to be an absolute http or https URL."),
        ({"signing": "blue"}, "Parameter signing has to be one of right, wrong, old, missing."),
        ({"body": [1]}, "body"),
    ],
)
def test_what_cannot_be_sent(control, ice, body, said):
    assert said in control.post(f"deliveries/{ice['id']}/resend", body, 400)["message"]


def test_what_was_never_sent_is_not_sent_again(control):
    for path in ("deliveries/x/resend", "requests/99/resend"):
        assert "forgotten" in control.post(path, status=404)["message"]


def test_hosts_that_are_not_allowed_stay_so(control, ice):
    again = control.post(f"deliveries/{ice['id']}/resend", {"url": "http://example.com/sinch"})
    assert "--allow-callback-host example.com" in again["problem"]


# --- triggers -------------------------------------------------------------------------------------


def test_every_sample_is_an_event_that_can_be_read_and_taken(app, control):
    samples = control.get("triggers")["triggers"]
    assert len(samples) == 16
    for sample in samples:
        event = read_event(json.dumps(sample["body"]).encode())
        assert not isinstance(event, UnknownEvent)
        assert event.problems == ()
        app.replies = dict.fromkeys(("ice", "ace", "pie"), HANGUP)
        app.replies["VerificationRequestEvent"] = {"action": "allow"}
        sent = control.post("triggers", {"event": sample["event"]})
        assert (app.answers[-1], sent["origin"], sent["url"]) == (200, "trigger", sample["url"])
        assert sent["verdict"]["ok"], sent


def test_a_trigger_of_ones_own(app, control):
    event = {"event": "brandNew", "callid": "a"}
    sent = control.post("triggers", {"event": "brandNew", "body": event, "url": app.url})
    assert (app.events[-1], sent["callId"]) == (event, "a")


def test_a_trigger_needs_a_known_event_and_an_url(control):
    assert "one of ice, ace" in control.post("triggers", {"event": "tea"}, 400)["message"]
    control.put("callbacks", {"sms": None})
    said = control.post("triggers", {"event": "incomingSms"}, 400)["message"]
    assert said == "The app has no callback URL for this event: name one as url."


# --- verdicts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "answer", "ok", "text"),
    [
        ("ice", LOUD, True, "say, hangup"),
        ("ice", {}, False, "The answer is empty."),
        ("ice", {"instructions": LOUD["instructions"]}, False, "The SVAML has no action."),
        ("ice", {"action": {"name": "fly"}}, False, "fly is not allowed in an answer to ice."),
        ("dice", None, True, "the app has it"),
        ("VerificationRequestEvent", {"action": "deny"}, True, "denied"),
        ("VerificationRequestEvent", {"action": "maybe"}, False, "action has to be allow or deny"),
    ],
)
def test_what_the_sandbox_makes_of_an_answer(app, control, event, answer, ok, text):
    app.replies = {f"raw {event}": b"" if answer is None else json.dumps(answer).encode()}
    verdict = control.post("triggers", {"event": event})["verdict"]
    assert (verdict["ok"], verdict["text"]) == (ok, text)


def test_likely_mistakes_are_noted(app, control):
    app.replies = {"ice": {"instructions": [{"name": "say", "text": "Hej"}], **HANGUP}}
    assert "missing-locale" in control.post("triggers", {"event": "ice"})["verdict"]["notes"][0]


def test_a_refused_signature_has_a_hint(app, control):
    app.statuses = {"ice": 401}
    verdict = control.post("triggers", {"event": "ice"})["verdict"]
    assert not verdict["ok"]
    assert (
        verdict["text"]
        == "HTTP 401: the app refused the signature: is its secret that of the sandbox?"
    )


def test_how_requests_were_authorized_or_why_refused(control):
    control.api("GET", "/v1/sms/1")
    url = f"{control.sandbox.url}/v1/sms/1"
    requests.get(url, auth=(KEY, SECRET), timeout=5)
    requests.get(url, auth=(KEY, "bm8="), timeout=5)
    verdicts = [entry["verdict"] for entry in control.get("requests")["requests"]]
    assert [one["text"] for one in verdicts] == [
        "signed",
        "Basic: key and secret",
        "40107 The application key or secret is wrong.",
    ]
    assert [one["ok"] for one in verdicts] == [True, True, False]


# --- requests -------------------------------------------------------------------------------------


def sms(control, text="Hello"):
    control.api("POST", "/v1/sms/+46700000099", {"message": text})
    return control.get("requests")["requests"][-1]


def test_a_request_again_and_changed(control):
    entry = sms(control)
    again = control.post(f"requests/{entry['id']}/resend")
    assert again["status"] == 200
    changed = {"body": '{"message": "Changed"}', "path": "/v1/sms/+46700000098"}
    control.post(f"requests/{entry['id']}/resend", changed)
    sent = control.get("messages")["messages"]
    assert [(one["to"], one["message"]) for one in sent] == [
        ("+46700000099", "Hello"),
        ("+46700000099", "Hello"),
        ("+46700000098", "Changed"),
    ]
    logged = control.get("requests")["requests"]
    assert [one["verdict"]["text"] for one in logged] == ["signed"] * 3


def test_a_request_whose_answer_waits_for_the_app(app, control):
    """Starting a verification asks the app first, also when it is started once more."""
    app.replies = {"VerificationRequestEvent": {"action": "allow"}}
    start = {"identity": {"type": "number", "endpoint": "+46700000099"}, "method": "sms"}
    control.api("POST", "/verification/v1/verifications", start)
    entry = control.get("requests")["requests"][-1]
    again = control.post(f"requests/{entry['id']}/resend")
    assert again["status"] == 200, again
    assert json.loads(again["answer"])["id"]
    assert app.names.count("VerificationRequestEvent") == 2


def test_a_body_that_is_not_all_there_is_not_taken_for_whole(control):
    entry = sms(control, "x" * 9000)
    resend = f"requests/{entry['id']}/resend"
    for refused in (
        control.post(resend, status=400),
        control.send("GET", f"requests/{entry['id']}/copies", status=400),
    ):
        assert "only the beginning" in refused["message"]
    assert control.post(resend, {"body": '{"message": "short"}'})["status"] == 200


@pytest.mark.parametrize("path", ["/_sandbox/reset", "//evil.example/x", "x"])
def test_only_rest_requests_are_carried_out(control, path):
    entry = sms(control)
    assert "path" in control.post(f"requests/{entry['id']}/resend", {"path": path}, 400)["message"]


# --- copies ---------------------------------------------------------------------------------------


def filled(word, environment):
    """What a shell makes of variables between double quotes."""
    for name, value in (environment or {}).items():
        word = word.replace(f"${name}", value)
    return word


def run_curl(line, environment=None):
    """What curl would do, and no shell does: words, options, an answer."""
    words = iter(shlex.split(line))
    sent = {"headers": {}, "data": None, "auth": None}
    for word in words:
        if word == "-X":
            sent["method"] = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            sent["headers"][name] = filled(value, environment)
        elif word == "--data-binary":
            sent["data"] = next(words).encode()
        elif word == "-u":
            user = next(words)
            sent["auth"] = tuple(filled(user, environment).split(":"))
        elif word not in {"curl", "-i", "\n"}:
            sent["url"] = word
    return requests.request(**sent, timeout=5)


TOKEN, WEBHOOK = "token-of-the-plan", "whsec for tests"
ENVIRONMENT = {
    "SINCH_APPLICATION_KEY": KEY,
    "SINCH_APPLICATION_SECRET": SECRET,
    "SINCH_API_TOKEN": TOKEN,
    "SINCH_WEBHOOK_SECRET": WEBHOOK,
}


def run_test(text, monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    names = {}
    exec(compile(text, "copied", "exec"), names)
    (test,) = [value for name, value in names.items() if name.startswith("test_")]
    test()


def test_a_callback_as_curl_and_as_a_test(app, control, ice, monkeypatch):
    copied = control.get(f"deliveries/{ice['id']}/copies")
    assert SECRET not in copied["curl"] + copied["pytest"]
    assert run_curl(copied["curl"]).json() == LOUD
    run_test(copied["pytest"], monkeypatch)
    app.replies = {"ice": HANGUP}
    with pytest.raises(AssertionError):
        run_test(copied["pytest"], monkeypatch)


NASTY = 'It\'s """ $(rm -rf /) `x` \\ \n {0} %s é 🎉'


def test_a_request_as_curl_and_as_a_test(control, monkeypatch):
    entry = sms(control, NASTY)
    copied = control.get(f"requests/{entry['id']}/copies")
    assert SECRET not in copied["curl"] + copied["pytest"]
    assert run_curl(copied["curl"], ENVIRONMENT).status_code == 200
    run_test(copied["pytest"], monkeypatch)
    assert [one["message"] for one in control.get("messages")["messages"]] == [NASTY] * 3


def test_a_report_and_a_batch_as_curl_and_as_a_test(sandbox, app, control, monkeypatch):
    """Of the SMS REST API: signed with the webhook secret, and opened with the token."""
    body = {"to": ["46700000099"], "body": NASTY, "delivery_report": "summary"}
    assert control.plan("POST", "/batches", body).status_code == 201
    sandbox.advance(1)
    (sent,), (entry,) = control.get("deliveries")["deliveries"], control.get("requests")["requests"]

    copied = control.get(f"deliveries/{sent['id']}/copies")
    assert WEBHOOK not in copied["curl"] + copied["pytest"]
    assert run_curl(copied["curl"]).status_code == 200
    run_test(copied["pytest"], monkeypatch)
    assert app.names == ["delivery_report_sms"] * 3

    copied = control.get(f"requests/{entry['id']}/copies")
    assert TOKEN not in copied["curl"] + copied["pytest"]
    assert run_curl(copied["curl"], ENVIRONMENT).status_code == 201
    run_test(copied["pytest"], monkeypatch)
    again = control.post(f"requests/{entry['id']}/resend")
    assert again["status"] == 201
    assert len(control.get("batches")["batches"]) == 4
