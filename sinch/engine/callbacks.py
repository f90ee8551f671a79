"""Events to the app and its answers: primary URL, fallback URL, inline SVAML, and silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import attrs

from sinch_api.codec import Malformed, loads

from .call import Call
from .core import Core
from .effects import Ask, Callback, Failure, Tell
from .events import EventWriter
from .states import CallState
from .transcript import Asked, CallbackFailed, Replied, StatusReported, Told

_DEEPEST: Final = 32
_URL: Final = re.compile(r"\s*https?://", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class _Sent:
    call: Call
    callback: Callback
    fallback: str


class Callbacks:
    """Sends events and takes answers."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._sent: dict[str, _Sent] = {}
        self.write = EventWriter(core)

    # --- events -----------------------------------------------------------------------------

    def ask(self, call: Call, name: str, event: dict[str, Any]) -> None:
        """Ask the app for SVAML; the call waits, unless it is in a room."""
        doing = call.doing
        url, fallback, script = self._where(call, name)
        self._core.log(call, Asked, event=name, payload=event, url=url, inline=script is not None)
        waits = call.state is not CallState.CONFERENCE
        if waits:
            self._core.enter(call, CallState.ASKING)
        if script is not None:
            self._replied(call, name, script)
        elif not url:
            self._core.log(call, CallbackFailed, event=name, reason=Failure.NO_APP.value, url="")
            self._core.programs.unanswered(call, name)
        else:
            ask = Ask(**self._fields(call, name, event, url))
            if waits:
                self.forget(call)
                doing.ask = ask.id
            self._send(_Sent(call=call, callback=ask, fallback=fallback))

    def tell(self, call: Call, name: str, event: dict[str, Any]) -> None:
        """Tell the app something whose answer does not matter."""
        url, fallback, script = self._where(call, name)
        self._core.log(call, Told, event=name, payload=event)
        tell = Tell(**self._fields(call, name, event, "" if script is not None else url))
        self._send(_Sent(call=call, callback=tell, fallback=fallback))

    def notify(self, call: Call, kind: str, **extra: Any) -> None:
        """Tell the app by a notify event."""
        self.tell(call, "notify", self.write.notify(call, kind, extra))

    def calling_error(self, call: Call, message: str, code: int = 40001) -> None:
        """Tell the app that its SVAML is not legal."""
        self.notify(call, "callingerror", errorCode=code, errorMsg=message)

    # --- answers ----------------------------------------------------------------------------

    def reply(self, callback_id: str, body: object) -> bool:
        """Take an answer; False if nobody waits for it."""
        sent = self._take(callback_id)
        if sent is None:
            return False
        call, callback = sent.call, sent.callback
        if isinstance(callback, Ask):
            if call.doing.ask == callback.id:
                call.doing.ask = None
            self._replied(call, callback.name, body)
        elif callback.name == "dice":
            self._read_report(call, body)
        return True

    def failed(self, callback_id: str, failure: Failure, detail: str) -> bool:
        """Take the news that there is no answer; False if nobody waits for it."""
        sent = self._take(callback_id)
        if sent is None:
            return False
        call, callback = sent.call, sent.callback
        reason = f"{failure.value}: {detail}" if detail else failure.value
        self._core.log(
            call, CallbackFailed, event=callback.name, reason=reason[:500], url=callback.url
        )
        waiting = call.doing.ask == callback.id
        if callback.attempt == 1 and sent.fallback:
            again = attrs.evolve(callback, id=self._core.new_id(), attempt=2, url=sent.fallback)
            if waiting:
                call.doing.ask = again.id
            self._send(_Sent(call=call, callback=again, fallback=""))
        elif isinstance(callback, Ask):
            if waiting:
                call.doing.ask = None
            self._core.programs.unanswered(call, callback.name)
        return True

    def forget(self, call: Call, *, everything: bool = False) -> None:
        """Do not wait for the answer any more; with ``everything``, for no answer of this call."""
        call.doing.ask = None
        for key in tuple(call.doing.open):
            if everything or isinstance(self._sent[key].callback, Ask):
                del self._sent[key]
                call.doing.open.discard(key)

    def clear(self) -> None:
        """Forget everything."""
        self._sent.clear()

    def _take(self, callback_id: str) -> _Sent | None:
        sent = self._sent.pop(callback_id, None)
        if sent is not None:
            sent.call.doing.open.discard(callback_id)
        return sent

    def _send(self, sent: _Sent) -> None:
        callback = sent.callback
        if callback.url or isinstance(callback, Ask):
            self._sent[callback.id] = sent
            sent.call.doing.open.add(callback.id)
        if isinstance(callback, Ask | Tell):
            self._core.effects.append(callback)

    def _fields(self, call: Call, name: str, event: dict[str, Any], url: str) -> dict[str, Any]:
        return {
            "id": self._core.new_id(),
            "call_id": call.id,
            "name": name,
            "event": event,
            "url": url,
            "headers": call.callback_headers,
            "timeout": self._core.settings.callback_timeout,
        }

    def _where(self, call: Call, name: str) -> tuple[str, str, str | None]:
        """Primary and fallback URL, and the script of a callout that brought its answer along."""
        given = call.doing.inline.get(name, "").strip()
        if given and _URL.match(given):
            return given, "", None
        if given:
            return "", "", given
        return self._core.urls.primary, self._core.urls.fallback, None

    def _replied(self, call: Call, name: str, body: object) -> None:
        self._core.log(call, Replied, event=name, payload=_shown(body))
        self._core.programs.answered(call, name, body)

    def _read_report(self, call: Call, body: object) -> None:
        """ReportCallStatus, the one instruction in an answer to DICE (facts 9.4)."""
        payload = _parsed(body)
        instructions = payload.get("instructions") if isinstance(payload, Mapping) else None
        for item in instructions if isinstance(instructions, list) else ():
            if not isinstance(item, Mapping):
                continue
            value = str(item.get("value", ""))
            named = str(item.get("name", "")).lower() == "reportcallstatus"
            if named and value.lower() in {"success", "failure"}:
                details = str(item.get("details") or "")[:64]
                self._core.log(call, StatusReported, value=value.lower(), details=details)


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
        return parsed if _is_shallow(parsed) else "(nested too deeply to show)"
    if isinstance(body, bytes):
        return body[:500].decode(errors="replace")
    return None if body is None else str(body)[:500]


def _is_shallow(value: object) -> bool:
    """Whether it can be walked without fear: SVAML has six levels."""
    level = [value]
    for _ in range(_DEEPEST):
        # each container once a level, or shared ones could double with every level
        found = {id(item): item for item in level if isinstance(item, Mapping | list | tuple)}
        if not found:
            return True
        level = [
            inner
            for item in found.values()
            for inner in (item.values() if isinstance(item, Mapping) else item)
        ]
    return False
