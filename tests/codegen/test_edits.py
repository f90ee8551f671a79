"""After any edit of a specification there is right code, or a refusal in words: nothing third.

A sample is taken here; ``CODEGEN_EDITS=all`` takes every edit there is (some twelve thousand), and
``CODEGEN_EDITS=3/40`` the third of forty parts of them.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .conftest import ROOT, load_codegen
from .edits import every_edit, every_name

HERE = Path(__file__).parent
TAKEN = 60
PROVED = 20


#: Edits that made generated code which does not run, or a traceback.
ONCE_CRASHED = {
    "components/schemas/Animal/discriminator/mapping retyped 0",
    "components/schemas/Animal called int",
    "components/schemas/Dog/allOf/1/properties/tags retyped 5",
}


def sample(document: Any) -> Iterable[tuple[str, Any]]:
    every = chain(every_edit(document), every_name(document))
    wanted = os.environ.get("CODEGEN_EDITS", "")
    if wanted == "all":
        return every
    if wanted:
        part, _, parts = wanted.partition("/")
        return islice(every, int(part) - 1, None, int(parts))
    listed = list(every)
    known = [edit for edit in listed if edit[0] in ONCE_CRASHED]
    return [*random.Random(20).sample(listed, TAKEN), *known]


def documents(kind: str, folder: Path) -> tuple[Any, Path, Path]:
    """The document, the file that it goes to, and what is given to codegen.py."""
    if kind == "ours":
        shutil.copy(ROOT / "spec" / "common.yaml", folder)
        return YAML(typ="safe").load(ROOT / "spec" / "sms.yaml"), folder / "sms.yaml", folder
    file = folder / "shop.yaml"
    return YAML(typ="safe").load(HERE / "shop.yaml"), file, file


def outcomes(kind: str, folder: Path) -> Iterator[tuple[str, dict[str, str] | None]]:
    """The name of each edit, and the files that come of it: None when it was refused."""
    codegen = load_codegen()
    document, file, source = documents(kind, folder)
    from generator import render
    from generator.faults import SpecError

    keep = render._format
    crashed: list[str] = []
    render._format = lambda files, _: dict(files)  # ruff is for people; compiling is enough here
    try:
        for name, edited in sample(json.loads(json.dumps(document, default=str))):
            file.write_text(json.dumps(edited), encoding="utf-8")
            try:
                _, view = codegen.understand(source, codegen.Faults(lenient=kind != "ours"))
                files = codegen.render(
                    view, package="p", version="1", templates=codegen.TEMPLATES, header="#"
                )
            except SpecError as error:
                refused = error.faults
            except Exception:  # noqa: BLE001
                crashed.append(f"{name}: {traceback.format_exc().splitlines()[-1]}")
                continue
            else:
                refused = ()
            if refused:
                assert all(fault.problem and fault.file for fault in refused), name
                yield name, None
                continue
            yield name, files
    finally:
        render._format = keep
    assert not crashed, "\n".join(crashed)


@pytest.mark.parametrize("kind", ["ours", "others"])
def test_right_code_or_a_refusal(kind: str, tmp_path: Path) -> None:
    spec, made = tmp_path / "spec", tmp_path / "made"
    spec.mkdir()
    packages: dict[str, str] = {}
    seen: set[str] = set()
    refused = 0
    for name, files in outcomes(kind, spec):
        if files is None:
            refused += 1
            continue
        own = json.dumps(
            {k: v for k, v in files.items() if k.startswith(("models", "operations", "webhooks"))}
        )
        if own in seen:
            continue
        seen.add(own)
        package = f"edit{len(packages)}"
        packages[package] = name
        for path, text in files.items():
            compile(text, path, "exec") if path.endswith(".py") else None
            (made / package / path).parent.mkdir(parents=True, exist_ok=True)
            (made / package / path).write_text(text, encoding="utf-8")
    assert packages
    assert refused or kind == "others"
    from generator.verify import PROBE

    everything = "\n".join(
        ["import sys", f"CODE = {PROBE!r}", "for name in sys.argv[1:]:", "    sys.argv[1] = name",
         "    exec(compile(CODE, name, 'exec'), {})"]
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-B", "-c", everything, *packages],
        cwd=made,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    proved = list(packages)[:PROVED]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary", "--cache-dir", str(tmp_path / "c"),
         *proved],
        cwd=made, capture_output=True, text=True, check=False,
    )  # fmt: skip
    wrong = {line.partition("/")[0] for line in done.stdout.splitlines() if ": error:" in line}
    assert not wrong, [packages[package] for package in wrong if package in packages] + [
        done.stdout[-1500:]
    ]
