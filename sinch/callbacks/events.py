"""Reading what Sinch sends: JSON in, a typed event out, or a rejection with a reason.

The events are the generated models, so every field of the specification is there and ``match``
narrows them. Reading is tolerant: of letter case, of unknown fields, enum values and events, and of
values that cannot be read. Such a value is None (in a list, left out); ``event.problems`` names it,
``event.raw`` keeps what was sent. What identifies the event is insisted upon: its ``event``, the
``callid`` of ICE, ACE, PIE and DICE, and the ``id`` of a verification.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from sinch.errors import CallbackRejected, RejectionReason
from sinch.nesting import is_deeper_than
from sinch_api.codec import Malformed, TooDeep, brackets, loads, loads_flat, tag_of
from sinch_api.model import Problem
from sinch_api.webhooks import EVENTS_BY_TAG, TAG, event_model

if TYPE_CHECKING:
    from sinch.callbacks.event_types import CallbackEvent

MAX_BODY: Final = 256 * 1024
"""Bytes (or characters) of a callback that is read; real ones stay below a few thousand."""

MAX_DEPTH: Final = 32
"""Levels of nesting that are read; real callbacks have three."""


@attrs.frozen(kw_only=True)
class UnknownEvent:
    """An event that this version has no model for, kept as it came."""

    event: str
    """The name, in the letter case it was sent."""
    raw: Mapping[str, Any] = attrs.field(eq=False, repr=False)
    """The payload."""
    problems: ClassVar[tuple[Problem, ...]] = ()
    """None: nothing in it is read."""


_BODY_TYPES = (bytes, str)  # a union would be made anew at every call


def read_event(body: bytes | str, *, max_body: int = MAX_BODY) -> CallbackEvent:
    """Read the body of a callback.

    ``max_body`` limits its size in bytes (characters for ``str``), default 256 KiB; nesting is
    limited to 32 levels. Raises :class:`~sinch.errors.CallbackRejected` with reason ``TOO_LARGE``,
    ``NOT_JSON``, ``NOT_AN_OBJECT``, ``TOO_DEEP`` or ``WRONG_TYPE`` (what identifies the event is
    missing or no text), and nothing else.

    This does not check the signature: use :class:`~sinch.callbacks.CallbackVerifier` first.
    """
    if not isinstance(body, _BODY_TYPES):
        raise CallbackRejected(  # a slip of the caller, but here nothing else is ever raised
            "read_event takes bytes or str; parsed JSON goes to read_model",
            reason=RejectionReason.WRONG_TYPE,
        )
    if len(body) > max_body:
        raise too_large(max_body)
    # what has few brackets cannot be deep: every real callback is spared looking how deep it is
    flat = brackets(body) <= MAX_DEPTH
    try:
        payload = loads_flat(body) if flat else loads(body)
    except Malformed as error:
        deep = isinstance(error, TooDeep)
        reason = RejectionReason.TOO_DEEP if deep else RejectionReason.NOT_JSON
        raise CallbackRejected(f"the body {error.problem}", reason=reason) from None
    if not flat:
        _check_depth(payload)
    if payload.__class__ is dict and (tag := payload.get(_USUAL)).__class__ is str:
        model = _MODELS.get(tag)
        if model is not None:  # nearly always: one that came before
            try:
                event: CallbackEvent = model.from_parsed(payload)
            except Malformed as error:
                raise _wrong_type(error) from None
            return event
    return _read(payload, ours=True)


def read_model(payload: Mapping[str, Any]) -> CallbackEvent:
    """Read a callback that has been parsed already, such as one kept in a queue or a database.

    Same limits and errors as :func:`read_event`, except for the size. Numbers parsed as ``float``
    lose nothing: amounts go through their shortest decimal form.
    """
    if isinstance(payload, Mapping):
        _check_depth(payload)
    return _read(payload)


def too_large(limit: int) -> CallbackRejected:
    """The rejection of a body above a limit in bytes."""
    return CallbackRejected(
        f"the body is larger than {limit} bytes", reason=RejectionReason.TOO_LARGE
    )


def _check_depth(payload: object) -> None:
    """Refuse deep nesting, cycles included."""
    if is_deeper_than(MAX_DEPTH, payload):
        raise CallbackRejected(
            f"the body is nested more than {MAX_DEPTH} levels deep", reason=RejectionReason.TOO_DEEP
        )


def _read(payload: Any, *, ours: bool = False) -> CallbackEvent:
    """Read parsed JSON; what is ours alone, and so never changes, field by field when asked for."""
    if payload.__class__ is not dict and not isinstance(payload, Mapping):
        raise CallbackRejected(
            f"the body is not a JSON object but {type(payload).__name__}",
            reason=RejectionReason.NOT_AN_OBJECT,
        )
    try:
        key = _tag_property(payload)
        tag = tag_of(payload, key)
        model = event_model(tag, key)
        if model is None:
            return UnknownEvent(event=_name(payload, key), raw=payload)
        event: CallbackEvent = model.from_parsed(payload) if ours else model.from_wire(payload)
    except Malformed as error:
        raise _wrong_type(error) from None
    if (sent := payload.get(_USUAL)).__class__ is str and len(_MODELS) < _MOST_SPELLINGS:
        _MODELS[sent] = model
    return event


def _wrong_type(error: Malformed) -> CallbackRejected:
    return CallbackRejected(str(error), reason=RejectionReason.WRONG_TYPE)


_USUAL: Final = TAG or ""
#: The models of events that came, by the tag as it was sent. Sinch spells each in one way.
_MODELS: Final[dict[Any, Any]] = {}
_MOST_SPELLINGS: Final = 64
_OTHERS: Final = tuple(tag for tag in EVENTS_BY_TAG if tag != TAG)


def _tag_property(payload: Mapping[str, Any]) -> str:
    """The property that says what this is: ``event``, or ``type`` in those of the SMS REST API."""
    if _USUAL in payload:
        return _USUAL
    folded = {str(key).casefold() for key in payload}
    if _USUAL in folded:
        return _USUAL
    return next((tag for tag in _OTHERS if tag in folded), _USUAL)


def _name(payload: Mapping[str, Any], key: str) -> str:
    name = payload.get(key)
    if name is None:
        name = next(v for k, v in payload.items() if str(k).casefold() == key and v is not None)
    return str(name)
