"""Masking for logs: what stays readable, and that nothing else does."""

from __future__ import annotations

import json
from base64 import b64encode
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch.core.signing import Credentials, SignedAuth, basic_authorization
from sinch.redaction import (
    mask_body,
    mask_headers,
    mask_json,
    mask_number,
    mask_numbers,
    mask_path,
    mask_text,
    without_secrets,
)

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="

numbers = st.from_regex(r"\+[1-9][0-9]{6,15}", fullmatch=True)
# Marked, so that finding it in the output is no coincidence.
texts = st.text(min_size=1).map(lambda text: f"§{text}§")
names = st.sampled_from(
    [
        *("message", "text", "code", "custom", "reference", "locale", "event", "id", "method"),
        *("name", "type", "value", "key", "status", "cli", "from", "to", "endpoint", "number"),
        *("numbers", "cookies", "prompts", "unheardOf"),
    ]
)


def test_mask_number():
    assert mask_number("+46701234589") == "+4670*****89"


def test_mask_text_keeps_the_length_only():
    assert mask_text("Hello world.") == "<12 characters>"


def test_mask_numbers_inside_a_text():
    message = "Max retries exceeded with url: /v1/sms/%2B46701234589 (+46709876543)"

    assert mask_numbers(message) == (
        "Max retries exceeded with url: /v1/sms/+4670*****89 (+4670*****43)"
    )


class TestPath:
    @pytest.mark.parametrize(
        ("path", "masked"),
        [
            (
                "/verification/v1/verifications/number/+46701234589",
                "/verification/v1/verifications/number/+4670*****89",
            ),
            (
                "/verification/v1/verifications/sms/number/%2B46701234589",
                "/verification/v1/verifications/sms/number/+4670*****89",
            ),
            ("/v1/calling/query/number/46701234589", "/v1/calling/query/number/4670*****89"),
            ("/v1/calling/query/number/+46%2070%20123", "/v1/calling/query/number/***"),
            ("/messaging/v1/Sms/+46701234589", "/messaging/v1/Sms/+4670*****89"),
            ("/v1/sms/46701234589", "/v1/sms/4670*****89"),
            ("/verifications/username/bjorn", "/verifications/username/***"),
            ("/verifications/reference/me@example.com", "/verifications/reference/***"),
            ("/v1/sms/+46701234589?token=abc", "/v1/sms/+4670*****89?***"),
        ],
    )
    def test_personal_parts_are_masked(self, path, masked):
        assert mask_path(path) == masked

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "/",
            "/calling/v1/callouts",
            "/calling/v1/calls/id/822aa4b7-05b4-4d83-87c7-1f835ee0b6f6_257",
            "/verification/v1/verifications/id/1234567890",
            "/verification/v1/verifications/number/",
            "/v1/sms/123456789",
        ],
    )
    def test_ids_stay_so_that_a_request_can_be_found_again(self, path):
        assert mask_path(path) == path

    @given(prefix=st.text(), number=numbers)
    def test_no_number_with_a_plus_survives(self, prefix, number):
        assert number not in mask_path(f"{prefix}/{number}")


class TestHeadersOfErrors:
    def test_cookies_and_credentials_are_hidden_and_the_rest_stays(self):
        shown = without_secrets(
            {
                "Set-Cookie": "session=1",
                "X-Api-Key": "abc",
                "WWW-Authenticate": "Application",
                "Via": f"1.1 gateway Application {KEY}:{SECRET}",
                "X-Odd": "caf\udce9",  # a byte that is no UTF-8, as transports write it
            }
        )

        assert dict(shown) == {
            "Set-Cookie": "***",
            "X-Api-Key": "***",
            "WWW-Authenticate": "Application",
            "Via": f"1.1 gateway Application {KEY}:***",
            "X-Odd": "caf\udce9",
        }


class TestHeaders:
    def test_only_the_scheme_of_authorization_remains(self):
        headers = {
            "Authorization": f"Application {KEY}:c2lnbmF0dXJl",
            "authorization": basic_authorization(KEY, SECRET),
            "AUTHORIZATION": "c2lnbmF0dXJl",
        }

        assert mask_headers(headers) == {
            "Authorization": "Application ***",
            "authorization": "Basic ***",
            "AUTHORIZATION": "***",
        }

    def test_harmless_headers_stay_and_all_others_are_masked(self):
        headers = {
            "Content-Type": "application/json",
            "x-timestamp": "2024-01-02T03:04:05.678Z",
            "Cookie": "session=1",
            "X-CB-order": "order 7",
            "X-Api-Key": "abc",
        }

        assert mask_headers(headers) == {
            "Content-Type": "application/json",
            "x-timestamp": "2024-01-02T03:04:05.678Z",
            "Cookie": "***",
            "X-CB-order": "***",
            "X-Api-Key": "***",
        }

    @given(secret=st.binary(min_size=16, max_size=32), body=st.binary())
    def test_neither_secret_nor_signature_survives(self, secret, body):
        credentials = Credentials(KEY, b64encode(secret).decode())
        signed = SignedAuth(credentials)("POST", "/", "application/json", body)
        signature = signed["Authorization"].partition(":")[2]
        basic = {"Authorization": basic_authorization(KEY, credentials.secret)}

        shown = json.dumps([mask_headers(signed), mask_headers(basic)])

        assert credentials.secret not in shown
        assert signature not in shown
        assert basic["Authorization"].partition(" ")[2] not in shown


class TestJson:
    def test_a_request(self):
        body = {
            "method": "ttsCallout",
            "ttsCallout": {
                "cli": "+46700000001",
                "destination": {"type": "number", "endpoint": "+46701234589"},
                "locale": "en-US",
                "text": "Your code is 1234",
                "enableDice": True,
            },
        }

        assert mask_json(body) == {
            "method": "ttsCallout",
            "ttsCallout": {
                "cli": "+4670*****01",
                "destination": {"type": "number", "endpoint": "+4670*****89"},
                "locale": "en-US",
                "text": "<17 characters>",
                "enableDice": True,
            },
        }

    def test_a_callback(self):
        event = {
            "event": "pie",
            "callid": "abc_257",
            "menuResult": {"menuId": "pin", "type": "sequence", "value": "123456"},
            "custom": None,
            "version": 1,
            "price": {"currencyId": "EUR", "amount": Decimal("0.0368")},
        }

        assert mask_json(event) == {
            "event": "pie",
            "callid": "abc_257",
            "menuResult": {
                "menuId": "<3 characters>",
                "type": "sequence",
                "value": "<6 characters>",
            },
            "custom": None,
            "version": 1,
            "price": {"currencyId": "EUR", "amount": Decimal("0.0368")},
        }

    @pytest.mark.parametrize(
        ("value", "masked"),
        [
            ({"code": 1234}, {"code": "***"}),
            ({"code": ["1234"]}, {"code": "***"}),
            ({"Message": "Hi"}, {"Message": "<2 characters>"}),
            ({"cli": "Bjorn <+46701234589>"}, {"cli": "***"}),
            ({"from": {"type": "number", "endpoint": 46701234589}},
             {"from": {"type": "number", "endpoint": "***"}}),
            ({"numbers": ["+46701234589"]}, {"numbers": ["+4670*****89"]}),
            ({"unheardOf": 46701234589}, {"unheardOf": "***"}),
            ({"messageId": 102029304050}, {"messageId": 102029304050}),
            ({"event": "not a word"}, {"event": "<10 characters>"}),
            ({"+46701234589": 1}, {"<12 characters>": 1}),
            ({"x": Decimal("sNaN")}, {"x": "***"}),
            ({"x": b"bytes"}, {"x": "***"}),
            ({"x": object}, {"x": "***"}),
            ("text", "<4 characters>"),
            (None, None),
        ],
    )  # fmt: skip
    def test_details(self, value, masked):
        assert mask_json(value) == masked

    def test_depth_is_no_way_to_break_a_log_line(self):
        deep: object = "secret text"
        for _ in range(5000):
            deep = [deep]

        assert "secret" not in str(mask_json(deep))

    @given(name=names, wrap=st.integers(0, 3), text=texts)
    def test_no_text_survives_under_any_name(self, name, wrap, text):
        value: object = text
        for _ in range(wrap):
            value = {name: [value]}

        assert text not in json.dumps(mask_json({name: value}), ensure_ascii=False)

    @given(name=names, number=numbers)
    def test_no_number_survives_under_any_name(self, name, number):
        assert number not in json.dumps(mask_json({name: number}))

    @given(name=names)
    def test_the_secret_survives_under_no_name(self, name):
        assert SECRET not in json.dumps(mask_json({name: SECRET}))


class TestBody:
    def test_json_is_masked(self):
        assert mask_body(b'{"message": "Hello", "from": "+46701234589"}') == (
            '{"message":"<5 characters>","from":"+4670*****89"}'
        )

    @pytest.mark.parametrize(
        ("body", "shown"),
        [
            (b"", "<0 bytes>"),
            (b"<html>+46701234589", "<18 bytes>"),
            ("<html>", "<6 characters>"),
            (b"\xff\xfe\xfd", "<3 bytes>"),
            (b"[" * 100_000, "<100000 bytes>"),
        ],
    )
    def test_of_anything_else_only_the_size(self, body, shown):
        assert mask_body(body) == shown
