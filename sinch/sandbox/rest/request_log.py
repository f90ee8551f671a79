"""The request log: what clients sent and got, to look at afterwards, without secrets."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from sinch.sandbox.platform.records import LoggedRequest
from sinch.sandbox.platform.state import State

from .http import Request, Response

LONGEST_BODY = 8 * 1024
"""Characters of a body that are kept; of a longer one the beginning, with three dots."""
_MASK = "***"
_SCHEMES = frozenset({"application", "basic", "bearer"})


class RequestLog:
    """The newest exchanges. Bodies are kept in clear, since they are what a developer looks for.

    Of Authorization the scheme and the key remain; the secret is masked wherever it turns up.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._entries: deque[LoggedRequest] = deque(maxlen=state.settings.remember_requests)
        self._count = 0

    def add(self, request: Request, answer: Response) -> None:
        """Keep one exchange."""
        self._count += 1
        entry = LoggedRequest(
            id=str(self._count),
            at=self._state.scheduler.now(),
            method=self._clean(request.method[:32]),
            path=self._clean(request.target[:2048]),
            headers={
                self._clean(name): self._header(name, value)
                for name, value in request.header_list[:64]
            },
            body=self._text(request.body),
            status=answer.status,
            answer=self._text(answer.body),
        )
        self._entries.append(entry)
        self._state.events.publish("request", entry)

    def clear(self) -> None:
        """Forget every exchange."""
        self._entries.clear()

    def find(self, entry_id: str) -> LoggedRequest | None:
        """One exchange by its id."""
        return next((entry for entry in self._entries if entry.id == entry_id), None)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(tuple(self._entries))

    def _header(self, name: str, value: str) -> str:
        if name.lower() in {"authorization", "proxy-authorization", "cookie"}:
            scheme, _, rest = value.strip().partition(" ")
            key, colon, _ = rest.partition(":")
            if scheme.lower() == "application" and self._state.is_own_key(key):
                return f"{scheme} {key}{colon and ':' + _MASK}"
            return f"{scheme} {_MASK}" if scheme.lower() in _SCHEMES else _MASK
        return self._clean(value[:1024])

    def _text(self, body: bytes) -> str:
        # cut after masking: half a secret at the end would be half a secret too much
        text = self._clean(body[: 4 * LONGEST_BODY].decode("utf-8", "replace"))
        return text if len(text) <= LONGEST_BODY else f"{text[:LONGEST_BODY]}..."

    def _clean(self, text: str) -> str:
        plain = text.encode("utf-8", "replace").decode()
        for secret in self._state.secrets:
            plain = plain.replace(secret, _MASK)
        return plain
