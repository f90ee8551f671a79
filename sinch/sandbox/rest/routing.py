"""Which operation a request is for, decided on the path as sent, and who may call it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeAlias

import attrs

from sinch.sandbox.platform.errors import Refusal

from .deferred import Deferred
from .http import Request, Response, RoutedRequest

Handler: TypeAlias = Callable[[RoutedRequest], Response | Deferred[Any]]
"""Answers a request, or says what has to come first."""
#: Stands for one variable, non-empty part of a path.
ANY = "{}"


class Access(Enum):
    """What a request has to prove."""

    OPEN = "open"
    """Nothing, but not from web pages of others: the sandbox's own API."""
    LINK = "link"
    """Nothing, and any page may lead there: the links of data verifications."""
    SIGNED = "signed"
    """Signed or Basic; anything weaker is a scheme that is not allowed (40301)."""
    VERIFICATION = "verification"
    """Signed or Basic; anything weaker is below the minimum level (40303)."""
    PLAN = "plan"
    """The bearer token of the service plan whose id is the first variable part of the path."""
    PUBLIC = "public"
    """Verification that may be called with the key alone."""


@attrs.frozen
class Route:
    """One method on one path pattern."""

    method: str
    pattern: str
    access: Access
    handler: Handler
    fold: frozenset[str] = frozenset()
    parts: tuple[str, ...] = attrs.field(
        init=False,
        default=attrs.Factory(lambda self: tuple(self.pattern.split("/")[1:]), takes_self=True),
    )

    def match(self, segments: tuple[str, ...]) -> tuple[str, ...] | None:
        """The variable parts, or None when this is another path."""
        if len(segments) != len(self.parts):
            return None
        found: list[str] = []
        for part, segment in zip(self.parts, segments, strict=True):
            if part == ANY:
                if not segment:
                    return None
                found.append(segment)
            elif part != segment and (part not in self.fold or part != segment.lower()):
                return None
        return tuple(found)


def route(
    method: str,
    pattern: str,
    access: Access,
    handler: Handler,
    *,
    slash: bool = False,
    fold: str = "",
) -> list[Route]:
    """One route; with ``slash`` also under a trailing slash; words of ``fold`` in any letter case."""
    words = frozenset(fold.split())
    patterns = (pattern, pattern + "/") if slash else (pattern,)
    return [Route(method, path, access, handler, words) for path in patterns]


class Router:
    """Finds the route of a request."""

    def __init__(self, routes: list[Route]) -> None:
        # by the number of parts: few are left to look at one by one
        self._routes: dict[int, list[Route]] = {}
        for found in routes:
            self._routes.setdefault(len(found.parts), []).append(found)

    def find(self, request: Request) -> tuple[Route, tuple[str, ...]]:
        """The route and the variable parts; raises :class:`.Refusal` 40400 or 40500."""
        segments = request.segments
        methods: list[str] = []
        for candidate in self._routes.get(len(segments), ()):
            args = candidate.match(segments)
            if args is None:
                continue
            if candidate.method == request.method:
                return candidate, args
            methods.append(candidate.method)
        if methods:
            allow = ", ".join(sorted(set(methods)))
            raise Refusal(40500, f"Method not allowed; this path takes {allow}.", allow=allow)
        raise Refusal(40400, "There is no such resource.")
