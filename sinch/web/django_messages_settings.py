"""``SINCH["MESSAGES"]``: how callbacks of the SMS REST API are authenticated in a Django project."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from sinch.callbacks import CallbackVerifier, DjangoCacheSeenStore, MessagesVerifier
from sinch.core.config import KEY_VARIABLE, SECRET_VARIABLE
from sinch.errors import ConfigurationError
from sinch.web import django_settings as ours

#: Django's error reports hide what has SECRET or AUTH in its name.
NAMES: Final = {
    "SECRET": "secrets",
    "BASIC_AUTH": "basic",
    "TOLERANCE": "tolerance",
    "KEEP_UNVERIFIED": "keep_unverified",
}
_OPTION_OF: Final = {argument: name for name, argument in NAMES.items()}


def options() -> dict[str, Any] | None:
    """Give ``SINCH["MESSAGES"]``, None when there is none; the names in it are checked."""
    found = ours.current().get("MESSAGES")
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise _wrong(f"must be a dict, not {type(found).__name__}")
    for name in found:
        if name not in NAMES:
            raise _wrong(ours.unknown(name, NAMES))
    return dict(found)


def make_messages_verifier() -> MessagesVerifier | None:
    """Make a verifier from the settings as they are now; None without ``MESSAGES``."""
    found = options()
    if found is None:
        return None
    given = {NAMES[name]: value for name, value in found.items() if value is not None}
    if "TOLERANCE" in found:  # None means any age
        given["tolerance"] = found["TOLERANCE"]
    shared = ours.current()
    if "MAX_BODY" in shared:
        given["max_body"] = shared["MAX_BODY"]
    cache = shared.get("REPLAY_CACHE")
    if cache is not None:
        given["seen"] = DjangoCacheSeenStore(cache) if isinstance(cache, str) else cache
    try:
        return MessagesVerifier(**given)
    except ConfigurationError as error:
        option = _OPTION_OF.get(error.argument or "")
        where = f"{option}: " if option else ""
        raise _wrong(f"{where}{error.message}") from None


def get_messages_verifier() -> MessagesVerifier:
    """Give the verifier made from ``SINCH["MESSAGES"]``, the same one until settings change.

    Routers of :func:`callback_router` use it by themselves. Raises
    :class:`~sinch.errors.ConfigurationError`, also when there is no such setting.

    .. code-block:: python

        event = get_messages_verifier().verify(delivery).event()
    """
    found = messages_verifier()
    if found is None:
        raise _wrong("is missing")
    return found


def messages_verifier() -> MessagesVerifier | None:
    """The verifier of the settings, None without ``MESSAGES``; for routers."""
    made = ours.made()
    if made.messages is None:
        verifier = make_messages_verifier()
        with made.lock:
            made.messages = made.messages or (verifier,)
    return made.messages[0]


def main_verifier() -> CallbackVerifier | MessagesVerifier:
    """What checks all that does not say that it is for messages: with a service plan alone, the same."""
    found = ours.current()
    named = (
        found.get("APPLICATION_KEY"),
        found.get("APPLICATION_SECRET"),
        os.environ.get(KEY_VARIABLE),
        os.environ.get(SECRET_VARIABLE),
    )
    if not any(named):
        messages = messages_verifier()
        if messages is not None:
            return messages
    return ours.get_verifier()


def _wrong(problem: str) -> ConfigurationError:
    return ConfigurationError(f"SINCH['MESSAGES'] {problem}", argument="MESSAGES")
