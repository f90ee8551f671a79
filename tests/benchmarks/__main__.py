"""``make bench``: how the SDK compares with doing the same by hand.

Every figure is a ratio to bare requests, aiohttp or the standard library, measured in the same run
and in turns. A missed aim is shown, not punished; a contestant that brings wrong results ends the
run with an error.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from . import (
    async_call,
    blocking_call,
    callback_path,
    import_time,
    queued_calls,
    simulated_calls,
)
from .harness import Row, show
from .server import running

SUBJECTS: dict[str, Callable[..., list[Row]]] = {
    "blocking": blocking_call.measure,
    "async": async_call.measure,
    "queued": queued_calls.measure,
    "imports": import_time.measure,
    "callbacks": callback_path.measure,
    "calls": simulated_calls.measure,
}


def main() -> None:
    """Measure the chosen subjects and print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds: a rough idea in seconds"
    )
    parser.add_argument("--only", action="append", choices=SUBJECTS, help="one subject; repeatable")
    options = parser.parse_args()
    rows: list[Row] = []
    with running() as url:
        for name in options.only or SUBJECTS:
            started = time.monotonic()
            rows += SUBJECTS[name](url, quick=options.quick)
            print(f"{name}: measured in {time.monotonic() - started:.0f} s", flush=True)
    show(rows)


if __name__ == "__main__":
    main()
