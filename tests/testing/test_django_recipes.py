"""The Django recipes of docs/testing.md in a real project, by Django's runner and by pytest-django."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("django")
pytest.importorskip("pytest_django")
pytest_plugins = ("pytester",)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "testing.md"

SETTINGS = """
SECRET_KEY = "x"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["shop"]
USE_TZ = True
STATIC_URL = "static/"  # what live servers of Django want
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SINCH = {
    "APPLICATION_KEY": "669E367E-6BBA-48AB-AF15-266871C28135",
    "APPLICATION_SECRET": "BeIukql3pTKJ8RGL5zo0DA==",
}
"""

MODELS = """
from django.db import models


class Caller(models.Model):
    number = models.CharField(max_length=20)
"""


def files_of_the_page() -> dict[str, str]:
    """The blocks with the name of a file, in order."""
    blocks = re.findall(r'```python title="([^"]+)"\n(.*?)```', PAGE.read_text("utf-8"), re.DOTALL)
    return dict(blocks)


def write(pytester: pytest.Pytester, **extra: str) -> None:
    """Put the project into the directory of a pytester; further files by their path."""
    files = {
        "settings.py": SETTINGS,
        "shop/__init__.py": "",
        "shop/models.py": MODELS,
        "shop/tests/__init__.py": "",
        **files_of_the_page(),
        **extra,
    }
    for name, text in files.items():
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_every_recipe_passes_in_the_test_runner_of_django(pytester: pytest.Pytester) -> None:
    write(pytester)
    (pytester.path / "shop/tests/test_pytest.py").unlink()

    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", "test", "--settings=settings"],
        cwd=pytester.path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    text = "".join(files_of_the_page().values())
    classes = len(re.findall(r"(?<=    )(?:async )?def test_", text))
    assert done.returncode == 0, done.stderr
    assert f"Ran {classes} tests" in done.stderr


def test_every_recipe_passes_with_pytest_django(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    write(pytester)

    result = pytester.runpytest_subprocess(
        "-p", "sinch.testing.plugin", "-p", "pytest_asyncio.plugin", "-p", "pytest_django.plugin",
        "-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function",
        "-W", "error", "-W", "ignore:unclosed database:ResourceWarning", "--ds", "settings", "-q", "shop",
    )  # fmt: skip

    assert result.ret == 0
    assert result.parseoutcomes()["passed"] >= 15


def test_the_table_names_every_recipe() -> None:
    page = PAGE.read_text("utf-8")
    section = page.partition("\n## Django\n")[2].partition("\n## ")[0]
    for heading in re.findall(r"^### (.+)$", section, re.MULTILINE):
        assert f"[{heading[0].lower()}{heading[1:]}](#" in section, heading


def test_the_settings_are_found_by_their_module_alone(pytester: pytest.Pytester) -> None:
    """No app installed, no ``django.setup()``, nothing of ``sinch.web`` imported."""
    pytester.makepyfile(settings=SETTINGS.replace('["shop"]', "[]"))
    program = """
from sinch.testing import Phone, signed_request

assert "669E367E-6BBA" in signed_request({"event": "ice"}).headers["Authorization"]
phone = Phone("http://127.0.0.1:9/sinch")
assert phone._board.credentials.application_key.startswith("669E367E-6BBA")
"""
    for setting, fails in (("settings", False), ("no_such_module", True), ("", True)):
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("SINCH_")
        }
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "DJANGO_SETTINGS_MODULE": setting},
            cwd=pytester.path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert (done.returncode != 0) is fails, done.stderr
        if fails:
            assert "pass credentials=(key, secret) or set SINCH_APPLICATION_KEY" in done.stderr


# --- every kind of application and phone, inside of TestCase ----------------------------------------

APPS = """
import threading

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import path

from shop.models import Caller
from sinch.callbacks import CallbackRouter
from sinch.svaml import Svaml
from sinch.web.django import async_callback_view, callback_view, get_verifier

seen = []


def note():
    seen.append((threading.get_ident(), id(connection), connection.in_atomic_block))


def remember(event):
    note()
    known = Caller.objects.filter(number=event.cli.raw).exists()
    Caller.objects.create(number="+46700000088")
    return "Welcome back." if known else "Welcome."


def plain_router():
    router = CallbackRouter(get_verifier(), svaml=Svaml())

    @router.ice
    def incoming(event, svaml):
        return svaml.ice().say(remember(event)).hangup()

    return router


def async_router():
    from asgiref.sync import sync_to_async

    router = CallbackRouter(get_verifier(), svaml=Svaml())

    @router.ice
    async def incoming(event, svaml):
        await sync_to_async(note)()
        known = await Caller.objects.filter(number=event.cli.raw).aexists()
        await Caller.objects.acreate(number="+46700000088")
        return svaml.ice().say("Welcome back." if known else "Welcome.").hangup()

    # a plain one beside it takes the same way
    @router.dice
    def over(event):
        note()

    return router


ROUTERS = {"plain": plain_router(), "async": async_router()}
urlpatterns = [
    path(f"{view.__name__}/{name}", view(router))
    for view in (callback_view, async_callback_view)
    for name, router in ROUTERS.items()
]


def flask(router):
    import flask

    from sinch.web.flask import callback_blueprint

    app = flask.Flask("shop")
    app.register_blueprint(callback_blueprint("/sinch", router))
    return app


def starlette(router):
    from contextlib import asynccontextmanager

    from starlette.applications import Starlette

    from sinch.web.starlette import callback_route

    @asynccontextmanager
    async def lifespan(app):
        await Caller.objects.acreate(number="+46700000099")
        yield

    return Starlette(routes=[callback_route("/sinch", router)], lifespan=lifespan)


def aiohttp(router):
    from aiohttp import web

    from sinch.web.aiohttp import callback_routes

    app = web.Application()
    app.add_routes(callback_routes("/sinch", router))
    return app


APPS = {
    "router": lambda name: (ROUTERS[name], None),
    "wsgi-view": lambda name: (get_wsgi_application(), f"/callback_view/{name}"),
    "wsgi-async-view": lambda name: (get_wsgi_application(), f"/async_callback_view/{name}"),
    "asgi-view": lambda name: (get_asgi_application(), f"/callback_view/{name}"),
    "asgi-async-view": lambda name: (get_asgi_application(), f"/async_callback_view/{name}"),
    "flask": lambda name: (flask(ROUTERS[name]), "/sinch"),
    "starlette": lambda name: (starlette(ROUTERS[name]), "/sinch"),
    "aiohttp": lambda name: (aiohttp(ROUTERS[name]), "/sinch"),
}
"""

MATRIX = """
import threading

from django.db import connection
from django.test import TestCase

from shop.apps_of_every_kind import APPS, seen
from shop.models import Caller
from sinch.testing import AsyncPhone, Phone

NUMBER = "+46700000077"


class EveryKindTest(TestCase):
    def setUp(self):
        Caller.objects.create(number=NUMBER)  # seen by the handler: it is in the transaction
        seen.clear()
        self.here = (threading.get_ident(), id(connection), True)

    def check(self, call):
        assert call.heard("Welcome back."), call.transcript
        assert set(seen) == {self.here}, (seen, self.here)


def blocking(kind, handlers):
    def test(self):
        target, path = APPS[kind](handlers)
        with Phone(target, path) as phone:
            self.check(phone.call(from_=NUMBER))
            phone.call(from_=NUMBER)
        assert Caller.objects.filter(number="+46700000088").count() == 2

    return test


def asynchronous(kind, handlers):
    async def test(self):
        target, path = APPS[kind](handlers)
        async with AsyncPhone(target, path) as phone:
            self.check(await phone.call(from_=NUMBER))
            await phone.call(from_=NUMBER)
        assert await Caller.objects.filter(number="+46700000088").acount() == 2

    return test


for kind in APPS:
    for handlers in ("plain", "async"):
        for make in (blocking, asynchronous):
            name = f"test_{make.__name__}_{kind}_{handlers}".replace("-", "_")
            setattr(EveryKindTest, name, make(kind, handlers))


class RollbackTest(TestCase):
    def test_nothing_is_left_of_other_tests(self):
        assert not Caller.objects.exists()
"""


def test_handlers_work_in_the_transaction_of_the_test(pytester: pytest.Pytester) -> None:
    write(
        pytester,
        **{
            "shop/apps_of_every_kind.py": APPS,
            "shop/urls.py": "from shop.apps_of_every_kind import urlpatterns",
            "matrix/__init__.py": "",
            "matrix/test_matrix.py": MATRIX,
        },
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", "test", "--settings=settings", "matrix"],
        cwd=pytester.path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "Ran 33 tests" in done.stderr
    assert "Exception ignored" not in done.stderr  # nothing is left open
