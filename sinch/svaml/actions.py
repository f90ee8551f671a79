"""Actions that can be refined: each class is what choosing the action returns."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, Self

from sinch.errors import SvamlError
from sinch.reply import K_co

from . import checks
from .action_options import (
    WithBridgeTimeout,
    WithCallbacks,
    WithCallHeaders,
    WithCli,
    WithIndications,
    WithMusicOnHold,
    WithRecordFlag,
    WithRecording,
    no_fixed_host,
)

if TYPE_CHECKING:
    from sinch_api.models.common import ConferenceDtmfMode
    from sinch_api.models.svaml import SipTransport


class ContinueAction(WithRecording[K_co]):
    """``continue_()``: the call goes on as it was set up."""

    __slots__ = ()


class PstnAction(
    WithCli[K_co],
    WithIndications[K_co],
    WithBridgeTimeout[K_co],
    WithCallbacks[K_co],
    WithRecording[K_co],
):
    """``connect_pstn(...)``: a telephone number is dialled and connected."""

    __slots__ = ()

    def with_dial_timeout(self, timeout: timedelta | float) -> Self:
        """Give up ringing after this time, a timedelta or seconds; whole seconds."""
        self._wire["dialTimeout"] = checks.seconds(timeout, "the dial timeout")
        return self

    def with_optimized_dial_timeout(self) -> Self:
        """Leave the dial timeout to the platform; takes back ``with_dial_timeout``."""
        self._wire["dialTimeout"] = None
        return self

    def with_dtmf(self, tones: str) -> Self:
        """Send tones when the callee answers: ``0-9``, ``#``, ``w`` for half a second's pause."""
        self._wire["dtmf"] = checks.tones(tones)
        return self

    def with_amd(self, asynchronous: bool = False) -> Self:
        """Detect answering machines (docs/platform/voice-events.md#amd).

        The ACE waits up to 5 seconds for the result; when ``asynchronous`` it comes at once and the
        result follows as notify events.
        """
        self._wire["amd"] = {"enabled": True, "async": checks.flag(asynchronous, "asynchronous")}
        return self

    def without_amd(self) -> Self:
        """Do not detect answering machines; the default."""
        self._wire["amd"] = None
        return self

    def with_locale(self, locale: str) -> Self:
        """Announce in this language; ``en-US`` unless set (docs/platform/svaml.md#actions)."""
        self._wire["locale"] = checks.locale(locale)
        return self

    def with_tag(self, key: str, value: str) -> Self:
        """Add a billing tag, key and value at most 32 ASCII characters (a later .NET SDK)."""
        limit = self._svaml.limits.tag
        for part, what in ((key, "the key of a tag"), (value, "the value of a tag")):
            if not checks.name(part, what, limit, "tag").isascii():
                raise SvamlError(f"{what} must be ASCII")
        self._wire["tags"] = [*(self._wire["tags"] or ()), {"key": key, "value": value}]
        return self


class MxpAction(WithCli[K_co], WithIndications[K_co], WithRecordFlag[K_co], WithCallHeaders[K_co]):
    """``connect_mxp(...)``: an in-app user is called.

    ``with_recording`` exists because the SDK of 2018 has it; Sinch does not record such calls.
    """

    __slots__ = ()


class SipAction(
    WithCli[K_co],
    WithIndications[K_co],
    WithBridgeTimeout[K_co],
    WithCallbacks[K_co],
    WithRecordFlag[K_co],
    WithCallHeaders[K_co],
    WithMusicOnHold[K_co],
):
    """``connect_sip_destination(...)``: a SIP address is called."""

    __slots__ = ()

    def with_transport(self, transport: Literal["UDP", "TCP", "TLS"] | SipTransport) -> Self:
        """Reach the SIP side over ``UDP`` (the default), ``TCP`` or ``TLS``."""
        name = str(transport).upper()
        if name not in {"UDP", "TCP", "TLS"}:
            raise SvamlError("the SIP transport is UDP, TCP or TLS")
        self._wire["transport"] = name
        return self


class SipPeerAction(SipAction[K_co]):
    """``connect_registered_sip_peer(...)``: a registered SIP peer is called (SDK of 2018)."""

    __slots__ = ()

    def with_extension(self, extension: str) -> Self:
        """Replace the user part of the peer's address; may be called once."""
        if self._wire["destination"] is not None:
            raise SvamlError("the extension is already set")
        self._wire["destination"] = {"type": "sip", "endpoint": no_fixed_host(extension)}
        return self


class ConferenceAction(WithMusicOnHold[K_co], WithCli[K_co], WithRecording[K_co]):
    """``connect_conference(...)``: the call joins a room. Recording here records the room."""

    __slots__ = ()

    def with_dtmf(
        self,
        mode: Literal["ignore", "forward", "detect"] | ConferenceDtmfMode,
        *,
        max_digits: int | None = None,
        timeout: timedelta | float | None = None,
    ) -> Self:
        """Say what happens with keys pressed in the room (docs/platform/calling.md#callouts).

        ``ignore`` (the default), ``forward`` to the others, or ``detect``: collect ``max_digits``
        (1) with at most ``timeout`` (a timedelta or seconds; 3 seconds) between them and send a PIE.
        """
        name = str(mode).casefold()
        if name not in {"ignore", "forward", "detect"}:
            raise SvamlError("the mode is 'ignore', 'forward' or 'detect'")
        options: dict[str, object] = {"mode": name}
        if max_digits is not None:
            options["maxDigits"] = checks.at_least(max_digits, 1, "max_digits")
        if timeout is not None:
            least = timedelta(milliseconds=1)
            options["timeoutMills"] = checks.milliseconds(timeout, "the timeout", least, None)
        self._wire["conferenceDtmfOptions"] = options
        return self

    def two_part(self) -> Self:
        """A room for two parties. Deprecated: SDK of 2018 only (docs/platform/svaml.md#actions)."""
        self._wire["conferenceType"] = "twopart"
        return self

    def multi_part(self) -> Self:
        """A room for any number of parties. Deprecated: SDK of 2018 only (docs/platform/svaml.md#actions)."""
        self._wire["conferenceType"] = "multipart"
        return self

    def with_enter_leave_sound(self) -> Self:
        """A sound when somebody enters or leaves. Deprecated: SDK of 2018 only (docs/platform/svaml.md#actions)."""
        self._wire["enterLeaveSound"] = True
        return self

    def without_enter_leave_sound(self) -> Self:
        """No sound when somebody enters or leaves. Deprecated: SDK of 2018 only (docs/platform/svaml.md#actions)."""
        self._wire["enterLeaveSound"] = None
        return self


class StreamAction(WithBridgeTimeout[K_co], WithCallHeaders[K_co]):
    """``connect_stream(...)``: the audio of the call goes to your WebSocket server (closed beta)."""

    __slots__ = ()

    def with_sample_rate(self, hertz: int) -> Self:
        """Samples a second; 16000 and 44100 have been seen (docs/platform/svaml.md#actions)."""
        rate = checks.at_least(hertz, 1, "the sample rate")
        self._wire["streamingOptions"] = {**self._options(), "sampleRate": rate}
        return self

    def with_version(self, version: int) -> Self:
        """Version of the streaming protocol; only 1 is known."""
        number = checks.at_least(version, 1, "the version")
        # version first, the order of the specification
        self._wire["streamingOptions"] = {"version": number, **self._options("sampleRate")}
        return self

    def _options(self, *names: str) -> dict[str, int]:
        held: dict[str, int] = self._wire["streamingOptions"] or {}
        return {name: held[name] for name in names or held if name in held}
