"""How long a maintainer waits for `python codegen.py` to make the package anew and verify it."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from .contest import Row
from .environments import ROOT, clean
from .field import Field

AIM = 1.5


class Regeneration:
    """``codegen.py --check``: everything but the writing."""

    def run(self, url: str, folder: Path) -> dict[str, float]:
        """Seconds on the wall, and of processor time would be more: parts run side by side."""
        started = time.monotonic()
        subprocess.run(
            [sys.executable, ROOT / "codegen.py", "--check"], env=clean(), check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return {"s": time.monotonic() - started}


def measure(field: Field) -> list[Row]:
    """Seconds on the wall: it means something on a quiet machine only."""
    samples = field.between({"codegen": Regeneration()})
    taken = samples.median("codegen", "s")
    row = Row("regenerating, verified, wall clock", taken, None, None, "s")
    return [replace(row, aim=f"≤ {AIM} s", good=taken.value <= AIM)]
