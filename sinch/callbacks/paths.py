"""Which paths Sinch may have signed, given the path that reached us."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sinch.errors import ConfigurationError

AS_RECEIVED: Final = "as received"


def candidates(path: str, prefixes: tuple[str, ...], *, slash: bool) -> Iterator[tuple[str, str]]:
    """Name and give each path to try, the likeliest first, none twice.

    As received comes first. Servers may hand over a decoded path, and Sinch's own SDKs differ in
    what they sign (docs/platform/signing.md#string-to-sign), so percent-decoded and percent-encoded follow. Then the same with
    each public prefix in front, and with ``slash`` all of it with the trailing slash toggled.
    """
    seen: set[str] = set()
    for toggled in (False, True) if slash else (False,):
        for prefix in ("", *prefixes):
            for form, spelled in _spellings(path):
                full = prefix + spelled
                if toggled:
                    full = toggle_slash(full)
                if full in seen:
                    continue
                seen.add(full)
                name = form
                if prefix:
                    name += f", with prefix {prefix}"
                if toggled:
                    name += f", {'with' if full.endswith('/') else 'without'} trailing slash"
                yield name, full


def _spellings(path: str) -> Iterator[tuple[str, str]]:
    yield AS_RECEIVED, path
    if path.isascii() and "%" not in path and path.isprintable() and " " not in path:
        return
    from urllib.parse import quote, unquote

    decoded = unquote(path, errors="surrogateescape")
    # a line feed in the path would blur where the fields of the signed text end
    if not any(char < " " or char == "\x7f" for char in decoded):
        yield "percent-decoded", decoded
    safe = "/!$&'()*+,;=:@~"
    yield "percent-encoded", quote(decoded, safe=safe, errors="surrogateescape")


def toggle_slash(path: str) -> str:
    """Add the trailing slash, or remove it; "/" has none to remove."""
    return (path[:-1] or "/") if path.endswith("/") else path + "/"


def check_prefixes(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Check public path prefixes and drop their trailing slashes; "" and "/" mean none."""
    prefixes: list[str] = []
    for prefix in (value,) if isinstance(value, str) else value:
        if not isinstance(prefix, str) or "?" in prefix or "#" in prefix or "://" in prefix:
            raise _bad_prefix(prefix)
        bare = prefix.rstrip("/")
        if not bare:
            continue
        if not bare.startswith("/") or any(char <= " " for char in bare):
            raise _bad_prefix(prefix)
        prefixes.append(bare)
    return tuple(prefixes)


def _bad_prefix(prefix: object) -> ConfigurationError:
    return ConfigurationError(
        f"public_path_prefix must be a path such as '/sinch', not {prefix!r:.80}",
        argument="public_path_prefix",
    )
