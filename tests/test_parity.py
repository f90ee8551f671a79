"""The asyncio side is the blocking side, awaited: same names, same arguments, same results.

Pairs are found by their names, wherever they are: ``AsyncRoom`` is the twin of ``Room``.
"""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import sinch
from sinch import AsyncSinchClient, SinchClient

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
ROOT = Path(sinch.__file__).parent
#: Names that begin with Async and are not meant to match a twin; each with its reason.
ALONE = {
    "AsyncDraft": "what blocking drafts need no base of their own for",
    "AsyncSender": "how the clients look to the products: the clients themselves are compared",
    "AsyncSeenStore": "stores of Django's caches are both at once, so its methods begin with an a",
    "AsyncRedisSeenStore": "likewise",
    "AsyncRedisLike": "what redis-py looks like, which is not ours",
}
#: What differs by nature: the context manager, and whose session is passed in.
DIFFER = {"__enter__", "__exit__", "__aenter__", "__aexit__", "__init__"}


def homes() -> dict[str, list[str]]:
    """The public classes that are written in ``sinch``, each with its modules."""
    found: dict[str, list[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        module = ".".join(("sinch", *parts)).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module)
    return found


HOMES = homes()
ASYNC = sorted(name for name in HOMES if name.startswith("Async") and name not in ALONE)


def twins(name: str) -> tuple[type, type]:
    """Both classes; of several of the twin's name, the nearest one is meant."""
    [home] = HOMES[name]
    others = HOMES[name.removeprefix("Async")]
    package = home.rpartition(".")[0]
    [other] = [home] if home in others else [it for it in others if it.startswith(package)]
    twin = getattr(import_module(other), name.removeprefix("Async"))
    return twin, getattr(import_module(home), name)


def surface(cls: type) -> dict[str, Any]:
    return {
        name: member
        for name, member in inspect.getmembers(cls)
        if (not name.startswith("_") or name == "__call__") and name not in DIFFER
    }


def blocking_terms(annotation: object) -> str:
    """An annotation of the asyncio side as the blocking side would have it."""
    text = re.sub(r"Awaitable\[(\w+)\]", r"\1", str(annotation))
    return re.sub(r"\bAsync(?=[A-Z])", "", text)


@pytest.mark.parametrize("name", ASYNC)
def test_both_offer_the_same_names_with_the_same_arguments(name) -> None:
    blocking, asynchronous = twins(name)
    left, right = surface(blocking), surface(asynchronous)

    assert left.keys() == right.keys()
    for method, member in left.items():
        if not inspect.isfunction(member):
            continue
        ours, theirs = inspect.signature(member), inspect.signature(right[method])
        assert blocking_terms([*ours.parameters.values()]) == blocking_terms(
            [*theirs.parameters.values()]
        ), method
        assert str(ours.return_annotation) == blocking_terms(theirs.return_annotation), method


@pytest.mark.parametrize("name", ASYNC)
def test_verbs_are_coroutines_on_the_asyncio_side_only(name) -> None:
    blocking, asynchronous = twins(name)

    assert not [m for m in surface(blocking).values() if inspect.iscoroutinefunction(m)]
    sends = [
        method
        for method, member in surface(asynchronous).items()
        if inspect.isfunction(member) and "self._client.send(" in inspect.getsource(member)
    ]
    for method in sends:
        assert inspect.iscoroutinefunction(getattr(asynchronous, method)), method


def test_the_clients_take_the_same_options() -> None:
    assert inspect.signature(SinchClient) == inspect.signature(AsyncSinchClient)


def test_every_product_of_a_client_is_compared() -> None:
    client = SinchClient(KEY, SECRET, service_plan_id="plan", api_token="token")
    products = {
        f"Async{type(product).__name__}"
        for name, product in vars(SinchClient).items()
        if hasattr(product, "func")
        for product in [getattr(client, name)]
    }
    assert products
    assert products | {"AsyncSinchClient"} <= {*ASYNC}
