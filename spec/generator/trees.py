"""Trees of files: reading, writing and comparing them whole."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path


def read_tree(root: Path) -> dict[str, str]:
    """Relative path -> text of every file below a folder."""
    return {
        file.relative_to(root).as_posix(): file.read_bytes().decode("utf-8", "replace")
        for file in sorted(root.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def write_tree(root: Path, files: Mapping[str, str]) -> None:
    """Make the tree hold exactly these files; one that is as it should be is not touched."""
    before = read_tree(root)
    for name in before.keys() - files.keys():
        (root / name).unlink()
    for name, content in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if before.get(name) != content:
            target.write_bytes(content.encode())


def differences(package: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """What is changed, missing or stray, and a diff of each."""
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) == after.get(name):
            continue
        kind = "stray" if name not in after else "changed" if name in before else "missing"
        yield f"{kind}: {package}/{name}"
        old, new = (side.get(name, "").splitlines() for side in (before, after))
        yield from difflib.unified_diff(old, new, f"old/{name}", f"new/{name}", lineterm="")
