"""The pages that the site makes of the specification: nothing is missing, and every example runs."""

from __future__ import annotations

import asyncio
import importlib.util
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from sinch import ApiError, AsyncSinchClient, Attempt, SinchClient
from sinch.sandbox import Sandbox
from sinch.svaml import Svaml
from sinch_api import models, operations

HOOK = Path(__file__).resolve().parents[2] / "docs" / "spec_pages.py"


def load() -> Any:
    spec = importlib.util.spec_from_file_location("spec_pages", HOOK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOKS = load()


@pytest.fixture(scope="module")
def document() -> Any:
    return HOOKS.specification()


@pytest.fixture(scope="module")
def pages(document: Any) -> dict[str, str]:
    made: dict[str, str] = HOOKS.pages(document)
    return made


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(service_plan_id="demo") as served:
        yield served


def test_every_operation_callback_and_model_has_its_place(
    document: Any, pages: dict[str, str]
) -> None:
    anchors = {
        (path, anchor)
        for path, text in pages.items()
        for anchor in re.findall(r"\{ #([a-z0-9_]+) \}", text)
    }
    schemas = document["components"]["schemas"]
    operations = {o["operationId"]: o["tags"][0] for _, _, o in HOOKS._all_operations(document)}

    assert {("rest/models.md", HOOKS.anchor(name)) for name in schemas} <= anchors
    assert {("rest/callbacks.md", HOOKS.anchor(name)) for name in document["webhooks"]} <= anchors
    assert {(f"rest/{tag}.md", HOOKS.anchor(n)) for n, tag in operations.items()} <= anchors
    assert sum(text.count("{ #") for text in pages.values()) == len(anchors), "no anchor twice"


def test_fields_say_their_python_name_their_limits_and_where_they_are_known_from(
    pages: dict[str, str],
) -> None:
    (callid,) = [
        line
        for line in pages["rest/models.md"].splitlines()
        if line.startswith("| `callid` (required)")
    ][:1]

    assert "`call_id`" in callid
    assert "](../platform/" in pages["rest/models.md"]
    assert "docs/platform" not in "".join(pages.values())


def test_every_operation_has_an_example_and_no_other_has(document: Any) -> None:
    known = [operation["operationId"] for _, _, operation in HOOKS._all_operations(document)]

    assert sorted(HOOKS.EXAMPLES) == sorted(known)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", sorted(HOOKS.EXAMPLES))
def test_every_example_sends_its_operation(name: str, sandbox: Sandbox) -> None:
    sent: list[str] = []

    def note(attempt: Attempt) -> None:
        sent.append(attempt.operation)

    options: Any = {"base_url": sandbox.url, "hooks": [note],
                    "service_plan_id": sandbox.service_plan_id, "api_token": sandbox.api_token}  # fmt: skip
    credentials = (sandbox.application_key, sandbox.application_secret)
    names = {"svaml": Svaml(), "operations": operations, "models": models, "print": lambda _: None}

    with SinchClient(*credentials, **options) as sinch, suppress(ApiError):
        exec(HOOKS.called(name), {**names, "sinch": sinch})

    async def run() -> None:
        async with AsyncSinchClient(*credentials, **options) as sinch:
            run_async: dict[str, Any] = {**names, "sinch": sinch}
            exec(f"async def go():\n{indent(HOOKS.called(name, 'async'), '    ')}", run_async)
            with suppress(ApiError):
                await run_async["go"]()

    asyncio.run(run())
    assert sent == [HOOKS._snake(name)] * 2
