"""allow() and deny() make exactly what docs/platform/verification.md#callbacks describes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sinch.callbacks import (
    CalloutReply,
    FlashCallReply,
    SmsReply,
    SpeechOptions,
    WhatsAppReply,
    allow,
    deny,
)
from sinch.errors import InvalidArgumentError
from sinch_api.models import CodeType


def test_the_shortest_answers():
    assert allow().body == '{"action":"allow"}'
    assert deny().body == '{"action":"deny"}'
    assert deny().content_type == "application/json"


def test_properties_of_tomorrow_are_sent_beside_a_code():
    sms = SmsReply(extra={"senderId": "Shop"})
    assert allow("1234", sms=sms, method="sms").body == (
        '{"action":"allow","sms":{"code":"1234","senderId":"Shop"}}'
    )


def test_options_of_every_method():
    reply = allow(
        sms=SmsReply(
            code="AB-12",
            code_type=CodeType.ALPHANUMERIC,
            expiry=timedelta(minutes=10),
            accept_language=("es-ES", "en-US"),
        ),
        flash_call=FlashCallReply(
            cli="+46700000000",
            dial_timeout=timedelta(seconds=5),
            interception_timeout=timedelta(seconds=120),
        ),
        callout=CalloutReply(code="123456789012", speech=SpeechOptions(locale="en-US")),
        whatsapp=WhatsAppReply(code_type=CodeType.NUMERIC, accept_language=("sv-SE",)),
    )
    assert reply.model.to_wire() == {
        "action": "allow",
        "sms": {
            "code": "AB-12",
            "codeType": "Alphanumeric",
            "expiry": "00:10:00",
            "acceptLanguage": ["es-ES", "en-US"],
        },
        "flashCall": {"cli": "+46700000000", "dialTimeout": 5, "interceptionTimeout": 120},
        "callout": {"code": "123456789012", "speech": {"locale": "en-US"}},
        "whatsapp": {"codeType": "Numeric", "acceptLanguage": ["sv-SE"]},
    }


def test_a_code_serves_sms_and_callouts_and_joins_other_options():
    wire = allow("1234", sms=SmsReply(expiry=timedelta(seconds=60))).model.to_wire()
    assert wire["sms"] == {"code": "1234", "expiry": "00:01:00"}
    assert wire["callout"] == {"code": "1234"}


@pytest.mark.parametrize(
    ("method", "parts"),
    [
        ("sms", {"sms"}),
        ("SMS", {"sms"}),
        ("flashcall", {"flashCall"}),
        ("callout", {"callout"}),
        ("whatsapp", {"whatsapp"}),
        ("seamless", set()),
        ("telepathy", {"sms", "flashCall", "callout", "whatsapp"}),
    ],
)
def test_without_a_router_the_method_can_be_given(method, parts):
    reply = allow("1", flash_call=FlashCallReply(), whatsapp=WhatsAppReply(), method=method)
    assert reply.model.to_wire().keys() - {"action"} == parts


@pytest.mark.parametrize("code", ["1", "ABCdef-123", "0123456789", "----------"])
def test_codes_that_sinch_takes(code):
    allow(code)
    allow(sms=SmsReply(code=code))


@pytest.mark.parametrize("code", ["", "01234567890", "12 34", "å", "1_2", "1\n", "１２"])
def test_codes_that_sinch_refuses(code):
    for attempt in (lambda: allow(code), lambda: allow(sms=SmsReply(code=code))):
        with pytest.raises(InvalidArgumentError, match=r"code must ") as caught:
            attempt()
        assert len(str(code)) < 2 or str(code) not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"code": "1", "sms": SmsReply(code="2")}, "sms.code"),
        ({"code": "1", "callout": CalloutReply(code="2")}, "callout.code"),
        ({"callout": CalloutReply(code=" ")}, "callout.code"),
        ({"sms": SmsReply(expiry=timedelta(0))}, "sms.expiry"),
        ({"flash_call": FlashCallReply(cli="anna")}, "flash_call.cli"),
    ],
)
def test_other_rules(options, argument):
    with pytest.raises(InvalidArgumentError) as caught:
        allow(**options)
    assert caught.value.argument == argument


@pytest.mark.parametrize(
    ("argument", "seconds"), [("dial_timeout", 4), ("interception_timeout", 121)]
)
def test_a_part_has_its_limits_when_it_is_made(argument, seconds):
    with pytest.raises(InvalidArgumentError) as caught:
        FlashCallReply(**{argument: timedelta(seconds=seconds)})
    assert caught.value.argument == argument
