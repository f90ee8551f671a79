"""Names that users import: no two classes have the same one, so that a name says which is meant."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import sinch
import sinch_api

#: Classes that share a name because one is the other, with more: each with its reason.
SHARED = {
    "Timeout": "sinch.Timeout is the one of the transports, with defaults and checks",
    "NotPossible": "the error of a phone is the one of the engine, as an error of tests",
}


def public_modules() -> list[str]:
    """The modules that say by ``__all__`` what is public."""
    found = []
    for package in (sinch, sinch_api):
        root = Path(package.__file__).parent
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root.parent).with_suffix("").parts
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if any(
                isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
                for node in tree.body
            ):
                found.append(".".join(parts).removesuffix(".__init__"))
    return found


def public_classes() -> dict[str, set[type]]:
    """Everything public that is a class, and what ``sinch_api`` defines, by name."""
    found = defaultdict(set)
    for module in map(import_module, (it for it in public_modules() if ".django" not in it)):
        for name in module.__all__:
            if inspect.isclass(value := getattr(module, name)):
                found[name].add(value)
    for path in Path(sinch_api.__file__).parent.glob("*.py"):
        module = import_module(f"sinch_api.{path.stem}".removesuffix(".__init__"))
        for name, value in vars(module).items():
            if inspect.isclass(value) and value.__module__ == module.__name__ and name[0] != "_":
                found[name].add(value)
    return found


def test_what_is_public_is_found() -> None:
    assert {"sinch", "sinch.callbacks", "sinch.engine", "sinch_api.models"} <= {*public_modules()}
    assert {
        "SinchClient",
        "CallbackAnswer",
        "ApiAnswer",
        "SimulatedCall",
    } <= public_classes().keys()


def test_no_two_public_classes_share_a_name() -> None:
    shared = {
        name: sorted(f"{it.__module__}.{it.__qualname__}" for it in classes)
        for name, classes in public_classes().items()
        if len(classes) > 1
    }
    assert {name: where for name, where in shared.items() if name not in SHARED} == {}


def test_the_exceptions_are_subclasses_of_each_other() -> None:
    for name in SHARED:
        one, other = public_classes()[name]
        assert issubclass(one, other) or issubclass(other, one), name
