"""A Django project of its own, in a process of its own: settings can be configured once only."""

from __future__ import annotations

import pytest

pytest.importorskip("django")
pytest_plugins = ("pytester",)

PROJECT = """
import django
from django.conf import settings
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    SECRET_KEY="x",
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    SINCH={
        "APPLICATION_KEY": "669E367E-6BBA-48AB-AF15-266871C28135",
        "APPLICATION_SECRET": "BeIukql3pTKJ8RGL5zo0DA==",
    },
)
django.setup()

from sinch.svaml import Svaml
from sinch.web.django import async_callback_view, callback_router, callback_view

router = callback_router(svaml=Svaml())


@router.ice
def incoming(event, svaml):
    return svaml.ice().say("Welcome.").connect_pstn("+46700000009")


urlpatterns = [
    path("sinch", callback_view(router)), path("async", async_callback_view(router))
]
"""

TESTS = """
import json

import pytest
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.test import AsyncClient, Client

import project
from sinch.testing import AsyncPhone, Phone, signed_request

EVENT = {"event": "ice", "callid": "call-1", "version": 1}


def test_test_client():
    response = Client(enforce_csrf_checks=True).post(**signed_request(EVENT).for_django)
    assert response.json()["action"]["name"] == "connectPstn"


async def test_async_test_client():
    response = await AsyncClient().post(**signed_request(EVENT, "/async").for_django)
    assert response.json()["action"]["name"] == "connectPstn"


def test_an_event_with_a_wrong_signature_is_refused():
    request = signed_request(EVENT)
    options = {**request.for_django, "data": request.body + b" "}
    assert Client().post(**options).status_code == 401


@pytest.mark.parametrize(
    ("application", "path"), [(get_wsgi_application, "/sinch"), (get_asgi_application, "/async")]
)
def test_phone(application, path):
    with Phone(application(), path) as phone:
        call = phone.call("+46700000001")
    assert call.heard("Welcome")
    assert call.connected_to == "+46700000009"


async def test_phone_in_an_event_loop():
    call = await AsyncPhone(get_asgi_application(), "/async").call()
    assert call.connected_to == "+46700000009"


def test_phone_with_the_router_alone():
    assert Phone(project.router).call().heard("Welcome")
"""


def test_a_django_project_is_tested_without_telling_the_secret(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(project=PROJECT, test_project=TESTS)

    result = pytester.runpytest_subprocess("-p", "pytest_asyncio.plugin", "-o", "asyncio_mode=auto")

    result.assert_outcomes(passed=7)


BROKEN = """
from django.views.decorators.csrf import csrf_exempt


class OutOfOrder(Exception):
    pass


broken = callback_router(svaml=Svaml())


@broken.ice
def crash(event, svaml):
    raise OutOfOrder("out of order")


@csrf_exempt
def no_view(request):
    raise OutOfOrder("no router was reached")


@csrf_exempt
async def no_async_view(request):
    raise OutOfOrder("no router was reached")


urlpatterns += [
    path("broken", callback_view(broken)), path("broken-async", async_callback_view(broken)),
    path("no-view", no_view), path("no-async-view", no_async_view),
]
"""

RED = """
import pytest
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

import project
from sinch.testing import AsyncPhone, CallbackRefused, Phone

PATHS = ["/broken", "/broken-async", "/no-view", "/no-async-view"]
KINDS = [get_wsgi_application, get_asgi_application]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_cause_is_there(kind, path):
    with Phone(kind(), path) as phone, pytest.raises(CallbackRefused) as raised:
        phone.call()
    assert isinstance(raised.value.__cause__, project.OutOfOrder), raised.value
    assert raised.value.status == 500


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", KINDS)
def test_red(kind, path):
    with Phone(kind(), path) as phone:
        phone.call()


@pytest.mark.parametrize("path", PATHS)
async def test_red_in_an_event_loop(path):
    await AsyncPhone(get_asgi_application(), path).call()
"""


def test_a_django_project_that_breaks_makes_tests_red(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(project=PROJECT + BROKEN, test_project=RED)

    result = pytester.runpytest_subprocess("-p", "pytest_asyncio.plugin", "-o", "asyncio_mode=auto")

    result.assert_outcomes(passed=8, failed=12)
    assert "phone.call()" in result.stdout.str(), "the line of who wrote the test"
