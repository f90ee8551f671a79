"""Where contestants run: virtual environments with what is measured installed from built wheels.

How a package is installed decides too: byte-identical sources took 24-40 µs a call more or less as
an editable install, from a checkout or from a wheel. So ours is built and installed as everybody
else's is, and the hand-written contestants run in the very same environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv-bench"


@dataclass(frozen=True)
class Environment:
    """One environment: its interpreter, and the versions that make a difference."""

    python: str
    versions: dict[str, str]


def clean() -> dict[str, str]:
    """The variables of this process without those that change how Python works."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ.pop("SINCH_APPLICATION_KEY", None)
    return environ


def ours(*extras: str) -> Environment:
    """An environment with a wheel built from this checkout, and the extras named."""
    wheels = FOLDER / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", wheels, ROOT)
    wheel = next(wheels.glob("*.whl"))
    python = _environment("-".join(["sinch-server-sdk", *extras]))
    _run(python, "-m", "pip", "install", "--quiet", wheel, *extras)
    # pip takes a wheel of the same version for the one that is there
    _run(python, "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", wheel)
    return Environment(str(python), _versions(python))


def peer(package: str) -> Environment | None:
    """An environment with somebody else's package; None where it cannot be installed."""
    python = _environment(package)
    try:
        _run(python, "-m", "pip", "install", "--quiet", package)
    except subprocess.CalledProcessError:
        return None
    return Environment(str(python), _versions(python))


def contestants_folder() -> Path:
    """A folder to start contestants in: it holds this package alone, nothing of the checkout."""
    folder = FOLDER / "contestants"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "benchmarks"
    if not link.exists():
        link.symlink_to(Path(__file__).resolve().parent, target_is_directory=True)
    return folder


def _environment(name: str) -> Path:
    place = FOLDER / name
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    return python


def _versions(python: Path) -> dict[str, str]:
    code = "import importlib.metadata as m\nfor d in m.distributions(): print(d.name, d.version)"
    lines = _run(python, "-c", code).splitlines()
    return dict(sorted(line.split(" ", 1) for line in lines))


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=FOLDER if FOLDER.exists() else ROOT,
        env=clean(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
        done.check_returncode()
    return done.stdout
