"""Recordings and the notify events about them (facts 8.5, 9.4)."""

from __future__ import annotations

from datetime import UTC
from posixpath import basename, splitext
from urllib.parse import urlsplit

from sinch_api.models.svaml import RecordingOptions

from .call import Call
from .core import Core
from .doing import Recording
from .transcript import RecordingStarted, RecordingStopped

_TIMER = "recording ready"


class Recorder:
    """Records a call, and the room it is in, at most once at a time each."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def start(self, call: Call, options: RecordingOptions | None, of: str = "call") -> None:
        """Start; nothing happens while the same is recorded already."""
        if any(recording.of == of for recording in call.doing.recordings):
            return
        options = options or RecordingOptions()
        recording = Recording(of=of, options=options, destination=self._destination(call, options))
        call.doing.recordings.append(recording)
        self._core.log(call, RecordingStarted, of=of)

    def stop(self, call: Call) -> None:
        """Stop the recording of the call; the file is there a little later."""
        for recording in tuple(call.doing.recordings):
            if recording.of == "call":
                self._finish(call, recording)
        if call.doing.unready:
            self._core.later(call, _TIMER, self._core.settings.recording_ready, self._announce)

    def close(self, call: Call) -> None:
        """The call ends: stop everything and announce it, since nothing may come after DICE."""
        for recording in tuple(call.doing.recordings):
            self._finish(call, recording)
        self._core.cancel(call, _TIMER)
        self._announce(call)

    def _finish(self, call: Call, recording: Recording) -> None:
        call.doing.recordings.remove(recording)
        call.doing.unready.append(recording)
        self._core.log(call, RecordingStopped, of=recording.of, destination=recording.destination)
        if recording.options.notification_events is not False:
            self._core.callbacks.notify(call, "recording_finished")

    def _announce(self, call: Call) -> None:
        ready, call.doing.unready = call.doing.unready, []
        for recording in ready:
            if recording.options.notification_events is False:
                continue
            notify = self._core.callbacks.notify
            notify(call, "recording_available", destination=recording.destination)
            transcription = recording.options.transcription_options
            if transcription is not None and transcription.enabled:
                stem, _ = splitext(recording.destination)
                notify(call, "transcription_available", destination=f"{stem}-transcript.json")

    def _destination(self, call: Call, options: RecordingOptions) -> str:
        """The file: as asked for, with Sinch's name if only a folder was given."""
        given = options.destination_url or options.destination or self._core.settings.recording_base
        path = urlsplit(given).path if "://" in given else given
        if "." in basename(path):
            return given
        stamp = self._core.now.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        name = f"{stamp}_{self._core.application_key}_{call.id}.{options.format or 'mp3'}"
        return f"{given.rstrip('/')}/{name}" if not given.endswith("://") else given + name
