"""One blocking SMS or callout, against the same request made with bare requests."""

from __future__ import annotations

from .bare import HEADERS, KEY, KINDS, NUMBER, SECRET, TEXT, accept
from .contest import Row
from .field import Field
from .loops import MODES, Call, spent


def measure(field: Field) -> list[Row]:
    """CPU time of a call over one kept-open connection."""
    rows: list[Row] = []
    calls, batches = (20, 5) if field.quick else (60, 15)
    for kind in ("sms",) if field.quick else KINDS:
        options = {"kind": kind, "calls": calls, "batches": batches}
        samples = field.compete(__name__, ("sinch", "bare", "control"), options)
        for mode in MODES:
            subject = f"blocking {kind}, {mode}"
            row = samples.row(
                subject, "sinch", "bare", key=mode, aim=0.58, against="requests.Session.post"
            )
            rows += [row, samples.control(f"{subject}: control", "control", "bare", key=mode)]
    return rows


def run(who: str, url: str, *, kind: str, calls: int, batches: int) -> dict[str, float]:
    """Microseconds of one call, in each mode."""
    call = ours(url, kind) if who == "sinch" else by_hand(url, kind)
    return {mode: spent(call, calls=calls, batches=batches, mode=mode) for mode in MODES}


def ours(url: str, kind: str) -> Call:
    """The SDK."""
    from sinch import SinchClient

    sinch = SinchClient(KEY, SECRET, base_url=url)
    if kind == "sms":
        return lambda: accept(sinch.sms(NUMBER, TEXT).send().message_id)
    return lambda: accept(sinch.callouts.tts(NUMBER, TEXT).call().call_id)


def by_hand(url: str, kind: str) -> Call:
    """The way without it."""
    import requests

    session = requests.Session()
    path, body, receipt = KINDS[kind]

    def call() -> None:
        with session.post(url + path, json=body, headers=HEADERS, timeout=30) as response:
            response.raise_for_status()
            accept(response.json()[receipt])

    return call
