"""What a draft asks of Sinch, seen before anything is sent, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from sinch import SinchClient
from sinch.errors import ConfigurationError, InvalidArgumentError

from .conftest import KEY, PLAN, SECRET, TOKEN

NUMBERS = ["+46700000001", "+46700000002"]
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)

sinch = SinchClient(service_plan_id=PLAN, api_token=TOKEN)


def drafted(to: Any = NUMBERS, text: Any = "Hello") -> Any:
    return attrs.evolve(sinch.messages(to, text), clock=lambda: NOW)


def body(draft: Any) -> Any:
    return json.loads(draft.operation().body)


def test_everything_that_can_be_said_of_a_batch() -> None:
    draft = (
        drafted(text="Hello ${name}")
        .with_sender("Acme")
        .with_parameters({"name": {"+46700000001": "Ada", "default": "you"}, "city": "Malmö"})
        .with_delivery_report("per_recipient")
        .with_client_reference("run-7")
        .with_callback_url("https://example.com/sms")
        .with_max_parts(2)
        .with_flash()
        .with_feedback()
        .at(NOW + timedelta(hours=1))
        .expires(timedelta(hours=2))
    )

    operation = draft.operation()
    assert (operation.method, operation.path) == ("POST", f"/xms/v1/{PLAN}/batches")
    assert not operation.idempotent
    assert body(draft) == {
        "type": "mt_text", "to": NUMBERS, "from": "Acme", "body": "Hello ${name}",
        "parameters": {"name": {"+46700000001": "Ada", "default": "you"}, "city": {"default": "Malmö"}},
        "delivery_report": "per_recipient", "client_reference": "run-7",
        "callback_url": "https://example.com/sms", "max_number_of_message_parts": 2,
        "flash_message": True, "feedback_enabled": True,
        "send_at": "2026-11-25T13:00:00Z", "expire_at": "2026-11-25T15:00:00Z",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("to", "sent"),
    [
        ("+46700000001", ["+46700000001"]),
        (iter(NUMBERS), NUMBERS),
        (["01FC66621XXXXX119Z8PMV1QPQ", "U8EhOEgIiMEc"], ["01FC66621XXXXX119Z8PMV1QPQ", "U8EhOEgIiMEc"]),
        ([f"+4670{number:07}" for number in range(1000)], [f"+4670{number:07}" for number in range(1000)]),
    ],
    ids=["one number", "an iterator", "groups", "a thousand"],
)  # fmt: skip
def test_recipients(to: Any, sent: list[str]) -> None:
    draft = drafted(to)

    assert body(draft) == {"type": "mt_text", "to": sent, "body": "Hello"}
    assert body(draft)["to"] == sent, "an iterator is used up once"


def test_a_draft_never_changes() -> None:
    draft = drafted()
    draft.with_sender("Acme").with_client_reference("r").expires(60)

    assert body(draft) == {"type": "mt_text", "to": NUMBERS, "body": "Hello"}


def test_a_repr_shows_no_number_and_no_text() -> None:
    draft = drafted(["+46700000001"] * 5, "secret").with_sender("+46700000009")

    assert "46700000001" not in repr(draft)
    assert "2 more" in repr(draft)
    assert "secret" not in repr(draft)
    assert TOKEN not in repr(draft) + repr(sinch) + repr(sinch.config)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: drafted([]), "to must be 1 to 1000 values, not 0"),
        (lambda: drafted(["+46700000001"] * 1001), "to must be 1 to 1000 values, not 1001"),
        (lambda: drafted("46700000001"), "to must be an international phone number"),
        (lambda: drafted([None]), "to must be an international phone number"),
        (lambda: drafted(7), "to must be text, or several"),
        (lambda: drafted(text=" "), "text must be text that is not blank"),
        (lambda: drafted(text="x" * 2001), "text must be at most 2000 characters long, not 2001"),
        (lambda: drafted().with_sender("a\nb"), "sender must not have line breaks"),
        (lambda: drafted().with_client_reference("x" * 129), "client_reference must be at most 128"),
        (lambda: drafted().with_client_reference("a\nb"), "client_reference must not have line breaks"),
        (lambda: drafted().with_client_reference("run-7 "), "client_reference must not begin or end with a space"),
        (lambda: drafted().with_parameters({"na me": "x"}), "parameters must have keys of 1 to 16"),
        (lambda: drafted().with_parameters({"k" * 17: "x"}), "parameters must have keys of 1 to 16"),
        (lambda: drafted().with_parameters({"k": {"467": "x"}}), r"parameters\[k\] must be an international"),
        (lambda: drafted().with_parameters({"k": "x" * 161}), r"parameters\[k\] must have values of at most 160"),
        (lambda: drafted().with_parameters({"k": 7}), r"parameters\[k\] must be text, or a mapping"),
        (lambda: drafted().with_parameters("k"), "parameters must be a mapping"),
        (lambda: drafted().with_callback_url("example.com"), "callback_url must be a URL"),
        (lambda: drafted().with_callback_url("https://example.com/my page"), "callback_url must be a URL"),
        (lambda: drafted().with_callback_url("https://?x"), "callback_url must be a URL"),
        (lambda: drafted().with_delivery_report(""), "delivery_report must be text such as none, summary"),
        (lambda: drafted().with_max_parts(0), "parts must be a whole number from 1"),
        (lambda: drafted().at(datetime(2026, 1, 1)), "at must be a datetime with a time zone"),
        (lambda: drafted().at("now"), "at must be a datetime with a time zone"),
        (lambda: drafted().expires(NOW), "expires must be after sending, by 3 days at most"),
        (lambda: drafted().expires(timedelta(days=3, seconds=1)), "expires must be after sending"),
        (lambda: drafted().expires(0), "expires must be after sending"),
        (lambda: drafted().expires("soon"), "expires must be a datetime, a timedelta or seconds"),
        (lambda: drafted().at(NOW + timedelta(hours=2)).expires(NOW + timedelta(hours=1)), "expires must be after"),
    ],
)  # fmt: skip
def test_what_sinch_would_refuse_is_refused_before_it_is_sent(make: Any, said: str) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{said}") as refused:
        make().operation()

    assert refused.value.certainly_not_sent


def test_a_draft_that_was_not_sent_says_so() -> None:
    with pytest.raises(TypeError, match=r"sent: call .dry_run\(\) or .send\(\) or .send_once\(\)$"):
        bool(drafted())


# --- credentials ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"service_plan_id": PLAN}, "api_token"),
        ({"api_token": TOKEN}, "service_plan_id"),
        ({"application_key": KEY, "application_secret": SECRET}, "service_plan_id"),
    ],
)
def test_half_a_pair_is_an_error_of_the_product_that_needs_it(
    given: dict[str, str], missing: str
) -> None:
    client = SinchClient(**given)  # type: ignore[arg-type]

    with pytest.raises(ConfigurationError, match=f"^{missing} is missing") as refused:
        _ = client.messages
    assert refused.value.argument == missing
    assert refused.value.variable in {"SINCH_SERVICE_PLAN_ID", "SINCH_API_TOKEN"}


@pytest.mark.parametrize(
    "product", ["verification", "callouts", "calls", "conferences", "applications"]
)
def test_a_service_plan_alone_signs_nothing(product: str) -> None:
    with pytest.raises(
        ConfigurationError, match=r"^application_key and application_secret are missing"
    ):
        getattr(sinch, product)


def test_both_pairs_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINCH_SERVICE_PLAN_ID", PLAN)
    monkeypatch.setenv("SINCH_API_TOKEN", TOKEN)
    client = SinchClient(KEY, SECRET)

    assert client.sms("+46700000001", "Hi").operation().path == "/v1/sms/+46700000001"
    assert client.messages("+46700000001", "Hi").operation().path == f"/xms/v1/{PLAN}/batches"
    assert client.verification is not None


def test_the_region_comes_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = {"service_plan_id": PLAN, "api_token": TOKEN}
    monkeypatch.setenv("SINCH_SMS_REGION", " eu ")
    assert SinchClient(**plan).config.service_plan.region == "eu"
    assert SinchClient(**plan, sms_region="br").config.service_plan.region == "br"
    monkeypatch.setenv("SINCH_SMS_REGION", "")
    assert SinchClient(**plan).config.service_plan.region == "us"
    monkeypatch.setenv("SINCH_SMS_REGION", "e.u")
    with pytest.raises(ConfigurationError, match=r"^SINCH_SMS_REGION \(for sms_region\) must be a"):
        SinchClient(**plan)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("service_plan_id", "", "service_plan_id is blank"),
        ("service_plan_id", "a/b", "service_plan_id must be the id of a service plan"),
        ("api_token", "two words", "api_token must be the token"),
        ("sms_region", "https://eu", "sms_region must be a region"),
        ("sms_api", "soap", "sms_api must be 'classic' or 'rest'"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_once(option: str, value: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{said}") as refused:
        SinchClient(**{"application_key": KEY, "application_secret": SECRET, option: value})  # type: ignore[arg-type]
    assert "two words" not in str(refused.value)


def test_a_token_does_not_travel_unencrypted() -> None:
    client = SinchClient(service_plan_id=PLAN, api_token=TOKEN, base_url="http://sms.example.com")

    with pytest.raises(ConfigurationError, match="unencrypted"):
        _ = client.messages
