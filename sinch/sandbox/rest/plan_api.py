"""The SMS REST API below ``/xms/v1/{plan}`` (docs/platform/sms-rest.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from sinch.sandbox.platform.errors import Refusal
from sinch.sandbox.platform.plan import arrivals, batches, groups, intake, numbers, reports
from sinch.sandbox.platform.plan.records import Batch, Group, Recipient
from sinch.sandbox.platform.plan.refusals import PlanRefusal, constraint, invalid_json, not_found
from sinch.sandbox.platform.services import Services
from sinch_api.codec import dumps
from sinch_api.models.messages import (
    DeliveryFeedback,
    GroupRequest,
    GroupUpdate,
    read_batch_request,
    read_batch_update,
)

from .http import Response, RoutedRequest, nothing
from .plan_query import Query
from .routing import Access, Route, route
from .warning import warning

T = TypeVar("T")
_LISTED: Final = 100
_JSON: Final = "application/json"


class PlanApi:
    """One method for each operation; the first variable part of every path is the plan."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._plan = services.plan

    def routes(self) -> list[Route]:
        """Every path of the plan."""
        batch, group = "/batches/{}", "/groups/{}"
        table = (
            # before those that have a variable in its place
            ("POST", "/batches/dry_run", self.dry_run),
            ("POST", "/batches", self.send),
            ("GET", "/batches", self.list_batches),
            ("GET", batch, self.get_batch),
            ("POST", batch, self.update_batch),
            ("PUT", batch, self.replace_batch),
            ("DELETE", batch, self.cancel_batch),
            ("POST", f"{batch}/delivery_feedback", self.feedback),
            ("GET", f"{batch}/delivery_report", self.batch_report),
            ("GET", f"{batch}/delivery_report/{{}}", self.recipient_report),
            ("GET", "/delivery_reports", self.list_reports),
            ("GET", "/inbounds", self.list_inbounds),
            ("GET", "/inbounds/{}", self.get_inbound),
            ("POST", "/groups", self.make_group),
            ("GET", "/groups", self.list_groups),
            ("GET", group, self.get_group),
            ("POST", group, self.update_group),
            ("PUT", group, self.replace_group),
            ("DELETE", group, self.delete_group),
            ("GET", f"{group}/members", self.group_members),
        )
        return [
            found
            for method, path, handler in table
            for found in route(method, f"/xms/v1/{{}}{path}", Access.PLAN, handler)
        ]

    # --- batches ----------------------------------------------------------------------------

    def send(self, routed: RoutedRequest) -> Response:
        """POST /batches."""
        batch = self._plan.batches.send(_read(routed, read_batch_request.strictly))
        return self._warned(batch, 201)

    def dry_run(self, routed: RoutedRequest) -> Response:
        """POST /batches/dry_run."""
        query = Query(routed)
        listed = query.number("number_of_recipients", _LISTED, 1, 1000)
        request = _read(routed, read_batch_request.strictly)
        return _json(
            self._plan.batches.dry_run(request, listed if query.flag("per_recipient") else None)
        )

    def list_batches(self, routed: RoutedRequest) -> Response:
        """GET /batches."""
        query = Query(routed)
        within, reference = query.period(self._now()), query.text("client_reference")
        senders = query.texts("from")
        wanted = None if senders is None else {numbers.sender(sender) for sender in senders}
        found = (
            batch
            for batch in self._plan.batches.newest_first()
            if within(batch.created_at)
            and reference in {None, batch.client_reference}
            and (wanted is None or batch.fields.get("from") in wanted)
        )
        return _json(query.page("batches", found, batches.answer))

    def get_batch(self, routed: RoutedRequest) -> Response:
        """GET /batches/{id}."""
        return _json(batches.answer(self._plan.batches.find(routed.args[1])))

    def update_batch(self, routed: RoutedRequest) -> Response:
        """POST /batches/{id}."""
        request = _read(routed, read_batch_update.strictly)
        return self._warned(self._plan.batches.update(routed.args[1], request))

    def replace_batch(self, routed: RoutedRequest) -> Response:
        """PUT /batches/{id}."""
        request = _read(routed, read_batch_request.strictly)
        return self._warned(self._plan.batches.replace(routed.args[1], request))

    def cancel_batch(self, routed: RoutedRequest) -> Response:
        """DELETE /batches/{id}."""
        return _json(batches.answer(self._plan.batches.cancel(routed.args[1])))

    def feedback(self, routed: RoutedRequest) -> Response:
        """POST /batches/{id}/delivery_feedback."""
        given = _read(routed, DeliveryFeedback.from_wire_strictly)
        self._plan.batches.feedback(routed.args[1], given.recipients)
        return nothing()

    def _warned(self, batch: Batch, status: int = 200) -> Response:
        url = batch.fields.get("callback_url")
        return _json(batches.answer(batch), status, warning(self._services, url or ""))

    # --- reports ----------------------------------------------------------------------------

    def batch_report(self, routed: RoutedRequest) -> Response:
        """GET /batches/{id}/delivery_report."""
        query = Query(routed)
        kind = (query.text("type") or "summary").casefold()
        if kind not in {"summary", "full"}:
            raise constraint("type", "has to be summary or full")
        batch = self._plan.batches.find(routed.args[1])
        return _json(reports.of_batch(batch, full=kind == "full", wanted=query.wanted()))

    def recipient_report(self, routed: RoutedRequest) -> Response:
        """GET /batches/{id}/delivery_report/{number}."""
        batch = self._plan.batches.find(routed.args[1])
        recipient = batch.of(numbers.plain(routed.args[2]))
        if recipient is None:
            raise not_found()
        return _json(self._report((batch, recipient)))

    def list_reports(self, routed: RoutedRequest) -> Response:
        """GET /delivery_reports."""
        query = Query(routed)
        within, wanted = query.period(self._now()), query.wanted()
        reference = query.text("client_reference")
        found = (
            (batch, recipient)
            for batch, recipient in self._recipients()
            if recipient.is_final
            and within(recipient.at)
            and wanted.takes(recipient)
            and reference in {None, batch.client_reference}
        )
        return _json(query.page("delivery_reports", found, self._report))

    def _recipients(self) -> Iterator[tuple[Batch, Recipient]]:
        for batch in self._plan.batches.newest_first():
            for recipient in batch.recipients:
                yield batch, recipient

    def _report(self, of: tuple[Batch, Recipient]) -> Mapping[str, Any]:
        return reports.of_recipient(*of, self._plan.originator())

    # --- incoming messages ------------------------------------------------------------------

    def list_inbounds(self, routed: RoutedRequest) -> Response:
        """GET /inbounds."""
        query = Query(routed)
        within, reference = query.period(self._now()), query.text("client_reference")
        receivers = query.texts("to")
        wanted = None if receivers is None else {numbers.plain(each) for each in receivers}
        found = (
            message
            for message in self._plan.arrivals.newest_first()
            if within(message.received_at)
            and reference in {None, message.client_reference}
            and (wanted is None or numbers.plain(message.number) in wanted)
        )
        return _json(query.page("inbounds", found, arrivals.answer))

    def get_inbound(self, routed: RoutedRequest) -> Response:
        """GET /inbounds/{id}."""
        return _json(arrivals.answer(self._plan.arrivals.find(routed.args[1])))

    # --- groups -----------------------------------------------------------------------------

    def make_group(self, routed: RoutedRequest) -> Response:
        """POST /groups."""
        request = _read(routed, GroupRequest.from_wire_strictly)
        return _json(self._group(self._plan.groups.make(request)), 201)

    def list_groups(self, routed: RoutedRequest) -> Response:
        """GET /groups."""
        newest_first = reversed(list(self._plan.groups.made))
        return _json(Query(routed).page("groups", newest_first, self._group))

    def get_group(self, routed: RoutedRequest) -> Response:
        """GET /groups/{id}."""
        return _json(self._group(self._plan.groups.find(routed.args[1])))

    def update_group(self, routed: RoutedRequest) -> Response:
        """POST /groups/{id}; here a name of null is not the same as none."""
        request = _read(routed, GroupUpdate.from_wire_strictly)
        body = routed.request.json()
        unnamed = "name" in body and body["name"] is None
        return _json(
            self._group(self._plan.groups.update(routed.args[1], request, unnamed=unnamed))
        )

    def replace_group(self, routed: RoutedRequest) -> Response:
        """PUT /groups/{id}."""
        request = _read(routed, GroupRequest.from_wire_strictly)
        return _json(self._group(self._plan.groups.replace(routed.args[1], request)))

    def delete_group(self, routed: RoutedRequest) -> Response:
        """DELETE /groups/{id}."""
        self._plan.groups.delete(routed.args[1])
        return nothing()

    def group_members(self, routed: RoutedRequest) -> Response:
        """GET /groups/{id}/members."""
        group = self._plan.groups.find(routed.args[1])
        return Response(body=dumps(self._plan.groups.everybody(group)))

    def _group(self, group: Group) -> Mapping[str, Any]:
        return groups.answer(group, len(self._plan.groups.everybody(group)))

    def _now(self) -> Any:
        return self._services.state.scheduler.now()


def _read(routed: RoutedRequest, reader: Callable[[Any], T]) -> T:
    """The body, as a model within its limits; raises :class:`.PlanRefusal` 400 or 415."""
    kind = routed.request.headers.get("content-type", _JSON)
    if kind.partition(";")[0].strip().casefold() != _JSON:
        raise PlanRefusal(415)
    try:
        raw = routed.request.json()
    except Refusal as problem:
        raise invalid_json(problem.message) from None
    return intake.read(raw, reader)


def _json(
    value: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(status=status, body=dumps(dict(value)), headers=headers or {})
