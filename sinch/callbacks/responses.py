"""From what a handler returned to what the peer gets."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from sinch.reply import K_co, Reply, WireModel, mismatch
from sinch_api.codec import dumps
from sinch_api.frozen import Frozen

if TYPE_CHECKING:
    from sinch.errors import CallbackRejected

OK: Final = HTTPStatus.OK  # an enumeration looks its members up in Python, each time
_JSON: Final[Frozen[str, str]] = Frozen({"Content-Type": "application/json"})


@attrs.frozen(slots=False)  # without slots it is made sooner: one is made for each request
class CallbackAnswer:
    """The HTTP response to send; web adapters copy it into whatever their framework wants."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = attrs.field(default=_JSON, hash=False)


Replyable: TypeAlias = Reply[K_co] | WireModel | Mapping[str, Any] | None
"""All that a handler may return; ``None`` stands for the safe default of the event."""


EMPTY: Final = b"{}"
_HANGUP: Final = b'{"action":{"name":"hangup"}}'
_DEFAULTS: Final = {
    "ice": _HANGUP,
    "ace": b'{"action":{"name":"continue"}}',
    "pie": _HANGUP,
    "verificationrequestevent": b'{"action":"deny"}',
}
_VOICE: Final = frozenset({"ice", "ace", "pie", "dice", "notify"})
REQUEST: Final = "verificationrequestevent"


def default_body(tag: str, event: object) -> bytes:
    """The safe default: ACE continues, ICE and PIE hang up, a verification is denied, else ``{}``.

    A PIE event for keys pressed in a conference room asks for nothing (docs/platform/voice-events.md), and hanging up
    would throw the participant out: ``{}``.
    """
    if tag == "pie" and getattr(event, "conference_id", None):
        return EMPTY
    return _DEFAULTS.get(tag, EMPTY)


def render(result: object, tag: str, event: Any) -> bytes:
    """The JSON to answer with. Raises :class:`TypeError` for what cannot be an answer."""
    if isinstance(result, Reply) and result.answers != tag:
        raise TypeError(mismatch(result, tag))
    if tag == REQUEST:
        result = _narrowed(result, event)
    if isinstance(result, Reply):
        return result.body.encode()
    model: Any = result
    _check_action(model, tag)
    return dumps(dict(model) if isinstance(model, Mapping) else model.to_wire())


def _check_action(model: Any, tag: str) -> None:
    """Tell a SVAMLet from a verification reply, which only differ in what ``action`` is."""
    kind = type(model).__name__
    if isinstance(model, Mapping):
        action = model.get("action")
    elif isinstance(model, type) or not hasattr(model, "to_wire"):
        raise TypeError(
            f"a handler returned {kind}: return a builder, a reply, a model, a mapping or None "
            "(not the text of a reply)"
        )
    else:
        action = getattr(model, "action", None)
    if tag == REQUEST and not isinstance(action, str):
        raise TypeError(f"a verification request is answered with allow() or deny(), not {kind}")
    if tag in _VOICE and isinstance(action, str):
        raise TypeError(f"a voice event is answered with a SVAMLet, not {kind}")


def _narrowed(reply: object, event: Any) -> object:
    """Drop the parts for methods that were not asked for."""
    from sinch.callbacks.replies import VerificationReply, narrow
    from sinch_api.models.verification_events import VerificationRequestReply

    if isinstance(reply, VerificationReply):
        return reply.narrowed(event.method)
    if isinstance(reply, VerificationRequestReply):
        return narrow(reply, event.method)
    return reply


def accepted(body: bytes) -> CallbackAnswer:
    """A 200 with JSON."""
    return CallbackAnswer(OK, body)


def refusal(rejected: CallbackRejected) -> CallbackAnswer:
    """What the peer learns of a rejection: the status, not the reason."""
    word = _WORDS.get(rejected.status, "unauthorized")
    return CallbackAnswer(rejected.status, b'{"error":"%s"}' % word.encode())


_WORDS: Final[dict[int, str]] = {
    HTTPStatus.BAD_REQUEST: "malformed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too large",
}

FAILED: Final = CallbackAnswer(HTTPStatus.INTERNAL_SERVER_ERROR, b'{"error":"internal error"}')
METHOD_NOT_ALLOWED: Final = CallbackAnswer(
    HTTPStatus.METHOD_NOT_ALLOWED, b'{"error":"method not allowed"}', {**_JSON, "Allow": "POST"}
)
