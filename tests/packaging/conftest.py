"""Distributions, built once for all tests here, and an environment with the wheel in it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).resolve().parents[2]
#: pip says one of these when the network, not the package, is what fails.
UNREACHABLE = re.compile(
    r"Retrying \(Retry|NewConnectionError|NameResolutionError|Temporary failure in name resolution"
    r"|Network is unreachable|ProxyError|Read timed out|Connection to \S+ timed out"
)


def run(*command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command without the settings of this process's Python."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def build(source: Path, target: Path, *kinds: str) -> None:
    """Build distributions; with the build backend at hand where it is installed, else fetched."""
    pytest.importorskip("build", reason="the dependency group dev has it")
    isolation = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    done = run(sys.executable, "-m", "build", *isolation, *kinds, "--outdir", target, source)
    if done.returncode and not isolation and UNREACHABLE.search(done.stdout + done.stderr):
        pytest.skip("hatchling is not installed here, and pip reaches no package index")
    assert done.returncode == 0, done.stdout + done.stderr


@attrs.frozen
class Distributions:
    """The files built: a wheel from the checkout, an sdist, and a wheel from that sdist."""

    wheel: Path
    sdist: Path
    wheel_from_sdist: Path

    def names_in_wheel(self) -> set[str]:
        return _names_in(self.wheel)

    def names_in_wheel_from_sdist(self) -> set[str]:
        return _names_in(self.wheel_from_sdist)

    def names_in_sdist(self) -> set[str]:
        with tarfile.open(self.sdist) as archive:
            return {member.name.partition("/")[2] for member in archive if member.isfile()}


def _names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    direct = tmp_path_factory.mktemp("direct")
    through_sdist = tmp_path_factory.mktemp("through_sdist")
    build(ROOT, direct, "--wheel")
    build(ROOT, through_sdist)  # without a kind, build makes the wheel out of the sdist
    (wheel,) = direct.glob("*.whl")
    (sdist,) = through_sdist.glob("*.tar.gz")
    (wheel_from_sdist,) = through_sdist.glob("*.whl")
    return Distributions(wheel=wheel, sdist=sdist, wheel_from_sdist=wheel_from_sdist)


@attrs.frozen
class Environment:
    """A virtual environment outside the checkout."""

    path: Path

    @property
    def scripts(self) -> Path:
        return Path(sysconfig.get_path("scripts", vars={"base": str(self.path)}, scheme=_SCHEME))

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(self.scripts / "python", "-I", *arguments, cwd=self.path)


_SCHEME = "venv"


@pytest.fixture(scope="session")
def environment(
    distributions: Distributions, tmp_path_factory: pytest.TempPathFactory
) -> Environment:
    """An environment that holds the wheel and what it requires, nothing else."""
    made = Environment(tmp_path_factory.mktemp("environment"))
    venv.create(made.path, with_pip=True)
    done = made.python(
        "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries=1",
        "--timeout=10", str(distributions.wheel),
    )  # fmt: skip
    if done.returncode and UNREACHABLE.search(done.stdout + done.stderr):
        pytest.skip("pip reaches no package index, so the requirements cannot be installed")
    assert done.returncode == 0, done.stdout + done.stderr
    return made
