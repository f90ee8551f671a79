"""Choosing the action: one class for each choice, which the builders are composed of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinch.errors import SvamlError
from sinch.reply import K_co

from . import checks
from .actions import (
    ConferenceAction,
    ContinueAction,
    MxpAction,
    PstnAction,
    SipAction,
    SipPeerAction,
    StreamAction,
)
from .menus import Menus
from .prompts import PromptLike, as_prompt, check_length, joined
from .svamlet_builder import ChosenAction, SvamletBuilder, Wire

if TYPE_CHECKING:
    from datetime import timedelta

    from sinch_api.models.common import Identity

    from .checks import CauseLike

# The actions' properties are listed in the order of the specification, so that a reply's text does
# not depend on the order of refinements; None means not set and is left out.


class HangsUp(SvamletBuilder[K_co]):
    """For ICE, ACE, PIE and call updates."""

    __slots__ = ()

    def hangup(self, cause: CauseLike | None = None) -> ChosenAction[K_co]:
        """End the call after the instructions.

        ``cause`` tells the caller's network why, ``"busy"`` or ``"congestion"``, as text or as
        :class:`~sinch.values.HangupCause`; known from the SDK of 2018 only.
        """
        return self._hangup(cause, barge=False)

    def _hangup(self, cause: CauseLike | None, barge: bool) -> ChosenAction[K_co]:
        action: Wire = {"name": "hangup"}
        if cause is not None and (number := checks.cause(cause)):
            action["hangupCause"] = number
        if checks.flag(barge, "barge"):
            action["barge"] = True
        return ChosenAction(self, self._svaml, self._choose(action))


class Continues(SvamletBuilder[K_co]):
    """For ACE, PIE and call updates."""

    __slots__ = ()

    def continue_(self) -> ContinueAction[K_co]:
        """Let the call go on as it was set up, after the instructions."""
        action: Wire = {"name": "continue", "record": None, "recordingOptions": None}
        return ContinueAction(self, self._svaml, self._choose(action))


class ConnectsPstn(SvamletBuilder[K_co]):
    """For ICE and PIE."""

    __slots__ = ()

    def connect_pstn(self, number: str) -> PstnAction[K_co]:
        """Dial an international number and connect it; for at most 4 hours unless told otherwise.

        The callee sees the caller's id unless told otherwise (``cli`` is ``incoming``).
        """
        return self._pstn(checks.number(number))

    def connect_dialled_number(self) -> PstnAction[K_co]:
        """Dial the number that the app's user dialled; like ``connect_pstn`` otherwise."""
        return self._pstn(None)

    def _pstn(self, number: str | None) -> PstnAction[K_co]:
        action: Wire = {
            "name": "connectPstn",
            "number": number,
            "cli": self._default_cli,
            "locale": None,
            "maxDuration": int(self._svaml.limits.bridge.total_seconds()),
            "dialTimeout": None,
            "suppressCallbacks": None,
            "dtmf": None,
            "indications": None,
            "amd": None,
            "record": None,
            "recordingOptions": None,
            "tags": None,
        }
        return PstnAction(self, self._svaml, self._choose(action))


class ConnectsMxp(SvamletBuilder[K_co]):
    """For ICE."""

    __slots__ = ()

    def connect_mxp(self, user: str | Identity) -> MxpAction[K_co]:
        """Call an in-app user, by name (at most 128 characters) or by identity.

        Sinch's current documents know identities of type ``username`` only; those of other types
        (``number``, ``email``, ``sip`` ...) are sent as they are. ``cli`` is ``incoming`` unless
        set, as in the SDK of 2018.
        """
        return self._mxp(checks.user(user, self._svaml.limits))

    def connect_dialled_user(self) -> MxpAction[K_co]:
        """Call the user that the app's user dialled; like ``connect_mxp`` otherwise."""
        return self._mxp(None)

    def _mxp(self, destination: Wire | None) -> MxpAction[K_co]:
        action: Wire = {
            "name": "connectMxp",
            "destination": destination,
            "callHeaders": None,
            "cli": self._default_cli,
            "indications": None,
            "record": None,
        }
        return MxpAction(self, self._svaml, self._choose(action))


class ConnectsSip(SvamletBuilder[K_co]):
    """For ICE and PIE."""

    __slots__ = ()

    def connect_sip_destination(self, address: str) -> SipAction[K_co]:
        """Call a SIP address, ``user@host`` or ``user@host:port``; a leading ``sip:`` is dropped.

        ``cli`` is ``incoming`` unless set.
        """
        destination = {"type": "sip", "endpoint": checks.sip_address(address)}
        return SipAction(self, self._svaml, self._sip(destination, None))

    def connect_registered_sip_peer(self, account: str) -> SipPeerAction[K_co]:
        """Call a SIP peer registered at Sinch under ``account`` (SDK of 2018, docs/platform/svaml.md#actions).

        ``cli`` is ``incoming`` unless set.
        """
        wire = self._sip(None, checks.name(account, "the account"))
        return SipPeerAction(self, self._svaml, wire)

    def _sip(self, destination: Wire | None, account: str | None) -> Wire:
        action: Wire = {
            "name": "connectSip",
            "destination": destination,
            "maxDuration": None,
            "cli": self._default_cli,
            "transport": None,
            "suppressCallbacks": None,
            "callHeaders": None,
            "moh": None,
            "account": account,
            "indications": None,
            "record": None,
        }
        return self._choose(action)


class ConnectsConference(SvamletBuilder[K_co]):
    """For ICE, ACE and PIE."""

    __slots__ = ()

    def connect_conference(self, conference_id: str) -> ConferenceAction[K_co]:
        """Put the call into a room, which is created when missing; its id has at most 64 characters."""
        limit = self._svaml.limits.conference_id
        checks.name(conference_id, "the conference id", limit, "conference_id")
        action: Wire = {
            "name": "connectConf",
            "conferenceId": conference_id,
            "conferenceDtmfOptions": None,
            "moh": None,
            "record": None,
            "recordingOptions": None,
            "cli": None,
            "conferenceType": None,
            "enterLeaveSound": None,
        }
        return ConferenceAction(self, self._svaml, self._choose(action))


class ConnectsStream(SvamletBuilder[K_co]):
    """For ICE."""

    __slots__ = ()

    def connect_stream(self, url: str) -> StreamAction[K_co]:
        """Send the audio of the call to a WebSocket server, ``wss://...`` (closed beta, docs/platform/svaml.md#actions)."""
        address = checks.text(url, "the address").strip()
        if address[:6].casefold() != "wss://" or any(map(str.isspace, address)):
            raise SvamlError("a stream needs an address that starts with wss://")
        action: Wire = {
            "name": "connectStream",
            "destination": {"type": "Websocket", "endpoint": address},
            "streamingOptions": None,
            "maxDuration": None,
            "callHeaders": None,
        }
        return StreamAction(self, self._svaml, self._choose(action))


class RunsMenus(SvamletBuilder[K_co]):
    """For ICE, ACE, PIE, and updates of conference legs."""

    __slots__ = ()

    def run_menu(
        self,
        start: str,
        menus: Menus,
        *,
        barge: bool | None = None,
        enable_voice: bool = False,
        locale: str | None = None,
    ) -> ChosenAction[K_co]:
        """Let the caller choose, beginning with the menu ``start``; the outcome comes as a PIE.

        All menus are checked together; every fault is in :attr:`SvamlError.faults`. ``barge=False``
        makes callers hear prompts out. ``enable_voice`` lets them answer by speech (beta, charged).
        The language is that of ``menus`` unless given; it is sent when something is spoken or
        ``enable_voice`` is on.
        """
        if not isinstance(menus, Menus):
            raise SvamlError(
                "run_menu takes the id of the menu to start with, then what svaml.menus() builds; "
                f"not {type(menus).__name__} (a menu is closed with end_menu())"
            )
        ready = menus.ready(start)
        action: Wire = {"name": "runMenu", "menus": ready, "mainMenu": start}
        if barge is not None:
            action["barge"] = checks.flag(barge, "barge")
        if enable_voice is not False and checks.flag(enable_voice, "enable_voice"):
            action["enableVoice"] = True
        if locale is not None:
            action["locale"] = checks.locale(locale)
        elif ready.spoken or enable_voice:
            action["locale"] = menus.svaml.locale
        return ChosenAction(self, self._svaml, self._choose(action))


class Parks(SvamletBuilder[K_co]):
    """For ICE and call updates."""

    __slots__ = ()

    def park(
        self,
        hold_prompt: PromptLike | None = None,
        timeout: timedelta | float | None = None,
        *,
        intro_prompt: PromptLike | None = None,
        locale: str | None = None,
    ) -> ChosenAction[K_co]:
        """Keep the call waiting, playing ``hold_prompt`` again and again, until it is unparked.

        ``intro_prompt`` plays once before. ``timeout``, a timedelta or seconds, is 1 to 10 minutes (``Limits.park_min``,
        ``Limits.park_max``), Sinch's 10 minutes unless given; a prompt is always played to its end.
        To unpark, update the call with ``svaml.unpark()`` (docs/platform/calling.md#calls).
        """
        limits = self._svaml.limits
        action: Wire = {"name": "park"}
        spoken = 0
        for name, prompt in (("introPrompt", intro_prompt), ("holdPrompt", hold_prompt)):
            if prompt is not None:
                found = check_length(as_prompt(prompt), limits)
                spoken += found.spoken
                action[name] = joined(found)
        if timeout is not None:
            action["maxDuration"] = checks.seconds(
                timeout, "the parking time", least=limits.park_min, most=limits.park_max
            )
        if locale is not None:
            action["locale"] = checks.locale(locale)
        elif spoken:
            action["locale"] = self._svaml.locale
        return ChosenAction(self, self._svaml, self._choose(action))
