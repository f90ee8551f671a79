"""What all builders share: an ordered list of instructions, one action, and the finished reply."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from sinch.errors import SvamlError
from sinch.reply import K_co, Reply

from .reply import SvamlReply, written

if TYPE_CHECKING:
    from sinch.reply import WireModel
    from sinch_api.models.svaml import Svamlet

    from .factory import Svaml

Wire = dict[str, Any]
"""An object of SVAML as it goes into JSON. ``None`` stands for what was not set."""


class NotOffered(SvamlError, AttributeError):
    """A step that Sinch does not accept in this kind of reply; the message says what to use.

    Also an :class:`AttributeError`, because the builder has no such method.
    """


class Unfinished(Reply[K_co]):
    """A reply that is still being built: a builder, or an action chosen on it."""

    __slots__ = ()

    def build(self) -> SvamlReply[K_co]:
        """The reply as it is now.

        What happens to the builder afterwards does not change it, and building again gives an
        equal reply. Raises :class:`SvamlError` when Sinch would reject it.
        """
        raise NotImplementedError

    @property
    def model(self) -> Svamlet:
        """The generated model of the reply, built anew each time."""
        return self.build().model


class SvamletBuilder(Unfinished[K_co]):
    """Base of the builders of every event.

    Mutable and meant for one thread and one reply. Instructions run in the order they were given,
    the action last, whenever it was chosen. Limits are checked as steps are added; a step that is
    refused leaves the builder as it was.
    """

    __slots__ = ("_action", "_cookies", "_playing", "_spoken", "_steps", "_svaml")

    kind: ClassVar[str] = "this reply"
    """What is built, in words."""

    # a property would cost a call
    answers: ClassVar[str] = ""  # pyright: ignore[reportIncompatibleMethodOverride]
    """What the reply answers: the name of the event, or ``update`` for an update of a call."""

    _needs_action: ClassVar[bool] = True
    _default_cli: ClassVar[str | None] = None

    def __init__(self, svaml: Svaml) -> None:
        self._svaml = svaml
        self._steps: list[Wire] = []
        self._action: Wire | None = None
        self._playing: Wire | None = None  # the playFiles that a neighbouring prompt joins
        self._spoken = 0
        self._cookies: dict[str, int] = {}  # sizes by name

    def build(self) -> SvamlReply[K_co]:
        """The reply as it is now.

        The builder keeps its steps and can be continued; replies built before do not change.
        Raises :class:`SvamlError` when no action was chosen and the event needs one.
        """
        return SvamlReply(self.body, self.answers)

    @property
    def body(self) -> str:
        """The JSON text of the reply as it is now, the same as that of :meth:`build`."""
        if self._action is None and self._needs_action:
            raise SvamlError(f"{self.kind} needs an action: {', '.join(self._actions())}")
        return written(self._steps, self._action)

    def raw_instruction(self, instruction: Mapping[str, Any] | WireModel) -> Self:
        """Add an instruction as it is: a mapping with a ``name``, or a generated model.

        The escape hatch for what this library does not know or offer; nothing is checked except
        that it is JSON. It is copied.
        """
        self._add(_copy_of(instruction))
        return self

    def raw_action(self, action: Mapping[str, Any] | WireModel) -> ChosenAction[K_co]:
        """Choose an action as it is: a mapping with a ``name``, or a generated model.

        The escape hatch for what Sinch may accept though its current documents do not list it,
        for example ``{"name": "park"}`` in an ACE reply as in 2018 (docs/platform/contradictions.md). Nothing is
        checked except that it is JSON and the only action. It is copied.
        """
        chosen = self._choose(_copy_of(action))
        return ChosenAction(self, self._svaml, chosen)

    def _add(self, step: Wire) -> None:
        self._playing = None
        self._steps.append(step)

    def _choose(self, action: Wire) -> Wire:
        if self._action is not None:
            raise SvamlError(
                f"the action is already {self._action['name']}: a reply has exactly one, so "
                f"{action['name']} cannot be added"
            )
        self._action = action
        return action

    @classmethod
    def _actions(cls) -> list[str]:
        from .builders import ACTION_METHODS

        return [name for name in ACTION_METHODS if hasattr(cls, name)]

    def __repr__(self) -> str:
        # names only: steps may hold phone numbers and credentials
        steps = [str(step["name"]) for step in self._steps]
        action = self._action["name"] if self._action is not None else "no action"
        return f"<{type(self).__name__}: {', '.join([*steps, str(action)])}>"

    if not TYPE_CHECKING:  # a checker would take it for permission to call anything

        def __getattr__(self, name: str) -> Any:
            from .builders import refusal

            raise refusal(self, name)


class ChosenAction(Unfinished[K_co]):
    """A reply whose action is chosen. ``body``, ``model`` and ``build()`` finish it."""

    __slots__ = ("_builder", "_svaml", "_wire")

    def __init__(self, builder: SvamletBuilder[K_co], svaml: Svaml, wire: Wire) -> None:
        self._builder = builder
        self._svaml = svaml
        self._wire = wire  # shared with the builder: refining the action changes its next reply

    @property
    def answers(self) -> str:
        """What the reply answers, as its builder says."""
        return self._builder.answers

    def build(self) -> SvamlReply[K_co]:
        """The reply as it is now: the builder's instructions and this action."""
        return self._builder.build()

    @property
    def body(self) -> str:
        """The JSON text of the reply as it is now."""
        return self._builder.body

    def __repr__(self) -> str:
        return repr(self._builder)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            from .builders import too_late

            raise too_late(self, name)


def _copy_of(raw: Mapping[str, Any] | WireModel) -> Wire:
    given: Any = raw if isinstance(raw, Mapping) else getattr(raw, "to_wire", lambda: None)()
    if not isinstance(given, Mapping) or not isinstance(given.get("name"), str):
        raise SvamlError("a raw action or instruction is an object with a 'name'")
    try:
        copy: Wire = json.loads(json.dumps(dict(given), allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise SvamlError(f"a raw action or instruction has to be JSON: {error}") from None
    return copy
