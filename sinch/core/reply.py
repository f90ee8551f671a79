"""What a callback is answered with, whatever it was built by."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import attrs

from sinch_api.codec import dumps


class WireModel(Protocol):
    """A generated model: anything that can say what goes into JSON."""

    def to_wire(self) -> dict[str, Any]:
        """What goes into JSON."""
        ...


M_co = TypeVar("M_co", bound=WireModel, covariant=True)


@attrs.frozen(slots=False)
class Reply(Generic[M_co]):
    """A finished answer to a callback; it never changes again.

    ``model`` is the generated model, ``body`` its JSON text, ``content_type`` the header to send.
    """

    is_svaml: ClassVar[bool] = False
    """Whether a SVAML builder made it, so that nobody needs to look into the model to know."""

    model: M_co

    @cached_property
    def body(self) -> str:
        """The JSON text to answer with."""
        return dumps(self.model.to_wire()).decode()

    @property
    def content_type(self) -> str:
        """The Content-Type of :attr:`body`."""
        return "application/json"
