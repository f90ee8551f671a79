"""The service plan, below ``/_sandbox``: batches with their recipients, and what becomes of messages."""

from __future__ import annotations

from sinch.sandbox.platform import checks
from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.plan.records import Batch
from sinch.sandbox.platform.services import Services
from sinch.sandbox.rest.http import Response, RoutedRequest, plain
from sinch.sandbox.rest.routing import Access, Route, route
from sinch_api.codec import read_float, read_int, read_str
from sinch_api.models.messages import MessageStatus

from . import serializers
from .request_body import RequestBody


class PlanControl:
    """Handlers for what tests and demos want to see of a service plan, and to decide."""

    def __init__(self, services: Services) -> None:
        self._plan = services.plan

    def routes(self) -> list[Route]:
        """Every path."""
        table = (
            ("GET", "/batches", self.batches),
            ("GET", "/batches/{}", self.batch),
            ("POST", "/batches/{}", self.settle),
            ("GET", "/outcomes", self.outcomes),
            ("PUT", "/outcomes", self.set_outcome),
            ("DELETE", "/outcomes", self.clear_outcomes),
        )
        return [
            found
            for method, path, handler in table
            for found in route(method, f"/_sandbox{path}", Access.OPEN, handler)
        ]

    def batches(self, _: RoutedRequest) -> Response:
        """All batches, oldest first, without their recipients."""
        return plain({"batches": [serializers.batch(one) for one in self._plan.batches.sent]})

    def batch(self, routed: RoutedRequest) -> Response:
        """One batch with its recipients."""
        return self._shown(self._find(routed))

    def settle(self, routed: RoutedRequest) -> Response:
        """Decide what becomes of the message to one recipient."""
        batch = self._find(routed)
        body = RequestBody(routed, "recipient", "status", "code")
        number = checks.number(body.need("recipient", read_str), "recipient").removeprefix("+")
        status = _status(body)
        if status is None:
            raise Refusal(40001, "Parameter status is required.")
        self._plan.settle(batch.id, number, status, body.get("code", read_int))
        return self._shown(batch)

    def _find(self, routed: RoutedRequest) -> Batch:
        found = self._plan.batches.sent.get(routed.args[0])
        if found is None:
            raise Refusal(40400, "There is no such batch.")
        return found

    def _shown(self, batch: Batch) -> Response:
        return plain({**serializers.batch(batch), "recipients": serializers.recipients(batch)})

    # --- rules ------------------------------------------------------------------------------

    def outcomes(self, _: RoutedRequest) -> Response:
        """What becomes of messages to certain numbers, and to all others."""
        return plain(serializers.outcomes(self._plan.outcomes))

    def set_outcome(self, routed: RoutedRequest) -> Response:
        """Say what becomes of messages to one number, or without one to all others."""
        body = RequestBody(routed, "number", "status", "code", "after")
        try:
            self._plan.rule(
                body.get("number", read_str),
                body.get("status", read_str) or MessageStatus.DELIVERED,
                code=body.get("code", read_int),
                after=body.get("after", read_float),
            )
        except ValueError as problem:
            raise Refusal(40001, f"Parameter {problem}.") from None
        return self.outcomes(routed)

    def clear_outcomes(self, routed: RoutedRequest) -> Response:
        """Everything is delivered again."""
        self._plan.outcomes.clear()
        return self.outcomes(routed)


def _status(body: RequestBody) -> MessageStatus | None:
    return checks.known(body.get("status", MessageStatus.from_wire), "status")
