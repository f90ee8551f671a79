"""Clients made or used in a way that cannot work: each message says what to do, and holds no secret."""

from __future__ import annotations

import asyncio
from inspect import signature
from typing import Any

import pytest

from sinch import AsyncSinchClient, SinchClient, errors
from sinch.core.mistakes import _OTHER_NAMES as OTHER_NAMES

from .conftest import KEY, SECRET

CLIENTS = [SinchClient, AsyncSinchClient]
both_clients = pytest.mark.parametrize("kind", CLIENTS)


@both_clients
@pytest.mark.parametrize(
    ("options", "advice"),
    [
        ({"project_id": "p", "key_id": "k", "key_secret": SECRET}, "pass application_key and"),
        ({"retrys": 3}, "use retry$"),
        ({"max_retries": 3}, "use retry$"),
        ({"headers": {}}, r"use with_options\(headers=...\)"),
        ({"nonsense": SECRET}, "there are application_key, .*, hooks$"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_option_that_does_not_exist(kind: type[Any], options, advice) -> None:
    with pytest.raises(errors.ConfigurationError, match=advice) as refused:
        kind(KEY, SECRET, **options)

    assert refused.value.argument == next(iter(options))
    assert SECRET not in str(refused.value)


@both_clients
def test_what_is_advised_in_place_of_other_names_is_there(kind: type[Any]) -> None:
    options = signature(kind).parameters
    for name, meant in OTHER_NAMES.items():
        assert name not in options
        assert meant in options or hasattr(kind, meant.partition("(")[0])


@both_clients
def test_key_and_secret_swapped(kind: type[Any]) -> None:
    swapped = "^application_secret is a GUID, .*: key and secret are swapped"
    with pytest.raises(errors.ConfigurationError, match=swapped) as refused:
        kind(SECRET, KEY)

    assert refused.value.argument == "application_secret"
    assert SECRET not in str(refused.value)
    assert KEY not in str(refused.value)


def test_swapped_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINCH_APPLICATION_KEY", SECRET)
    monkeypatch.setenv("SINCH_APPLICATION_SECRET", KEY)

    with pytest.raises(errors.ConfigurationError, match=r"^SINCH_APPLICATION_SECRET .* swapped"):
        SinchClient()


@both_clients
def test_an_unknown_region_warns_at_the_line_and_names_the_known_ones(kind: type[Any]) -> None:
    with pytest.warns(UserWarning, match="region eu is not one .*euc1, use1, sae1") as warned:
        kind(KEY, SECRET, region="eu")

    assert warned[0].filename == __file__
    kind(KEY, SECRET, region="euc1")  # any other warning would be an error here


async def test_the_wrong_kind_of_with() -> None:
    wrong, also_wrong = AsyncSinchClient(KEY, SECRET), SinchClient(KEY, SECRET)

    with pytest.raises(errors.ClientStateError, match='"async with AsyncSinchClient'), wrong:
        raise AssertionError("entered")
    with pytest.raises(errors.ClientStateError, match='"with SinchClient'):
        async with also_wrong:
            raise AssertionError("entered")


async def test_a_closed_client_says_what_to_do(make_client, settle) -> None:
    sinch = make_client()
    await settle(sinch.close())

    with pytest.raises(errors.ClientStateError, match="closed: make a new one") as refused:
        await settle(sinch.sms.get_status("1"))
    assert refused.value.certainly_not_sent


def test_another_loop_says_what_to_do() -> None:
    sinch = AsyncSinchClient(KEY, SECRET, base_url="http://127.0.0.1:9", retry=None)
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
    try:
        with pytest.raises(errors.NotSent):
            first.run_until_complete(sinch.with_options(timeout=1).sms.get_status("1"))
        with pytest.raises(errors.ClientStateError, match="make one per loop"):
            second.run_until_complete(sinch.sms.get_status("1"))
        first.run_until_complete(sinch.close())
    finally:
        first.close()
        second.close()
