"""The built site in a headless Chromium, opened from disk (make test-browser)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only who names this folder gets these tests: a plain ``pytest`` needs no browser."""
    named = (Path(str(arg).partition("::")[0]).resolve() for arg in config.invocation_params.args)
    wanted = any(path == HERE or HERE in path.parents for path in named)
    return None if wanted else True


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once; SINCH_SITE names one that is built already."""
    if built := os.environ.get("SINCH_SITE"):
        return Path(built)
    target = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target
