"""What it costs to start: the processor time that fresh interpreters spend on a line of imports."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .bare import KEY, SECRET
from .contest import Row, Samples
from .environments import Environment, clean
from .field import Field

_CLIENT = f"from sinch import SinchClient; SinchClient({KEY!r}, {SECRET!r}).sms"
_AIO_CLIENT = (
    "import asyncio\nfrom sinch import AsyncSinchClient\n"
    f"async def main(): AsyncSinchClient({KEY!r}, {SECRET!r}).sms\nasyncio.run(main())"
)
_CALLBACKS = (
    "import sinch.callbacks, sinch.svaml\n"
    """sinch.callbacks.read_event(b'{"event": "ice", "callid": "1", "cli": "4670"}')"""
)


@dataclass(frozen=True)
class Program:
    """A program, what it is compared with, and the modules it must not load."""

    name: str
    code: str
    environment: Environment
    against: str = ""
    aim: float | None = None
    without: tuple[str, ...] = ()

    def run(self, url: str, folder: Path) -> Mapping[str, float]:
        """Milliseconds of a fresh interpreter from before the code to after it."""
        timed = (
            f"import time; started = time.process_time()\n{self.code}\n"
            f"print(time.process_time() - started)\n"
            f"import sys; print(*sorted(set(sys.modules) & {set(self.without)!r}))"
        )
        command = [self.environment.python, "-c", timed]
        done = subprocess.run(
            command, cwd=folder, env=clean(), stdout=subprocess.PIPE, text=True, check=True
        )
        seconds, loaded = done.stdout.split("\n")[:2]
        if loaded:
            raise AssertionError(f"{self.name} loads {loaded}")
        return {"ms": float(seconds) * 1e3}


def measure(field: Field) -> list[Row]:
    """Start every program once a round, in turns."""
    programs = {
        program.name: program
        for program in (
            Program("requests", "import requests", field.ours),
            Program("control", "import requests", field.ours, "requests"),
            Program("aiohttp", "import aiohttp", field.ours),
            Program(
                "import sinch", "import sinch", field.ours, "requests", 0.10,
                ("requests", "aiohttp", "attr"),
            ),
            Program(
                "blocking client ready", _CLIENT, field.ours, "requests", 1.25,
                ("aiohttp", "cattrs"),
            ),
            Program(
                "asyncio client ready", _AIO_CLIENT, field.ours, "aiohttp", None,
                ("requests", "cattrs"),
            ),
            Program(
                "callbacks and svaml, first event read", _CALLBACKS, field.ours, "requests", 0.62,
                ("requests", "aiohttp"),
            ),
        )
    }  # fmt: skip
    for program in programs.values():
        program.run(field.url, field.folder)  # compiled code is written, files are in memory
    samples = field.between(programs, rounds=2 * field.rounds + 1)
    return [_row(samples, program) for program in programs.values() if program.against]


def _row(samples: Samples, program: Program) -> Row:
    if program.name == "control":
        return samples.control("import time: control", "control", "requests", key="ms", unit="ms")
    return samples.row(
        program.name, program.name, program.against, key="ms", unit="ms", aim=program.aim,
        against=f"import {program.against}",
    )  # fmt: skip
