"""Accepting SVAML wherever a call is steered: builders, finished replies, or plain models."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sinch.errors import InvalidArgumentError
from sinch.reply import UPDATE, CallUpdate, Reply, mismatch

if TYPE_CHECKING:
    from sinch_api.models.svaml import Svamlet

SvamlUpdate: TypeAlias = "Svamlet | Reply[CallUpdate]"
"""What updates a call: ``svaml.manage_call()``, ``svaml.unpark()``, or a model."""


def svamlet_of(value: Svamlet | Reply, argument: str = "svamlet", answers: str = UPDATE) -> Svamlet:
    """The generated model, from any form it comes in; ``answers`` is what it has to be made for."""
    from sinch_api.models.svaml import Svamlet

    if isinstance(value, Reply) and (problem := mismatch(value, answers)):
        raise InvalidArgumentError(argument=argument, rule=problem)
    model: object = value.model if isinstance(value, Reply) else value
    if not isinstance(model, Svamlet):
        rule = "must be a Svamlet, or a builder or reply of sinch.svaml"
        raise InvalidArgumentError(argument=argument, rule=rule)
    return model
