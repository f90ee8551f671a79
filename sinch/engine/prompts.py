"""Prompts as apps write them, cut into pieces with a source and a length (docs/platform/values.md#prompts)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from sinch.urls import begins_as_url

from .settings import EngineSettings

#: One piece of a prompt list: a bracketed form, which may hold semicolons, or text up to the next.
_PIECE: Final = re.compile(r"\s*(#(?:tts|ssml|href)\[[^\]]*\]|[^;]+)\s*(?:;|\Z)", re.IGNORECASE)
_FORM: Final = re.compile(r"#(tts|ssml|href)\[([^\]]*)\]?", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_SOURCES: Final = {"tts": "tts", "ssml": "ssml", "href": "url"}


@attrs.frozen(kw_only=True)
class Prompt:
    """One piece of sound."""

    text: str
    source: str
    locale: str
    length: timedelta


def spoken(text: str, locale: str | None, settings: EngineSettings, source: str = "tts") -> Prompt:
    """Text to speech."""
    seconds = len(_TAG.sub("", text)) / settings.characters_per_second
    return Prompt(
        text=text,
        source=source,
        locale=locale or settings.locale,
        length=timedelta(seconds=round(seconds, 3)),
    )


def read_prompts(
    texts: Iterable[str | None], locale: str | None, settings: EngineSettings
) -> list[Prompt]:
    """The pieces of some prompt lists, in order; nothing for None and blanks."""
    return [
        _read(piece.strip(), locale, settings)
        for text in texts
        for piece in _PIECE.findall(text or "")
        if piece.strip()
    ]


def _read(piece: str, locale: str | None, settings: EngineSettings) -> Prompt:
    if (form := _FORM.fullmatch(piece)) is not None:
        source = _SOURCES[form[1].lower()]
        if source != "url":
            return spoken(form[2], locale, settings, source)
        text = form[2]
    else:
        text = piece
        source = "url" if begins_as_url(piece) else "file"
    return Prompt(
        text=text,
        source=source,
        locale=locale or settings.locale,
        length=settings.file_length,
    )
