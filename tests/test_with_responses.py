"""The blocking client works with the ``responses`` library, as users' own tests do."""

from __future__ import annotations

import pytest
import responses
from requests import ConnectionError as RequestsConnectionError

from sinch import SinchClient, VerificationMethod, VerificationStatus
from sinch.errors import NotFound, OutcomeUnknown

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="


@responses.activate
def test_each_api_is_reached_at_its_own_host() -> None:
    responses.post("https://messagingapi.sinch.com/v1/sms/+46700000000", json={"messageId": 1})
    responses.get(
        "https://verification.api.sinch.com/verification/v1/verifications/id/v",
        json={"id": "v", "status": "successful", "brandNew": 1},
    )
    responses.get(
        "https://calling-euc1.api.sinch.com/calling/v1/conferences/id/room",
        json={"participants": [{"id": "c", "cli": "46700000000", "muted": False}]},
    )
    responses.get("https://callingapi.sinch.com/v1/configuration/numbers", json={"numbers": []})

    with SinchClient(KEY, SECRET, region="euc1") as sinch:
        receipt = sinch.sms("+46700000000", "Hi").send()
        verification = sinch.verification(id="v").get()
        room = sinch.conferences("room").get()
        numbers = sinch.applications.numbers()

    assert receipt.message_id == "1"
    assert verification.status is VerificationStatus.SUCCESSFUL
    assert room.participants[0].cli is not None
    assert room.participants[0].cli.numeric == "+46700000000"
    assert numbers == ()


@responses.activate
def test_an_error_answer() -> None:
    responses.get(
        "https://calling.api.sinch.com/calling/v1/calls/id/c",
        json={"errorCode": 40400, "message": "No such call", "reference": "r"},
        status=404,
    )

    with SinchClient(KEY, SECRET) as sinch, pytest.raises(NotFound, match="40400"):
        sinch.calls("c").get()


@responses.activate
def test_a_lost_connection() -> None:
    url = "https://verification.api.sinch.com/verification/v1/verifications"
    responses.post(url, body=RequestsConnectionError("lost"))

    with SinchClient(KEY, SECRET) as sinch, pytest.raises(OutcomeUnknown):
        sinch.verification("+46700000000").initiate(VerificationMethod.SMS)

    assert len(responses.calls) == 1
