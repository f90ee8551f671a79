"""Send one message and wait until Sinch knows what became of it.

Usage: python send_sms.py +61491570156 "Hello world."

Reads SINCH_APPLICATION_KEY, SINCH_APPLICATION_SECRET and, for the sandbox, SINCH_BASE_URL.
"""

from __future__ import annotations

import sys
import time

from sinch import OutcomeUnknown, SinchClient, SinchError, SmsStatus


def main(number: str, text: str) -> int:
    with SinchClient() as sinch:
        try:
            receipt = sinch.sms(number, text).send()
        except OutcomeUnknown as error:
            print(f"perhaps sent, so not tried again: {error}")
            return 2
        print(f"message {receipt.message_id}")
        for _ in range(30):
            status = sinch.sms.get_status(receipt.message_id).status
            print(status)
            if status != SmsStatus.PENDING:
                return 0 if status == SmsStatus.SUCCESSFUL else 1
            time.sleep(1)
    return 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except SinchError as problem:
        sys.exit(f"not sent: {problem}")
