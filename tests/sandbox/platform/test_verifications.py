"""Verification: operations 3 to 8."""

from __future__ import annotations

import re

import pytest

START = "/verification/v1/verifications"
NUMBER = "+46700000000"
IDENTITY = {"type": "number", "endpoint": NUMBER}


def start(client, method="sms", **fields):
    reply = client.post(START, {"identity": IDENTITY, "method": method, **fields})
    assert reply.status == 200, reply.body
    return reply.json


def report(client, verification_id, **body):
    return client.put(f"{START}/id/{verification_id}", body)


def secret_of(client, verification_id):
    return client.peek(f"verifications/{verification_id}")


# --- SMS ----------------------------------------------------------------------------------------


def test_an_sms_verification_succeeds_with_the_code_that_was_sent(client):
    reply = client.post(START, {"identity": IDENTITY, "method": "sms", "reference": "order-7"})
    started = reply.json
    assert reply.headers["Content-Language"] == "en-US"
    assert started["method"] == "sms"
    assert started["sms"]["codeType"] == "Numeric"
    assert "{{CODE}}" in started["sms"]["template"]
    by_id = f"http://127.0.0.1:8080{START}/id/{started['id']}"
    assert started["_links"] == [
        {"rel": "status", "href": by_id, "method": "GET"},
        {"rel": "report", "href": by_id, "method": "PUT"},
    ]

    pending = client.get(f"{START}/id/{started['id']}").json
    assert pending["status"] == "PENDING"
    assert "price" not in pending

    code = secret_of(client, started["id"])["code"]
    assert re.fullmatch("[0-9]{4}", code)
    reported = report(client, started["id"], method="sms", sms={"code": code})
    assert reported.json["status"] == "SUCCESSFUL"

    final = client.get(f"{START}/id/{started['id']}").json
    assert final["status"] == "SUCCESSFUL"
    assert final["reference"] == "order-7"
    assert final["identity"] == IDENTITY
    assert final["countryId"] == "SE"
    assert final["price"]["verificationPrice"]["currencyId"] == "EUR"


def test_a_wrong_code_fails_and_the_right_one_still_counts(client):
    started = start(client)
    code = secret_of(client, started["id"])["code"]
    wrong = report(client, started["id"], method="sms", sms={"code": "wrong"})
    assert wrong.status == 200
    assert (wrong.json["status"], wrong.json["reason"]) == ("FAIL", "Invalid code")
    assert client.get(f"{START}/id/{started['id']}").json["status"] == "PENDING"
    right = report(client, started["id"], method="sms", sms={"code": f" {code} "})
    assert right.json["status"] == "SUCCESSFUL"
    assert "reason" not in right.json


def test_the_third_wrong_code_was_the_last(client):
    started = start(client)
    code = secret_of(client, started["id"])["code"]
    for _ in range(3):
        assert report(client, started["id"], method="sms", sms={"code": "x"}).status == 200
    final = client.get(f"{START}/id/{started['id']}").json
    assert (final["status"], final["reason"]) == ("FAIL", "Invalid code")
    assert report(client, started["id"], method="sms", sms={"code": code}).refusal == (400, 40003)


def test_what_is_completed_cannot_be_reported_again(client):
    started = start(client)
    code = secret_of(client, started["id"])["code"]
    body = {"method": "sms", "sms": {"code": code}}
    assert client.put(f"{START}/number/{NUMBER}", body).json["status"] == "SUCCESSFUL"
    assert client.put(f"{START}/number/{NUMBER}", body).refusal == (400, 40003)
    assert client.put(f"{START}/id/{started['id']}", body).refusal == (400, 40003)


@pytest.mark.parametrize(
    ("options", "seconds"), [({}, 298), ({"smsOptions": {"expiry": "00:10:00"}}, 600)]
)
def test_it_expires(client, clock, options, seconds):
    started = start(client, **options)
    assert started["sms"]["interceptionTimeout"] == seconds
    code = secret_of(client, started["id"])["code"]
    clock.advance(seconds - 1)
    assert client.get(f"{START}/id/{started['id']}").json["status"] == "PENDING"
    clock.advance(1)
    final = client.get(f"{START}/id/{started['id']}").json
    assert (final["status"], final["reason"]) == ("FAIL", "Expired")
    assert report(client, started["id"], method="sms", sms={"code": code}).refusal == (400, 40003)


@pytest.mark.parametrize(
    ("code_type", "pattern"),
    [("Numeric", "[0-9]{4}"), ("alpha", "[A-Z]{4}"), ("Alphanumeric", "[A-Z0-9]{4}")],
)
def test_kinds_of_codes_match_in_any_letter_case(client, code_type, pattern):
    started = start(client, smsOptions={"codeType": code_type})
    code = secret_of(client, started["id"])["code"]
    assert re.fullmatch(pattern, code)
    done = report(client, started["id"], method="sms", sms={"code": code.lower()})
    assert done.json["status"] == "SUCCESSFUL"


@pytest.mark.parametrize(
    ("header", "language", "word"),
    [
        ("sv-SE", "sv-SE", "Din"),
        ("xx-YY, es;q=0.5, de-AT;q=0.8", "de-AT", "Ihr"),
        ("", "en-US", "Your"),
        ("tlh", "en-US", "Your"),
        ("\x00;;q=,,,", "en-US", "Your"),
    ],
)
def test_the_language_of_the_text(client, header, language, word):
    body = {"identity": IDENTITY, "method": "sms"}
    reply = client.post(START, body, headers={"Accept-Language": header})
    assert reply.headers["Content-Language"] == language
    assert reply.json["sms"]["template"].startswith(word)


def test_a_text_of_ones_own(client):
    started = start(client, smsOptions={"template": "Shop: {{CODE}}"})
    shown = secret_of(client, started["id"])
    assert shown["text"] == f"Shop: {shown['code']}"


# --- the other methods --------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["flashcall", "flashCall", "FLASHCALL"])
def test_a_flash_call_is_verified_by_its_caller(client, method):
    started = start(client, method, flashCallOptions={"interceptionTimeout": 45})
    assert started["method"] == "flashcall"
    flash_call = started["flashCall"]
    assert flash_call["interceptionTimeout"] == 45
    cli = secret_of(client, started["id"])["cli"]
    assert re.fullmatch(flash_call["cliFilter"], cli)

    wrong = report(client, started["id"], method=method, flashCall={"cli": "+4612345678"})
    assert (wrong.json["status"], wrong.json["reason"]) == ("FAIL", "Invalid CLI")
    right = report(client, started["id"], method=method, flashCall={"cli": cli.lstrip("+")})
    assert right.json["status"] == "SUCCESSFUL"
    assert right.json["callComplete"] is True
    price = client.get(f"{START}/id/{started['id']}").json["price"]
    assert set(price) == {"verificationPrice", "terminationPrice", "billableDuration"}


def test_a_phone_call_speaks_a_code(client):
    started = start(client, "callout", calloutOptions={"speech": {"locale": "en_US"}})
    code = secret_of(client, started["id"])["code"]
    done = report(client, started["id"], method="callout", callout={"code": code})
    assert done.json["status"] == "SUCCESSFUL"
    assert client.get(f"{START}/id/{started['id']}").json["callResult"] == "ANSWERED"


def test_the_2018_sdk_reports_a_phone_call_by_its_caller(client):
    started = start(client, "callout")
    cli = secret_of(client, started["id"])["cli"]
    body = {"Method": "callout", "Sms": None, "FlashCall": {"Cli": cli}}
    assert client.put(f"{START}/number/{NUMBER}", body).json["status"] == "SUCCESSFUL"


def test_whatsapp(client):
    started = start(client, "whatsapp", whatsappOptions={"codeType": "Alpha"})
    assert started["whatsapp"] == {"codeType": "Alpha"}
    code = secret_of(client, started["id"])["code"]
    done = report(client, started["id"], method="whatsapp", whatsapp={"code": code})
    assert done.json["status"] == "SUCCESSFUL"


def test_data_is_verified_by_following_a_link_through_a_redirect(client):
    started = start(client, "seamless")
    target = started["seamless"]["targetUri"]
    root = "http://127.0.0.1:8080"
    assert target.startswith(root)
    from_a_page = {"Sec-Fetch-Site": "cross-site"}
    first = client.get(target.removeprefix(root), auth="none", headers=from_a_page)
    assert first.status == 302
    assert client.get(f"{START}/id/{started['id']}").json["status"] == "PENDING"
    second = client.get(first.headers["Location"].removeprefix(root), auth="none")
    assert second.status == 200
    assert client.get(f"{START}/id/{started['id']}").json["status"] == "SUCCESSFUL"
    assert client.get("/_sandbox/data/nobody", auth="none").refusal == (404, 40400)


# --- finding ------------------------------------------------------------------------------------


def test_ways_to_ask_for_the_status(client):
    started = start(client, reference="a b/ö")
    for path in (
        f"{START}/id/{started['id']}",
        f"{START}/id/{started['id'].upper()}",
        f"{START}/sms/number/{NUMBER}",
        f"{START}/SMS/number/{NUMBER}",
        f"{START}/number/{NUMBER}",
        f"{START}/reference/a%20b%2F%C3%B6",
    ):
        assert client.get(path).json["id"] == started["id"], path


def test_what_is_not_there(client):
    for path in ("id/1", "reference/1", f"sms/number/{NUMBER}", f"number/{NUMBER}"):
        assert client.get(f"{START}/{path}").refusal == (404, 40400), path
    body = {"method": "sms", "sms": {"code": "1234"}}
    assert client.put(f"{START}/id/1", body).refusal == (404, 40400)
    assert client.put(f"{START}/number/{NUMBER}", body).refusal == (400, 40003)
    start(client)
    assert client.get(f"{START}/flashcall/number/{NUMBER}").refusal == (404, 40400)
    assert client.get(f"{START}/pigeon/number/{NUMBER}").refusal == (400, 40001)
    other = {"method": "callout", "callout": {"code": "1234"}}
    assert client.put(f"{START}/number/{NUMBER}", other).refusal == (400, 40003)


# --- conflicts ----------------------------------------------------------------------------------


def test_a_reference_can_be_used_once(client):
    start(client, reference="order-7")
    again = client.post(START, {"identity": IDENTITY, "method": "sms", "reference": "order-7"})
    assert again.refusal == (409, 40900)
    (only,) = client.peek("verifications")["verifications"]
    assert only["status"] == "PENDING", "a refused start aborts nothing"


@pytest.mark.parametrize("second", ["sms", "flashcall"])
def test_a_newer_verification_of_the_number_replaces_the_older(client, second):
    older = start(client, "sms")
    newer = start(client, second)
    assert client.get(f"{START}/id/{older['id']}").json["status"] == "ABORTED"
    assert client.get(f"{START}/id/{newer['id']}").json["status"] == "PENDING"


def test_other_numbers_are_left_alone(client):
    older = start(client)
    other = {"type": "number", "endpoint": "+46700000002"}
    client.post(START, {"identity": other, "method": "sms"})
    assert client.get(f"{START}/id/{older['id']}").json["status"] == "PENDING"


# --- refusals and leniency ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"identity": None},
        {"identity": {"type": "email", "endpoint": "a@b.c"}},
        {"identity": {"type": "number", "endpoint": "46700000000"}},
        {"identity": {"type": "number", "endpoint": "+12"}},
        {"identity": "+46700000000"},
        {"method": None},
        {"method": "pigeon"},
        {"method": 1},
        {"custom": "x" * 4097},
        {"reference": ".."},
        {"smsOptions": {"codeType": "Runes"}},
        {"smsOptions": {"expiry": "soon"}},
        {"smsOptions": {"expiry": "00:00:00"}},
        {"smsOptions": {"template": "no code"}},
        {"smsOptions": []},
        {"method": "flashcall", "flashCallOptions": {"dialTimeout": 4}},
        {"method": "flashcall", "flashCallOptions": {"interceptionTimeout": 121}},
        {"method": "whatsapp", "whatsappOptions": {"codeType": "Runes"}},
    ],
)
def test_what_starting_refuses(client, change):
    body = {"identity": IDENTITY, "method": "sms", **change}
    assert client.post(START, body).refusal == (400, 40001)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"method": "sms"},
        {"method": "sms", "sms": {}},
        {"method": "sms", "sms": {"code": " "}},
        {"method": "sms", "callout": {"code": "1234"}},
    ],
)
def test_what_reporting_refuses(client, body):
    assert report(client, start(client)["id"], **body).refusal == (400, 40001)


def test_a_report_of_another_method_matches_nothing(client):
    started = start(client)
    body = {"method": "callout", "callout": {"code": "1234"}}
    assert report(client, started["id"], **body).refusal == (400, 40003)


def test_data_verifications_are_not_reported(client):
    started = start(client, "seamless")
    assert report(client, started["id"], method="seamless").refusal == (400, 40001)


def test_what_other_clients_write(client):
    pascal = {
        "Identity": {"type": "number", "endpoint": NUMBER},
        "Method": "SMS",
        "Reference": None,
        "Custom": None,
    }
    assert client.post(START, pascal).status == 200
    leftovers = {
        "identity": IDENTITY,
        "method": "sms",
        "smsOptions": {},
        "expiry": "00:01:00",
        "template": "x",
    }
    assert client.post(START, leftovers).json["sms"]["interceptionTimeout"] == 298


def test_a_tester_decides_how_one_ends(client):
    started = start(client)
    decision = {"status": "DENIED", "reason": "Fraud"}
    assert client.poke(f"verifications/{started['id']}", decision).status == 200
    final = client.get(f"{START}/id/{started['id']}").json
    assert (final["status"], final["reason"]) == ("DENIED", "Fraud")


def test_memory_is_bounded_indexes_included(make):
    client = make(remember=2)
    for count in range(6):
        start(client, "seamless", reference=f"r{count}")
    verifications = client.emulator.services.verifications
    assert len(verifications.started) == 2
    assert len(verifications._by_reference) == len(verifications._by_token) == 2
    assert len(verifications._by_number[NUMBER]) == 2
    start(client, reference="r0")
