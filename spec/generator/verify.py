"""Prove a rendered package before it replaces anything: a fresh interpreter imports it, mypy checks it.

Both see it in a folder of their own. What has not changed is not looked at again: mypy keeps what it
knows there, and a package that was proved before, byte for byte, is not proved twice. mypy looks at what
depends on the specification and at all that this uses; the two transports are neither, are the same in
every package, and are checked with our own (with them mypy would have to read two HTTP libraries first).
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from .faults import Fault, SpecError, fault
from .trees import write_tree

RUNTIME = Path(__file__).resolve().parents[1] / "runtime"

#: Imports every module, and has every model and operation say what its annotations mean.
PROBE = """
import importlib, pkgutil, sys, typing
sys.path.insert(0, ".")
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if module.name.split(".")[1] not in {"aio", "blocking", "watched"}:  # they need an HTTP library
        importlib.import_module(module.name)
from importlib import import_module
models, operations = (import_module(package.__name__ + "." + name) for name in ("models", "operations"))
arguments = import_module(package.__name__ + ".arguments")
for name in models.__all__:
    found = getattr(models, name)
    reading = getattr(found, "_reading", None)
    if reading is None:
        continue
    own = {field.name for field in found.__attrs_attrs__} - {"raw", "problems", "extra"}
    read = {python for python, _ in reading.readers.values() if python}
    if own != read:
        raise SystemExit(f"{name}: fields {sorted(own)} are read as {sorted(read)}")
    arguments._takers(found)
for name in operations.__all__:
    if not callable(getattr(operations, name)):
        raise SystemExit(f"operations.{name} is no function")
"""


def verify(files: Mapping[str, str], *, package: str, cache: Path) -> None:
    """Raise :class:`SpecError` unless the package can be imported and has no error of types."""
    digest = hashlib.sha256(json.dumps([sys.version, *sorted(files.items())]).encode()).hexdigest()
    folder = cache / f"{sys.version_info.major}.{sys.version_info.minor}" / package
    with _alone(folder):
        proved = folder / "proved"
        if proved.is_file() and proved.read_text(encoding="utf-8") == digest:
            return
        write_tree(folder / package, files)
        with ThreadPoolExecutor() as both:
            imported = both.submit(_imported, folder, package)
            faults = [*_typed(folder, package, files), *imported.result()]
        if faults:
            raise SpecError(*faults)
        proved.write_text(digest, encoding="utf-8")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other run uses the folder meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _imported(folder: Path, package: str) -> list[Fault]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-B", "-W", "error", "-c", PROBE, package],
        cwd=folder, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    if not done.returncode:
        return []
    said = [line for line in done.stderr.strip().splitlines() if line]
    places = [line.split('"')[1] for line in said if f"{package}/" in line and line.count('"') > 1]
    where = places[-1].rpartition(f"{package}/")[2] if places else ""
    problem = f"cannot be imported: {said[-1] if said else 'no reason given'}"
    return [Fault(f"{package}/{where}", "", problem)]


def _typed(folder: Path, package: str, files: Mapping[str, str]) -> list[Fault]:
    if importlib.util.find_spec("mypy") is None:
        raise fault(
            "pyproject.toml",
            "",
            "needs mypy, of the dependency group dev, to check what is generated",
        )
    environment = {**os.environ, "MYPYPATH": ""}
    modules = [
        part
        for name in files
        if (module := _depends_on_spec(package, name))
        for part in ("-m", module)
    ]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-color-output", "--hide-error-context",
         "--config-file=", "--cache-dir", str(folder / "mypy"), *modules],
        cwd=folder, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    found = [line.partition(": error: ") for line in done.stdout.splitlines()]
    faults = [
        Fault(where, "", f"wrong types: {problem}") for where, error, problem in found if error
    ]
    if done.returncode not in {0, 1}:
        said = (done.stderr or done.stdout).strip()[-300:]
        faults.append(Fault(package, "", f"mypy cannot check it: {said}"))
    return faults


def _depends_on_spec(package: str, name: str) -> str:
    """The module of a file that a template has made; nothing for one that is copied."""
    if not name.endswith(".py") or (RUNTIME / name).is_file():
        return ""
    parts = [package, *name.removesuffix(".py").split("/")]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
