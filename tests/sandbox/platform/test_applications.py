"""Numbers, callback URLs and the number query: operations 17 to 22."""

from __future__ import annotations

import pytest

NUMBERS = "/v1/configuration/numbers"
OWNED = "+46700000001"


@pytest.fixture
def key(client):
    return client.peek("")["applicationKey"]


@pytest.fixture
def callbacks(key):
    return f"/v1/configuration/callbacks/applications/{key}"


@pytest.mark.parametrize("path", [NUMBERS, f"{NUMBERS}/"])
def test_the_number_of_the_account(client, key, path):
    number = {"number": OWNED, "applicationkey": key, "capability": "voice"}
    assert client.get(path).json == {"numbers": [number]}


def test_unassigning_and_assigning(client, key):
    reply = client.delete(NUMBERS, {"number": OWNED, "applicationKey": key.upper()})
    assert (reply.status, reply.body) == (204, b"")
    assert client.get(NUMBERS).json == {"numbers": [{"number": OWNED, "capability": "voice"}]}
    assert client.delete(NUMBERS, {"number": OWNED}).refusal == (400, 40003)

    body = {"numbers": [OWNED], "application_key": "ignored", "capability": "sms"}
    reply = client.post(NUMBERS, body)
    assert (reply.status, reply.body) == (204, b"")
    (number,) = client.get(NUMBERS).json["numbers"]
    assert number == {"number": OWNED, "applicationkey": key, "capability": "sms"}


@pytest.mark.parametrize("body", [{"numbers": OWNED}, {"Numbers": [OWNED]}])
def test_an_example_of_the_documents_unassigns_by_numbers(client, body):
    assert client.delete(NUMBERS, body).status == 204


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, 40001),
        ({}, 40001),
        ({"numbers": []}, 40001),
        ({"numbers": [OWNED] * 101}, 40001),
        ({"numbers": OWNED}, 40001),
        ({"numbers": ["46700000001"]}, 40001),
        ({"numbers": [OWNED], "capability": "fax"}, 40001),
        ({"numbers": ["+46700000999"]}, 40003),
        ({"numbers": [OWNED], "applicationkey": "somebody-else"}, 40003),
    ],
)
def test_assigning_refuses(client, body, code):
    assert client.post(NUMBERS, body).refusal == (400, code)


@pytest.mark.parametrize(
    ("body", "code"),
    [(None, 40001), ({}, 40001), ({"number": "x"}, 40001), ({"number": "+46700000999"}, 40003)],
)
def test_unassigning_refuses(client, body, code):
    assert client.delete(NUMBERS, body).refusal == (400, code)


def test_callback_urls(client, callbacks):
    assert client.get(callbacks).json == {"url": {}}
    both = {"primary": "https://example.com/voice", "fallback": "http://[::1]:8000/fallback"}
    reply = client.post(callbacks, {"url": both})
    assert (reply.status, reply.body) == (204, b"")
    assert client.get(callbacks).json == {"url": both}
    client.post(callbacks, {"url": {"primary": "https://example.com/other", "fallback": None}})
    assert client.get(callbacks).json == {"url": {"primary": "https://example.com/other"}}


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        {"url": "https://x.y"},
        {"url": {"primary": "ftp://x.y"}},
        {"url": {"primary": "x"}},
        {"url": {"fallback": "http://[broken/"}},
    ],
)
def test_callback_urls_that_are_refused(client, callbacks, body):
    assert client.post(callbacks, body).refusal == (400, 40001)


def test_the_callbacks_of_another_application(client):
    path = "/v1/configuration/callbacks/applications/somebody-else"
    assert client.get(path).refusal == (400, 40003)
    assert client.post(path, {"url": {}}).refusal == (400, 40003)


@pytest.mark.parametrize("written", ["+46730170101", "+46(0)73-017-0101", "+46%2073%20017%200101"])
def test_asking_about_a_number(client, written):
    found = client.get(f"/v1/calling/query/number/{written}").json
    assert set(found) == {"number"}
    assert found["number"]["normalizedNumber"] == "+46730170101"
    assert found["number"]["countryId"] == "SE"
    assert found["number"]["restricted"] is False


def test_asking_about_what_is_no_number(client):
    assert client.get("/v1/calling/query/number/hello").refusal == (400, 40001)
