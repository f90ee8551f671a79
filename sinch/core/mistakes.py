"""Options that cannot be meant: what is told to somebody who took this client for another one."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from sinch.errors import ClientStateError, ConfigurationError
from sinch.values import Region

_GUID: Final = re.compile(r"\s*\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?\s*")
KNOWN_REGIONS: Final = (Region.EUC1, Region.USE1, Region.SAE1, Region.APSE1, Region.APSE2)

_OF_PROJECTS: Final = frozenset({"project_id", "key_id", "key_secret"})
_OTHER_NAMES: Final = {
    "key": "application_key",
    "sms_api_token": "api_token",
    "token": "api_token",
    "app_key": "application_key",
    "secret": "application_secret",
    "app_secret": "application_secret",
    "url": "base_url",
    "host": "base_url",
    "retries": "retry",
    "max_retries": "retry",
    "headers": "with_options(headers=...) of the client",
    "proxies": "session",
    "verify": "session",
}


def refuse_unknown(given: Mapping[str, object], known: Sequence[str]) -> None:
    """Refuse options that the client does not have, and say what to pass instead."""
    for name in given:
        if name in known:
            continue
        raise ConfigurationError(
            f"{name} is no option of this client: {_instead(name, known)}", name
        )


def _instead(name: str, known: Sequence[str]) -> str:
    if name in _OF_PROJECTS:
        return (
            "it belongs to Sinch's project APIs. Here an application signs: pass application_key and "
            "application_secret, which the dashboard shows for each app"
        )
    meant = _OTHER_NAMES.get(name) or next(iter(get_close_matches(name, known, 1)), None)
    return f"use {meant}" if meant else f"there are {', '.join(known)}"


def refuse_swapped(secret: str, variable: str | None) -> None:
    """Refuse a secret that is a GUID, as keys are and secrets never; neither text is repeated."""
    if isinstance(secret, str) and _GUID.fullmatch(secret):
        source = f"{variable} (for application_secret)" if variable else "application_secret"
        raise ConfigurationError(
            f"{source} is a GUID, as application keys are: key and secret are swapped. The key comes "
            "first; the secret is the base64 text, which often ends in '='",
            "application_secret",
            variable,
        )


def warn_of_region(region: Region, *, stacklevel: int) -> None:
    """Warn of a region that no document lists: Sinch may have added it, but a typo has no host."""
    if region and region not in KNOWN_REGIONS:
        warnings.warn(
            f"region {region!s} is not one that was known when this version was made "
            f"({', '.join(KNOWN_REGIONS)}): if Sinch has no such region, no host is found",
            stacklevel=stacklevel + 1,
        )


def wrong_with(client: object, right: str, other: str) -> ClientStateError:
    """The error for the wrong kind of ``with``."""
    name = type(client).__name__
    return ClientStateError(
        f'{name} is entered with {right!r}: write "{right} {name}(...) as sinch:", or use {other}'
    )
