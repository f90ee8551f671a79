"""Who may call: signed, Basic and public authorisation, and every way to fail at it."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest

from sinch.core.signing import Credentials, authorization, string_to_sign, utc_now
from sinch.sandbox import Request
from sinch.sandbox.delivery.targets import Targets
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.rest.authentication import authenticate
from sinch_api.codec import read_datetime

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
CREDENTIALS = Credentials(KEY, SECRET)
PATH = "/v1/configuration/numbers"
VERIFICATIONS = "/verification/v1/verifications"
START = {"identity": {"type": "number", "endpoint": "+46700000000"}, "method": "sms"}
VECTORS = Path(__file__).parents[2] / "vectors" / "signing-vectors.json"


def signed(method="GET", path=PATH, body=b"", content_type="", stamp="2026-11-22T12:00:00Z"):
    """Headers signed over exactly these values."""
    text = string_to_sign(method, path, body, content_type, stamp)
    return {"Authorization": authorization(KEY, CREDENTIALS.sign(text)), "x-timestamp": stamp}


def get(client, headers, path=PATH):
    return client.get(path, auth="none", headers=headers)


@pytest.mark.parametrize("auth", ["signed", "basic"])
def test_a_request_with_the_secret_may_do_everything(client, auth):
    assert client.get(PATH, auth=auth).status == 200
    assert client.post(VERIFICATIONS, START, auth=auth).status == 200


def test_every_printed_vector_is_accepted():
    vectors = json.loads(VECTORS.read_text())
    vectors = vectors["vectors"] if isinstance(vectors, dict) else vectors
    checked = 0
    for vector in vectors:
        try:
            credentials = Credentials(vector["key"], vector["secret"])
        except ValueError:
            continue  # the one secret that is no base64
        headers = {
            "authorization": authorization(vector["key"], vector["signature"]),
            "x-timestamp": vector["timestamp"],
            "content-type": vector.get("contentType", ""),
        }
        request = Request.of(
            vector["method"], vector["path"], headers.items(), vector.get("body", "").encode()
        )
        now = read_datetime(vector["timestamp"])
        assert authenticate(request, credentials, now=now, window=timedelta(minutes=1)) == "signed"
        checked += 1
    assert checked >= 7


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-11-22T12:00:00Z",
        "2026-11-22T12:00:00.123Z",
        "2026-11-22T12:00:00.3462730Z",
        "2026-11-22T12:00:00.348878+00:00",
        "2026-11-22T13:00:00+01:00",
        "2026-11-22T12:00:00",
    ],
)
def test_timestamps_as_sdks_write_them(client, stamp):
    assert get(client, signed(stamp=stamp)).status == 200


@pytest.mark.parametrize("scheme", ["application", "APPLICATION"])
def test_the_scheme_in_any_letter_case(client, scheme):
    headers = signed()
    headers["Authorization"] = headers["Authorization"].replace("Application", scheme)
    assert get(client, headers).status == 200


def test_the_key_in_any_letter_case(client):
    headers = signed()
    headers["Authorization"] = headers["Authorization"].replace(KEY, KEY.lower())
    assert get(client, headers).status == 200


def test_a_content_type_without_a_body_is_signed_by_some(client):
    headers = signed(content_type="application/json") | {"Content-Type": "application/json"}
    assert get(client, headers).status == 200


def test_the_path_is_signed_as_sent_or_decoded(client):
    sent = "/verification/v1/verifications/reference/a%20b%2Fc"
    for path in (sent, "/verification/v1/verifications/reference/a b/c"):
        assert get(client, signed(path=path), path=sent).refusal == (404, 40400)
    assert get(client, signed(path=f"{PATH}/"), path=f"{PATH}/").status == 200


def test_a_query_is_not_part_of_the_signature(client):
    assert get(client, signed(), path=f"{PATH}?a=b").status == 200
    assert get(client, signed(path=f"{PATH}?a=b"), path=f"{PATH}?a=b").refusal == (401, 40102)


def test_the_old_user_name_of_basic(client):
    token = b64encode(f"application\\{KEY}:{SECRET}".encode()).decode()
    assert get(client, {"Authorization": f"basic {token}"}).status == 200


# --- refusals -----------------------------------------------------------------------------------


def basic(text):
    return {"Authorization": "Basic " + b64encode(text.encode()).decode()}


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, 40100),
        ({"Authorization": ""}, 401, 40100),
        ({"Authorization": "Application"}, 401, 40100),
        ({"Authorization": "Application :sig"}, 401, 40100),
        ({"Authorization": f"Application {KEY}:"}, 401, 40100),
        ({"Authorization": "Basic"}, 401, 40100),
        ({"Authorization": "Basic %%%"}, 401, 40100),
        ({"Authorization": "Basic \udcff"}, 401, 40100),
        (basic("no colon"), 401, 40100),
        ({"Authorization": "Bearer token"}, 401, 40107),
        (basic(f"{KEY}:wrong"), 401, 40107),
        (basic(f"wrong:{SECRET}"), 401, 40107),
        (basic(f"{KEY}:"), 401, 40107),
        ({"Authorization": "Application somebody:sig"}, 401, 40107),
        ({"Authorization": "User somebody:sig"}, 403, 40301),
        ({"Authorization": "Instance somebody:sig"}, 403, 40301),
        ({"Authorization": f"Application {KEY}"}, 403, 40301),
        ({"Authorization": f"Application {KEY}:sig"}, 401, 40101),
        (signed(stamp="yesterday"), 401, 40101),
        (signed(stamp="2026-11-22"), 401, 40101),
        (signed(stamp="2026-13-22T12:00:00Z"), 401, 40101),
        (signed(stamp="0001-01-01T00:00:00+23:59"), 401, 40101),
        (signed(method="POST"), 401, 40102),
        (signed(path="/other"), 401, 40102),
        (signed(body=b"{}"), 401, 40102),
        (signed(content_type="text/plain"), 401, 40102),
        (signed() | {"x-timestamp": "2026-11-22T12:00:01Z"}, 401, 40102),
        (signed() | {"Authorization": f"Application {KEY}:\u00e9\udcff"}, 401, 40102),
        (signed(stamp="2026-11-22T11:44:59Z"), 401, 40105),
        (signed(stamp="2026-11-22T12:15:01Z"), 401, 40105),
    ],
)
def test_refusals(client, headers, status, code):
    assert get(client, headers).refusal == (status, code)


def test_a_wrong_body_breaks_the_signature(client):
    headers = signed("POST", "/v1/sms/+46700000000", b'{"message":"a"}')
    reply = client.post("/v1/sms/+46700000000", b'{"message":"b"}', auth="none", headers=headers)
    assert reply.refusal == (401, 40102)


def test_moving_the_clock_makes_no_request_late(client):
    client.poke("clock", {"seconds": 86_400})
    assert client.get(PATH).status == 200


# --- public -------------------------------------------------------------------------------------


@pytest.fixture
def with_app(make):
    """An application that has a URL to decide about verifications by."""
    return make(Targets(verification="http://localhost/sinch"))


def test_verification_may_be_used_with_the_key_alone(with_app):
    client = with_app
    started = client.post(VERIFICATIONS, START, auth="public")
    assert started.status == 200
    code = client.peek(f"verifications/{started.json['id']}")["code"]
    body = {"method": "sms", "sms": {"code": code}}
    path = f"{VERIFICATIONS}/number/+46700000000"
    assert client.put(path, body, auth="public").json["status"] == "SUCCESSFUL"
    status = f"{VERIFICATIONS}/sms/number/+46700000000"
    assert client.get(status, auth="public").status == 200


@pytest.mark.parametrize("path", [f"{VERIFICATIONS}/id/1", f"{VERIFICATIONS}/reference/1"])
def test_but_not_for_the_status_by_id_or_reference(client, path):
    assert client.get(path, auth="public").refusal == (403, 40303)


@pytest.mark.parametrize("options", [{"codeType": "Alpha"}, {"expiry": "00:01:00"}])
def test_and_not_with_options(with_app, options):
    client = with_app
    body = {**START, "smsOptions": options}
    assert client.post(VERIFICATIONS, body, auth="public").refusal == (403, 40303)
    assert client.post(VERIFICATIONS, {**START, "smsOptions": {}}, auth="public").status == 200


def test_and_not_without_an_app_that_decides(client):
    reply = client.post(VERIFICATIONS, START, auth="public")
    assert reply.refusal == (403, 40303)
    assert "--callback-url" in reply.json["message"]
    assert client.peek("verifications") == {"verifications": []}
    assert client.post(VERIFICATIONS, START).status == 200, "signed it needs none"


def test_and_not_where_it_is_switched_off(make):
    client = make(Targets(verification="http://localhost/sinch"), public_verification=False)
    assert client.post(VERIFICATIONS, START, auth="public").refusal == (403, 40303)


def test_a_refusal_tells_nothing_about_the_secret(client):
    reply = get(client, basic(f"{KEY}:wrong"))
    assert SECRET.encode() not in reply.body
    request = Request.of("GET", "/", basic(f"{KEY}:wrong").items())
    with pytest.raises(Refusal) as refused:
        authenticate(request, CREDENTIALS, now=utc_now(), window=timedelta())
    assert SECRET not in repr(refused.value)
