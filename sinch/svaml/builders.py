"""The builders: one class for each event, composed of the steps Sinch accepts there (docs/platform/svaml.md#contexts)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sinch.reply import UPDATE, CallUpdate, K_co

from .action_choices import (
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
from .actions import (
    ConferenceAction,
    ContinueAction,
    MxpAction,
    PstnAction,
    SipAction,
    SipPeerAction,
    StreamAction,
)
from .instructions import AnswersCall, CallSteps, ReportsCallStatus, SendsDtmf
from .svamlet_builder import ChosenAction, NotOffered, SvamletBuilder

if TYPE_CHECKING:
    from sinch_api.models.voice_events import AceEvent, DiceEvent, IceEvent, NotifyEvent, PieEvent

    from .checks import CauseLike
else:  # what is only said to checkers; no reply needs the models
    AceEvent = DiceEvent = IceEvent = NotifyEvent = PieEvent = Any


class TakesCall(
    CallSteps[K_co],
    SendsDtmf[K_co],
    AnswersCall[K_co],
    HangsUp[K_co],
    ConnectsPstn[K_co],
    ConnectsMxp[K_co],
    ConnectsSip[K_co],
    ConnectsConference[K_co],
    ConnectsStream[K_co],
    RunsMenus[K_co],
    Parks[K_co],
):
    """Whatever a reply to an ICE may hold."""

    __slots__ = ()
    _default_cli = "incoming"


class IceBuilder(TakesCall[IceEvent]):
    """Answers an ICE, an incoming call. Made by ``svaml.ice()``."""

    __slots__ = ()
    kind = "an ICE reply"
    answers = "ice"


class UnparkBuilder(TakesCall[CallUpdate]):
    """Updates a parked call with whatever an ICE reply may hold (docs/platform/calling.md#calls). ``svaml.unpark()``."""

    __slots__ = ()
    kind = "an update of a parked call"
    answers = UPDATE


class AceBuilder(
    CallSteps[AceEvent],
    HangsUp[AceEvent],
    Continues[AceEvent],
    ConnectsConference[AceEvent],
    RunsMenus[AceEvent],
):
    """Answers an ACE, an answered call. Made by ``svaml.ace()``.

    Offers what Sinch's current documents do. What the SDK of 2018 offered besides, park and the
    other connects, can be sent with ``raw_action`` (docs/platform/contradictions.md).
    """

    __slots__ = ()
    kind = "an ACE reply"
    answers = "ace"


class PieBuilder(
    CallSteps[PieEvent],
    SendsDtmf[PieEvent],
    HangsUp[PieEvent],
    Continues[PieEvent],
    ConnectsPstn[PieEvent],
    ConnectsSip[PieEvent],
    ConnectsConference[PieEvent],
    RunsMenus[PieEvent],
):
    """Answers a PIE, the outcome of a menu. Made by ``svaml.pie()``.

    Caller ids default as in ICE replies; no SDK has set an example.
    """

    __slots__ = ()
    kind = "a PIE reply"
    answers = "pie"
    _default_cli = "incoming"


class DiceBuilder(ReportsCallStatus[DiceEvent]):
    """Answers a DICE, a disconnected call. Made by ``svaml.dice()``; ``{}`` is a full answer."""

    __slots__ = ()
    kind = "a DICE reply"
    answers = "dice"
    _needs_action = False


class NotifyBuilder(SvamletBuilder[NotifyEvent]):
    """Answers a notification. Made by ``svaml.notify()``; the answer is ``{}``."""

    __slots__ = ()
    kind = "a notify reply"
    answers = "notify"
    _needs_action = False


class ManageCallBuilder(
    CallSteps[CallUpdate],
    SendsDtmf[CallUpdate],
    AnswersCall[CallUpdate],
    HangsUp[CallUpdate],
    Continues[CallUpdate],
    RunsMenus[CallUpdate],
    Parks[CallUpdate],
):
    """Updates a call that is going on, for ``calls(id).update(...)``. ``svaml.manage_call()``.

    ``run_menu`` is for conference legs (docs/platform/calling.md#calls). To take a parked call on, use ``svaml.unpark()``.
    """

    __slots__ = ()
    kind = "a call update"
    answers = UPDATE

    def hangup(
        self, cause: CauseLike | None = None, *, barge: bool = False
    ) -> ChosenAction[CallUpdate]:
        """End the call after the instructions.

        ``cause`` (``"busy"`` or ``"congestion"``) and ``barge`` are known from the SDK of 2018
        only; what ``barge`` does is not documented.
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


REFINED: Final[dict[str, type[ChosenAction[Any]]]] = {
    "continue_": ContinueAction,
    "connect_pstn": PstnAction,
    "connect_mxp": MxpAction,
    "connect_sip_destination": SipAction,
    "connect_registered_sip_peer": SipPeerAction,
    "connect_conference": ConferenceAction,
    "connect_stream": StreamAction,
}


def refusal(owner: SvamletBuilder[Any], name: str) -> AttributeError:
    """Why a builder has no such attribute: not offered for its event, or not there at all."""
    builder = type(owner)
    others = [other.kind for other in BUILDERS if not name.startswith("_") and hasattr(other, name)]
    if not others:
        what = f"{builder.__name__!r} object has no attribute {name!r}"
        return AttributeError(what, name=name, obj=owner)  # Python adds "Did you mean"
    instead = ""
    if name == "continue_" and hasattr(builder, "connect_dialled_number"):
        # .NET's Continue in an ICE reply: the call goes where the app's user dialled
        instead = (
            "; to connect the call as it was dialled use connect_dialled_number() or "
            "connect_dialled_user()"
        )
    raw = "raw_action" if name in ACTION_METHODS else "raw_instruction"
    return NotOffered(
        f"{builder.kind} cannot {name}: Sinch accepts it in {', '.join(others)}{instead}; to send "
        f"it all the same use {raw}"
    )


def too_late(chosen: ChosenAction[Any], name: str) -> AttributeError:
    """Why an action that was chosen has no such attribute."""
    if not name.startswith("_"):
        if name in ACTION_METHODS:
            return NotOffered(f"the action is chosen: a reply has exactly one, so no {name} here")
        if any(hasattr(builder, name) for builder in BUILDERS):
            return NotOffered(
                f"instructions come before the action: call {name} first, or on the builder, which "
                "takes more at any time"
            )
        homes = [each for each in REFINED if hasattr(REFINED[each], name)]
        if homes:
            return NotOffered(f"{name} belongs to {', '.join(homes)}")
    what = f"{type(chosen).__name__!r} object has no attribute {name!r}"
    return AttributeError(what, name=name, obj=chosen)
