"""A call before it is placed: what may still be added, and the request it becomes."""

from __future__ import annotations

from typing import Self

import attrs

from sinch import limits
from sinch.callouts import arguments
from sinch.core import checks
from sinch.core.drafts import Draft
from sinch.errors import InvalidArgumentError
from sinch.redaction import mask_json
from sinch.values import Cli
from sinch_api.models.calling import (
    CalloutMethod,
    CalloutRequest,
    CalloutResponse,
    ConferenceCallout,
    CustomCallout,
    TtsCallout,
)
from sinch_api.operation import Operation
from sinch_api.operations.calling import place_callout

Part = TtsCallout | ConferenceCallout | CustomCallout


def _request(part: Part) -> CalloutRequest:
    """The request body; ``method`` says which part it carries."""
    match part:
        case TtsCallout():
            return CalloutRequest(method=CalloutMethod.TTS, tts_callout=part)
        case ConferenceCallout():
            return CalloutRequest(method=CalloutMethod.CONFERENCE, conference_callout=part)
        case CustomCallout():
            return CalloutRequest(method=CalloutMethod.CUSTOM, custom_callout=part)


def _show_part(part: Part) -> str:
    """Numbers, texts, keys to press and data of the user's are masked."""
    return f"{type(part).__name__}({mask_json(part.to_wire())})"


def _show_names(headers: tuple[tuple[str, str], ...]) -> str:
    return repr([name for name, _ in headers])


@attrs.frozen
class CalloutDraftBase(Draft):
    """A call that has not been placed; never changes, ``with_...`` gives a new one."""

    part: Part = attrs.field(repr=_show_part)
    headers: tuple[tuple[str, str], ...] = attrs.field(repr=_show_names)

    def with_cli(self, cli: str | Cli) -> Self:
        """Show this number to the callee, or ``private`` to hide it.

        Without one, a text-to-speech call is accepted but never reaches the callee (docs/platform/calling.md#callouts).
        """
        return attrs.evolve(self, part=attrs.evolve(self.part, cli=checks.caller_id(cli)))

    def with_dtmf(self, dtmf: str) -> Self:
        """Press these keys once the call is answered: ``0-9``, ``#``, ``w`` for half a second."""
        return attrs.evolve(self, part=attrs.evolve(self.part, dtmf=arguments.dtmf(dtmf)))

    def with_custom(self, custom: str) -> Self:
        """Pass data of yours, at most 1024 bytes, to every callback of the call."""
        checks.text(custom, "custom", max_bytes=limits.CUSTOM)
        return attrs.evolve(self, part=attrs.evolve(self.part, custom=custom))

    def with_callbacks(
        self, *, ace: bool | None = None, dice: bool | None = None, pie: bool | None = None
    ) -> Self:
        """Ask for callbacks when the call is answered, has ended, or has input; all off by default.

        Custom callouts have no such switches. Calls to users of an app give no ACE and no DICE.
        """
        if isinstance(self.part, CustomCallout):
            rule = "cannot be switched for a custom callout: give ace=, pie= and dice= instead"
            raise InvalidArgumentError(argument="callbacks", rule=rule)
        part = attrs.evolve(
            self.part,
            enable_ace=self.part.enable_ace if ace is None else checks.flag(ace, "ace"),
            enable_dice=self.part.enable_dice if dice is None else checks.flag(dice, "dice"),
            enable_pie=self.part.enable_pie if pie is None else checks.flag(pie, "pie"),
        )
        return attrs.evolve(self, part=part)

    def with_header(self, name: str, value: str) -> Self:
        """Have Sinch send a header to your callback URL.

        At most five; names start with ``X-CB-`` and have 32 characters at most, values are at most
        128 printable ASCII characters (docs/platform/calling.md#callouts).
        """
        if not isinstance(name, str) or not limits.CALLBACK_HEADER_NAME.fullmatch(name):
            rule = "must start with X-CB- and have at most 32 characters"
            raise InvalidArgumentError(argument="name", rule=rule)
        if not isinstance(value, str) or not limits.CALLBACK_HEADER_VALUE.fullmatch(value):
            rule = "must be at most 128 printable ASCII characters"
            raise InvalidArgumentError(argument="value", rule=rule)
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        if len(kept) == limits.CALLBACK_HEADERS:
            rule = f"must not be more than {limits.CALLBACK_HEADERS}: Sinch drops the rest"
            raise InvalidArgumentError(argument="headers", rule=rule)
        return attrs.evolve(self, headers=(*kept, (name, value)))

    def operation(self) -> Operation[CalloutResponse]:
        """The request, without sending it."""
        return place_callout(_request(self.part)).with_headers(dict(self.headers))
