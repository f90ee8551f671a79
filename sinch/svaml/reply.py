"""The finished reply of a builder: JSON text whose model is read from it on demand.

Callbacks need the text and seldom the model. Writing the text at once and keeping nothing else
makes a reply independent of the builder it came from, and spares the hot path from creating
models; the models are not even imported before somebody asks for one.
"""

from __future__ import annotations

import json
import json.encoder
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from sinch.errors import SvamlError
from sinch.reply import K_co, Reply
from sinch_api.codec import Malformed, loads, orjson

if TYPE_CHECKING:
    from sinch_api.models.svaml import Svamlet

T = TypeVar("T")

# what a builder holds is its own, so it cannot contain itself
_encode_exactly = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
).encode


def _encode(value: object) -> str:
    if orjson is not None:
        try:
            text: str = orjson.dumps(value).decode()
        except TypeError:  # a number of 65 bits, half a character: JSON can say more than it
            pass
        else:
            return text
    return _encode_exactly(value)


_quoted = (
    json.encoder.encode_basestring
)  # what the encoder uses when it keeps characters as they are

_KEPT_ACTIONS = 64


class SharedMenus(list[dict[str, Any]]):
    """Checked menus that never change again, and their JSON text once they were used twice.

    Menus written while a program starts are most of the text of every reply that runs them.
    """

    spoken: bool = False
    """Whether any of them is spoken, and needs a voice."""
    _used: bool = False
    _actions: dict[tuple[tuple[str, Any], ...], str] = {}  # noqa: RUF012 - one of its own from its second use on

    __hash__ = object.__hash__  # type: ignore[assignment]  # they never change: each is itself

    def written(self, action: dict[str, Any]) -> str:
        """The JSON text of an action that runs these menus, kept from its second use on.

        How an app runs a set of menus varies little, so few texts are kept.
        """
        way = tuple(action.items())
        text = self._actions.get(way)
        if text is None:
            text = _encode(action)
            if not self._used:
                self._used = True
            elif not self._actions or len(self._actions) >= _KEPT_ACTIONS:
                self._actions = {way: text}
            else:
                self._actions[way] = text
        return text


@attrs.frozen(
    slots=False, repr=False
)  # without slots, creation costs less: this is on the hot path
class SvamlReply(Reply[K_co]):
    """The finished reply of a builder: it never changes again.

    Replies are equal when they answer the same event with the same text.
    """

    _body: str
    _answers: str

    @property
    def body(self) -> str:
        """The JSON text to answer with."""
        return self._body

    @property
    def answers(self) -> str:
        """What it answers: the name of the event, or ``update`` for an update of a call."""
        return self._answers

    def build(self) -> SvamlReply[K_co]:
        """The reply itself, which is finished."""
        return self

    @property
    def model(self) -> Svamlet:
        """The generated model of this reply."""
        return self._parsed

    def __repr__(self) -> str:
        # the text may hold phone numbers and credentials
        return f"<SvamlReply for {self._answers}, {len(self._body)} characters>"

    @cached_property
    def _parsed(self) -> Svamlet:
        return _read(self._body)


def written(steps: list[dict[str, Any]], action: dict[str, Any] | None) -> str:
    """The text of a reply; raises :class:`SvamlError` for text that no JSON document can carry."""
    if action is None:
        body = ""
    elif type(menus := action.get("menus")) is SharedMenus:
        body = menus.written(action)
    else:
        body = _encode({name: value for name, value in action.items() if value is not None})
    if steps:
        first = f'{{"instructions":[{",".join(map(_step_text, steps))}]'
        body = f'{first},"action":{body}}}' if body else f"{first}}}"
    else:
        body = f'{{"action":{body}}}' if body else "{}"
    if not body.isascii():
        try:
            body.encode()
        except UnicodeEncodeError:
            raise SvamlError(
                "the reply has text with half a character (a lone surrogate), which cannot be sent"
            ) from None
    return body


def _step_text(step: dict[str, Any]) -> str:
    """The JSON text of an instruction; that of the usual one in a fraction of the time."""
    if (*step,) == _PLAYING and step["name"] == "playFiles" and type(step["ids"]) is list:
        try:
            ids = ",".join(map(_quoted, step["ids"]))
            return f'{{"name":"playFiles","ids":[{ids}],"locale":{_quoted(step["locale"])}}}'
        except TypeError:  # a raw instruction, of which nothing is known
            pass
    return _encode(step)


_PLAYING = ("name", "ids", "locale")


def _read(body: str) -> Svamlet:
    from sinch_api.models.svaml import (
        Svamlet,
        UnknownAction,
        UnknownInstruction,
        read_action,
        read_instruction,
    )

    wire = loads(body)
    action = wire.get("action")
    return Svamlet(
        instructions=tuple(
            _whole(raw, read_instruction, UnknownInstruction.from_wire)
            for raw in wire.get("instructions", ())
        ),
        action=None if action is None else _whole(action, read_action, UnknownAction.from_wire),
    )


def _whole(raw: Any, read: Callable[[Any], T], keep: Callable[[Any], T]) -> T:
    """Read one part, keeping it raw when a model would lose any of it (raw_action and the like)."""
    try:
        part = read(raw)
        if part.to_wire() == raw:  # type: ignore[attr-defined]
            return part
    except Malformed:
        pass
    return keep(raw)
