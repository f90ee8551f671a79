"""The guard in Django: settings, checks, a form field, a throttle for views, callbacks."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django import forms
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.test import AsyncRequestFactory, RequestFactory, override_settings
from django.views import View

from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.errors import ApiError, ConfigurationError
from sinch.guard import Budget, CoolDown, Countries, PerNumber, PerUser, Rule
from sinch.testing import LocalSandbox
from sinch.verification import VerificationMethod
from sinch.web.django import get_client
from sinch.web.django_guard import (
    VerificationNumberField,
    check_request,
    client_address,
    get_guard,
    guard_verification_request,
    guard_verification_result,
    verification_throttle,
)

NUMBER = "+46701234567"

pytestmark = pytest.mark.usefixtures("sinch_settings")


def rules_of_the_project() -> list[Rule]:
    get_client()  # a function may use the rest of the settings
    return [PerNumber("1 per hour")]


RULES = [Countries("NO")]


@pytest.fixture
def guarded(sinch_settings: dict[str, str]) -> Iterator[Callable[..., Any]]:
    """Give ``SINCH["GUARD"]``, with a cache that nobody else uses."""
    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    caches = {"default": {**cache, "LOCATION": uuid.uuid4().hex}}

    def guarded(**options: Any) -> Any:
        return override_settings(SINCH={**sinch_settings, "GUARD": options})

    with override_settings(CACHES={**settings.CACHES, **caches}):
        yield guarded


class TestSettings:
    def test_countries_make_the_recommended_rules(self, guarded):
        options = {"COUNTRIES": ["SE"], "PER_COUNTRY": "9 per hour", "BUDGET": ("9", "EUR")}
        with guarded(**options):
            guard = get_guard()
            assert get_guard() is guard
            names = [rule.name for rule in guard.rules]
            assert (names[0], names[-2:]) == ("countries", ["per_country", "budget"])
            assert guard.check(NUMBER)
            assert guard.check(NUMBER).rule == "cool_down"
        with guarded(COUNTRIES=["NO"], BUDGET=Budget("9", "EUR")):
            assert get_guard() is not guard
            assert get_guard().check(NUMBER).rule == "countries"

    @pytest.mark.parametrize(
        ("rules", "name"),
        [
            ([CoolDown()], "cool_down"),
            (f"{__name__}.rules_of_the_project", "per_number"),
            (rules_of_the_project, "per_number"),
            (f"{__name__}.RULES", "countries"),
        ],
    )
    def test_rules_of_the_project(self, guarded, rules, name):
        with guarded(RULES=rules):
            assert [rule.name for rule in get_guard().rules] == [name]

    def test_every_other_option(self, guarded, limits_url):
        told: list[Any] = []
        options = {
            "COUNTRIES": ["NO"],
            "STORE": limits_url,
            "FAIL": "closed",
            "OBSERVE": True,
            "SECRET": "x" * 100,
            "ON_DECISION": told.append,
        }
        with guarded(**options):
            assert get_guard().observe
            decision = get_guard().check(NUMBER)
            assert (decision.allowed, decision.observed, decision.store_failed) == (
                True,
                True,
                False,
            )
            assert told == [decision]

    def test_the_counts_are_in_the_cache_and_tell_no_number(self, guarded):
        from django.core.cache import cache

        with guarded(RULES=[PerNumber("1 per hour")]):
            assert get_guard().check(NUMBER)
            keys = " ".join(cache._cache)
            assert "per_number" in keys
            assert "1234567" not in keys

    def test_the_key_of_the_project_keeps_the_numbers(self, guarded):
        with guarded(RULES=[PerNumber("1 per hour")]):
            assert get_guard().check(NUMBER)
            assert not get_guard().check(NUMBER)
        with override_settings(SECRET_KEY="another"), guarded(RULES=[PerNumber("1 per hour")]):
            assert get_guard().check(NUMBER), "hashed with another key, it is another number"

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({}, "COUNTRIES must be a list"),
            ({"COUNTRIES": "SE"}, "COUNTRIES must be a list"),
            ({"COUNTRIES": ["Sweden"]}, "'Sweden' is no country"),
            ({"COUNTRIES": ["SE"], "BUDGET": "50 EUR"}, "BUDGET must be an amount and a currency"),
            ({"COUNTRIES": ["SE"], "BUDGET": ("much", "EUR")}, "an amount of money"),
            ({"COUNTRIES": ["SE"], "RULES": []}, "RULES or COUNTRIES, not both"),
            ({"RULES": "nowhere.rules"}, "RULES cannot be imported"),
            ({"RULES": 5}, "RULES must be rules"),
            ({"RULES": []}, "without rules"),
            ({"COUNTRIES": ["SE"], "STORE": "nowhere"}, "CACHES has no cache 'nowhere'"),
            ({"COUNTRIES": ["SE"], "STORE": "table"}, "cannot add atomically"),
            ({"COUNTRIES": ["SE"], "STORE": "floppy://x:secret@y"}, "'floppy'"),
            ({"COUNTRIES": ["SE"], "FAIL": "maybe"}, "fail must be"),
            ({"COUNTRIES": ["SE"], "PROXIES": "1"}, "PROXIES must be how many"),
            ({"COUNTRIES": ["SE"], "OBSERV": True}, "did you mean 'OBSERVE'"),
            ({"x": 1}, "there are COUNTRIES"),
        ],
    )
    def test_a_mistake_is_found_by_manage_py_check(self, guarded, options, said):
        with guarded(**options):
            [problem] = [it for it in run_checks() if it.id.startswith("sinch.")]
            assert problem.id == "sinch.E005"
            assert problem.msg.startswith("SINCH['GUARD']")
            assert said in problem.msg
            assert "secret" not in problem.msg
            with pytest.raises(ConfigurationError, match="GUARD"):
                get_guard()

    def test_without_the_setting(self, sinch_settings):
        with pytest.raises(ConfigurationError, match=r"SINCH\['GUARD'\] is missing"):
            get_guard()
        with override_settings(SINCH={**sinch_settings, "GUARD": ["SE"]}):
            [problem] = run_checks()
            assert "must be a dict, not list" in problem.msg

    @pytest.mark.parametrize("store", ["default", "memory://"])
    def test_a_store_of_one_process_is_told(self, guarded, store):
        with guarded(COUNTRIES=["SE"], STORE=store):
            assert [it.id for it in run_checks()] == ["sinch.W005"]
            with override_settings(DEBUG=True):
                assert run_checks() == []
        with guarded(COUNTRIES=["SE"], STORE="redis://127.0.0.1:1/0"):
            assert run_checks() == []


@pytest.fixture
def limits_url(redis_url: str) -> str:
    return f"redis+unix://{redis_url.removeprefix('unix://')}"


class StartForm(forms.Form):
    number = VerificationNumberField(region="SE")


class OpenForm(forms.Form):
    number = VerificationNumberField(required=False)


class TestFormField:
    @pytest.mark.parametrize(
        ("form", "typed", "number"),
        [
            (StartForm, "070-123 45 67", NUMBER),
            (StartForm, "+46 (0)70 123 45 67", NUMBER),
            (StartForm, "0046701234567", NUMBER),
            (StartForm, "+46701234567", NUMBER),
            (OpenForm, " +46 70-123.45 67 ", NUMBER),
            (OpenForm, "＋４６ (0)70 123 45 67", NUMBER),
            (OpenForm, "", ""),
        ],
    )
    def test_whatever_way_it_was_typed(self, guarded, form, typed, number):
        with guarded(COUNTRIES=["SE"]):
            found = form({"number": typed})
            assert found.is_valid(), found.errors
            assert found.cleaned_data["number"] == number

    @pytest.mark.parametrize(
        ("form", "typed", "code"),
        [
            (StartForm, "", "required"),
            (StartForm, "070", "invalid_number"),
            (StartForm, "call me", "invalid_number"),
            (OpenForm, "0701234567", "invalid_number"),
            (OpenForm, "+46 70 123 45 67 ext. 9", "invalid_number"),
            (OpenForm, "+4740612345", "refused_number"),
            (StartForm, "0900-123 45", "refused_number"),
        ],
    )
    def test_what_is_refused(self, guarded, form, typed, code):
        with guarded(COUNTRIES=["SE"]):
            found = form({"number": typed})
            assert [it.code for it in found.errors.as_data()["number"]] == [code]
            assert typed not in str(found.errors) or not typed

    def test_it_counts_nothing(self, guarded):
        with guarded(COUNTRIES=["SE"]):
            assert all(StartForm({"number": NUMBER}).is_valid() for _ in range(20))
            assert get_guard().check(NUMBER)

    def test_a_phone_shows_its_keypad(self):
        assert 'type="tel"' in StartForm().as_p()

    def test_a_region_that_is_none(self):
        with pytest.raises(ConfigurationError, match="'Sweden' is no country"):
            VerificationNumberField(region="Sweden")

    def test_observing_refuses_nothing(self, guarded):
        with guarded(COUNTRIES=["SE"], OBSERVE=True):
            assert OpenForm({"number": "+4740612345"}).is_valid()


class User:
    def __init__(self, pk: int | None) -> None:
        self.pk = pk
        self.is_authenticated = pk is not None


class TestThrottle:
    @pytest.mark.parametrize("asynchronous", [False, True])
    @pytest.mark.parametrize("json_body", [False, True])
    async def test_a_view(self, guarded, asynchronous, json_body):
        calls: list[Any] = []
        take = (lambda request: json.loads(request.body)["number"]) if json_body else "number"

        def work(request: HttpRequest) -> HttpResponse:
            calls.append(getattr(request, "sinch_decision", None))
            return HttpResponse("started")

        async def work_async(request: HttpRequest) -> HttpResponse:
            return work(request)

        view: Any = verification_throttle(take, region="SE")(work_async if asynchronous else work)
        factory: Any = AsyncRequestFactory() if asynchronous else RequestFactory()

        async def ask(method: str, number: str = "") -> HttpResponse:
            options = {"content_type": "application/json"} if json_body else {}
            request = getattr(factory, method)("/", {"number": number}, **options)
            if asynchronous:
                return await view(request)
            return await sync_to_async(view)(request)

        with guarded(COUNTRIES=["SE"]):
            assert (await ask("get")).content == b"started"
            assert (await ask("post", "070-123 45 67")).content == b"started"
            refused = await ask("post", NUMBER)
            assert refused.status_code == 429
            assert int(refused["Retry-After"]) in range(25, 32)
            assert refused.content == b"Please try again later.\n"
            refused = await ask("post", "+4740612345")
            assert (refused.status_code, "Retry-After" in refused) == (429, False)
            wrong = await ask("post", "nobody")
            assert (wrong.status_code, b"country code" in wrong.content) == (400, True)
        assert calls[0] is None
        assert [bool(it) for it in calls] == [False, True]

    async def test_an_async_view_of_a_class(self, guarded):
        class Start(View):
            async def post(self, request: HttpRequest) -> HttpResponse:
                return HttpResponse("started")

        view: Any = verification_throttle()(Start.as_view())
        request = AsyncRequestFactory().post("/", {"number": NUMBER})
        with guarded(COUNTRIES=["SE"]):
            assert [(await view(request)).status_code for _ in range(2)] == [200, 429]

    def test_a_request_without_the_field(self, guarded):
        view = verification_throttle()(lambda request: HttpResponse())
        with guarded(COUNTRIES=["SE"]):
            assert view(RequestFactory().post("/", {})).status_code == 400

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "address"),
        [
            (0, "203.0.113.1", "127.0.0.1"),  # anybody can send that
            (1, "made up, 203.0.113.1", "203.0.113.1"),
            (2, "made up, 203.0.113.1, 10.0.0.1", "203.0.113.1"),
            (2, "203.0.113.1", "203.0.113.1"),
            (1, None, "127.0.0.1"),
            (1, "203.0.113.1,", None),
        ],
    )
    def test_the_address_of_whoever_asks(self, guarded, proxies, forwarded, address):
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        with guarded(COUNTRIES=["SE"], PROXIES=proxies):
            assert client_address(RequestFactory().post("/", headers=headers)) == address

    def test_a_server_behind_a_socket_knows_no_address(self, guarded):
        with guarded(COUNTRIES=["SE"]):
            assert client_address(RequestFactory().post("/", REMOTE_ADDR="")) is None

    def test_users_and_sessions(self, guarded):
        def ask(user: Any = None, session: str | None = None) -> bool:
            request: Any = RequestFactory().post("/")
            if user is not None:
                request.user = user
            request.session = SessionStore(session)
            return bool(check_request(request, NUMBER))

        with guarded(RULES=[PerUser("1 per hour")]):
            assert [ask(User(1)), ask(User(1)), ask(User(2))] == [True, False, True]
            assert [ask(User(None), "a" * 8), ask(None, "a" * 8)] == [True, False]
            assert all(ask() for _ in range(3)), "without a session nobody is anybody"
            assert ask(User(11111111))
            assert ask(None, "1" * 8), "a session is no user"


def test_callbacks_by_the_settings(guarded):
    """What the sandbox asks about is decided by the setting, also when that is made later."""
    with LocalSandbox() as sandbox, sandbox.client() as sinch:
        key, secret = sandbox.application_key, sandbox.application_secret
        router = CallbackRouter(CallbackVerifier(key, secret))
        router.verification_request(guard_verification_request)
        router.verification_result(guard_verification_result)
        sandbox.send_verifications_to(router)
        with guarded(RULES=[CoolDown()]):
            for _ in range(2):
                started = sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
                code = sandbox.verifications[-1].code
                sinch.verification(id=started.id, code=code).report(VerificationMethod.SMS)
            sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
            with pytest.raises(ApiError, match="Denied by callback"):
                sinch.verification(NUMBER).initiate(VerificationMethod.SMS)
