"""What it costs to start: the processor time of fresh interpreters, less that of an empty one."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from .bare import KEY, SECRET
from .harness import Row, Samples

_CLIENT = "from sinch import {0}; {0}({1!r}, {2!r}).sms"
_AIO_CLIENT = (
    "import asyncio\nfrom sinch import AsyncSinchClient\n"
    f"async def main(): AsyncSinchClient({KEY!r}, {SECRET!r}).sms\nasyncio.run(main())"
)
_CALLBACKS = "import sinch.callbacks, sinch.svaml"


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
    samples = Samples()
    with TemporaryDirectory() as cache:
        for program in PROGRAMS:
            _check(program, cache)
        for _ in range(7 if quick else 21):
            for program in PROGRAMS:
                samples.add(program.name, processor_time(program.code, cache))
    return [_row(samples, program) for program in PROGRAMS if program.against]


def _row(samples: Samples, program: Program) -> Row:
    empty = samples.median("empty")
    ours = [taken - empty for taken in samples.taken[program.name]]
    bare = [taken - empty for taken in samples.taken[program.against]]
    ratio = statistics.median(ours) / statistics.median(bare)
    times = (statistics.median(ours) * 1e3, statistics.median(bare) * 1e3)
    return Row(program.name, *times, ratio, "ms", program.aim, f"import {program.against}")


def processor_time(code: str, cache: str) -> float:
    """Seconds of processor time that a fresh interpreter spends on ``code``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _start(code, cache)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _start(code: str, cache: str) -> str:
    # Compiled code comes from a cache of our own: whether installed packages have one depends on
    # the installer, and a development machine may forbid writing it.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _check(program: Program, cache: str) -> None:
    """Run it once, which also fills the cache of compiled code; fail when it loads too much."""
    unwanted = f"\nimport sys; print(*sorted(set(sys.modules) & {set(program.without)!r}))"
    loaded = _start(program.code + unwanted, cache).strip()
    if loaded:
        raise AssertionError(f"{program.name} loads {loaded}")
