"""The builders: one class for each event, composed of the steps Sinch accepts there (facts 9.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .base import ChosenAction, NotOffered, SvamletBuilder
from .choices import (
    ConnectsConference,
    ConnectsMxp,
    ConnectsPstn,
    ConnectsSip,
    ConnectsStream,
    Continues,
    HangsUp,
    Parks,
    RunsMenus,
)
from .steps import AnswersCall, CallSteps, ReportsCallStatus, SendsDtmf

if TYPE_CHECKING:
    from sinch.values import HangupCause


class IceBuilder(
    CallSteps,
    SendsDtmf,
    AnswersCall,
    HangsUp,
    ConnectsPstn,
    ConnectsMxp,
    ConnectsSip,
    ConnectsConference,
    ConnectsStream,
    RunsMenus,
    Parks,
):
    """Answers an ICE, an incoming call. Made by ``svaml.ice()``."""

    __slots__ = ()
    kind = "an ICE reply"
    _default_cli = "incoming"


class UnparkBuilder(IceBuilder):
    """Updates a parked call with whatever an ICE reply may hold (facts 7.3). ``svaml.unpark()``."""

    __slots__ = ()
    kind = "an update of a parked call"


class AceBuilder(CallSteps, HangsUp, Continues, ConnectsConference, RunsMenus):
    """Answers an ACE, an answered call. Made by ``svaml.ace()``.

    Offers what Sinch's current documents do. What the SDK of 2018 offered besides, park and the
    other connects, can be sent with ``raw_action`` (facts 12 row 23).
    """

    __slots__ = ()
    kind = "an ACE reply"


class PieBuilder(
    CallSteps,
    SendsDtmf,
    HangsUp,
    Continues,
    ConnectsPstn,
    ConnectsSip,
    ConnectsConference,
    RunsMenus,
):
    """Answers a PIE, the outcome of a menu. Made by ``svaml.pie()``.

    Caller ids default as in ICE replies; no SDK has set an example.
    """

    __slots__ = ()
    kind = "a PIE reply"
    _default_cli = "incoming"


class DiceBuilder(ReportsCallStatus):
    """Answers a DICE, a disconnected call. Made by ``svaml.dice()``; ``{}`` is a full answer."""

    __slots__ = ()
    kind = "a DICE reply"
    _needs_action = False


class NotifyBuilder(SvamletBuilder):
    """Answers a notification. Made by ``svaml.notify()``; the answer is ``{}``."""

    __slots__ = ()
    kind = "a notify reply"
    _needs_action = False


class ManageCallBuilder(CallSteps, SendsDtmf, AnswersCall, HangsUp, Continues, RunsMenus, Parks):
    """Updates a call that is going on, for ``calls(id).update(...)``. ``svaml.manage_call()``.

    ``run_menu`` is for conference legs (facts 7.3). To take a parked call on, use ``svaml.unpark()``.
    """

    __slots__ = ()
    kind = "a call update"

    def hangup(self, cause: HangupCause | None = None, *, barge: bool = False) -> ChosenAction:
        """End the call after the instructions.

        ``cause`` and ``barge`` are known from the SDK of 2018 only; what ``barge`` does is not
        documented (facts 9.2).
        """
        return self._hangup(cause, barge)


BUILDERS: Final = (
    IceBuilder,
    AceBuilder,
    PieBuilder,
    DiceBuilder,
    NotifyBuilder,
    ManageCallBuilder,
    UnparkBuilder,
)

ACTION_METHODS: Final = (
    "hangup",
    "continue_",
    "connect_pstn",
    "connect_dialled_number",
    "connect_mxp",
    "connect_dialled_user",
    "connect_sip_destination",
    "connect_registered_sip_peer",
    "connect_conference",
    "connect_stream",
    "run_menu",
    "park",
    "raw_action",
)


def refusal(builder: type[SvamletBuilder], name: str) -> AttributeError:
    """Why a builder has no such attribute: not offered for its event, or not there at all."""
    others = [other.kind for other in BUILDERS if not name.startswith("_") and hasattr(other, name)]
    if not others:
        return AttributeError(f"{builder.__name__!r} object has no attribute {name!r}", name=name)
    return NotOffered(
        f"{builder.kind} cannot {name}: Sinch accepts it in {', '.join(others)} "
        "(facts 9.1); to send it all the same use raw_action or raw_instruction"
    )
