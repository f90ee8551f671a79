"""The ``with_...`` methods that several actions share.

Each sets one property of the action, or takes it back; setting it again replaces the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, Self

from sinch.errors import SvamlError
from sinch.reply import K_co
from sinch.values import Cli

from . import checks
from .svamlet_builder import ChosenAction

if TYPE_CHECKING:
    from sinch_api.models.common import MusicOnHold

    from .checks import Transcription


class WithCli(ChosenAction[K_co]):
    """Which caller id the other side sees (docs/platform/values.md#cli)."""

    __slots__ = ()

    def with_cli(self, cli: str | Cli) -> Self:
        """Show this caller id: an international number, or a :class:`~sinch.values.Cli`."""
        self._wire["cli"] = checks.cli(cli)
        return self

    def with_anonymous_cli(self) -> Self:
        """Hide the caller id (sends ``private``)."""
        self._wire["cli"] = "private"
        return self

    def with_incoming_cli(self) -> Self:
        """Show the caller id of the incoming call (sends ``incoming``)."""
        self._wire["cli"] = "incoming"
        return self

    def without_cli(self) -> Self:
        """Send no caller id; by Sinch's current documents that shows the caller's as well."""
        self._wire["cli"] = None
        return self


class WithIndications(ChosenAction[K_co]):
    """Which ringing tones the caller hears."""

    __slots__ = ()

    def with_indications(self, country: str) -> Self:
        """Use the tones of a country, such as ``"se"`` or ``Indications.SE`` (docs/platform/values.md#indications).

        Any letter case. Codes newer than this library are sent too; ``lint`` points them out.
        """
        self._wire["indications"] = checks.indications(country)
        return self


class WithBridgeTimeout(ChosenAction[K_co]):
    """How long the legs may stay connected."""

    __slots__ = ()

    def with_bridge_timeout(self, timeout: timedelta | float) -> Self:
        """End the call after this time, a timedelta or seconds.

        Whole seconds, at most 4 hours (``Limits.bridge``).
        """
        limit = self._svaml.limits.bridge
        self._wire["maxDuration"] = checks.seconds(timeout, "the bridge timeout", most=limit)
        return self


class WithCallbacks(ChosenAction[K_co]):
    """Whether ACE and DICE follow."""

    __slots__ = ()

    def with_callbacks(self) -> Self:
        """Send ACE and DICE for the rest of the call; the default."""
        self._wire["suppressCallbacks"] = None
        return self

    def without_callbacks(self) -> Self:
        """Send neither ACE nor DICE for the rest of the call."""
        self._wire["suppressCallbacks"] = True
        return self


class WithRecordFlag(ChosenAction[K_co]):
    """Recording by flag, stored where it was arranged with Sinch (SDK of 2018, docs/platform/svaml.md#actions)."""

    __slots__ = ()

    def with_recording(self) -> Self:
        """Record; new code uses the instruction ``start_recording`` instead."""
        self._wire["record"] = True
        return self

    def without_recording(self) -> Self:
        """Do not record; the default."""
        self._wire["record"] = None
        return self


class WithRecording(ChosenAction[K_co]):
    """Recording by flag with options (documented until 2021, docs/platform/svaml.md#actions)."""

    __slots__ = ()

    def with_recording(
        self,
        destination: str | None = None,
        *,
        credentials: str | None = None,
        format: str | None = None,  # noqa: A002 - the name Sinch uses
        notify: bool | None = None,
        transcription: Transcription = None,
    ) -> Self:
        """Record; the options are those of the instruction ``start_recording``, which new code uses."""
        options = checks.recording(
            destination,
            credentials,
            format,
            notify,
            transcription,
            self._svaml.locale,
        )
        self._wire["record"] = True
        self._wire["recordingOptions"] = options or None
        return self

    def without_recording(self) -> Self:
        """Do not record; the default."""
        self._wire["record"] = self._wire["recordingOptions"] = None
        return self


class WithCallHeaders(ChosenAction[K_co]):
    """Headers for the other side."""

    __slots__ = ()

    def with_call_headers(self, headers: Mapping[str, str]) -> Self:
        """Pass headers on, names and values at most 1024 bytes (``Limits.call_headers``).

        Name those for SIP ``X-...`` (docs/platform/values.md#call-headers).
        """
        found = checks.call_headers(headers, self._svaml.limits)
        self._wire["callHeaders"] = found or None
        return self


class WithMusicOnHold(ChosenAction[K_co]):
    """What a participant hears while alone in a room, or a caller whom a SIP peer put on hold."""

    __slots__ = ()

    def with_music_on_hold(
        self, music: Literal["ring", "music1", "music2", "music3"] | MusicOnHold | str
    ) -> Self:
        """Play ``ring``, ``music1``, ``music2`` or ``music3``; silence unless set (docs/platform/values.md#music-on-hold).

        Other names are sent as they are; ``lint`` points them out.
        """
        self._wire["moh"] = str(checks.text(music, "music on hold"))
        return self


def no_fixed_host(extension: str) -> str:
    """Check an extension of a registered SIP peer."""
    found = checks.name(extension, "the extension").strip()
    if "@" in found:
        raise SvamlError("an extension has no '@': the host is that of the registered peer")
    return found
