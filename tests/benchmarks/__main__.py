"""``make bench``: how the SDK compares with doing the same by hand.

Every figure is processor time beside bare requests, aiohttp or the standard library, with its 95 %
interval. A missed aim is shown, not punished; a contestant that brings wrong results, or loses
something, ends the run with an error.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from . import (
    async_call,
    blocking_call,
    bulk_jobs,
    bulk_overhead,
    callback_path,
    curves,
    environments,
    guarded_starts,
    import_time,
    message_batches,
    peers,
    queued_calls,
    regenerating,
    report,
    simulated_calls,
    threads,
)
from .contest import Row
from .field import Field
from .kept import kept
from .server import running

SUBJECTS: dict[str, Callable[[Field], list[Row]]] = {
    "blocking": blocking_call.measure,
    "async": async_call.measure,
    "queued": queued_calls.measure,
    "callbacks": callback_path.measure,
    "threads": threads.measure,
    "imports": import_time.measure,
    "calls": simulated_calls.measure,
    "peers": peers.measure,
    "regenerating": regenerating.measure,
    "curves": curves.measure,
    "guard": guarded_starts.measure,
    "bulk-overhead": bulk_overhead.measure,
    "bulk": bulk_jobs.measure,
    "messages": message_batches.measure,
}
ROUNDS, QUICK_ROUNDS = 12, 5
PAGE = environments.ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Measure the chosen subjects, print one table, and write it where it is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a rough idea in a few minutes")
    parser.add_argument("--only", action="append", choices=SUBJECTS, help="one subject; repeatable")
    parser.add_argument("--rounds", type=int, help="fresh processes of each contestant")
    parser.add_argument(
        "--write",
        action="store_true",
        help=f"write docs/{PAGE.name}; with --only, those rows of it",
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with a run of this commit that was broken off"
    )
    options = parser.parse_args()
    rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    if options.write and rounds < 10:
        parser.error("only ten processes each, or more, are written down")
    chosen = options.only or [name for name in SUBJECTS if not (options.quick and name in SLOW)]
    ours = environments.ours()
    with_orjson = environments.ours("orjson") if "callbacks" in chosen else ours
    rows: list[Row] = []
    known = kept(resume=options.resume)
    with running() as url:
        field = Field(
            url, environments.contestants_folder(), ours, with_orjson, rounds, options.quick
        )
        for name in chosen:
            started = time.monotonic()
            found = known.of(name)
            if found is None:
                found = SUBJECTS[name](field)
                if not (options.quick or options.only):
                    known.add(name, found)
            rows += found
            print(f" {name}: {time.monotonic() - started:.0f} s", flush=True)
            # half an hour is long to wait for the first figure
            print(report.as_text(found), flush=True)
    told = report.conditions(ours.versions, rounds)
    print(told)
    if options.write and options.only:
        report.write_again(PAGE, rows, f"Of these, {', '.join(chosen)} once more. {told}")
    elif options.write:
        picture = f"![Processor time of one call]({curves.PICTURE.name})"
        report.write(PAGE, f"{told}\n\n{report.as_markdown(rows)}\n\n{picture}")


#: What a quick run leaves out.
SLOW = {"curves", "peers", "regenerating"}

if __name__ == "__main__":
    main()
