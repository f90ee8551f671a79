"""Which secrets belong to which application key, in every form users write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from sinch.core.signing import Credentials
from sinch.errors import ConfigurationError

Secrets: TypeAlias = str | Iterable[str]
CredentialsLike: TypeAlias = (
    Credentials
    | tuple[str, str]
    | Mapping[str, Secrets]
    | Iterable[Credentials | tuple[str, Secrets]]
)
"""One key and secret, a mapping from keys to secrets, or a list of either; a secret may be a list."""

Keyring: TypeAlias = dict[str, tuple[Credentials, ...]]


def fold_key(key: str) -> str:
    """Reduce a key for comparison: as GUIDs, without regard to case, dashes and braces (docs/platform/callback-signing.md#checking).

    Keys that only differ in these share their secrets; the signature still decides.
    """
    return key.strip().strip("{}").replace("-", "").lower()


def keyring(credentials: CredentialsLike) -> Keyring:
    """Check credentials and sort them by folded key.

    Raises :class:`~sinch.errors.ConfigurationError` for a bad or blank key or secret, and when
    there is none at all: without a secret nothing could be told from a forgery.
    """
    ring: Keyring = {}
    for one in _flatten(credentials):
        name = fold_key(one.application_key)
        if one not in ring.get(name, ()):
            ring[name] = (*ring.get(name, ()), one)
    if not ring:
        raise _bad("no application key and secret were given")
    return ring


def _flatten(credentials: object) -> Iterable[Credentials]:
    if isinstance(credentials, Credentials):
        yield credentials
    elif isinstance(credentials, Mapping):
        for key, secrets in credentials.items():
            yield from _pair(key, secrets)
    elif isinstance(credentials, tuple) and [type(part) for part in credentials] == [str, str]:
        yield from _pair(*credentials)
    elif isinstance(credentials, Iterable) and not isinstance(credentials, str | bytes):
        for entry in credentials:
            if isinstance(entry, Credentials):
                yield entry
            elif isinstance(entry, tuple | list) and len(entry) == 2:
                yield from _pair(*entry)
            else:
                raise _bad(f"a list must hold (key, secret) pairs, not {type(entry).__name__}")
    else:
        raise _bad(f"expected keys and secrets, not {type(credentials).__name__}")


def _pair(key: object, secrets: object) -> Iterable[Credentials]:
    listed = [secrets] if isinstance(secrets, str) or not isinstance(secrets, Iterable) else secrets
    found = False
    for secret in listed:
        found = True
        try:
            yield Credentials(key, secret)  # type: ignore[arg-type]  # it checks the types itself
        except ValueError as error:
            # never the secret itself, nor a key that may be a secret in the wrong place
            raise _bad(str(error)) from None
    if not found:
        raise _bad("an application key has an empty list of secrets")


def _bad(problem: str) -> ConfigurationError:
    return ConfigurationError(f"credentials: {problem}", argument="credentials")
