"""Configuration: defaults, where values come from, and that every mistake is named."""

from __future__ import annotations

import inspect
import pickle
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from sinch import SinchClient, callouts, calls, sms
from sinch.core.config import Config, RetryPolicy, Timeout
from sinch.core.options import CallOptions, ClientOptions, names
from sinch.core.signing import BasicAuth, PublicAuth, SignedAuth
from sinch.errors import ConfigurationError

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
ENVIRON = {"SINCH_APPLICATION_KEY": KEY, "SINCH_APPLICATION_SECRET": SECRET}


LONGEST_HOST = ".".join(["a" * 63] * 3 + ["a" * 61])  # 253 characters, 63 in a part


def build(*arguments, environ=ENVIRON, **options):
    return Config.build(*arguments, environ=environ, **options)


def refusal(*arguments, **options):
    with pytest.raises(ConfigurationError) as caught:
        build(*arguments, **options)
    return caught.value


def test_defaults():
    config = build(KEY, SECRET, environ={})

    assert config.application_key == KEY
    assert config.auth == "signed"
    assert config.base_url is None
    assert config.region == ""
    assert config.timeout == Timeout(connect=5.0, read=20.0, total=30.0)
    assert config.retry == RetryPolicy(
        attempts=3, initial_delay=0.5, max_delay=8.0, max_retry_after=60.0, jitter=True
    )
    assert config.user_agent is None


def test_the_repr_hides_the_secret_and_a_pickle_keeps_it():
    config = build(KEY, SECRET)

    assert SECRET not in repr(config)
    assert pickle.loads(pickle.dumps(config)) == config


class TestKeyAndSecret:
    def test_come_from_the_environment(self, monkeypatch):
        monkeypatch.setenv("SINCH_APPLICATION_KEY", KEY)
        monkeypatch.setenv("SINCH_APPLICATION_SECRET", SECRET)

        assert Config.build() == build(KEY, SECRET, environ={})

    def test_an_argument_wins_over_the_environment(self):
        assert build("other-key").application_key == "other-key"

    @pytest.mark.parametrize(
        ("environ", "argument", "variable"),
        [
            ({}, "application_key", "SINCH_APPLICATION_KEY"),
            (
                {"SINCH_APPLICATION_KEY": KEY},
                "application_secret",
                "SINCH_APPLICATION_SECRET",
            ),
            (
                {"SINCH_APPLICATION_KEY": " ", "SINCH_APPLICATION_SECRET": SECRET},
                "application_key",
                "SINCH_APPLICATION_KEY",
            ),
            (
                {"SINCH_APPLICATION_KEY": KEY, "SINCH_APPLICATION_SECRET": "not base64!"},
                "application_secret",
                "SINCH_APPLICATION_SECRET",
            ),
        ],
    )
    def test_errors_name_argument_and_variable(self, environ, argument, variable):
        error = refusal(environ=environ)

        assert (error.argument, error.variable) == (argument, variable)
        assert argument in str(error)
        assert variable in str(error)

    @pytest.mark.parametrize("secret", ["", " ", "app-secret", "zzz zzz"])
    def test_a_bad_argument_does_not_fall_back_and_is_not_repeated(self, secret):
        error = refusal(KEY, secret)

        assert (error.argument, error.variable) == ("application_secret", None)
        assert not secret.strip() or secret not in str(error)

    def test_a_key_with_a_colon_is_refused(self):
        assert refusal("a:b", SECRET).argument == "application_key"


class TestAuth:
    @pytest.mark.parametrize(
        ("auth", "kind"), [("signed", SignedAuth), ("basic", BasicAuth), ("public", PublicAuth)]
    )
    def test_chooses_the_authorizer(self, auth, kind):
        assert isinstance(build(auth=auth).authorizer(), kind)

    def test_the_clock_is_handed_to_signing(self):
        now = datetime(2024, 1, 2, tzinfo=UTC)

        headers = build().authorizer(lambda: now)("GET", "/", "", b"")

        assert headers["x-timestamp"] == "2024-01-02T00:00:00.000Z"

    def test_public_needs_no_secret_and_does_not_even_look_at_one(self):
        assert build(KEY, environ={}, auth="public").credentials is None
        assert build(KEY, "not base64!", auth="public").credentials is None

    @pytest.mark.parametrize("auth", ["Signed", "", "oauth", 1])
    def test_unknown_schemes_are_refused(self, auth):
        assert refusal(auth=auth).argument == "auth"

    @pytest.mark.parametrize(
        "base_url",
        [
            "https://api.example",
            "http://localhost:8000",
            "http://127.0.0.1:1",
            "http://127.8.8.8",
            "http://[::1]:80",
            "http://sinch.localhost",
        ],
    )
    def test_basic_over_https_or_within_this_machine(self, base_url):
        assert build(base_url=base_url, auth="basic").base_url == base_url

    @pytest.mark.parametrize(
        "base_url",
        ["http://api.example", "http://10.0.0.1", "http://localhost.evil.example"],
    )
    def test_basic_never_sends_the_secret_over_plain_http(self, base_url):
        assert refusal(base_url=base_url, auth="basic").argument == "auth"
        assert build(base_url=base_url, auth="signed").base_url == base_url


class TestBaseUrlAndRegion:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("https://api.sinch.com/", "https://api.sinch.com"),
            (" http://localhost:8000 ", "http://localhost:8000"),
            ("https://gateway.example/sinch//", "https://gateway.example/sinch"),
            ("https://api.sinch.com.", "https://api.sinch.com."),  # a dot of DNS's own
            (f"https://{LONGEST_HOST}", f"https://{LONGEST_HOST}"),
        ],
    )
    def test_the_trailing_slash_goes(self, given, kept):
        assert build(base_url=given).base_url == kept

    @pytest.mark.parametrize(
        "base_url",
        [
            *("", " ", "api.sinch.com", "//api.sinch.com", "ftp://api.sinch.com", "https://"),
            *("https:///path", "https://host:port", "https://host:99999", "https://[::1"),
            *("https://host?x=1", "https://host?", "https://host#f", "https://ho st", b"https://h"),
            *("https://hôst", "https://a..b", "https://.a", "https://a.."),
            *(f"https://{'a' * 64}.b", f"https://{LONGEST_HOST}a"),
        ],
    )
    def test_refusals(self, base_url):
        assert refusal(base_url=base_url).argument == "base_url"

    def test_a_password_in_the_url_is_refused_and_not_repeated(self):
        error = refusal(base_url="https://user:hunter2@host")

        assert error.argument == "base_url"
        assert "hunter2" not in str(error)

    def test_a_region(self):
        assert build(region="euc1").region == "euc1"

    @pytest.mark.parametrize("region", ["EUC1", "a.b", "a/b", 1])
    def test_bad_regions(self, region):
        assert refusal(region=region).argument == "region"

    def test_region_and_base_url_contradict_each_other(self):
        assert refusal(region="euc1", base_url="https://host").argument == "region"


class TestTimeout:
    @pytest.mark.parametrize(
        ("given", "timeout"),
        [
            (None, Timeout(5.0, 20.0, 30.0)),
            (2, Timeout(2, 2, 2)),
            (60.5, Timeout(5.0, 60.5, 60.5)),
            (timedelta(seconds=10), Timeout(5.0, 10.0, 10.0)),
            (Timeout(read=1.0), Timeout(5.0, 1.0, 30.0)),
        ],
    )
    def test_forms(self, given, timeout):
        assert build(timeout=given).timeout == timeout

    @pytest.mark.parametrize(
        "value", [0, -1, float("inf"), float("nan"), True, "5", 10**400, (3, 5)]
    )
    def test_never_infinite_and_never_nonsense(self, value):
        assert refusal(timeout=value).argument == "timeout"
        for part in ("connect", "read", "total"):
            with pytest.raises(ConfigurationError, match=rf"timeout\.{part} must be"):
                Timeout(**{part: value})

    @pytest.mark.parametrize(
        ("timeout", "retry", "each", "together"),
        [
            (3, None, 3, 3),
            (timedelta(seconds=3), RetryPolicy(attempts=2), 3, 3),
            (3, RetryPolicy(deadline=10), 3, 10),
            (Timeout(total=3), None, 3, None),
            (Timeout(total=3), RetryPolicy(deadline=10), 3, 10),
            (None, None, 30, None),
        ],
    )
    def test_a_number_is_the_time_for_the_whole_call(self, timeout, retry, each, together):
        config = build(timeout=timeout, retry=retry)

        assert (config.timeout.total, config.policy.deadline) == (each, together)

    def test_another_number_for_one_call_is_not_held_up_by_the_first(self):
        config = build(timeout=10).replace(timeout=2, retry=None)

        assert (config.timeout.total, config.policy.deadline) == (2, 2)
        assert config.replace(timeout=Timeout(), retry=None).policy.deadline is None
        assert config.replace(timeout=None, retry=RetryPolicy(attempts=1)).policy.deadline == 2

    def test_an_exchange_that_must_end_sooner(self):
        assert Timeout(5, 20, 30).within(None) == Timeout(5, 20, 30)
        assert Timeout(5, 20, 30).within(60) == Timeout(5, 20, 30)
        assert attrs.astuple(Timeout(5, 20, 30).within(10)) == (5, 10, 10)
        assert attrs.astuple(Timeout(5, 20, 30).within(-1)) == (0.001, 0.001, 0.001)


class TestRetryPolicy:
    def test_none_tries_once(self):
        config = build(retry=RetryPolicy.none())

        assert config.retry.attempts == 1

    @pytest.mark.parametrize(
        ("options", "argument"),
        [
            ({"attempts": 0}, "retry.attempts"),
            ({"attempts": True}, "retry.attempts"),
            ({"attempts": 1.5}, "retry.attempts"),
            ({"initial_delay": -1}, "retry.initial_delay"),
            ({"initial_delay": 9}, "retry.initial_delay"),
            ({"max_delay": float("inf")}, "retry.max_delay"),
            ({"max_retry_after": float("nan")}, "retry.max_retry_after"),
            ({"deadline": 0}, "retry.deadline"),
            ({"deadline": float("inf")}, "retry.deadline"),
        ],
    )
    def test_refusals(self, options, argument):
        with pytest.raises(ConfigurationError) as caught:
            RetryPolicy(**options)

        assert caught.value.argument == argument

    def test_no_pause_at_all_is_fine(self):
        assert RetryPolicy(initial_delay=0, max_delay=0, max_retry_after=0).attempts == 3

    def test_one_call_may_have_another(self):
        config, once = build(retry=RetryPolicy(attempts=7)), RetryPolicy.none()

        assert config.replace(timeout=None, retry=once).retry == once
        assert config.replace(timeout=None, retry=None).retry == config.retry
        with pytest.raises(ConfigurationError, match="retry"):
            config.replace(timeout=None, retry=3)

    def test_numbers_are_not_policies(self):
        assert refusal(retry=3).argument == "retry"


class TestUserAgent:
    def test_is_kept(self):
        assert build(user_agent="my-app/1.0 (test)").user_agent == "my-app/1.0 (test)"

    @pytest.mark.parametrize("value", ["", " ", "a\r\nX-Evil: 1", "björn", " a", 3])
    def test_cannot_smuggle_headers(self, value):
        assert refusal(user_agent=value).argument == "user_agent"


def test_base_url_can_come_from_the_environment() -> None:
    environ = {"SINCH_BASE_URL": "http://127.0.0.1:8080/"}

    config = Config.build(KEY, SECRET, environ=environ)

    assert config.base_url == "http://127.0.0.1:8080"


def test_a_bad_base_url_of_the_environment_is_named() -> None:
    with pytest.raises(ConfigurationError, match="SINCH_BASE_URL") as caught:
        Config.build(KEY, SECRET, environ={"SINCH_BASE_URL": "sandbox"})

    assert caught.value.variable == "SINCH_BASE_URL"


def test_options_are_listed_once_and_shown_wherever_they_are_taken() -> None:
    shown = [*inspect.signature(SinchClient).parameters]
    assert shown[:2] == ["application_key", "application_secret"]
    assert shown[2:] == [*names(ClientOptions), "session", "hooks"]
    for kind in (SinchClient, sms.Sms, calls.Call, callouts.CalloutDraft):
        assert [*inspect.signature(kind.with_options).parameters][1:] == [*names(CallOptions)]


def test_options_of_one_call_that_do_not_exist_are_refused_by_name() -> None:
    client = SinchClient(KEY, SECRET)
    for thing in (client, client.sms, client.calls("id")):
        with pytest.raises(ConfigurationError, match=r"timout is no option .*: use timeout"):
            thing.with_options(timout=2)  # type: ignore[call-arg]
