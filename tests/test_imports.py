"""What is loaded when: importing ``sinch`` is cheap, and each client loads only its own."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import sinch

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="

BLOCKING = f"from sinch import SinchClient; sinch = SinchClient({KEY!r}, {SECRET!r})"
ASYNC = f"from sinch import AsyncSinchClient; sinch = AsyncSinchClient({KEY!r}, {SECRET!r})"
HTTP = {"requests", "urllib3", "aiohttp", "yarl"}


def loaded_by(code: str) -> set[str]:
    """The modules a fresh interpreter has loaded after running ``code``."""
    report = "\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code + report], stdout=subprocess.PIPE, check=True, timeout=60
    )
    return set(done.stdout.decode().split())


def models(loaded: set[str]) -> set[str]:
    prefix = "sinch_api.models."
    return {name.removeprefix(prefix) for name in loaded if name.startswith(prefix)}


def test_the_package_alone_loads_next_to_nothing() -> None:
    loaded = loaded_by("import sinch")

    assert not loaded & {*HTTP, "attr", "cattrs", "logging", "json"}
    assert {name for name in loaded if name.startswith("sinch")} == {"sinch"}


@pytest.mark.parametrize(
    ("client", "own", "foreign"),
    [
        (BLOCKING, "requests", {"aiohttp", "yarl", "asyncio"}),
        (ASYNC, "aiohttp", {"requests", "urllib3"}),
    ],
    ids=["blocking", "async"],
)
def test_a_client_loads_its_own_http_library_only(client, own, foreign) -> None:
    loaded = loaded_by(client)

    assert own in loaded
    assert not loaded & {*foreign, "cattrs", "sinch.cli", "sinch.sandbox"}


@pytest.mark.parametrize("client", [BLOCKING, ASYNC], ids=["blocking", "async"])
@pytest.mark.parametrize(
    ("product", "needed"),
    [
        ("sms", {"common", "sms"}),
        ("verification", {"common", "verification"}),
        ("applications", {"common", "calling"}),
        ("conferences", {"common", "calling"}),
    ],
)
def test_a_product_loads_its_own_models_only(client, product, needed) -> None:
    assert models(loaded_by(f"{client}\nsinch.{product}")) <= needed


@pytest.mark.parametrize("product", ["calls", "callouts"])
def test_calls_load_no_builders_of_svaml(product) -> None:
    loaded = loaded_by(f"{BLOCKING}\nsinch.{product}")

    assert not loaded & {"sinch.svaml.builders", "sinch.svaml.menus", "sinch_api.models.svaml"}


@pytest.mark.parametrize(
    "module", ["sinch.callbacks", "sinch.svaml", "sinch.errors", "sinch.values"]
)
def test_what_needs_no_network_loads_no_http_library(module) -> None:
    assert not loaded_by(f"import {module}") & {*HTTP, "asyncio", "cattrs"}


def test_the_call_engine_loads_no_sandbox_no_network_and_no_event_loop() -> None:
    loaded = loaded_by("import sinch.engine")

    assert not loaded & {*HTTP, "asyncio", "socket", "ssl"}
    ours = {name for name in loaded if name.startswith("sinch.")}
    assert {name for name in ours if not name.startswith("sinch.engine")} == {
        "sinch.limits",
        "sinch.nesting",
        "sinch.urls",
        "sinch.values",
    }


def test_all_lists_what_type_checkers_see() -> None:
    tree = ast.parse(Path(inspect.getfile(sinch)).read_text(encoding="utf-8"))
    [block] = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    seen = [
        alias.asname
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    ]

    assert sorted(name for name in seen if name) == sorted([*sinch.__all__, "__version__"])
    assert len(seen) == len(set(seen))


def test_every_name_resolves_to_what_it_says() -> None:
    for name in sinch.__all__:
        found = getattr(sinch, name)
        assert getattr(found, "__name__", name) == name

    assert set(sinch.__all__) <= set(dir(sinch))


def test_a_name_that_does_not_exist_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="SinchKlient"):
        _ = sinch.SinchKlient  # type: ignore[attr-defined]
