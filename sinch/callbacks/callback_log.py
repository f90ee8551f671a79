"""What the router writes to the log ``sinch.callbacks``: no secrets, no numbers, no flooding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sinch.callbacks import witness
from sinch.redaction import mask_numbers, mask_path

if TYPE_CHECKING:
    from logging import Logger

    from sinch.callbacks.delivery import Delivery
    from sinch.callbacks.explanation import Explanation
    from sinch.callbacks.verifying import Verifier
    from sinch.errors import CallbackRejected

LOGGER: Final = "sinch.callbacks"
_MOST_WARNINGS: Final = 1_000

_DEFAULTS: Final = {
    "ice": "the call is hung up",
    "ace": "the call continues",
    "pie": "the call is hung up",
    "verificationrequestevent": "the verification is denied",
}


def _logger() -> Logger:
    # logging is slow to import, and a program that never gets here need not
    from logging import getLogger

    return getLogger(LOGGER)


def explained(explanation: Explanation) -> None:
    """Record everything about a refusal, on several lines; phone numbers are masked."""
    _logger().warning("callback refused, explained:\n%s", mask_numbers(str(explanation)))


class CallbackLog:
    """Writes the log of one router; says some things once only."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], object] = {}

    def rejected(
        self,
        rejected: CallbackRejected,
        delivery: Delivery,
        verifier: Verifier,
        status: int | None = None,
    ) -> None:
        """Record a refusal with its reason, what was signed and what may be wrong, as a warning."""
        if (present := witness.present()) is not None:
            present.rejected(rejected)
        from sinch.callbacks.explanation import DeliveryRejected

        if isinstance(rejected, DeliveryRejected):
            detail = verifier.with_hints(rejected.explanation, delivery).for_log()
        else:
            detail = (
                f"{delivery.method} {mask_path(delivery.path)!r:.300}: {rejected.message!r:.300}"
            )
        _logger().warning(
            "callback refused with %d, %s: %s",
            status or rejected.status,
            rejected.reason.value,
            detail,
            extra={"sinch_reason": rejected.reason.value},
        )

    def failed(self, what: str, error: BaseException, event: object = None) -> None:
        """Record a failure with its traceback; phone numbers in it are masked."""
        if (present := witness.present()) is not None:
            present.failed(what, error)
        from traceback import format_exception

        call_id = id_of(event)
        _logger().error(
            "%s failed for %s %r, answered 500: %s\n%s",
            what,
            kind_of(event),
            call_id,
            mask_numbers(f"{type(error).__name__}: {error}"),
            mask_numbers("".join(format_exception(error))),
            extra={"sinch_call_id": call_id},
        )

    def unheard(self, delivery: Delivery) -> None:
        """Warn that the peer did not wait for the answer: the handler took too long for it."""
        _logger().warning(
            "nobody waited for the answer to %s %.300r: the connection was closed while the "
            "handler ran",
            delivery.method,
            mask_path(delivery.path),
        )

    def unhandled(self, tag: str, event: Any) -> None:
        """Warn, once for each kind of event, that nothing handles it."""
        kind = kind_of(event)
        if (present := witness.present()) is not None:
            present.unhandled(kind)
        if self._first("unhandled", kind):
            _logger().warning(
                "no handler for the event %r: %s (said once)",
                kind,
                _DEFAULTS.get(tag, "answered {}"),
            )

    def returned_nothing(self, tag: str, handler: str) -> None:
        """Warn, once for each handler, where returning nothing is probably a slip."""
        if tag in _DEFAULTS and (present := witness.present()) is not None:
            present.returned_nothing(handler)
        if tag in _DEFAULTS and self._first("nothing", handler):
            _logger().warning(
                "the handler %s returned None: %s (said once)", handler, _DEFAULTS[tag]
            )

    def _first(self, topic: str, name: str) -> bool:
        if len(self._said) >= _MOST_WARNINGS:
            return False
        mine = object()
        return self._said.setdefault((topic, name), mine) is mine


def kind_of(event: Any) -> str:
    """What an event calls itself; ``callback`` where it says nothing, as a peer's blank tag."""
    return str(getattr(event, "event", None) or getattr(event, "type", None) or "callback")[:80]


def id_of(event: Any) -> str:
    """The id to find an event by: of the call, or of the verification."""
    return str(
        getattr(event, "call_id", None)
        or getattr(event, "id", None)
        or getattr(event, "batch_id", None)
        or "-"
    )
