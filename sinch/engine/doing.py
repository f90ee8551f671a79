"""What the engine keeps about a call for itself: what it is in the middle of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import attrs

from sinch_api.models.common import ConferenceDtmfOptions, Identity
from sinch_api.models.svaml import (
    Action,
    AmdOptions,
    Instruction,
    Menu,
    RecordingOptions,
)

from .far_ends import FarEnd
from .transcript import Side

if TYPE_CHECKING:
    from .call import Call

Step: TypeAlias = "Callable[[Call], None]"


@attrs.frozen(kw_only=True)
class Prompt:
    """One piece of sound."""

    text: str
    source: str
    locale: str
    length: timedelta


@attrs.define(kw_only=True)
class Program:
    """The rest of an answer: ``context`` is ice, ace, pie or update."""

    instructions: list[Instruction]
    action: Action | None
    context: str


@attrs.frozen(kw_only=True)
class Dial:
    """One destination that is being dialled, or was."""

    to: Identity
    side: Side
    script: FarEnd
    timeout: timedelta
    longest: timedelta
    cli: str | None = None
    callbacks: bool = True
    amd: AmdOptions | None = None
    dtmf: str | None = None
    record: bool = False
    recording_options: RecordingOptions | None = None
    undeclared: bool = False
    """Whether it is a stream to an address that no far end was declared for."""


@attrs.define(kw_only=True)
class MenuRun:
    """A menu tree while it is walked."""

    menus: Mapping[str, Menu]
    menu: Menu
    barge: bool
    voice: bool
    locale: str
    side: Side
    digits: str = ""
    repeats_left: int = 0
    listening: bool = False


@attrs.define(kw_only=True)
class Recording:
    """One recording; ``of`` is call or room."""

    of: str
    options: RecordingOptions
    destination: str


@attrs.define(kw_only=True)
class Doing:
    """What a call is in the middle of."""

    inline: Mapping[str, str] = attrs.field(factory=dict)
    """The texts ice, ace, pie and dice of a custom callout."""
    ask: str | None = None
    """The callback the call waits for."""
    open: set[str] = attrs.field(factory=set)
    """All callbacks that are not answered yet."""
    program: Program | None = None
    dial: Dial | None = None
    menu: MenuRun | None = None
    queue: list[Prompt] = attrs.field(factory=list)
    queue_side: Side = Side.PARTY
    queue_then: Step | None = None
    on_continue: Step | None = None
    """What continue does, where it is not to connect two legs."""
    on_answer: Step | None = None
    """What a REST update left to do once the callee answers."""
    suppressed: bool = False
    """Whether an action suppressed the callbacks ACE and DICE."""
    recordings: list[Recording] = attrs.field(factory=list)
    unready: list[Recording] = attrs.field(factory=list)
    """Recordings that are over but not announced yet."""
    room_dtmf: ConferenceDtmfOptions | None = None
    room_digits: str = ""
    room_moh: str | None = None
    hold_moh: str | None = None
