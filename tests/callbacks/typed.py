"""Not run: mypy and pyright read this file and must find it free of faults.

Both report an ignore that is not needed, so each one is a proof that its line is refused.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import assert_never, assert_type

from sinch.callbacks import (
    AceEvent,
    BatchReportMms,
    BatchReportSms,
    CallbackAnswer,
    CallbackContext,
    CallbackEvent,
    CallbackRouter,
    CallbackVerifier,
    Delivery,
    DiceEvent,
    IceEvent,
    InboundBinary,
    InboundMedia,
    InboundText,
    IncomingSmsEvent,
    MemorySeenStore,
    NotifyEvent,
    Pairs,
    PieEvent,
    RecipientReportMms,
    RecipientReportSms,
    Reply,
    Replyable,
    UnknownEvent,
    VerificationRequestEvent,
    VerificationResultEvent,
    VerificationSmsDeliveredEvent,
    allow,
    deny,
    read_event,
)
from sinch.callouts import Callouts
from sinch.calls import Call
from sinch.svaml import AceBuilder, CallUpdate, IceBuilder, Svaml, SvamlReply
from sinch.values import Cli
from sinch_api.models import Svamlet

verifier = CallbackVerifier({"key": ["c2VjcmV0"]}, seen=MemorySeenStore())
CallbackVerifier("key", "c2VjcmV0")
CallbackVerifier(("key", "c2VjcmV0"))
CallbackVerifier([("key", "c2VjcmV0"), ("key", ["c2VjcmV0"])])
CallbackVerifier.from_env(max_body=100)
router = CallbackRouter(verifier, svaml="anything")


@router.ice
def incoming(event: IceEvent, svaml: str) -> IceBuilder:
    assert_type(event.cli, Cli | None)
    assert_type(event.cookies, Pairs)
    assert_type(event.call_headers["X-Tier"], str)
    assert_type(event.rdnis, Cli | None)
    if event.user_rate is not None:
        assert_type(event.user_rate.amount, Decimal | None)
    return Svaml().ice()


keeps_its_type: Callable[[IceEvent, str], IceBuilder] = incoming


@router.pie(menu="main")
async def chosen(event: PieEvent) -> Svamlet | None:
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


@router.unknown
def with_the_request(event: UnknownEvent, context: CallbackContext) -> None:
    assert_type(context.headers["X-CB-Tenant"], str)
    assert_type(context.query, Pairs)
    assert_type(context.received_at, datetime)


@router.incoming_sms
async def with_everything(event: IncomingSmsEvent, svaml: Svaml, context: CallbackContext) -> None:
    assert_type(context.body, bytes)


# One name for every handler ------------------------------------------------------------------------


@router.ice
def any_ice(event: IceEvent, svaml: Svaml) -> Reply:
    return svaml.ice().say("Hello").hangup()


@router.ace()
async def any_ace(event: AceEvent, svaml: Svaml) -> Reply | None:
    return svaml.ace().continue_() if event.amd else None


@router.pie
def any_pie(event: PieEvent, svaml: Svaml) -> Reply:
    return svaml.pie().connect_pstn("+46700000000").with_cli("private")


@router.dice
def any_dice(event: DiceEvent, svaml: Svaml) -> Reply:
    return svaml.dice()


@router.notify
def any_notify(event: NotifyEvent, svaml: Svaml) -> Reply:
    return svaml.notify().build()


@router.verification_request
def any_request(event: VerificationRequestEvent) -> Reply:
    return allow() if event.custom else deny()


@router.verification_result
def any_result(event: VerificationResultEvent) -> None: ...


@router.unknown
def any_unknown(event: UnknownEvent) -> Reply | None: ...


# A reply knows what it answers: each ignore proves that the line is refused --------------------------


@router.ice
def right_kind(event: IceEvent, svaml: Svaml) -> Reply[IceEvent]:
    assert_type(svaml.ice().hangup().build(), SvamlReply[IceEvent])
    if event.cli is None:
        return svaml.ace().continue_()  # type: ignore[return-value]
    if event.to is None:
        return svaml.ace().say("unfinished")  # type: ignore[return-value]
    if event.domain is None:
        return svaml.unpark().hangup().build()  # type: ignore[return-value]
    if event.user is None:
        return allow()  # type: ignore[return-value]
    if event.version is None:
        return None  # type: ignore[return-value]  # a forgotten return hangs up
    return svaml.ice().say("Hello")


@router.ice  # type: ignore[type-var]
def ace_for_ice(event: IceEvent, svaml: Svaml) -> Reply[AceEvent]:
    return svaml.ace().continue_()


@router.pie(menu="main")  # type: ignore[type-var]
async def ice_for_pie(event: PieEvent, svaml: Svaml) -> Reply[IceEvent]:
    return svaml.ice().park()


@router.ice  # type: ignore[type-var]
def builder_for_another(event: IceEvent, svaml: Svaml) -> AceBuilder:
    return svaml.ace()


@router.ice()  # type: ignore[type-var]
async def dice_for_ice(event: IceEvent, svaml: Svaml) -> Reply[DiceEvent]:
    return svaml.dice()


@router.verification_request  # type: ignore[type-var]
def svaml_for_a_verification(event: VerificationRequestEvent, svaml: Svaml) -> Reply[IceEvent]:
    return svaml.ice()


router.ice(lambda event, svaml: Svaml().ice().hangup())
router.ice(lambda event: Svaml().ace().continue_())  # type: ignore[type-var]


def steered(call: Call, svaml: Svaml, callouts: Callouts) -> None:
    update: Reply[CallUpdate] = svaml.unpark().connect_pstn("+46700000000")
    call.update(update)
    call.update(svaml.manage_call().hangup())
    call.update(svaml.ice().hangup())  # type: ignore[arg-type]
    call.leg("caller").update(svaml.ace().hangup())  # type: ignore[arg-type]
    callouts.custom(ice=svaml.ice().connect_pstn("+46700000000"), ace=svaml.ace().hangup())
    callouts.custom(ice=svaml.ace().hangup())  # type: ignore[arg-type]


def narrowed(event: CallbackEvent) -> str:
    match event:
        case IceEvent() | AceEvent() | PieEvent() | DiceEvent():
            return event.call_id
        case NotifyEvent():
            return event.call_id or ""
        case VerificationRequestEvent() | VerificationResultEvent():
            return event.id
        case VerificationSmsDeliveredEvent(id=name) | UnknownEvent(event=name):
            return name
        case IncomingSmsEvent():
            return event.message or ""
        case BatchReportSms(batch_id=name) | BatchReportMms(batch_id=name):
            return name
        case RecipientReportSms(recipient=name) | RecipientReportMms(recipient=name):
            return name
        case InboundText(id=name) | InboundBinary(id=name) | InboundMedia(id=name):
            return name
        case _:
            assert_never(event)


assert_type(read_event(b"{}"), CallbackEvent)


async def dispatch(delivery: Delivery) -> CallbackAnswer:
    assert_type(router.dispatch(delivery), CallbackAnswer)
    return await router.dispatch_async(delivery)
