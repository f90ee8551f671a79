"""Prompts: what a caller hears, as typed helpers or as text in Sinch's prompt syntax (docs/platform/values.md#prompts).

The syntax has no escape for ``]`` and ``;``, so text that contains them is refused rather than
damaged on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeAlias

import attrs

from sinch.errors import SvamlError
from sinch.svaml.limits import Limits
from sinch.urls import begins_as_url

_CLOSING: Final = "]"
_SEPARATOR: Final = ";"


@attrs.frozen(slots=False)  # without slots, creation costs a third: this is on the hot path
class Prompt:
    """One or several prompts, played in order without a gap.

    Made by :func:`tts`, :func:`ssml`, :func:`href` and :func:`file`; ``+`` joins them. ``items``
    are in Sinch's syntax, ``spoken`` is the number of characters to be spoken in all, ``longest``
    that of the longest spoken item, ``longest_name`` that of the longest name of a file.
    """

    items: tuple[str, ...]
    spoken: int = 0
    longest: int = 0
    longest_name: int = 0

    def __add__(self, other: PromptLike) -> Prompt:
        """Both, one after the other."""
        return as_prompt((self, as_prompt(other)))

    def __radd__(self, other: PromptLike) -> Prompt:
        """Both, when the first is text in prompt syntax: ``"intro.wav" + tts("Hello")``."""
        return as_prompt((as_prompt(other), self))

    def __str__(self) -> str:
        return _SEPARATOR.join(self.items)


PromptLike: TypeAlias = str | Prompt | Iterable[str | Prompt]
"""Anything that names prompts: Sinch's prompt syntax as text, a typed prompt, or several of both."""


def spoken_text(text: str) -> str:
    """Check text to be spoken and put it into Sinch's form."""
    if not isinstance(text, str):
        raise SvamlError(f"text to speak must be text, not {type(text).__name__}")
    if not text.strip():
        raise SvamlError("there is no text to speak")
    if _CLOSING in text or _SEPARATOR in text:
        found = _CLOSING if _CLOSING in text else _SEPARATOR
        raise SvamlError(
            f"text to speak cannot contain '{found}', which Sinch would cut it at: leave it out "
            "or use a comma"
        )
    if "#" in text and "#tts[" in text.casefold():
        raise SvamlError("give the words alone, without '#tts[' around them")
    return f"#tts[{text}]"


def tts(text: str) -> Prompt:
    """Words for a text-to-speech voice: ``tts("Welcome.")``.

    Raises :class:`SvamlError` for blank text and for ``]`` and ``;`` (docs/platform/values.md#prompts).
    """
    # menus that are built for each call say the same each time; text of one caller is for say()
    # (str() because members of enumerations that are equal to a text may be written differently)
    return _tts(str.__str__(text)) if isinstance(text, str) else _tts.__wrapped__(text)


@lru_cache(maxsize=256)
def _tts(text: str) -> Prompt:
    item, length = spoken_text(text), len(text)
    return Prompt((item,), length, length)


def ssml(markup: str) -> Prompt:
    """Speech markup: ``ssml("<speak>Your code is <say-as ...>123</say-as></speak>")``.

    Has to be one ``<speak>`` element; ``]`` is refused. ``;``, as in ``&amp;``, works in an
    instruction but not in a menu or while parked, where Sinch takes it for the end of the prompt.
    """
    if not isinstance(markup, str):
        raise SvamlError("SSML has to be text")
    text = markup.strip()
    if not (text.startswith("<speak") and text.endswith("</speak>")):
        raise SvamlError("SSML has to start with <speak> and end with </speak>")
    if _CLOSING in text:
        raise SvamlError("SSML cannot contain ']', which Sinch would cut it at")
    return Prompt((f"#ssml[{text}]",), len(text), len(text))


def href(url: str) -> Prompt:
    """An audio file on your server, ``http://`` or ``https://``, at most 1 MB (docs/platform/values.md#prompts)."""
    text = url.strip() if isinstance(url, str) else ""
    if not begins_as_url(text) or not text.partition("://")[2]:
        raise SvamlError("an audio file's address has to start with http:// or https://")
    if _CLOSING in text or _SEPARATOR in text or any(map(str.isspace, text)):
        raise SvamlError("an audio file's address cannot contain ']', ';' or blanks: encode them")
    return Prompt((f"#href[{text}]",))


def file(name: str) -> Prompt:
    """A prompt file stored at Sinch, by its name."""
    text = name.strip() if isinstance(name, str) else ""
    if not text:
        raise SvamlError("a prompt is empty")
    if any(map(str.isspace, text)):
        raise SvamlError(
            f"{_short(text)} would be the name of a prompt file, but has blanks: to have it spoken "
            "write tts(...) or '#tts[...]'"
        )
    if any(character in text for character in "#[];"):
        raise SvamlError(
            f"{_short(text)} is neither a file name nor #tts[...], #ssml[...] or #href[...]"
        )
    return Prompt((text,), longest_name=len(text))


def as_prompt(value: PromptLike) -> Prompt:
    """The prompt for any way of writing one; raises :class:`SvamlError`."""
    if isinstance(value, Prompt):
        return value
    if isinstance(value, str):
        return parse(value)
    if not isinstance(value, Iterable):
        raise SvamlError(f"a prompt is text or tts(...), not {type(value).__name__}")
    found = [as_prompt(each) for each in value]
    if not found:
        raise SvamlError("a prompt is empty")
    return Prompt(
        tuple(item for each in found for item in each.items),
        sum(each.spoken for each in found),
        max(each.longest for each in found),
        max(each.longest_name for each in found),
    )


@lru_cache(maxsize=1024)
def parse(text: str) -> Prompt:
    """Read Sinch's prompt syntax.

    Names of files, ``#tts[]``, ``#ssml[]`` and ``#href[]`` in any letter case, and bare web
    addresses, separated by ``;``. Text without a marker is the name of a file; as names have no
    blanks, a sentence is refused with a hint. Results are cached: programs use few strings.
    """
    found: list[Prompt] = []
    rest = text.strip()
    if not rest:
        raise SvamlError("a prompt is empty")
    while True:
        if rest.startswith("#"):
            prompt, rest = _marked(rest)
        else:
            name, separator, rest = rest.partition(_SEPARATOR)
            prompt = href(name) if begins_as_url(name.strip()) else file(name)
            rest = separator + rest
        found.append(prompt)
        rest = rest.lstrip()
        if not rest:
            return found[0] if len(found) == 1 else as_prompt(found)
        if rest[0] != _SEPARATOR:
            raise SvamlError(
                f"the prompt goes on after ']' with {_short(rest)}: text cannot contain ']', and "
                "prompts are separated by ';'"
            )
        rest = rest[1:].lstrip()


_MARKERS: Final = {"#tts[": tts, "#ssml[": ssml, "#href[": href}


def _marked(text: str) -> tuple[Prompt, str]:
    """The prompt at the start of ``text``, which starts with a marker, and what follows it."""
    marker, bracket, rest = text.partition("[")
    make = _MARKERS.get((marker + bracket).casefold())
    if make is None:
        raise SvamlError(
            f"{_short(text)} starts with a marker that is not #tts[...], #ssml[...] or #href[...]"
        )
    content, closing, rest = rest.partition(_CLOSING)
    if not closing:
        raise SvamlError(f"{_short(text)} has no closing ']'")
    return make(content), rest


def check_length(prompt: Prompt, limits: Limits) -> Prompt:
    """Refuse a prompt that is too long to speak, or a file name that is too long."""
    if prompt.longest > limits.tts_prompt:
        raise SvamlError(
            f"a spoken prompt has {prompt.longest} characters, at most {limits.tts_prompt} are "
            "allowed (Limits.tts_prompt)"
        )
    if prompt.longest_name > limits.file_name:
        raise SvamlError(
            f"a file name has {prompt.longest_name} characters, at most {limits.file_name} are "
            "allowed (Limits.file_name)"
        )
    return prompt


def joined(prompt: Prompt) -> str:
    """The prompt for a field that holds a ``;`` list, such as a menu's."""
    items = prompt.items
    text = items[0] if len(items) == 1 else _SEPARATOR.join(items)
    if _SEPARATOR in text and text.count(_SEPARATOR) >= len(items):
        raise SvamlError(
            "SSML with ';' cannot be used here, because Sinch separates prompts with it: avoid "
            "entities such as &amp;"
        )
    return text


def is_spoken(item: str) -> bool:
    """Whether an item in prompt syntax needs a voice, and so a locale."""
    return item[:6].casefold().startswith(("#tts[", "#ssml["))


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")
