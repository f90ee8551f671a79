"""What `sinch check` looks at of a service plan: the pair, whether Sinch knows it, and where callbacks go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sinch.cli.finding import Finding, callback_url, clock, place, unreached
from sinch.core.service_plan import PLAN_VARIABLE, REGION_VARIABLE, TOKEN_VARIABLE
from sinch.errors import ApiError, ConfigurationError, SinchError, TransportError
from sinch_api.operations.messages import list_batches

if TYPE_CHECKING:
    from sinch.cli.session import Session
    from sinch.core.config import Config

AREA: Final = "service plan"
_URLS: Final = 3
"""How many callback URLs of batches are tried."""


def plan_findings(session: Session, config: Config, *, offline: bool) -> Iterator[Finding]:
    """Everything, in the order in which one depends on the other."""
    try:
        plan = config.require_service_plan()
    except ConfigurationError as error:
        variable = error.variable or error.argument
        cure = f"put the right value of {variable} into {session.source}; the dashboard shows it"
        yield Finding(AREA, "bad", str(error), cure)
        return
    region = config.service_plan.region
    where = place(config.base_url) if config.base_url else f"region {region}"
    yield Finding(AREA, "ok", f"{plan} and a token, {where}, from {session.source}")
    if not offline:
        yield from _asked(session, config, plan)


def _asked(session: Session, config: Config, plan: str) -> Iterator[Finding]:
    with session.client() as client:
        try:
            answer = client.raw(client.send, list_batches(plan, page_size=30))
        except ApiError as error:
            if not config.application_key:
                yield from clock(error.headers.get("date"))
            yield Finding("token", "bad", str(error), _cure(error, config))
            return
        except TransportError as error:
            found = unreached(error)
            cure = "" if config.base_url else f"; is it the right region ({REGION_VARIABLE})?"
            yield Finding(found.area, found.state, found.what, found.cure + cure)
            return
        except SinchError as error:
            yield Finding("token", "bad", str(error), "see the message")
            return
    if not config.application_key:
        yield from clock(answer.headers.get("date"))
    yield Finding("token", "ok", "Sinch accepts it for this service plan")
    found_urls = (batch.raw.get("callback_url") for batch in answer.value.batches or ())
    urls = dict.fromkeys(url for url in found_urls if url and isinstance(url, str))
    for url in [*urls][:_URLS]:
        yield from callback_url("webhook", url, "MessagesVerifier")
    if not urls:
        yield Finding(
            "webhook",
            "note",
            "no batch of the last day has a callback URL of its own, and that of the plan cannot be asked for",
            "look into the dashboard, or name one with .with_callback_url(...): reports need it",
        )


def _cure(error: ApiError, config: Config) -> str:
    here = (
        f"is {place(config.base_url)} where it lives?"
        if config.base_url
        else f"and does it live in {config.service_plan.region!r}, or what is {REGION_VARIABLE} to be?"
    )
    return {
        401: f"{TOKEN_VARIABLE} is not the token of this plan: copy both anew from the dashboard; {here}",
        403: "the account may not do that: ask Sinch, with the message",
        404: f"{PLAN_VARIABLE} is not known there: copy it anew from the dashboard; {here}",
        429: "too many requests are waiting: try again later",
    }.get(error.status, "try again later; if it stays, ask Sinch with the reference")
