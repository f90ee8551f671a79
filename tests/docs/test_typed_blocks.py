"""The examples of the documentation have types that hold; ``make check`` asks pyright as well."""

from __future__ import annotations

from pathlib import Path

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from tests.docs.typed_blocks import PAGES, ROOT, TARGET, as_pages, as_python, extracted, mypy

BROKEN = """
# A page

Some text.

```python
from sinch.callbacks import IceEvent, Reply
from sinch.svaml import Svaml
```

More text, `code`, and a block that is no Python:

```sh
make
```

* indented:

    ```python
    def incoming(event: IceEvent, svaml: Svaml) -> Reply[IceEvent]:
        return svaml.ace().continue_()
    ```
"""


def test_blocks_stand_on_the_lines_of_the_page() -> None:
    lines, page = as_python(BROKEN).splitlines(), BROKEN.splitlines()

    assert {number for number, line in enumerate(lines) if line} == {6, 7, 19, 20}
    assert all(line in page[number] for number, line in enumerate(lines))


def test_every_block_that_runs_is_checked() -> None:
    sybil = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"], path=str(ROOT))

    for page in (page for page in PAGES if page.suffix == ".md"):
        code = as_python(page.read_text(encoding="utf-8"))
        running = [
            line for each in sybil.parse(page).examples() for line in each.parsed.split("\n")
        ]
        assert [line for line in code.splitlines() if line.strip()] == [
            line for line in running if line.strip()
        ]


def test_a_wrong_example_is_reported_by_page_and_line(tmp_path: Path) -> None:
    (tmp_path / "wrong_example.md").write_text(BROKEN)
    # always at the same place: mypy's cache repeats what it said, with the path of then
    files = extracted([tmp_path / "wrong_example.md"], tmp_path, TARGET.parent / "typed-red-case")

    fine, said = mypy([*files])

    assert not fine
    assert "wrong_example.md:21: error: Incompatible return value type" in as_pages(said, files)


def test_the_examples_pass_mypy() -> None:
    files = extracted(PAGES, ROOT, TARGET)

    fine, said = mypy([*files])

    assert fine, as_pages(said, files)
