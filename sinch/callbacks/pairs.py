"""Cookies and call headers as mappings, although Sinch sends them as lists of pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import attrs


class _Pair(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def value(self) -> str: ...


@attrs.frozen(eq=False, repr=False)
class Pairs(Mapping[str, str]):
    """A read-only mapping that also remembers repeated keys (facts 8.1, 4.10).

    ``pairs["k"]`` gives the **last** value sent under ``k``, because a cookie that is set again
    replaces the earlier one. :meth:`getall` gives every value in the order they came, and
    :attr:`pairs` the whole list. Keys are compared exactly. Compares equal to any mapping with the
    same last values. ``repr`` shows the keys only: values are the application's own data.
    """

    pairs: tuple[tuple[str, str], ...]
    """Every key and value in the order they came, repeated ones included."""
    _last: dict[str, str] = attrs.field(
        init=False, default=attrs.Factory(lambda self: dict(self.pairs), takes_self=True)
    )

    @classmethod
    def of(cls, elements: Iterable[_Pair]) -> Pairs:
        """Make one of objects with ``key`` and ``value``."""
        return cls(tuple((element.key, element.value) for element in elements))

    def getall(self, key: str) -> tuple[str, ...]:
        """Every value sent under a key; empty when there is none."""
        return tuple(value for name, value in self.pairs if name == key)

    def __getitem__(self, key: str) -> str:
        return self._last[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def __repr__(self) -> str:
        return f"<Pairs {', '.join(self._last)}>"


class _HasCookies(Protocol):
    @property
    def cookies(self) -> Iterable[_Pair]: ...


class _HasCallHeaders(Protocol):
    @property
    def call_headers(self) -> Iterable[_Pair]: ...


def cookies_of(event: _HasCookies) -> Pairs:
    """The cookies of a voice event: what earlier replies of this call stored with setCookie."""
    return Pairs.of(event.cookies)


def call_headers_of(event: _HasCallHeaders) -> Pairs:
    """The call headers of an ICE or DICE event."""
    return Pairs.of(event.call_headers)
