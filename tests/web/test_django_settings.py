"""The setting SINCH: the verifier and the client made of it, and the system checks."""

from __future__ import annotations

import secrets
import subprocess
import sys
import threading
import time
from base64 import b64encode
from datetime import timedelta
from typing import Any

import django
import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings
from django.views.debug import SafeExceptionReporterFilter

from sinch import RetryPolicy, SinchClient, Timeout
from sinch.callbacks import CallbackRouter, CallbackVerifier, Delivery, RejectionReason
from sinch.callbacks.messages_verifier import message_signature
from sinch.errors import CallbackRejected, ConfigurationError
from sinch.web.django import (
    SinchConfig,
    batch_report_received,
    callback_router,
    callback_view,
    client_options,
    get_client,
    get_messages_verifier,
    get_verifier,
    inbound_received,
    recipient_report_received,
)

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
OTHER_SECRET = "JViE5vDor0Sw3WllZka15Q=="
BOTH = {"APPLICATION_KEY": KEY, "APPLICATION_SECRET": SECRET}

pytestmark = pytest.mark.usefixtures("sinch_settings")


@pytest.fixture
def router() -> CallbackRouter:
    return callback_router()


class TestSettings:
    def test_the_verifier_follows_them(self, ice, signed, router, post):
        view, headers = callback_view(router), signed("/sinch", ice(), secret=OTHER_SECRET)
        assert post(view, ice(), headers).status_code == 401
        for secret in (OTHER_SECRET, [SECRET, OTHER_SECRET]):
            with override_settings(SINCH={**BOTH, "APPLICATION_SECRET": secret}):
                assert post(view, ice(), headers).status_code == 200
        assert post(view, ice(), headers).status_code == 401

    def test_it_shows_what_it_verifies_by(self):
        verifier = get_verifier()
        assert isinstance(verifier, CallbackVerifier)
        assert verifier.application_keys == (KEY,)
        assert verifier.max_body == 256 * 1024

    def test_every_option_of_callbacks(self, ice, signed, router, post):
        view = callback_view(router)
        late = signed("/public/sinch/", ice(), late=timedelta(minutes=20))
        options = {
            **BOTH,
            "CALLBACK_TOLERANCE": 3600,
            "PUBLIC_PREFIX": "/public",
            "TRAILING_SLASH": "any",
            "REPLAY_CACHE": "default",
            "MAX_BODY": 60,
        }
        with override_settings(SINCH=options):
            assert [post(view, ice(), late).status_code for _ in range(2)] == [200, 401]
            assert post(view, bytes(61), late).status_code == 413
        for tolerance in (None, timedelta(hours=1)):
            with override_settings(SINCH={**options, "CALLBACK_TOLERANCE": tolerance}):
                delivery = _delivery(late, ice())
                assert get_verifier().explain(delivery).accepted

    def test_rejections_are_explained_when_asked(self, ice, signed, router, post, caplog):
        view, headers = callback_view(router), signed("/sinch", ice(), secret=OTHER_SECRET)
        assert post(view, ice(), headers).status_code == 401
        assert "explained" not in caplog.text
        assert "hint: nothing near it fits" in caplog.text
        with override_settings(SINCH={**BOTH, "EXPLAIN": True}):
            assert post(view, ice(), headers).status_code == 401
        assert "callback refused, explained:" in caplog.text
        assert "attempt 1: as received" in caplog.text

    def test_it_is_a_plain_one_the_same_until_settings_change(self):
        verifier = get_verifier()
        assert type(verifier) is CallbackVerifier
        assert get_verifier() is verifier
        with override_settings(SINCH={**BOTH, "MAX_BODY": 60}):
            assert get_verifier().max_body == 60
        assert get_verifier() is not verifier

    @override_settings()
    def test_a_router_may_be_made_before_there_are_settings(self, ice, signed, post):
        del settings.SINCH
        with pytest.raises(ConfigurationError, match="SINCH_APPLICATION_KEY"):
            get_verifier()
        router = CallbackRouter(get_verifier)
        with override_settings(SINCH=BOTH):
            view = callback_view(router)
            assert post(view, ice(), signed("/sinch", ice())).status_code == 200
            assert router.verifier is get_verifier()

    def test_a_failed_callback_may_come_again(self, router, ice, signed, post):
        router.ice(lambda event: 1 / 0)
        headers = signed("/sinch", ice("again"))
        with override_settings(SINCH={**BOTH, "REPLAY_CACHE": "default"}):
            said = [
                post(callback_view(router), ice("again"), headers).status_code for _ in range(2)
            ]
        assert said == [500, 500]

    @override_settings()
    def test_without_a_secret_nothing_is_accepted(self, router, ice, signed, post):
        del settings.SINCH
        with pytest.raises(ConfigurationError, match="SINCH_APPLICATION_KEY"):
            post(callback_view(router), ice(), signed("/sinch", ice()))

    def test_the_environment_serves_too(self, monkeypatch):
        monkeypatch.setenv("SINCH_APPLICATION_KEY", KEY)
        monkeypatch.setenv("SINCH_APPLICATION_SECRET", SECRET)
        with override_settings(SINCH={"APPLICATION_KEY": None}):
            assert get_verifier().application_keys == (KEY,)
            assert run_checks() == []

    def test_rejections_tell_their_reason(self, ice, signed):
        with pytest.raises(CallbackRejected) as rejected:
            get_verifier().verify(_delivery(signed("/sinch", b"x"), ice()))
        assert rejected.value.reason is RejectionReason.BAD_SIGNATURE

    def test_error_reports_of_django_hide_key_and_secret(self):
        shown = SafeExceptionReporterFilter().get_safe_settings()["SINCH"]
        assert set(shown.values()) == {SafeExceptionReporterFilter.cleansed_substitute}


def _delivery(headers: Any, body: bytes) -> Any:
    return Delivery("POST", "/sinch", headers, body)


class TestClientOfSettings:
    def test_there_is_one_for_the_process(self):
        client = get_client()
        assert isinstance(client, SinchClient)
        assert get_client() is client
        assert client.config.application_key == KEY

    def test_its_options(self):
        options = {
            **BOTH,
            "APPLICATION_SECRET": (SECRET, OTHER_SECRET),
            "REGION": "euc1",
            "TIMEOUT": 7,
            "RETRY": RetryPolicy.none(),
            "AUTH": "basic",
            "USER_AGENT": "shop/1",
        }
        with override_settings(SINCH=options):
            config = get_client().config
            assert client_options()["application_secret"] == SECRET
        assert config.credentials is not None
        assert config.credentials.secret == SECRET
        assert (config.region, config.auth, config.user_agent) == ("euc1", "basic", "shop/1")
        assert config.timeout == Timeout.of(7)
        assert config.policy == RetryPolicy(attempts=1, deadline=7)

    def test_with_does_not_close_it(self):
        with get_client() as client:
            pass
        assert not client._transport.closed

    def test_changed_settings_make_another(self):
        first = get_client()
        with override_settings(SINCH={**BOTH, "BASE_URL": "http://127.0.0.1:1"}):
            assert get_client() is not first
            assert first._transport.closed
            assert get_client().config.base_url == "http://127.0.0.1:1"
        with override_settings(SINCH={}), pytest.raises(ConfigurationError, match="missing"):
            get_client()

    def test_threads_get_the_same(self):
        with override_settings(SINCH=dict(BOTH)):
            got: list[Any] = []
            threads = [threading.Thread(target=lambda: got.append(get_client())) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert len({id(client) for client in got}) == 1

    def test_a_forked_worker_makes_its_own(self):
        code = f"""
import os
from django.conf import settings
settings.configure(SINCH={BOTH!r})
from sinch.web.django import get_client
first = get_client()
child = os.fork()
if child == 0:
    os._exit(0 if get_client() is not first else 1)
print(os.waitpid(child, 0)[1], get_client() is first)
"""
        said = subprocess.check_output([sys.executable, "-W", "error", "-c", code], text=True)
        assert said.split() == ["0", "True"]


def found(deploy: bool = False) -> dict[str, str]:
    messages = run_checks(include_deployment_checks=deploy)
    return {m.id: m.msg for m in messages if m.id.startswith("sinch.")}


REPORT = b'{"type":"recipient_delivery_report_sms","batch_id":"b","recipient":"46700000001"}'
UNSIGNED = [("Content-Type", "application/json")]
PLAN = {"SERVICE_PLAN_ID": "plan", "API_TOKEN": "token"}
WEBHOOKS = {"MESSAGES": {"SECRET": ["new", "old"], "BASIC_AUTH": ("sinch", "word")}}


def by_secret(secret: str, body: bytes = REPORT, late: float = 0) -> list[tuple[str, str]]:
    """The headers with which a service plan sends."""
    nonce, stamp = secrets.token_hex(8), str(int(time.time() - late))
    name = "x-sinch-webhook-signature"
    return [
        *UNSIGNED,
        (name, message_signature(secret, body, nonce, stamp)),
        (f"{name}-nonce", nonce),
        (f"{name}-timestamp", stamp),
    ]


def by_password(word: str) -> list[tuple[str, str]]:
    encoded = b64encode(f"sinch:{word}".encode()).decode()
    return [*UNSIGNED, ("Authorization", f"Basic {encoded}")]


class TestMessages:
    """Callbacks of the SMS REST API are verified by SINCH["MESSAGES"]."""

    @pytest.fixture
    def reports(self, router) -> list[Any]:
        seen: list[Any] = []
        router.recipient_report(lambda event: seen.append(event))
        return seen

    @pytest.mark.parametrize("credentials", [BOTH, PLAN, {**BOTH, **PLAN}], ids="-".join)
    def test_beside_an_application_and_alone(self, credentials, router, reports, ice, signed, post):
        view = callback_view(router)
        with override_settings(SINCH={**credentials, **WEBHOOKS}):
            assert found() == {}
            for headers, status in (
                (by_secret("new"), 200),
                (by_secret("old"), 200),
                (by_secret("wrong"), 401),
                (by_password("word"), 200),
                (by_password("wrong"), 401),
                (UNSIGNED, 401),
            ):
                assert post(view, REPORT, headers).status_code == status
            application = post(view, ice(), signed("/sinch", ice())).status_code
        assert application == (200 if "APPLICATION_KEY" in credentials else 401)
        assert [event.recipient for event in reports] == ["+46700000001"] * 3

    def test_without_the_setting_none_is_taken(self, router, reports, post):
        view = callback_view(router)
        assert post(view, REPORT, by_secret("new")).status_code == 401
        with override_settings(SINCH={**BOTH, **WEBHOOKS}):
            assert post(view, REPORT, by_secret("new")).status_code == 200
        assert post(view, REPORT, by_secret("new")).status_code == 401
        assert len(reports) == 1

    def test_every_option(self, router, reports, post):
        view = callback_view(router)
        options = {"SECRET": "old", "TOLERANCE": 3600, "KEEP_UNVERIFIED": True}
        with override_settings(
            SINCH={**PLAN, "MESSAGES": options, "REPLAY_CACHE": "default", "MAX_BODY": 100}
        ):
            assert post(view, REPORT, by_secret("old", late=7200)).status_code == 503
            assert post(view, REPORT, by_secret("wrong")).status_code == 503
            assert post(view, bytes(101), by_secret("old", bytes(101))).status_code == 413
            once = by_secret("old")
            assert [post(view, REPORT, once).status_code for _ in range(2)] == [200, 503]
            assert get_messages_verifier() is get_messages_verifier()
        with override_settings(SINCH={**PLAN, "MESSAGES": {"SECRET": "old", "TOLERANCE": None}}):
            assert post(view, REPORT, by_secret("old", late=10**7)).status_code == 200
            assert list(found(deploy=True)) == ["sinch.W002"]
        assert len(reports) == 2

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ("secret", "must be a dict, not str"),
            ({}, "secrets or basic must be given"),
            ({"SECRET": ""}, "SECRET: secrets must be text that is not blank"),
            ({"SECRET": "a line\n"}, "SECRET: secrets must not begin or end with a space"),
            ({"BASIC_AUTH": "user:word"}, "BASIC_AUTH: basic must be"),
            ({"SECRET": "x", "TOLERANCE": -1}, "TOLERANCE: "),
            ({"SECRET": "x", "KEEP_UNVERIFIED": "no"}, "KEEP_UNVERIFIED: "),
            ({"SECRETS": "x"}, "has no option 'SECRETS'; did you mean 'SECRET'?"),
        ],
        ids=str,
    )
    def test_malformed(self, value, said):
        with override_settings(SINCH={**BOTH, "MESSAGES": value}):
            problems = found()
            with pytest.raises(ConfigurationError, match=r"^SINCH\['MESSAGES'\] "):
                get_messages_verifier()
        assert list(problems) == ["sinch.E006"]
        assert problems["sinch.E006"].startswith("SINCH['MESSAGES'] ")
        assert said in problems["sinch.E006"]

    def test_a_missing_one_is_named_where_it_is_asked_for(self):
        with pytest.raises(ConfigurationError, match=r"^SINCH\['MESSAGES'\] is missing"):
            get_messages_verifier()

    @pytest.mark.parametrize(
        ("value", "missing"),
        [
            (PLAN, []),
            ({"SERVICE_PLAN_ID": "plan"}, ["API_TOKEN"]),
            ({"API_TOKEN": "token", "APPLICATION_KEY": KEY}, ["APPLICATION_SECRET", "SERVICE_PLAN_ID"]),
            ({}, ["APPLICATION_KEY", "APPLICATION_SECRET"]),
        ],
        ids=str,
    )  # fmt: skip
    def test_half_a_pair(self, value, missing, monkeypatch):
        monkeypatch.delenv("SINCH_APPLICATION_KEY", raising=False)
        with override_settings(SINCH=value):
            said = [str(message.msg) for message in run_checks()]
        assert said == [f"SINCH[{name!r}] is missing." for name in missing]

    def test_the_client_sends_with_the_plan(self):
        with override_settings(SINCH={**PLAN, "SMS_REGION": "eu"}):
            draft = get_client().messages(["+46700000001"], "Hi")
            assert draft.operation().path == "/xms/v1/plan/batches"
            assert get_client().config.service_plan.region == "eu"

    def test_error_reports_of_django_hide_them(self):
        with override_settings(SINCH={**PLAN, **WEBHOOKS}):
            shown = str(SafeExceptionReporterFilter().get_safe_settings()["SINCH"])
        assert not any(hidden in shown for hidden in ("'new'", "'old'", "'word'", "'token'"))

    def test_signals(self, router, post):
        told: list[str] = []

        def note(sender: type, **_: object) -> None:
            told.append(sender.__name__)

        arrived = b'{"type":"mo_text","id":"1","from":"46700000001","to":"72246","body":"Hi"}'
        summary = b'{"type":"delivery_report_sms","batch_id":"b"}'
        signals = (recipient_report_received, inbound_received, batch_report_received)
        for signal in signals:
            signal.connect(note)
        try:
            with override_settings(SINCH={**PLAN, **WEBHOOKS}):
                for body in (REPORT, arrived, summary):
                    post(callback_view(router), body, by_secret("new", body))
        finally:
            for signal in signals:
                signal.disconnect(note)
        assert told == ["RecipientReportSms", "InboundText", "BatchReportSms"]


class TestChecks:
    def test_the_app_is_installed_under_its_name(self):
        app = django.apps.apps.get_app_config("sinch")
        assert isinstance(app, SinchConfig)
        assert app.verbose_name == "Sinch"

    def test_good_settings_pass(self):
        assert found(deploy=True) == {}

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({}, {"sinch.E001": "SINCH['APPLICATION_SECRET'] is missing."}),
            (None, {"sinch.E001": "SINCH['APPLICATION_SECRET'] is missing."}),
            (
                {"APPLICATION_KEY": KEY},
                {"sinch.E001": "SINCH['APPLICATION_SECRET'] is missing."},
            ),
            (["x"], {"sinch.E002": "SINCH must be a dict, not list"}),
        ],
    )
    def test_missing(self, value, expected):
        with override_settings(SINCH=value):
            assert found() == expected

    @pytest.mark.parametrize(
        ("option", "value", "said"),
        [
            ("APPLICATION_KEY", "", "blank"),
            ("APPLICATION_SECRET", "not*base64", "base64"),
            ("APPLICATION_SECRET", [], "empty list"),
            ("APPLICATION_SECRET", [SECRET, "not*base64"], "base64"),
            ("BASE_URL", "example.com", "absolute"),
            ("REGION", "../euc1", "region"),
            ("TIMEOUT", -1, "seconds"),
            ("RETRY", 3, "RetryPolicy"),
            ("AUTH", "oauth", "oauth"),
            ("USER_AGENT", "a\nb", "user_agent"),
            ("CALLBACK_TOLERANCE", 0, "seconds"),
            ("CALLBACK_TOLERANCE", "5", "seconds"),
            ("CALLBACK_TOLERANCE", True, "seconds"),
            ("EXPLAIN", "yes", "True, False"),
            ("PUBLIC_PREFIX", "sinch", "path such as"),
            ("TRAILING_SLASH", "no", "'exact' or 'any'"),
            ("MAX_BODY", 0, "whole number"),
            ("REPLAY_CACHE", 3, "store"),
        ],
    )
    def test_malformed(self, option, value, said):
        with override_settings(SINCH={**BOTH, option: value}):
            problems = found()
        assert list(problems) == ["sinch.E002"]
        assert problems["sinch.E002"].startswith(f"SINCH[{option!r}]")
        assert said in problems["sinch.E002"]
        assert SECRET not in problems["sinch.E002"]

    def test_everything_that_is_wrong_is_said_at_once(self):
        wrong = {
            "APPLICATION_SECRET": ["not*base64", SECRET],
            "TIMEOUT": -1,
            "AUTH": "oauth",
            "CALLBACK_TOLERANCE": "5",
            "REPLAY_CACHE": 3,
            "APLICATION_KEY": KEY,
            "COLOUR": "red",
        }
        with override_settings(SINCH=wrong):
            messages = [str(message.msg) for message in run_checks()]
        named = ["'APLICATION_KEY'", "'COLOUR'", "APPLICATION_KEY", "APPLICATION_SECRET", "TIMEOUT",
                 "AUTH", "CALLBACK_TOLERANCE", "REPLAY_CACHE"]  # fmt: skip
        assert len(messages) == len(named), messages
        for message, name in zip(messages, named, strict=True):
            assert name in message

    def test_what_contradicts_each_other_only(self):
        with override_settings(SINCH={**BOTH, "REGION": "euc1", "BASE_URL": "https://example.com"}):
            assert "contradict" in found()["sinch.E002"]

    @pytest.mark.parametrize(
        ("name", "said"),
        [("APLICATION_KEY", "did you mean 'APPLICATION_KEY'"), ("x", "there are"), (3, "'3'")],
    )
    def test_an_unknown_option(self, name, said):
        with override_settings(SINCH={**BOTH, name: 1}):
            assert said in found(deploy=True)["sinch.E003"]

    @pytest.mark.parametrize(
        ("alias", "ident"),
        [("nowhere", "sinch.E004"), ("dummy", "sinch.E004"), ("default", "sinch.W001")],
    )
    def test_the_replay_cache(self, alias, ident):
        with override_settings(SINCH={**BOTH, "REPLAY_CACHE": alias}, DEBUG=False):
            assert list(found()) == [ident]

    def test_a_shared_replay_cache_is_fine(self):
        with override_settings(SINCH={**BOTH, "REPLAY_CACHE": "table"}):
            assert found() == {}

    def test_what_only_development_may_do(self, caplog):
        caplog.set_level("DEBUG", "urllib3.connectionpool")
        unsafe = {**BOTH, "CALLBACK_TOLERANCE": None, "BASE_URL": "http://127.0.0.1:8000"}
        with override_settings(SINCH=unsafe):
            assert found() == {}
            assert list(found(deploy=True)) == ["sinch.W002", "sinch.W003", "sinch.W004"]

    def test_public_authentication_has_no_secret_to_verify_with(self):
        with override_settings(SINCH={**BOTH, "AUTH": "public"}):
            assert list(found()) == ["sinch.E002"]
