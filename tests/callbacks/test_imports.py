"""Loading the callbacks is cheap and brings in no client, framework or event loop."""

from __future__ import annotations

import subprocess
import sys

import pytest

import sinch.callbacks as package

FORBIDDEN = ["requests", "aiohttp", "asyncio", "django", "starlette", "flask", "redis", "logging",
             "cattrs", "urllib", "http.client", "ssl", "sinch.svaml", "sinch_api.models"]  # fmt: skip


def modules_after(code: str) -> set[str]:
    listing = f"{code}\nimport sys; print(*sys.modules)"
    command = [sys.executable, "-c", listing]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_nothing_heavy_is_loaded():
    loaded = modules_after("import sinch.callbacks")
    assert not loaded.intersection(FORBIDDEN)


def test_answering_a_call_loads_no_http_library_either():
    loaded = modules_after(
        "from sinch.callbacks import *\n"
        "router = CallbackRouter(CallbackVerifier('key', 'c2VjcmV0'))\n"
        'router.handle(read_event(\'{"event":"ice","callid":"c"}\'))'
    )
    assert not loaded.intersection({"requests", "aiohttp", "asyncio", "django", "redis", "ssl"})


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_is_there(name):
    assert getattr(package, name) is not None
    assert name in dir(package)


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'SinchClient'"):
        package.SinchClient
