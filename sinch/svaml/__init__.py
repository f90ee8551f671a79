"""SVAML: the language that answers Sinch's voice callbacks and steers calls.

>>> from sinch.svaml import Svaml
>>> Svaml().ice().say("Hello world!").hangup().body
'{"instructions":[{"name":"playFiles","ids":["#tts[Hello world!]"],"locale":"en-US"}],"action":{"name":"hangup"}}'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from .menus import MenuDefinition, Menus
from .prompts import Prompt, PromptLike, file, href, ssml, tts
from .reply import SvamlReply
from .svamlet_builder import ChosenAction, NotOffered, SvamletBuilder

if TYPE_CHECKING:
    from .linting import Finding, FindingCode, lint

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


def __getattr__(name: str) -> Any:
    if name in {"Finding", "FindingCode", "lint"}:  # for tests and tools: no reply needs them
        from . import linting

        return getattr(linting, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
