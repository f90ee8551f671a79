# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Calls are placed by a callout, or arrive at a number or in-app user of yours. What happens next
is decided by SVAML: the answer to a callback (see the webhooks of this document) or the body of a
call update. Every operation may also fail with the authentication codes 401xx, 40301 and 40303,
with 50000, and with 50300 while the service is down (docs/platform/errors.md#codes);
`x-error-codes` lists what is specific to one operation. Any 2xx status is a success, whatever the
body looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..arguments import within
from ..bounds import Bounds
from ..frozen import Frozen
from ..models.calling import (
    CallbackSettings,
    CallInfo,
    CalloutResponse,
    Conference,
    NumberQueryResponse,
    NumbersResponse,
)
from ..models.common import ErrorBody
from ..operation import (
    Operation,
    Server,
    deprecated,
    json_body,
    read_json,
    segment,
)

if TYPE_CHECKING:
    from ..models.calling import (
        AssignNumbersRequest,
        CallLeg,
        CalloutRequest,
        ParticipantCommandRequest,
        UnassignNumberRequest,
    )
    from ..models.svaml import Svamlet, UpdateSvamlet

CALLING = Server("calling", "https://calling{region}.api.sinch.com")
"""Voice traffic. Without a region the closest one answers. A call that came in is managed at the
host named by its event's callResourceUrl, and all legs of one conference room must use the same
region (docs/platform/hosts.md).
"""
CONFIGURATION = Server("configuration", "https://callingapi.sinch.com")
"""Voice configuration; one host for all regions."""
_ERRORS = Frozen(
    {
        "default": read_json(ErrorBody.from_wire),
    }
)
_READ_CALLOUT_RESPONSE = CalloutResponse.from_wire
_READ_CALL_INFO = CallInfo.from_wire
_READ_CONFERENCE = Conference.from_wire
_READ_NUMBERS_RESPONSE = NumbersResponse.from_wire
_READ_CALLBACK_SETTINGS = CallbackSettings.from_wire
_READ_NUMBER_QUERY_RESPONSE = NumberQueryResponse.from_wire


def place_callout(body: CalloutRequest) -> Operation[CalloutResponse]:
    """Place a call from the backend.

    Calls a number, user or SIP address and either speaks a text, joins a conference room, or
    runs SVAML of your own. The answer comes as soon as the call is accepted, not when it is picked
    up. Abandoning the request before the answer makes the platform try to stop the call. Up to five
    request headers named X-CB-... (at most 32 characters with the prefix, values at most 128
    printable ASCII characters) travel on to your callback backend; further ones are dropped without
    notice (docs/platform/calling.md#callouts).

    Error codes: 40001, 40002, 40003, 40004, 40005, 40200, 40300, 42900.
    """
    return Operation(
        name="place_callout",
        method="POST",
        server=CALLING,
        path="/calling/v1/callouts",
        idempotent=False,
        body=json_body(body.to_wire()),
        result=_READ_CALLOUT_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def get_call(call_id: str) -> Operation[CallInfo]:
    """Read the state of a call.

    Tells whether the call is still running, how it ended and what it cost. Newer documentation
    promises an answer only for calls that end at a phone number or SIP address
    (docs/platform/calling.md#calls).

    ``call_id``: Id of the call, as given by the callout response or a callback event.

    Error codes: 40400.
    """
    return Operation(
        name="get_call",
        method="GET",
        server=CALLING,
        path=f"/calling/v1/calls/id/{segment('call_id', call_id)}",
        idempotent=True,
        result=_READ_CALL_INFO,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def update_call(call_id: str, body: UpdateSvamlet) -> Operation[None]:
    """Run SVAML on a running call.

    Interrupts the call and runs instructions plus one action, normally hangup, continue or park.
    A conference leg also takes runMenu, and a parked call takes whatever an ICE reply may hold.
    Works only for calls with a phone or SIP leg (docs/platform/calling.md#calls).

    ``call_id``: Id of the call, as given by the callout response or a callback event.

    Error codes: 40003, 40400.
    """
    return Operation(
        name="update_call",
        method="PATCH",
        server=CALLING,
        path=f"/calling/v1/calls/id/{segment('call_id', call_id)}",
        idempotent=False,
        body=json_body(body.to_wire()),
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def update_call_leg(call_id: str, call_leg: CallLeg, body: Svamlet) -> Operation[None]:
    """Run SVAML on one side of a running call.

    Made for playFiles and say: the caller, the callee or both hear the prompt while the call
    goes on (docs/platform/calling.md#calls).

    ``call_id``: Id of the call, as given by the callout response or a callback event.

    ``call_leg``: Who is to hear it. Conference legs and callouts have no legs to choose from and
    ignore it.

    Error codes: 40003, 40400.
    """
    return Operation(
        name="update_call_leg",
        method="PATCH",
        server=CALLING,
        path=f"/calling/v1/calls/id/{segment('call_id', call_id)}/leg/{segment('call_leg', call_leg.to_wire())}",
        idempotent=False,
        body=json_body(body.to_wire()),
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def get_conference(conference_id: str) -> Operation[Conference]:
    """List who is in a conference room.

    A room exists while somebody is in it; otherwise, or in another region, the answer is 40400
    (docs/platform/calling.md#conferences).

    ``conference_id``: Id of the room as you chose it, at most 64 characters. Reserved characters
    such as the number sign are percent-encoded.

    Error codes: 40400.
    """
    within("conference_id", conference_id, Bounds(max_length=64))
    return Operation(
        name="get_conference",
        method="GET",
        server=CALLING,
        path=f"/calling/v1/conferences/id/{segment('conference_id', conference_id)}",
        idempotent=True,
        result=_READ_CONFERENCE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def end_conference(conference_id: str) -> Operation[None]:
    """Remove everybody from a conference room.

    Hangs up all legs and so closes the room. A repeat after success finds no room and yields
    40400.

    ``conference_id``: Id of the room as you chose it, at most 64 characters. Reserved characters
    such as the number sign are percent-encoded.

    Error codes: 40400.
    """
    within("conference_id", conference_id, Bounds(max_length=64))
    return Operation(
        name="end_conference",
        method="DELETE",
        server=CALLING,
        path=f"/calling/v1/conferences/id/{segment('conference_id', conference_id)}",
        idempotent=True,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def kick_participant(conference_id: str, call_id: str) -> Operation[None]:
    """Remove one participant from a conference room.

    Hangs up that leg only. A repeat after success finds nobody and yields 40400.

    ``conference_id``: Id of the room as you chose it, at most 64 characters. Reserved characters
    such as the number sign are percent-encoded.

    ``call_id``: Id of the participant's call leg, the `id` of the participant list.

    Error codes: 40400.
    """
    within("conference_id", conference_id, Bounds(max_length=64))
    return Operation(
        name="kick_participant",
        method="DELETE",
        server=CALLING,
        path=f"/calling/v1/conferences/id/{segment('conference_id', conference_id)}/{segment('call_id', call_id)}",
        idempotent=True,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def update_participant(
    conference_id: str, call_id: str, body: ParticipantCommandRequest
) -> Operation[None]:
    """Mute, unmute, hold or resume one participant.

    Sets the state of one leg in a room; asking for the state it already has changes nothing
    (docs/platform/calling.md#conferences).

    ``conference_id``: Id of the room as you chose it, at most 64 characters. Reserved characters
    such as the number sign are percent-encoded.

    ``call_id``: Id of the participant's call leg, the `id` of the participant list.

    Error codes: 40001, 40400.
    """
    within("conference_id", conference_id, Bounds(max_length=64))
    return Operation(
        name="update_participant",
        method="PATCH",
        server=CALLING,
        path=f"/calling/v1/conferences/id/{segment('conference_id', conference_id)}/{segment('call_id', call_id)}",
        idempotent=True,
        body=json_body(body.to_wire()),
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def list_numbers() -> Operation[NumbersResponse]:
    """List the numbers of the account.

    Every number the account owns, with the application it is assigned to, if any
    (docs/platform/configuration.md).

    Error codes: 50000.
    """
    return Operation(
        name="list_numbers",
        method="GET",
        server=CONFIGURATION,
        path="/v1/configuration/numbers",
        idempotent=True,
        result=_READ_NUMBERS_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def assign_numbers(body: AssignNumbersRequest) -> Operation[None]:
    """Assign numbers to an application.

    Calls (or messages) to these numbers reach the application from now on. Sets a state, so a
    repeat is harmless (docs/platform/configuration.md).

    Error codes: 40001, 40003.
    """
    return Operation(
        name="assign_numbers",
        method="POST",
        server=CONFIGURATION,
        path="/v1/configuration/numbers",
        idempotent=True,
        body=json_body(body.to_wire()),
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def unassign_number(body: UnassignNumberRequest) -> Operation[None]:
    """Take a number away from an application.

    The account keeps the number. Note that this DELETE carries a JSON body
    (docs/platform/configuration.md).

    Error codes: 40001, 40003.
    """
    return Operation(
        name="unassign_number",
        method="DELETE",
        server=CONFIGURATION,
        path="/v1/configuration/numbers",
        idempotent=True,
        body=json_body(body.to_wire()),
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def get_callback_urls(application_key: str) -> Operation[CallbackSettings]:
    """Read where voice callbacks go.

    The primary and the fallback address of the application (docs/platform/configuration.md).

    ``application_key``: Key of the application whose callback addresses are meant.

    Error codes: 40003.
    """
    return Operation(
        name="get_callback_urls",
        method="GET",
        server=CONFIGURATION,
        path=f"/v1/configuration/callbacks/applications/{segment('application_key', application_key)}",
        idempotent=True,
        result=_READ_CALLBACK_SETTINGS,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def update_callback_urls(application_key: str, body: CallbackSettings) -> Operation[None]:
    """Set where voice callbacks go.

    Replaces the addresses of the application; sending the same ones again changes nothing
    (docs/platform/configuration.md).

    ``application_key``: Key of the application whose callback addresses are meant.

    Error codes: 40003.
    """
    return Operation(
        name="update_callback_urls",
        method="POST",
        server=CONFIGURATION,
        path=f"/v1/configuration/callbacks/applications/{segment('application_key', application_key)}",
        idempotent=True,
        body=json_body(body.to_wire()),
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def query_number(number: str) -> Operation[NumberQueryResponse]:
    """Look up a phone number.

    Deprecated. Country, kind and price per minute of a number. Deprecated: the vendor's separate
    Number Lookup product replaces it, which needs other credentials
    (docs/platform/configuration.md).

    ``number``: Phone number in international form with its plus sign; leave out blanks.

    Error codes: 40001.
    """
    deprecated("query_number")
    return Operation(
        name="query_number",
        method="GET",
        server=CONFIGURATION,
        path=f"/v1/calling/query/number/{segment('number', number)}",
        idempotent=True,
        result=_READ_NUMBER_QUERY_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )
