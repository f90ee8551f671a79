"""The engine is built in layers: no module needs one that needs it, not even for its types."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import sinch.engine

HOME = Path(sinch.engine.__file__).parent


def imports(module: Path) -> set[str]:
    """The modules of the engine that one imports, anywhere in it, also under TYPE_CHECKING."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names if isinstance(node, ast.Import)]
            assert not any(name.startswith("sinch.engine") for name in names if name), module
    return found


def test_there_is_no_circle():
    graph = {module.stem: imports(module) for module in HOME.glob("*.py")}
    assert len(graph) > 20
    order = tuple(TopologicalSorter(graph).static_order())  # raises CycleError
    assert order[-1] == "__init__"
    assert not any("TYPE_CHECKING" in module.read_text() for module in HOME.glob("*.py"))


def test_the_trampoline_knows_no_script():
    scripts = {"menus", "parking", "conference", "dialling", "interpreter", "originate", "amd"}
    reached, open_ = set(), {"call_runtime"}
    while open_:
        module = open_.pop()
        reached.add(module)
        open_ |= imports(HOME / f"{module}.py") - reached
    assert not reached & scripts
