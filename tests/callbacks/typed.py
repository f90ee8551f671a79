"""Not run: mypy and pyright read this file and must find it free of faults."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import assert_never, assert_type

from sinch.callbacks import (
    AceEvent,
    Answer,
    CallbackEvent,
    CallbackRouter,
    CallbackVerifier,
    Delivery,
    DiceEvent,
    IceEvent,
    IncomingSmsEvent,
    MemorySeenStore,
    NotifyEvent,
    Pairs,
    PieEvent,
    Replyable,
    UnknownEvent,
    VerificationRequestEvent,
    VerificationResultEvent,
    VerificationSmsDeliveredEvent,
    allow,
    cookies_of,
    read_event,
)
from sinch.core.reply import Reply
from sinch.values import Cli
from sinch_api.models import Svamlet

verifier = CallbackVerifier({"key": ["c2VjcmV0"]}, seen=MemorySeenStore())
CallbackVerifier("key", "c2VjcmV0")
CallbackVerifier(("key", "c2VjcmV0"))
CallbackVerifier([("key", "c2VjcmV0"), ("key", ["c2VjcmV0"])])
CallbackVerifier.from_env(max_body=100)
router = CallbackRouter(verifier, svaml="anything")


class Builder:
    def build(self) -> Reply[Svamlet]:
        return Reply(Svamlet())


@router.ice
def incoming(event: IceEvent, svaml: str) -> Builder:
    assert_type(event.cli, Cli | None)
    assert_type(cookies_of(event), Pairs)
    if event.user_rate is not None:
        assert_type(event.user_rate.amount, Decimal | None)
    return Builder()


keeps_its_type: Callable[[IceEvent, str], Builder] = incoming


@router.pie(menu="main")
async def chosen(event: PieEvent) -> Reply[Svamlet] | None:
    return None


@router.verification_request
def requested(event: VerificationRequestEvent) -> Replyable:
    return allow("1234")


@router.notify(type="amd")
def notified(event: NotifyEvent) -> None: ...


@router.ace()
def answered(event):  # type: ignore[no-untyped-def]  # unannotated handlers are fine too
    return {"action": {"name": "continue"}}


@router.ice  # type: ignore[type-var]  # a handler of another event is found
def wrong(event: DiceEvent) -> None: ...


@router.dice  # type: ignore[type-var]  # as is a return value that is no reply
def text(event: DiceEvent) -> str:
    return "{}"


def narrowed(event: CallbackEvent) -> str:
    match event:
        case IceEvent() | AceEvent() | PieEvent() | DiceEvent() | NotifyEvent():
            return event.call_id
        case VerificationRequestEvent() | VerificationResultEvent():
            return event.id
        case VerificationSmsDeliveredEvent(id=name) | UnknownEvent(event=name):
            return name
        case IncomingSmsEvent():
            return event.message or ""
        case _:
            assert_never(event)


assert_type(read_event(b"{}"), CallbackEvent)


async def dispatch(delivery: Delivery) -> Answer:
    assert_type(router.dispatch(delivery), Answer)
    return await router.dispatch_async(delivery)
