"""One blocking SMS, against the same request made with bare requests."""

from __future__ import annotations

import requests

from sinch import SinchClient

from .bare import BODY, HEADERS, KEY, NUMBER, PATH, SECRET, TEXT, accept
from .harness import Row, interleave


def measure(url: str, *, quick: bool) -> list[Row]:
    """CPU time of a call, both over one kept-open connection."""
    batch, rounds = (40, 9) if quick else (60, 41)

    with SinchClient(KEY, SECRET, base_url=url) as sinch, requests.Session() as session:

        def ours() -> None:
            for _ in range(batch):
                accept(sinch.sms(NUMBER, TEXT).send().message_id)

        def bare() -> None:
            for _ in range(batch):
                with session.post(url + PATH, json=BODY, headers=HEADERS, timeout=30) as response:
                    response.raise_for_status()
                    accept(response.json()["messageId"])

        samples = interleave({"sinch": ours, "bare": bare}, rounds=rounds)

    row = samples.row(
        "blocking call, CPU", "sinch", "bare", unit="us", aim=0.70, per=batch / 1_000_000
    )
    return [row.against("requests.Session.post")]
