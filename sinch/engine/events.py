"""Events as they go over the wire (facts 8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sinch_api.codec import write_datetime, write_seconds
from sinch_api.models.common import Identity

from .call import Call
from .core import Core
from .settings import EngineSettings


class EventWriter:
    """Writes the five events of one application."""

    def __init__(self, core: Core) -> None:
        self._key = core.application_key
        self._core = core

    @property
    def _settings(self) -> EngineSettings:
        return self._core.settings

    def ice(self, call: Call, now: datetime) -> dict[str, Any]:
        """An incoming call, or a custom callout that asks where to go."""
        return self._common(call, "ice", now) | _given(
            callResourceUrl=self._resource(call),
            userRate=call.rate.to_wire(),
            cli=self._number(call.from_) if call.from_ else "private",
            to=self._identity(call.to) if call.to.endpoint else None,
            domain=call.domain.value,
            originationType=call.origination,
            rdnis=self._number(call.rdnis) if call.rdnis else None,
            callHeaders=_pairs(call.call_headers) or None,
        )

    def ace(self, call: Call, now: datetime, amd: Mapping[str, Any] | None) -> dict[str, Any]:
        """An answered call."""
        return self._common(call, "ace", now) | _given(
            callResourceUrl=self._resource(call), amd=amd
        )

    def pie(self, call: Call, now: datetime, result: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody entered."""
        event = self._common(call, "pie", now) | {"menuResult": dict(result)}
        event.pop("user", None)
        return event

    def dice(self, call: Call, now: datetime) -> dict[str, Any]:
        """The end of a call, which has to be over."""
        to = call.to
        dial = call.doing.dial
        if dial is not None and self._settings.dice_to_is_last_dialled:
            to = dial.to
        answered = call.answered_at is not None
        return self._common(call, "dice", now) | _given(
            reason=self._dice_reason(call),
            result=call.result.value,
            duration=write_seconds(call.duration(now)) if answered else None,
            debit=call.debit.to_wire(),
            userRate=call.rate.to_wire(),
            to=self._identity(to) if to.endpoint else None,
            callHeaders=_pairs(call.call_headers) or None,
            **{"from": self._number(call.from_) if call.from_ else "private"},
        )

    def notify(self, call: Call, kind: str, extra: Mapping[str, Any]) -> dict[str, Any]:
        """Something to know about; it has neither time nor cookies."""
        event = self._common(call, "notify", None) | {"type": kind, **extra}
        if kind != "callingerror":
            event.pop("user", None)
        return event

    def _common(self, call: Call, name: str, now: datetime | None) -> dict[str, Any]:
        cookies = _pairs(call.cookies) if now is not None else None
        return {"event": name, "callid": call.id} | _given(
            conferenceId=call.conference_id,
            version=1,
            timestamp=now and write_datetime(now),
            custom=call.custom,
            applicationKey=self._key,
            user=call.user,
            cookies=cookies or None,
        )

    def _resource(self, call: Call) -> str:
        base = self._settings.resource_base.rstrip("/")
        return f"{base}/calling/v1/calls/id/{quote(call.id, safe='')}"

    def _identity(self, identity: Identity) -> dict[str, Any]:
        wire = identity.to_wire()
        wire["endpoint"] = self._number(identity.endpoint)
        return wire

    def _dice_reason(self, call: Call) -> str:
        """GET call knows reasons that DICE does not."""
        settings = self._settings
        return (
            settings.illegal_dice_reason if call.reason == settings.illegal_reason else call.reason
        )

    def _number(self, text: str) -> str:
        if self._settings.plus_in_events or not text.removeprefix("+").isdigit():
            return text
        return text.removeprefix("+")


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]
