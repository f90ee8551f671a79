"""Events as they go over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sinch_api.codec import write_datetime, write_seconds
from sinch_api.models.common import Identity

from .call import SimulatedCall
from .exchange import Exchange
from .settings import EngineSettings


def ice(exchange: Exchange, call: SimulatedCall) -> dict[str, Any]:
    """An incoming call, or a custom callout that asks where to go."""
    settings = exchange.settings
    return _common(exchange, call, "ice", exchange.now) | _given(
        callResourceUrl=_resource(settings, call),
        userRate=call.rate.to_wire(),
        cli=_number(settings, call.from_) if call.from_ else "private",
        to=_identity(settings, call.to),
        domain=call.domain.value,
        originationType=call.origination,
        rdnis=_number(settings, call.rdnis) if call.rdnis else None,
        callHeaders=_pairs(call.call_headers) or None,
    )


def ace(exchange: Exchange, call: SimulatedCall, amd: Mapping[str, Any]) -> dict[str, Any]:
    """An answered call; ``amd`` is empty without answering machine detection."""
    return _common(exchange, call, "ace", exchange.now) | _given(
        callResourceUrl=_resource(exchange.settings, call), amd=amd or None
    )


def pie(exchange: Exchange, call: SimulatedCall, result: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody entered."""
    event = _common(exchange, call, "pie", exchange.now) | {"menuResult": _given(**result)}
    event.pop("user", None)
    return event


def dice(exchange: Exchange, call: SimulatedCall) -> dict[str, Any]:
    """The end of a call, which has to be over."""
    settings, now = exchange.settings, exchange.now
    answered = call.answered_at is not None
    return _common(exchange, call, "dice", now) | _given(
        reason=_dice_reason(settings, call),
        result=call.result.value,
        duration=write_seconds(call.duration(now)) if answered else None,
        debit=call.debit.to_wire(),
        userRate=call.rate.to_wire(),
        to=_identity(settings, call.dialled if settings.dice_to_is_last_dialled else call.to),
        callHeaders=_pairs(call.call_headers) or None,
        **{"from": _number(settings, call.from_) if call.from_ else "private"},
    )


def notify(
    exchange: Exchange, call: SimulatedCall, kind: str, extra: Mapping[str, Any]
) -> dict[str, Any]:
    """Something to know about; it has neither time nor cookies."""
    event = _common(exchange, call, "notify", None) | {"type": kind, **extra}
    if kind != "callingerror":
        event.pop("user", None)
    return event


def _common(
    exchange: Exchange, call: SimulatedCall, name: str, now: datetime | None
) -> dict[str, Any]:
    cookies = _pairs(call.cookies) if now is not None else None
    return {"event": name, "callid": call.id} | _given(
        conferenceId=call.conference_id,
        version=1,
        timestamp=now and write_datetime(now),
        custom=call.custom,
        applicationKey=exchange.application_key,
        user=call.user,
        cookies=cookies or None,
    )


def _resource(settings: EngineSettings, call: SimulatedCall) -> str:
    base = settings.resource_base.rstrip("/")
    return f"{base}/calling/v1/calls/id/{quote(call.id, safe='')}"


def _identity(settings: EngineSettings, identity: Identity) -> dict[str, Any] | None:
    if not identity.endpoint:
        return None
    return identity.to_wire() | {"endpoint": _number(settings, identity.endpoint)}


def _dice_reason(settings: EngineSettings, call: SimulatedCall) -> str:
    """GET call knows reasons that DICE does not."""
    illegal = call.reason == settings.illegal_reason
    return settings.illegal_dice_reason if illegal else call.reason


def _number(settings: EngineSettings, text: str) -> str:
    if settings.plus_in_events or not text.removeprefix("+").isdigit():
        return text
    return text.removeprefix("+")


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]
