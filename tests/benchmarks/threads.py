"""One blocking client shared by many threads: what a call costs, and whether connections are kept."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from .bare import HEADERS, KINDS, accept
from .blocking_call import ours
from .contest import Row
from .field import Field
from .loops import Call
from .server import connections

THREADS, AIM = 32, 600.0


def measure(field: Field) -> list[Row]:
    """CPU time of one call of 32 threads, and the connections opened beyond one for each of them."""
    calls = 10 if field.quick else 60
    options = {"threads": THREADS, "calls": calls}
    samples = field.compete(__name__, ("sinch", "bare", "control"), options)
    row = samples.row(
        f"{THREADS} threads on one client", "sinch", "bare", against="one requests.Session"
    )
    opened = samples.median("sinch", "opened")
    return [
        replace(row, aim=f"≤ {AIM:.0f} µs", good=row.ours.value <= AIM),
        samples.control(f"{THREADS} threads: control", "control", "bare"),
        Row(
            f"{THREADS} threads, connections beyond {THREADS}", opened, samples.median("bare", "opened"), None,
            "", "0", opened.high == 0, "one requests.Session",
        ),
    ]  # fmt: skip


def run(who: str, url: str, *, threads: int, calls: int) -> dict[str, float]:
    """Microseconds of one call, and how many connections were opened beyond one for each thread."""
    before = connections(url)
    call = ours(url, "sms") if who == "sinch" else _by_hand(url, threads)
    _all_at_once(call, threads, 5)
    started = time.process_time()
    _all_at_once(call, threads, calls)
    spent = time.process_time() - started
    # the one that asks is a connection too
    opened = connections(url) - before - 1
    return {"us": spent / (threads * calls) * 1e6, "opened": max(0, opened - threads)}


def _all_at_once(call: Call, threads: int, calls: int) -> None:
    together = threading.Barrier(threads)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            together.wait()
            for _ in range(calls):
                call()
        except Exception as error:  # noqa: BLE001 - raised in the main thread
            failures.append(error)

    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if failures:
        raise failures[0]


def _by_hand(url: str, threads: int) -> Call:
    import requests
    from requests.adapters import HTTPAdapter

    session = requests.Session()
    session.mount("http://", HTTPAdapter(pool_maxsize=threads))
    path, body, receipt = KINDS["sms"]

    def call() -> None:
        with session.post(url + path, json=body, headers=HEADERS, timeout=30) as response:
            response.raise_for_status()
            accept(response.json()[receipt])

    return call
