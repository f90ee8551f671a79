"""Whether a body speaks for the application that signed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sinch.callbacks.keyring import fold_key
from sinch_api.codec import Malformed, loads

OTHER_KEY: Final = "the body names another application key than the one that signed it"

_NAME: Final = "applicationKey"
_FOLDED: Final = _NAME.casefold()


def names_another(payload: Mapping[str, Any], signer: str) -> bool:
    """Whether a callback's ``applicationKey`` is not the key that signed it.

    The name counts in any letter case, like every name, and each of several; keys are compared as
    everywhere, as GUIDs, without regard to case, dashes and braces. A body that names none (those
    of verifications do not) or a blank one claims nothing. A key that is neither text nor a number
    cannot be the one that signed.
    """
    if payload.get(_NAME) == signer and "\n".join(payload).casefold().count(_FOLDED) == 1:
        return False  # nearly always: named once, in the usual letters, and the very key
    for name, value in payload.items():
        if name.casefold() == _FOLDED:
            if value is None or value == signer:
                continue
            if isinstance(value, bool) or not isinstance(value, str | int):
                return True
            key = fold_key(str(value))
            if key and key != fold_key(signer):
                return True
    return False


def body_names_another(body: bytes, signer: str) -> bool:
    """The same for a body that may not even be JSON; which then names nobody."""
    try:
        payload = loads(body)
    except Malformed:
        return False
    return isinstance(payload, Mapping) and names_another(payload, signer)
