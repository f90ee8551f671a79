"""From documents to what the templates see; all faults of a run are told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import adapt, complete, house, views
from .faults import Faults, SpecError, fault
from .load import Spec
from .prepare import prepare
from .received import received


def understand(source: Path, faults: Faults) -> tuple[Spec, dict[str, Any]]:
    """Read a specification whole; raises :class:`SpecError` when nothing sensible can come of it."""
    spec = Spec(source, faults)
    house.check(spec)
    copy = prepare(spec)
    api = adapt.read(spec, copy)
    complete.check(spec, api)
    if not faults.lenient:
        house.check_received(spec, received(api))
    try:
        view = views.build(spec, api)
    except Exception:
        if faults.lenient or not len(faults):
            raise
        # What is wrong with the document is said already; no need to go on.
        raise SpecError(*faults) from None
    faults.stop()
    if not api.operations and not api.models:
        first = next(iter(spec.documents))
        raise fault(first, "", "describes no operation and no schema that could be generated")
    return spec, view
