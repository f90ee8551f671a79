"""Instructions: what happens before the action, one class for each set of events (docs/platform/svaml.md#contexts)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from sinch.errors import SvamlError
from sinch.reply import K_co

from . import checks
from .prompts import Prompt, PromptLike, as_prompt, check_length, spoken_text, ssml
from .svamlet_builder import SvamletBuilder, Wire

if TYPE_CHECKING:
    from sinch_api.models.svaml import ReportedCallStatus

    from .checks import Transcription


class CallSteps(SvamletBuilder[K_co]):
    """Instructions accepted wherever a call goes on: ICE, ACE, PIE and call updates."""

    __slots__ = ()

    def say(self, text: str, *, locale: str | None = None) -> Self:
        """Speak ``text`` to the caller, in the language of the ``Svaml`` unless told otherwise.

        Neighbouring prompts play without a gap. Text is at most 600 characters, all speech of a
        reply 1000 (``Limits.tts_prompt``, ``Limits.tts_total``). Raises :class:`SvamlError` for
        blank text, ``]`` and ``;`` (docs/platform/values.md#prompts).
        """
        item, length = spoken_text(text), len(text)
        if length > self._svaml.limits.tts_prompt:
            check_length(Prompt((item,), length, length), self._svaml.limits)
        return self._play((item,), length, locale)

    def play(self, *prompts: PromptLike, locale: str | None = None) -> Self:
        """Play prompts: ``play("intro.wav;menu.wav")``, ``play(file("intro.wav"), tts("Hello"))``.

        Strings are in Sinch's prompt syntax (docs/platform/values.md#prompts): names of stored files, ``#tts[]``,
        ``#ssml[]``, ``#href[]`` and web addresses, separated by ``;``.
        """
        prompt = as_prompt(prompts[0] if len(prompts) == 1 else map(as_prompt, prompts))
        check_length(prompt, self._svaml.limits)
        return self._play(prompt.items, prompt.spoken, locale)

    def ssml(self, markup: str, *, locale: str | None = None) -> Self:
        """Speak SSML, one ``<speak>`` element; its markup counts towards the limits of speech."""
        return self.play(ssml(markup), locale=locale)

    def _play(self, items: tuple[str, ...], spoken: int, locale: str | None) -> Self:
        total, limit = self._spoken + spoken, self._svaml.limits.tts_total
        if total > limit:
            raise SvamlError(
                f"the reply would speak {total} characters, at most {limit} are allowed "
                "(Limits.tts_total)"
            )
        voice: str | None = None
        if spoken:  # files have no language
            voice = self._svaml.locale if locale is None else checks.locale(locale)
        playing = self._playing
        if playing is not None:
            current = playing.get("locale")
            if voice is None or current is None or voice == current:
                playing["ids"].extend(items)
                if current is None and voice is not None:
                    playing["locale"] = voice
                self._spoken = total
                return self
        step: Wire = {"name": "playFiles", "ids": list(items)}
        if voice is not None:
            step["locale"] = voice
        self._steps.append(step)
        self._playing = step
        self._spoken = total
        return self

    def set_cookie(self, name: str, value: str) -> Self:
        """Keep a value with the call; later events of it carry it.

        The name has at most 50 characters (``Limits.cookie_id``), all cookies of the reply together
        at most 1024 bytes (``Limits.cookies``); of two with one name the later counts. Names that
        start with ``X-`` are forwarded as SIP headers (docs/platform/values.md#call-headers).
        """
        size = checks.cookie(name, value, self._svaml.limits)
        cookies = self._cookies
        total = (
            size + sum(held for other, held in cookies.items() if other != name)
            if cookies
            else size
        )
        checks.cookies_fit(total, self._svaml.limits)
        cookies[name] = size
        self._add({"name": "setCookie", "key": name, "value": value})
        return self

    def start_recording(
        self,
        destination: str | None = None,
        *,
        credentials: str | None = None,
        format: str | None = None,  # noqa: A002 - the name Sinch uses
        notify: bool | None = None,
        transcription: Transcription = None,
    ) -> Self:
        """Record this call leg from here on (docs/platform/svaml.md#instructions).

        ``destination`` is the address of a storage, ``s3://bucket/path`` or
        ``azure://account/container``; without one Sinch uses what was arranged. ``credentials`` are
        ``accessKey:secretKey:region`` for S3, the access key for Azure. ``format`` is ``mp3``
        unless set. ``notify=False`` suppresses the notify events. ``transcription`` is the language
        spoken, or ``True`` for that of the reply. Does not work with ``connect_mxp``.
        """
        step: Wire = {"name": "startRecording"}
        options = checks.recording(
            destination, credentials, format, notify, transcription, self._svaml.locale
        )
        if options:
            step["options"] = options
        self._add(step)
        return self

    def stop_recording(self) -> Self:
        """Stop recording this call leg."""
        self._add({"name": "stopRecording"})
        return self


class SendsDtmf(SvamletBuilder[K_co]):
    """For ICE, PIE and call updates."""

    __slots__ = ()

    def send_dtmf(self, tones: str) -> Self:
        """Send tones: ``0-9``, ``#`` and ``w`` for a pause of half a second (docs/platform/values.md#dtmf)."""
        self._add({"name": "sendDtmf", "value": checks.tones(tones)})
        return self


class AnswersCall(SvamletBuilder[K_co]):
    """For ICE, and by schema for call updates."""

    __slots__ = ()

    def answer(self) -> Self:
        """Answer the incoming leg now; from here on it is billed."""
        self._add({"name": "answer"})
        return self


class ReportsCallStatus(SvamletBuilder[K_co]):
    """For DICE."""

    __slots__ = ()

    def report_call_status(
        self,
        status: Literal["success", "failure"] | ReportedCallStatus,
        details: str | None = None,
    ) -> Self:
        """Tell Sinch whether the call served its purpose.

        ``details`` has at most 64 characters (``Limits.report_details``); Sinch would cut it.
        """
        value = str(status).casefold()
        if value not in {"success", "failure"}:
            raise SvamlError("the status to report is 'success' or 'failure'")
        step: Wire = {"name": "ReportCallStatus", "value": value}
        if details is not None:
            limit = self._svaml.limits.report_details
            step["details"] = checks.text(details, "details", limit, "report_details")
        self._add(step)
        return self
