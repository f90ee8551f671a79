"""Checks the types of every Python block of README.md and docs/, and of the programs in docs/examples.

``make check`` runs ``python -m tests.docs.typed_blocks``. Each page becomes one Python file with the
blocks on the very lines where they stand in the page and nothing between, so what a checker says of
line 12 is true of line 12 of the page. Blocks of a page share a namespace, as they do when they run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "build" / "typed-docs"
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "sinch" / "guide" / "agents.md",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "docs" / "examples").glob("*.py"),
    ]
)
#: Signatures are complete, as for mypy. Names that look unused are for the reader.
PYRIGHT = {
    "extraPaths": [str(ROOT), str(ROOT / "generated")],
    "pythonVersion": "3.11",
    "typeCheckingMode": "standard",
    "reportMissingParameterType": "error",
    "reportMissingTypeArgument": "error",
    "reportUntypedFunctionDecorator": "error",
    "reportUnnecessaryTypeIgnoreComment": "error",
}

_FENCE = re.compile(r"^( *)```python\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each Python block of a page and the number of its first line, counted from 0."""
    for match in _FENCE.finditer(text):
        yield text.count("\n", 0, match.start(2)), dedent(match[2])


def as_python(text: str) -> str:
    """The blocks of a page on the lines they have in the page."""
    lines: list[str] = []
    for first, code in blocks(text):
        lines += [""] * (first - len(lines))
        lines += code.splitlines()
    return "\n".join(lines) + "\n"


def extracted(pages: Iterable[Path], root: Path, target: Path) -> dict[Path, str]:
    """Write one file for each page that has blocks, and for each program; which page is which."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.py"):
        old.unlink()
    found: dict[Path, str] = {}
    for page in pages:
        name = page.relative_to(root).as_posix()
        text = page.read_text(encoding="utf-8")
        code = as_python(text) if page.suffix == ".md" else text
        if code.strip():
            path = target / (re.sub(r"\W", "_", name) + ".py")
            path.write_text(code, encoding="utf-8")
            found[path] = name
    return found


def mypy(files: Sequence[Path]) -> tuple[bool, str]:
    """Run mypy with the project's own strict settings."""
    return _run("mypy", "--config-file", str(ROOT / "pyproject.toml"), *map(str, files))


def mypy_projects() -> tuple[bool, str]:
    """Run mypy over the complete projects of docs/examples, each with its own folder to import from."""
    folders = sorted({path.parent for path in (ROOT / "docs" / "examples").glob("*/README.md")})
    settings = TARGET.parent / "mypy-projects.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    paths = [ROOT / "generated", *folders]
    settings.write_text(
        "[mypy]\nstrict = True\nexplicit_package_bases = True\nnamespace_packages = True\n"
        f"mypy_path = {','.join(map(str, paths))}\n"
        # what fields of Django are is known to a plugin, which needs settings of one project only
        "[mypy-accounts.models]\ndisable_error_code = var-annotated\n",
        encoding="utf-8",
    )
    files = [
        str(file)
        for folder in folders
        for file in sorted(folder.rglob("*.py"))
        if "migrations" not in file.parts
    ]
    return _run("mypy", "--config-file", str(settings), *files)


def pyright(files: Sequence[Path]) -> tuple[bool, str]:
    """Run pyright over the folder of the files, with settings of its own."""
    settings = files[0].parent / "pyrightconfig.json"
    settings.write_text(json.dumps(PYRIGHT), encoding="utf-8")
    return _run("pyright", "--pythonpath", sys.executable, "-p", str(settings))


def _run(tool: str, *arguments: str) -> tuple[bool, str]:
    done = subprocess.run(
        [sys.executable, "-m", tool, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def as_pages(said: str, files: dict[Path, str], root: Path = ROOT) -> str:
    """What a checker said, of the pages instead of the files made of them."""
    for path, page in files.items():
        said = said.replace(str(path), page)
        if path.is_relative_to(root):
            said = said.replace(str(path.relative_to(root)), page)
    return said


def main() -> int:
    """Check everything with both checkers; what they find, as lines of the pages."""
    files = extracted(PAGES, ROOT, TARGET)
    failed = False
    for check in (mypy, pyright):
        fine, said = check([*files])
        print(f"{check.__name__}, {len(files)} pages and programs of the documentation:")
        print(as_pages(said, files).rstrip())
        failed = failed or not fine
    fine, said = mypy_projects()
    print("mypy, the projects of docs/examples:", said.rstrip())
    return int(failed or not fine)


if __name__ == "__main__":
    sys.exit(main())
