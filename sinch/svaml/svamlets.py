"""Accepting SVAML wherever a call is steered: builders, finished replies, or plain models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from sinch.errors import InvalidArgumentError
from sinch.reply import UPDATE, CallUpdate, Reply, mismatch

if TYPE_CHECKING:
    from sinch_api.models.svaml import (
        AceSvamlet,
        Action,
        IceSvamlet,
        PieSvamlet,
        Svamlet,
        UpdateSvamlet,
    )

AnySvamlet: TypeAlias = "Svamlet | IceSvamlet | AceSvamlet | PieSvamlet | UpdateSvamlet"
SvamlUpdate: TypeAlias = "Svamlet | UpdateSvamlet | Reply[CallUpdate]"
"""What updates a call: ``svaml.manage_call()``, ``svaml.unpark()``, or a model."""

#: What an answer is made for -> the model that holds nothing else.
_NARROW: Final = {
    "ice": "IceSvamlet", "ace": "AceSvamlet", "pie": "PieSvamlet", UPDATE: "UpdateSvamlet",
}  # fmt: skip


def svamlet_of(
    value: AnySvamlet | Reply, argument: str = "svamlet", answers: str = UPDATE
) -> Svamlet:
    """The generated model, from any form it comes in; ``answers`` is what it has to be made for."""
    from sinch_api.models import svaml

    if isinstance(value, Reply) and (problem := mismatch(value, answers)):
        raise InvalidArgumentError(argument=argument, rule=problem)
    model: object = value.model if isinstance(value, Reply) else value
    if isinstance(model, svaml.Svamlet):
        return model
    narrow: type[IceSvamlet] = getattr(svaml, _NARROW[answers])
    if isinstance(model, narrow):
        return svaml.Svamlet(instructions=model.instructions, action=model.action)
    rule = f"must be a Svamlet or {narrow.__name__}, or a builder or reply of sinch.svaml"
    raise InvalidArgumentError(argument=argument, rule=rule)


def update_of(value: SvamlUpdate) -> UpdateSvamlet:
    """What may be sent to a running call: an action, and no instruction that is for other events."""
    from sinch_api.models.svaml import UpdateSvamlet

    if isinstance(value, UpdateSvamlet):
        return value
    model = svamlet_of(value)
    action, instructions = cast("Action", model.action), cast("Any", model.instructions)
    try:
        return UpdateSvamlet(instructions=instructions, action=action)
    except InvalidArgumentError as error:
        where = f"svamlet.{error.argument}"
        raise InvalidArgumentError(argument=where, rule=error.rule) from None
