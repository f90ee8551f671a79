"""Models made in Python: a wrong type fails at once and names the argument; what is meant is taken."""

from __future__ import annotations

import inspect
import typing
from datetime import datetime, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from sinch.errors import InvalidArgumentError
from sinch.values import Locale
from sinch_api import arguments
from sinch_api.arguments import WrongArgument
from sinch_api.caller_id import Cli
from sinch_api.pairs import Pairs
from sinch_api.models import calling, common, sms, svaml, verification, voice_events

from .strategies import MODELS, instances
from .test_reading import bare

START = {"identity": common.Identity(endpoint="+46"), "method": "sms"}


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: sms.SendSmsRequest(message=None), "message must be text, not None"),  # type: ignore[arg-type]
        (lambda: sms.SendSmsRequest(message=5), "message must be text, not int"),  # type: ignore[arg-type]
        (
            lambda: calling.AssignNumbersRequest(numbers="+46700000000"),  # type: ignore[arg-type]
            "numbers must be a list or tuple, not str",
        ),
        (lambda: calling.AssignNumbersRequest(numbers=None), "numbers must be a list or tuple, not None"),  # type: ignore[arg-type]
        (
            lambda: calling.AssignNumbersRequest(numbers=["+46", None]),  # type: ignore[arg-type,list-item]
            "numbers[1] must be text, not None",
        ),
        (
            lambda: verification.StartVerificationRequest(**{**START, "method": 5}),
            "method must be a VerificationMethod or its text, not int",
        ),
        (
            lambda: verification.StartVerificationRequest(**{**START, "method": sms.SmsStatus.UNKNOWN}),
            "method must be a VerificationMethod or its text, not SmsStatus",
        ),
        (
            lambda: verification.StartVerificationRequest(**{**START, "identity": "+46"}),
            "identity must be of type Identity, not str",
        ),
        (lambda: svaml.Park(max_duration=30), "max_duration must be a timedelta, not int"),  # type: ignore[arg-type]
        (lambda: svaml.Say(text=True), "text must be text, not bool"),  # type: ignore[arg-type]
        (lambda: svaml.RunMenu(menus=[], barge="no"), "barge must be True or False, not str"),  # type: ignore[arg-type]
        (lambda: svaml.Menu(id="a", repeats=True), "repeats must be an int, not bool"),
        (
            lambda: svaml.Svamlet(action={"name": "hangup"}),  # type: ignore[arg-type]
            "action must be one of Hangup, Continue, ConnectPstn, ConnectMxp, ConnectConference, "
            "ConnectSip, ConnectStream, RunMenu, Park, UnknownAction, not dict",
        ),
        (lambda: common.Money(amount="1.50"), "amount must be a Decimal, not str"),  # type: ignore[arg-type]
        (lambda: common.Money(amount=Decimal("NaN")), "amount must be a finite number"),
        (
            lambda: verification.StartVerificationRequest(**START, metadata="x"),  # type: ignore[arg-type]
            "metadata must be a mapping, not str",
        ),
        (lambda: verification.SmsOptions(extra=[1]), "extra must be a mapping, not list"),  # type: ignore[arg-type]
        (lambda: verification.SmsOptions(extra={1: 2}), "extra must have names that are text, not int"),  # type: ignore[dict-item]
        (lambda: voice_events.IceEvent(call_id="c", cli=5), "cli must be a Cli or its text, not int"),  # type: ignore[arg-type]
        (lambda: voice_events.IceEvent(call_id="c", cookies="lang=sv"), "cookies must be a mapping, not str"),  # type: ignore[arg-type]
        (lambda: voice_events.IceEvent(call_id="c", cookies={"a": 1}), "cookies['a'] must be text, not int"),  # type: ignore[dict-item]
        (lambda: voice_events.IceEvent(call_id="c", cookies=["lang"]), "cookies[0] must be a pair of texts, not str"),  # type: ignore[list-item]
        (
            lambda: voice_events.IceEvent(call_id="c", timestamp="2026"),  # type: ignore[arg-type]
            "timestamp must be a datetime, not str",
        ),
    ],
)
def test_a_wrong_type_names_the_argument(make: Any, told: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        make()
    assert str(caught.value) == told
    assert caught.value.argument == told.partition(" ")[0]
    assert isinstance(caught.value, ValueError)


def test_what_is_plainly_meant_is_taken() -> None:
    request = verification.StartVerificationRequest(**{**START, "method": "FlashCall"})
    assert request.method is verification.VerificationMethod.FLASH_CALL
    assert calling.AssignNumbersRequest(numbers=["+46"]).numbers == ("+46",)  # type: ignore[arg-type]
    assert common.Money(amount=2).amount == Decimal(2)  # type: ignore[arg-type]
    assert common.Money(amount=0.1).amount == Decimal("0.1")  # type: ignore[arg-type]
    assert voice_events.IceEvent(call_id="c", cli="+46").cli == Cli.parse("+46")  # type: ignore[arg-type]
    assert svaml.Say(text="x", locale=Locale.EN_US).locale == "en-US"
    for given in ({"lang": "sv"}, [("lang", "sv")], [common.KeyValue(key="lang", value="sv")]):
        assert voice_events.IceEvent(call_id="c", cookies=given).cookies["lang"] == "sv"  # type: ignore[arg-type]
    assert voice_events.IceEvent(call_id="c", cookies=None).cookies == {}  # type: ignore[arg-type]
    evolved = attrs.evolve(request, method="sms")
    assert evolved.method is verification.VerificationMethod.SMS
    assert not verification.StartVerificationRequest(**{**START, "method": "new"}).method.is_known


def test_python_says_what_is_missing_or_unknown() -> None:
    with pytest.raises(TypeError, match="message"):
        sms.SendSmsRequest()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="nothing_like_it"):
        sms.SendSmsRequest(message="x", nothing_like_it=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        sms.SendSmsRequest("x")  # type: ignore[misc]
    assert list(inspect.signature(sms.SendSmsRequest).parameters) == ["message", "from_"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_every_model_is_checked(model: Any) -> None:
    """A value of no type at all is refused everywhere, and None exactly where the type says so."""
    hints = typing.get_type_hints(model)

    @settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
    @given(instances(model))
    def check(instance: Any) -> None:
        assert attrs.evolve(instance) == instance
        for name in model.WIRE_NAMES:
            hint = hints[name]
            if bare(hint) is Any:
                continue
            for wrong in (object(), b"text", datetime, timedelta):
                if bare(hint) is bytes and isinstance(wrong, bytes):
                    continue
                with pytest.raises(InvalidArgumentError, match=f"^{name} must be "):
                    attrs.evolve(instance, **{name: wrong})
            if NoneType in typing.get_args(hint):
                assert getattr(attrs.evolve(instance, **{name: None}), name) is None
            elif (hint is not Pairs and typing.get_origin(hint) is not tuple) or name in model._reading.needed:
                with pytest.raises(InvalidArgumentError, match=f"^{name} must be .*None"):
                    attrs.evolve(instance, **{name: None})

    check()


def test_alone_the_package_has_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arguments, "_refuse", WrongArgument)
    with pytest.raises(WrongArgument, match="message must be text, not None") as caught:
        sms.SendSmsRequest(message=None)  # type: ignore[arg-type]
    assert (caught.value.argument, caught.value.rule) == ("message", "must be text, not None")
    assert isinstance(caught.value, ValueError)
