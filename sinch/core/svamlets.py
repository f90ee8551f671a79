"""Accepting SVAML wherever a call is steered: builders, finished replies, or plain models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from sinch.core.reply import Reply
from sinch.errors import InvalidArgumentError

if TYPE_CHECKING:
    from sinch_api.models.svaml import Svamlet


@runtime_checkable
class BuildsSvaml(Protocol):
    """A builder of ``sinch.svaml``, at whatever point of its chain."""

    def build(self) -> Reply[Svamlet]:
        """The finished reply."""
        ...


SvamlLike: TypeAlias = "Svamlet | Reply[Svamlet] | BuildsSvaml"


def svamlet_of(value: SvamlLike, argument: str = "svamlet") -> Svamlet:
    """The generated model, from any form it comes in."""
    from sinch_api.models.svaml import Svamlet

    built: object = value.build() if isinstance(value, BuildsSvaml) else value
    model = built.model if isinstance(built, Reply) else built
    if not isinstance(model, Svamlet):
        rule = "must be a Svamlet, or a builder or reply of sinch.svaml"
        raise InvalidArgumentError(argument=argument, rule=rule)
    return model
