# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Send a text message with an application key, ask what became of it, and receive messages. A
legacy API: documented until 2021. The same operations lived below `/messaging` on api.sinch.com in
2018 (docs/platform/sms.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import Frozen
from ..models.common import ErrorBody
from ..models.sms import SendSmsResponse, SmsStatusResponse
from ..operation import (
    Operation,
    Server,
    json_body,
    read_json,
    segment,
)

if TYPE_CHECKING:
    from ..models.sms import SendSmsRequest

SMS = Server("sms", "https://messagingapi.sinch.com", "/messaging")
"""Classic SMS host."""
_ERRORS = Frozen(
    {
        "default": read_json(ErrorBody.from_wire),
    }
)
_READ_SMS_STATUS_RESPONSE = SmsStatusResponse.from_wire
_READ_SEND_SMS_RESPONSE = SendSmsResponse.from_wire


def get_sms_status(message_id: str) -> Operation[SmsStatusResponse]:
    """Get the delivery status of a message.

    Tells how far a sent message has come. An id that Sinch does not know gives the status
    `Unknown`, not an error (docs/platform/sms.md).

    ``message_id``: Id that sending the message returned.

    Error codes: 40001.
    """
    return Operation(
        name="get_sms_status",
        method="GET",
        server=SMS,
        path=f"/v1/sms/{segment('message_id', message_id)}",
        idempotent=True,
        result=_READ_SMS_STATUS_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )


def send_sms(number: str, body: SendSmsRequest) -> Operation[SendSmsResponse]:
    """Send a text message to one number.

    Hands one message to Sinch and returns its id; delivery happens later, ask for the status.
    One message holds 160 GSM-7 or 70 UCS-2 characters; longer ones are sent in parts of 153 or 67
    and each part is charged. The most parts allowed is not documented. Sending twice means two
    messages. Error 40303: the account has no verified number, or a sandbox account wrote to a
    number that is not verified (docs/platform/sms.md).

    ``number``: Recipient as an international number with a literal leading `+`, 7 to 17
    characters.

    Error codes: 40001, 40002, 40003, 40200, 40300.
    """
    return Operation(
        name="send_sms",
        method="POST",
        server=SMS,
        path=f"/v1/sms/{segment('number', number)}",
        idempotent=False,
        body=json_body(body.to_wire()),
        result=_READ_SEND_SMS_RESPONSE,
        errors=_ERRORS,
        security=(
            ("ApplicationSigned",),
            ("Basic",),
        ),
    )
