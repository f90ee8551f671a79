"""What it costs to start: the processor time of fresh interpreters, less that of an empty one."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass

from .bare import KEY, SECRET
from .harness import Row, Samples

_CLIENT = "from sinch import {0}; {0}({1!r}, {2!r}).sms"
_AIO_CLIENT = (
    "import asyncio\nfrom sinch import AsyncSinchClient\n"
    f"async def main(): AsyncSinchClient({KEY!r}, {SECRET!r}).sms\nasyncio.run(main())"
)
_CALLBACKS = (
    f"from sinch.callbacks import CallbackVerifier\nfrom sinch.svaml import Svaml\n"
    f"CallbackVerifier({KEY!r}, {SECRET!r}); Svaml()"
)


@dataclass(frozen=True)
class Program:
    """A program, what it is compared with, and the modules it must not load."""

    name: str
    code: str
    against: str = ""
    aim: float | None = None
    without: tuple[str, ...] = ()


PROGRAMS = (
    Program("empty", ""),
    Program("requests", "import requests"),
    Program("aiohttp", "import aiohttp"),
    Program("import sinch", "import sinch", "requests", 0.2, ("requests", "aiohttp", "attr")),
    Program(
        "blocking client ready",
        _CLIENT.format("SinchClient", KEY, SECRET),
        "requests",
        1.5,
        ("aiohttp", "cattrs"),
    ),
    Program("async client ready", _AIO_CLIENT, "aiohttp", None, ("requests", "cattrs")),
    Program("callbacks and svaml", _CALLBACKS, "requests", 0.8, ("requests", "aiohttp")),
)


def measure(url: str, *, quick: bool) -> list[Row]:
    """Start every program once a round, in turns."""
    for program in PROGRAMS:
        _check(program)
    samples = Samples()
    for _ in range(7 if quick else 21):
        for program in PROGRAMS:
            samples.add(program.name, _processor_time(program.code))
    return [_row(samples, program) for program in PROGRAMS if program.against]


def _row(samples: Samples, program: Program) -> Row:
    empty = samples.median("empty")
    ours = [taken - empty for taken in samples.taken[program.name]]
    bare = [taken - empty for taken in samples.taken[program.against]]
    ratio = statistics.median(ours) / statistics.median(bare)
    times = (statistics.median(ours) * 1e3, statistics.median(bare) * 1e3)
    return Row(program.name, *times, ratio, "ms", program.aim, f"import {program.against}")


def _processor_time(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _check(program: Program) -> None:
    """Run it once, which also fills the caches of compiled code; fail when it loads too much."""
    unwanted = f"\nimport sys; print(*sorted(set(sys.modules) & {set(program.without)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program.code + unwanted], stdout=subprocess.PIPE, text=True, check=True
    )
    if done.stdout.strip():
        raise AssertionError(f"{program.name} loads {done.stdout.strip()}")
