"""SVAML: the language that answers Sinch's voice callbacks and steers calls.

>>> from sinch.svaml import Svaml
>>> Svaml().ice().say("Hello world!").hangup().body
'{"instructions":[{"name":"playFiles","ids":["#tts[Hello world!]"],"locale":"en-US"}],"action":{"name":"hangup"}}'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sinch.reply import CallUpdate, Reply
    from sinch.svaml.limits import Limits

    from .actions import (
        ConferenceAction,
        ContinueAction,
        MxpAction,
        PstnAction,
        SipAction,
        SipPeerAction,
        StreamAction,
    )
    from .builders import (
        AceBuilder,
        DiceBuilder,
        IceBuilder,
        ManageCallBuilder,
        NotifyBuilder,
        PieBuilder,
        UnparkBuilder,
    )
    from .factory import Svaml
    from .linting import Finding, FindingCode, lint
    from .menus import MenuDefinition, Menus
    from .prompts import Prompt, PromptLike, file, href, ssml, tts
    from .reply import SvamlReply
    from .svamlet_builder import ChosenAction, NotOffered, SvamletBuilder

__all__ = [
    # start here
    "Svaml",
    "Limits",
    "Reply",
    "CallUpdate",
    # prompts
    "Prompt",
    "PromptLike",
    "file",
    "href",
    "ssml",
    "tts",
    # builders
    "AceBuilder",
    "DiceBuilder",
    "IceBuilder",
    "ManageCallBuilder",
    "NotifyBuilder",
    "PieBuilder",
    "SvamlReply",
    "SvamletBuilder",
    "UnparkBuilder",
    # chosen actions
    "ChosenAction",
    "ConferenceAction",
    "ContinueAction",
    "MxpAction",
    "PstnAction",
    "SipAction",
    "SipPeerAction",
    "StreamAction",
    # menus
    "MenuDefinition",
    "Menus",
    # faults
    "Finding",
    "FindingCode",
    "NotOffered",
    "lint",
]

_HOMES = {
    "sinch.reply": (
        "CallUpdate",
        "Reply",
    ),
    "sinch.svaml.limits": ("Limits",),
    "sinch.svaml.actions": (
        "ConferenceAction",
        "ContinueAction",
        "MxpAction",
        "PstnAction",
        "SipAction",
        "SipPeerAction",
        "StreamAction",
    ),
    "sinch.svaml.builders": (
        "AceBuilder",
        "DiceBuilder",
        "IceBuilder",
        "ManageCallBuilder",
        "NotifyBuilder",
        "PieBuilder",
        "UnparkBuilder",
    ),
    "sinch.svaml.factory": ("Svaml",),
    "sinch.svaml.menus": (
        "MenuDefinition",
        "Menus",
    ),
    "sinch.svaml.prompts": (
        "Prompt",
        "PromptLike",
        "file",
        "href",
        "ssml",
        "tts",
    ),
    "sinch.svaml.reply": ("SvamlReply",),
    "sinch.svaml.svamlet_builder": (
        "ChosenAction",
        "NotOffered",
        "SvamletBuilder",
    ),
    "sinch.svaml.linting": (
        "Finding",
        "FindingCode",
        "lint",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    # what steers a call needs the limits and the models, but no builders
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
