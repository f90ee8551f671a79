"""In CI nothing is skipped for want of what could be installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
TESTS = """
import pytest

def test_good(): pass
def test_by_nature(): pytest.skip("this platform has no fork")
@pytest.mark.xfail
def test_known(): assert False
def test_no_server(): pytest.skip("there is no redis-server")
@pytest.mark.skip(reason="later")
def test_later(): pass
@pytest.fixture
def database(): pytest.skip("there is no database")
def test_no_database(database): pass
"""


@pytest.mark.parametrize(
    ("ci", "failed"),
    [("", set()), ("true", {"no_server", "later", "no_database", "whole.py"})],
)
def test_a_skip_is_a_failure_in_ci(tmp_path, ci, failed):
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text())
    (tmp_path / "test_some.py").write_text(TESTS)
    (tmp_path / "test_whole.py").write_text("import pytest; pytest.importorskip('no_such_one')")
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--continue-on-collection-errors", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    listed = re.findall(
        r"^(?:FAILED|ERROR) test_\w+\.py(?:::test_(\w+))?", done.stdout, re.MULTILINE
    )
    assert {name or "whole.py" for name in listed} == failed, done.stdout
    assert (done.returncode != 0) == bool(failed)
    assert ("Skipped in CI: there is no redis-server." in done.stdout) == bool(failed)
