"""The bearer token of a service plan (docs/platform/sms-rest.md#hosts)."""

from __future__ import annotations

import hmac

from sinch.sandbox.delivery.plan_access import PlanAccess
from sinch.sandbox.platform.plan.refusals import unauthorized

from .http import Request


def check_token(request: Request, service_plan_id: str, plan: PlanAccess) -> None:
    """Check that a request has the token of the plan in its path; raises :class:`.PlanRefusal` 401."""
    scheme, _, token = request.headers.get("authorization", "").strip().partition(" ")
    # all three are compared, so that the time taken tells nothing about any
    right = _same(token.strip(), plan.api_token or "")
    known = _same(service_plan_id, plan.service_plan_id or "")
    if not (right & known & (scheme.casefold() == "bearer")):
        raise unauthorized()


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(
        left.encode("utf-8", "surrogateescape"), right.encode("utf-8", "surrogateescape")
    )
