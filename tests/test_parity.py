"""The asyncio client is the blocking client, awaited: same names, same arguments, same results."""

from __future__ import annotations

import inspect
import typing

import pytest

from sinch import (
    AsyncSinchClient,
    SinchClient,
    applications,
    callouts,
    calls,
    conferences,
    sms,
    verification,
)

PAIRS = [
    (SinchClient, AsyncSinchClient),
    (sms.Sms, sms.AsyncSms),
    (sms.SmsDraft, sms.AsyncSmsDraft),
    (verification.Verification, verification.AsyncVerification),
    (verification.VerificationDraft, verification.AsyncVerificationDraft),
    (callouts.Callouts, callouts.AsyncCallouts),
    (callouts.CalloutDraft, callouts.AsyncCalloutDraft),
    (calls.Calls, calls.AsyncCalls),
    (calls.Call, calls.AsyncCall),
    (calls.CallLegHandle, calls.AsyncCallLegHandle),
    (conferences.Conferences, conferences.AsyncConferences),
    (conferences.Room, conferences.AsyncRoom),
    (conferences.Participant, conferences.AsyncParticipant),
    (applications.Applications, applications.AsyncApplications),
]
#: What differs by nature: the context manager, and whose session is passed in.
DIFFER = {"__enter__", "__exit__", "__aenter__", "__aexit__", "__init__"}


def surface(cls: type) -> dict[str, typing.Any]:
    return {
        name: member
        for name, member in inspect.getmembers(cls)
        if (not name.startswith("_") or name == "__call__") and name not in DIFFER
    }


@pytest.mark.parametrize(("blocking", "asynchronous"), PAIRS, ids=lambda cls: cls.__name__)
def test_both_offer_the_same_names_with_the_same_arguments(blocking, asynchronous) -> None:
    left, right = surface(blocking), surface(asynchronous)

    assert left.keys() == right.keys()
    for name, member in left.items():
        if not inspect.isfunction(member):
            continue
        ours, theirs = inspect.signature(member), inspect.signature(right[name])
        assert str([*ours.parameters.values()]) == str([*theirs.parameters.values()]).replace(
            "Awaitable[T]", "T"
        ), name
        assert str(ours.return_annotation) == str(theirs.return_annotation).replace("Async", ""), (
            name
        )


def test_the_clients_take_the_same_options() -> None:
    assert inspect.signature(SinchClient) == inspect.signature(AsyncSinchClient)


def test_every_class_with_an_async_twin_is_compared() -> None:
    compared = {pair[1] for pair in PAIRS}
    modules = (applications, callouts, calls, conferences, sms, verification)
    twins = {
        value
        for module in modules
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and name.startswith("Async")
        and value.__module__ == module.__name__
    }

    assert twins <= compared


def test_every_network_verb_of_the_asyncio_side_is_a_coroutine() -> None:
    for blocking, asynchronous in PAIRS:
        for name, member in surface(asynchronous).items():
            if inspect.isfunction(member) and inspect.iscoroutinefunction(member):
                assert not inspect.iscoroutinefunction(surface(blocking)[name])
