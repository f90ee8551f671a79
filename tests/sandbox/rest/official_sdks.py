"""Other people's SDKs, installed where they disturb nobody: environments of their own, skipped without a registry."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import pytest

PACKAGE = "@sinch/sdk-core"
# the second is there because a release of the SDK has been known to miss some of its packages
VERSIONS = ("^1.5.0", "1.4.0")


def cache_directory() -> Path:
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir()))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache")
    return base / "sinch-server-sdk" / "node-sdk-1"


def node_sdk() -> Path:
    """The directory with ``node_modules``, installing the SDK if it is not there."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("the Node SDK test needs node and npm")
    directory = cache_directory()
    if (directory / "node_modules" / PACKAGE / "package.json").exists():
        return directory
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError:
        directory = Path(tempfile.gettempdir()) / "sinch-node-sdk-1"
        directory.mkdir(parents=True, exist_ok=True)
    (directory / "package.json").write_text('{"private": true}\n')
    flags = ["--no-audit", "--no-fund", "--no-save", "--fetch-retries=0", "--fetch-timeout=20000"]
    for version in VERSIONS:
        try:
            done = subprocess.run(
                [npm, "install", *flags, f"{PACKAGE}@{version}"],
                cwd=directory,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        except subprocess.TimeoutExpired:
            pytest.skip("npm did not install the Node SDK in two minutes")
        if done.returncode == 0:
            return directory
        if "ETARGET" not in done.stderr:
            break
    lines = [line for line in done.stderr.splitlines() if "error" in line]
    pytest.skip(f"npm cannot install the Node SDK: {' / '.join(lines[:2]) or done.returncode}")


def python_with(folder: Path, requirement: str) -> Path:
    """The interpreter of a new environment in a folder, which has what is required and no more."""
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    command = [
        sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--retries=1",
        "--timeout=10", "--disable-pip-version-check", requirement,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    if done.returncode:
        pytest.skip("pip reaches no package index")
    return python
