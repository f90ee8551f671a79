"""Recordings and the notify events about them."""

from __future__ import annotations

from datetime import UTC
from posixpath import basename, splitext
from urllib.parse import urlsplit

import attrs

from sinch_api.models.svaml import RecordingOptions

from .call import Recording
from .call_runtime import CallRuntime
from .notices import notify
from .transcript import RecordingStarted, RecordingStopped

_TIMER = "recording ready"


def start(runtime: CallRuntime, options: RecordingOptions | None, of: str = "call") -> None:
    """Record the call, or the room it is in; nothing happens while that is recorded already."""
    if any(recording.of == of for recording in _running(runtime)):
        return
    options = options or RecordingOptions()
    destination = _destination(runtime, options)
    runtime.call.recordings.append(Recording(of=of, options=options, destination=destination))
    runtime.log(RecordingStarted, of=of)


def stop(runtime: CallRuntime) -> None:
    """Stop the recording of the call; the file is there a little later."""
    for recording in _running(runtime):
        if recording.of == "call":
            _finish(runtime, recording)
    if any(recording.over for recording in runtime.call.recordings):
        ready = runtime.exchange.settings.recording_ready
        runtime.later(_TIMER, ready, lambda: _announce(runtime))


def close(runtime: CallRuntime) -> None:
    """The call ends: stop everything and announce it, since nothing may come after DICE."""
    for recording in _running(runtime):
        _finish(runtime, recording)
    _announce(runtime)


def _running(runtime: CallRuntime) -> list[Recording]:
    return [recording for recording in runtime.call.recordings if not recording.over]


def _finish(runtime: CallRuntime, recording: Recording) -> None:
    runtime.call.recordings.remove(recording)
    runtime.call.recordings.append(attrs.evolve(recording, over=True))
    runtime.log(RecordingStopped, of=recording.of, destination=recording.destination)
    if recording.options.notification_events is not False:
        notify(runtime, "recording_finished")


def _announce(runtime: CallRuntime) -> None:
    over = [recording for recording in runtime.call.recordings if recording.over]
    runtime.call.recordings = _running(runtime)
    for recording in over:
        if recording.options.notification_events is False:
            continue
        notify(runtime, "recording_available", destination=recording.destination)
        transcription = recording.options.transcription_options
        if transcription is not None and transcription.enabled:
            stem, _ = splitext(recording.destination)
            notify(runtime, "transcription_available", destination=f"{stem}-transcript.json")


def _destination(runtime: CallRuntime, options: RecordingOptions) -> str:
    """The file: as asked for, with Sinch's name if only a folder was given."""
    exchange = runtime.exchange
    given = options.destination_url or options.destination or exchange.settings.recording_base
    path = urlsplit(given).path if "://" in given else given
    if "." in basename(path):
        return given
    stamp = exchange.now.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    name = f"{stamp}_{exchange.application_key}_{runtime.call.id}.{options.format or 'mp3'}"
    return f"{given.rstrip('/')}/{name}" if not given.endswith("://") else given + name
