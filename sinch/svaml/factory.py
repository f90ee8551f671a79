"""Where replies start."""

from __future__ import annotations

import attrs

from sinch.errors import ConfigurationError
from sinch.svaml.limits import Limits
from sinch.values import Locale

from . import checks
from .builders import (
    AceBuilder,
    DiceBuilder,
    IceBuilder,
    ManageCallBuilder,
    NotifyBuilder,
    PieBuilder,
    UnparkBuilder,
)
from .menus import Menus


def _are_limits(_: Svaml, __: attrs.Attribute[Limits], value: object) -> None:
    if not isinstance(value, Limits):
        raise ConfigurationError(
            f"limits must be Limits(...), not {type(value).__name__}", argument="limits"
        )


@attrs.frozen
class Svaml:
    """Builds replies in one language: ``svaml = Svaml(Locale.EN_US)``.

    Immutable, so one for each language can serve all threads. ``locale`` is the language of speech,
    ``en-US`` unless given; ``limits`` are Sinch's defaults unless given.
    """

    locale: Locale = attrs.field(default=Locale.EN_US, converter=checks.locale)
    limits: Limits = attrs.field(factory=Limits, validator=_are_limits, repr=False)

    def ice(self) -> IceBuilder:
        """The reply to an ICE: a call came in."""
        return IceBuilder(self)

    def ace(self) -> AceBuilder:
        """The reply to an ACE: a call was answered."""
        return AceBuilder(self)

    def pie(self) -> PieBuilder:
        """The reply to a PIE: a menu ended."""
        return PieBuilder(self)

    def dice(self) -> DiceBuilder:
        """The reply to a DICE: a call ended. ``{}`` unless a call status is reported."""
        return DiceBuilder(self)

    def notify(self) -> NotifyBuilder:
        """The reply to a notification: ``{}``."""
        return NotifyBuilder(self)

    def manage_call(self) -> ManageCallBuilder:
        """An update of a call that is going on."""
        return ManageCallBuilder(self)

    def unpark(self) -> UnparkBuilder:
        """An update that takes a parked call on: whatever a reply to an ICE may hold."""
        return UnparkBuilder(self)

    def menus(self) -> Menus:
        """Menus for ``run_menu``."""
        return Menus(self)
