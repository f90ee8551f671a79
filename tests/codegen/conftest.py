"""A copy of spec/ that a test may edit, and codegen.py run over it."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]


@cache
def load_codegen() -> ModuleType:
    found = importlib.util.spec_from_file_location("codegen", ROOT / "codegen.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@cache
def document(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(ROOT / "spec" / name)
    return loaded


def tree_of(root: Path) -> Mapping[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def worker_cache() -> Path:
    """One for each worker: what mypy knows of the runtime is found out once."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return Path(tempfile.gettempdir()) / f"codegen-{os.getuid()}-{worker}"


class Workshop:
    """``spec`` is the copy, ``output`` where the package goes."""

    def __init__(self, folder: Path, documents: tuple[str, ...]) -> None:
        self.spec = folder / "spec"
        self.output = folder / "out"
        self.cache = worker_cache()
        shutil.copytree(ROOT / "spec" / "templates", self.spec / "templates")
        for name in documents:
            shutil.copy(ROOT / "spec" / name, self.spec / name)

    @contextmanager
    def edited(self, name: str) -> Iterator[dict[str, Any]]:
        """Change a document; it is written back as JSON, which is YAML too."""
        changed = copy.deepcopy(document(name))
        yield changed
        (self.spec / name).write_text(json.dumps(changed), encoding="utf-8")

    @property
    def arguments(self) -> list[str]:
        return ["--spec", str(self.spec), "--output", str(self.output), "--cache", str(self.cache)]

    def run(self, *options: str) -> int:
        """In this process; the exit status."""
        status: int = load_codegen().main([*self.arguments, *options])
        return status

    def run_program(
        self, python: str = sys.executable, *, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, str(ROOT / "codegen.py"), *self.arguments],
            cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def tree(self) -> Mapping[str, bytes]:
        return tree_of(self.output)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """The two small documents: enough for most tests, and quick."""
    return Workshop(tmp_path, ("common.yaml", "sms.yaml"))


@pytest.fixture(scope="module")
def whole_workshop(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Workshop]:
    """Makes copies of every document."""
    names = tuple(file.name for file in sorted((ROOT / "spec").glob("*.yaml")))
    return lambda: Workshop(tmp_path_factory.mktemp("whole"), names)


@pytest.fixture(scope="session")
def documents() -> dict[str, Any]:
    """The documents of spec/, as they are."""
    return {file.name: document(file.name) for file in (ROOT / "spec").glob("*.yaml")}
