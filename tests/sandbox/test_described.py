"""The check of answers against the specification sees what is wrong with one."""

from __future__ import annotations

import pytest

from .described import faults

CALLOUTS = "/calling/v1/callouts"


@pytest.mark.parametrize(
    ("method", "path", "status", "body", "told"),
    [
        ("POST", CALLOUTS, 200, b'{"callId": 1}', "not of type"),
        ("POST", CALLOUTS, 200, b"{}", "required property"),
        ("POST", CALLOUTS, 200, b'{"callId": "c", "more": 1}', "$.more is not described"),
        ("POST", CALLOUTS, 201, b'{"callId": "c"}', "no answer 201"),
        ("POST", CALLOUTS, 400, b'{"errorCode": "x"}', "errorCode"),
        ("PATCH", "/calling/v1/calls/id/1", 204, b'{"a": 1}', "has no body"),
        ("GET", "/messaging/v1/sms/1", 200, b'{"status": 1}', "status"),
    ],
)
def test_a_wrong_answer_is_told(method: str, path: str, status: int, body: bytes, told: str):
    problem, *_ = faults(method, path, status, body)

    assert told in problem


def test_a_right_answer_and_a_request_that_nobody_described_pass():
    assert faults("POST", CALLOUTS, 200, b'{"callId": "c"}') == []
    assert faults("GET", "/_sandbox/messages", 200, b"whatever") == []
