"""Send a text to many numbers at once, and say for each what happened.

Usage: python notify_many.py "We open at nine." +61491570156 +61491570157

The client lets 100 requests run at once and keeps the others waiting, so this needs no limit.
"""

from __future__ import annotations

import asyncio
import sys

from sinch import AsyncSinchClient, OutcomeUnknown, SinchError


async def notify(sinch: AsyncSinchClient, number: str, text: str) -> str:
    try:
        receipt = await sinch.sms(number, text).send()
    except OutcomeUnknown as error:
        return f"unknown: {error}"
    except SinchError as error:
        return f"not sent: {error}"
    return f"message {receipt.message_id}"


async def main(text: str, *numbers: str) -> None:
    async with AsyncSinchClient() as sinch:
        outcomes = await asyncio.gather(*(notify(sinch, number, text) for number in numbers))
    for number, outcome in zip(numbers, outcomes, strict=True):
        print(number, outcome)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    asyncio.run(main(*sys.argv[1:]))
