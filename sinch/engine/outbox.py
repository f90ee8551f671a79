"""Events on their way to the app, and what comes back: primary URL, fallback URL, inline SVAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from sinch import limits
from sinch.nesting import is_deeper_than
from sinch.urls import begins_as_url
from sinch_api.codec import Malformed, loads

from .call import SimulatedCall
from .effects import Ask, CallbackFailure, Tell
from .exchange import Exchange
from .transcript import Asked, CallbackFailed, Replied, StatusReported, Told

_DEEPEST: Final = 32


@attrs.frozen
class AppAnswer:
    """The app answered with a good status."""

    body: object


@attrs.frozen
class NoAnswer:
    """There is nobody to ask, or all that were asked failed."""


AppOutcome: TypeAlias = AppAnswer | NoAnswer
Then: TypeAlias = Callable[[AppOutcome], None]


@attrs.frozen(kw_only=True)
class _Sent:
    call: SimulatedCall
    callback: Ask | Tell
    fallback: str
    then: Then


class Outbox:
    """Sends the events of all calls, and hands on the answers."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._sent: dict[str, dict[str, _Sent]] = {}
        self._calls: dict[str, str] = {}

    def ask(
        self, call: SimulatedCall, name: str, event: Mapping[str, Any], then: Then
    ) -> AppOutcome | None:
        """Ask the app. The answer, if it is known at once; else None, and ``then`` takes it."""
        url, fallback, script = self._where(call, name)
        self._log(call, Asked, event=name, payload=event, url=url, inline=script is not None)
        if script is not None:
            self._log(call, Replied, event=name, payload=_shown(script))
            return AppAnswer(script)
        if not url:
            self._log(call, CallbackFailed, event=name, reason=CallbackFailure.NO_APP.value, url="")
            return NoAnswer()
        ask = Ask(**self._fields(call, name, event, url))
        self._send(_Sent(call=call, callback=ask, fallback=fallback, then=then))
        return None

    def tell(self, call: SimulatedCall, name: str, event: Mapping[str, Any]) -> None:
        """Tell the app something whose answer does not matter."""
        url, fallback, script = self._where(call, name)
        self._log(call, Told, event=name, payload=event)
        tell = Tell(**self._fields(call, name, event, "" if script is not None else url))
        then = self._read_report(call) if name == "dice" else _ignore
        self._send(_Sent(call=call, callback=tell, fallback=fallback, then=then))

    def reply(self, callback_id: str, body: object) -> bool:
        """Take an answer; False if nobody waits for it."""
        sent = self._take(callback_id)
        if sent is None:
            return False
        if isinstance(sent.callback, Ask):
            self._log(sent.call, Replied, event=sent.callback.name, payload=_shown(body))
        sent.then(AppAnswer(body))
        return True

    def failed(self, callback_id: str, failure: CallbackFailure, detail: str) -> bool:
        """Take the news that there is no answer; False if nobody waits for it."""
        sent = self._take(callback_id)
        if sent is None:
            return False
        callback = sent.callback
        reason = f"{failure.value}: {detail}" if detail else failure.value
        fields = {"event": callback.name, "reason": reason[:500], "url": callback.url}
        self._log(sent.call, CallbackFailed, **fields)
        if sent.fallback:
            new_id = self._exchange.new_id()
            again = attrs.evolve(callback, id=new_id, attempt=2, url=sent.fallback)
            self._send(attrs.evolve(sent, callback=again, fallback=""))
        else:
            sent.then(NoAnswer())
        return True

    def forget(self, call: SimulatedCall, *, everything: bool = False) -> None:
        """Wait for no SVAML of this call any more; with ``everything``, for no answer at all."""
        for callback_id, sent in tuple(self._sent.get(call.id, {}).items()):
            if everything or isinstance(sent.callback, Ask):
                self._take(callback_id)

    def clear(self) -> None:
        """Forget everything."""
        self._sent.clear()
        self._calls.clear()
        self._exchange.expected.clear()

    def _take(self, callback_id: str) -> _Sent | None:
        call_id = self._calls.pop(callback_id, None)
        if call_id is None:
            return None
        self._exchange.expected.discard(callback_id)
        mine = self._sent[call_id]
        sent = mine.pop(callback_id)
        if not mine:
            del self._sent[call_id]
        return sent

    def _send(self, sent: _Sent) -> None:
        callback = sent.callback
        if callback.url:
            self._sent.setdefault(callback.call_id, {})[callback.id] = sent
            self._calls[callback.id] = callback.call_id
            self._exchange.expected.add(callback.id)
        self._exchange.effects.append(callback)

    def _fields(
        self, call: SimulatedCall, name: str, event: Mapping[str, Any], url: str
    ) -> dict[str, Any]:
        return {
            "id": self._exchange.new_id(),
            "call_id": call.id,
            "name": name,
            "event": event,
            "url": url,
            "headers": call.callback_headers,
            "timeout": self._exchange.settings.callback_timeout,
        }

    def _where(self, call: SimulatedCall, name: str) -> tuple[str, str, str | None]:
        """Primary and fallback URL, and the script of a callout that brought its answer along."""
        given = call.inline.get(name, "").strip()
        if given and begins_as_url(given.lstrip()):
            return given, "", None
        if given:
            return "", "", given
        return self._exchange.urls.primary, self._exchange.urls.fallback, None

    def _log(self, call: SimulatedCall, entry: Any, **fields: Any) -> None:
        self._exchange.log(call, entry, **fields)

    def _read_report(self, call: SimulatedCall) -> Then:
        """Read ReportCallStatus, the one instruction in an answer to DICE."""

        def read(answer: AppOutcome) -> None:
            payload = _parsed(answer.body) if isinstance(answer, AppAnswer) else None
            instructions = payload.get("instructions") if isinstance(payload, Mapping) else None
            for item in instructions if isinstance(instructions, list) else ():
                if not isinstance(item, Mapping):
                    continue
                value = str(item.get("value", ""))
                named = str(item.get("name", "")).lower() == "reportcallstatus"
                if named and value.lower() in {"success", "failure"}:
                    details = str(item.get("details") or "")[: limits.REPORT_DETAILS]
                    self._log(call, StatusReported, value=value.lower(), details=details)

        return read


def _ignore(_: AppOutcome) -> None:
    pass


def _parsed(body: object) -> Any:
    if isinstance(body, bytes | str):
        try:
            return loads(body)
        except Malformed:
            return None
    return body


def _shown(body: object) -> Any:
    """The answer for the transcript: JSON, or the beginning of the text."""
    parsed = _parsed(body)
    if isinstance(parsed, Mapping | list):
        return "(nested too deeply to show)" if is_deeper_than(_DEEPEST, parsed) else parsed
    if isinstance(body, bytes):
        return body[:500].decode(errors="replace")
    return None if body is None else str(body)[:500]
