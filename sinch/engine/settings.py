"""Every choice the engine makes where Sinch's documents are silent, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from enum import Enum

import attrs

from sinch import limits

from .far_ends import FarEndOutcome


class Recovery(Enum):
    """What becomes of a call whose callback brought nothing usable."""

    ERROR_PROMPT = "error prompt, then hang up"
    HANG_UP = "hang up"
    CONTINUE = "continue as if the app had answered continue"


@attrs.frozen(kw_only=True)
class EngineSettings:
    """How the engine decides where Sinch is silent; docs/call-engine.md has the table."""

    # --- callbacks
    callback_timeout: timedelta = timedelta(seconds=5)
    """Real time an app has for an answer; the driver keeps it."""
    unanswered_ice: Recovery = Recovery.ERROR_PROMPT
    """After primary and fallback URL failed (docs/platform/voice-events.md)."""
    unanswered_ace: Recovery = Recovery.CONTINUE
    """After primary and fallback URL failed (docs/platform/voice-events.md)."""
    unanswered_pie: Recovery = Recovery.HANG_UP
    """After primary and fallback URL failed; not documented."""
    illegal_ice: Recovery = Recovery.ERROR_PROMPT
    """After an answer that is not legal SVAML."""
    illegal_ace: Recovery = Recovery.HANG_UP
    """After an answer that is not legal SVAML."""
    illegal_pie: Recovery = Recovery.HANG_UP
    """After an answer that is not legal SVAML."""
    unanswered_reason: str = "CALLBACKERROR"
    """Reason of a call that ended for want of an answer."""
    illegal_reason: str = "INVALIDSVAMLACTION"
    """Reason of a call that ended for illegal SVAML, in GET call."""
    illegal_dice_reason: str = "GENERALERROR"
    """The same in DICE, whose list of reasons has no such value (docs/platform/voice-events.md#dice)."""
    without_pie: Recovery = Recovery.HANG_UP
    """After a menu in a callout without enablePie."""
    hangup_pie: bool = True
    """Whether hanging up inside a menu gives a PIE, whose answer is ignored, before DICE."""
    empty_ace_continues: bool = True
    """Whether an empty answer (or ``{}``) to ACE means continue; else it is illegal."""
    dial_without_app: bool = True
    """Whether a custom callout with a destination is dialled when there is no app to ask by ICE."""
    contexts: Mapping[str, frozenset[str]] = limits.ACCEPTED
    """Actions and instructions allowed in the answer to ice, ace and pie, in lower case."""
    resource_base: str = "http://localhost"
    """What ``callResourceUrl`` starts with."""
    origination_of_callouts: str = "server"
    """``originationType`` in the ICE of a custom callout."""
    plus_in_events: bool = True
    """Whether numbers in events have their leading +; both were seen."""
    username_ace: bool = False
    """Whether a connectMxp leg that answers gives an ACE."""
    username_dice: bool = True
    """Whether an inbound call that ended in a connectMxp leg gives a DICE (a callout never)."""
    detect_needs_enable_pie: bool = True
    """Whether digits detected in a conference callout's room need enablePie to give a PIE."""

    # --- prompts
    characters_per_second: float = 15.0
    """Speed of text to speech."""
    file_length: timedelta = timedelta(seconds=3)
    """Length of every sound file."""
    error_prompt: str = "An error has occurred."
    """Heard before a call is dropped for an error."""
    locale: str = "en-US"
    """Locale of prompts that name none (docs/platform/values.md#locales)."""
    prompts_answer: bool = False
    """Whether say and playFiles answer an inbound call; else they are early media."""

    answering: frozenset[str] = frozenset({"runmenu", "park", "connectconf"})
    """Actions that answer an inbound call by themselves; connecting does when the far end answers.
    """

    # --- menus
    menu_timeout: timedelta = timedelta(seconds=5)
    """Wait for a first and for each further digit when the menu does not say (docs/platform/svaml.md#menus)."""
    voice_timeout: timedelta = timedelta(seconds=20)
    """Longest wait of a menu with voice input when it does not say (docs/platform/svaml.md#menus)."""
    shortest_timeout: timedelta = timedelta(milliseconds=500)
    """Shorter time-outs are raised to this."""
    menu_repeats: int = 3
    """Replays of a menu's prompt when it does not say; the value of the 2018 SDK."""
    most_repeats: int = 20
    """Larger repeats are cut to this."""
    invalid_counts_as_repeat: bool = True
    """Whether a wrong key uses up a repeat; else the first wrong key leaves with invalidinput."""
    option_before_digits: bool = True
    """In a menu with options and maxDigits, whether a first digit that is an option is taken so."""

    # --- connecting
    dial_timeout: timedelta = timedelta(seconds=60)
    """How long a destination rings when the action does not say."""
    undeclared_stream: FarEndOutcome = FarEndOutcome.FAILED
    """What becomes of connectStream to an address for which no far end was declared. The engine opens
    no socket, so it cannot know that somebody listens there, and does not say so."""
    longest_call: timedelta = limits.LONGEST_CALL
    """Upper bound of every maxDuration (docs/platform/limits.md), and of a call without one."""
    longest_setup: timedelta = timedelta(minutes=10)
    """How long an inbound call may go unanswered."""
    audience_of_ace: str = "party"
    """Who hears the prompts of ACE when both sides are there: party or far (docs/platform/svaml.md#instructions: caller)."""

    message_length: timedelta | None = None
    """Length of a TTS callout's message; None for as long as its text takes."""
    lonely_call: timedelta | None = None
    """How long a callout that is connected to nobody lasts; None for until it is hung up."""
    busy_reason: str = "N/A"
    """Reason when the destination is busy; newer lists also have BUSY (docs/platform/voice-events.md#dice)."""
    abandoned_reason: str = "CANCEL"
    """Reason when the caller gives up while the destination is still dialled."""
    dice_to_is_last_dialled: bool = True
    """Whether ``to`` in DICE is the destination dialled last; else the number first called."""

    # --- park, conference, recording
    longest_parking: timedelta = limits.LONGEST_PARKING
    """Longest and default stay in the parking (docs/platform/svaml.md#actions)."""
    greeting_first: bool = False
    """Whether a conference callout's greeting is over before the callee enters the room."""
    conference_timeout: timedelta = timedelta(seconds=3)
    """Wait for further digits in a room with detect (docs/platform/calling.md#callouts)."""
    recording_ready: timedelta = timedelta(seconds=1)
    """From the end of a recording until it is available; at the end of the call, at once."""
    recording_base: str = "sandbox://recordings/"
    """Where recordings without a destination go."""

    # --- money
    currency: str = "EUR"
    """Currency of all prices."""
    rate: Decimal = Decimal("0.0100")
    """Price of a minute; every minute begun counts."""
    remember: int = 10_000
    """Calls kept; the oldest ended ones are forgotten first."""

    def unanswered(self, event: str) -> Recovery:
        """What follows when nobody answered ice, ace or pie."""
        chosen = {"ice": self.unanswered_ice, "ace": self.unanswered_ace}
        return chosen.get(event, self.unanswered_pie)

    def illegal(self, event: str) -> Recovery:
        """What follows when the answer to ice, ace or pie was not legal."""
        chosen = {"ice": self.illegal_ice, "ace": self.illegal_ace}
        return chosen.get(event, self.illegal_pie)
