"""Options for one call, and the whole answer of one call: for every verb of every product."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from typing import Any

import pytest

from sinch import ApiAnswer, RetryPolicy, VerificationMethod, errors
from sinch.core.bound import Bound
from sinch.core.client_base import ClientBase
from sinch.core.signing import Credentials, string_to_sign
from sinch.svaml import Svaml
from sinch_api.operations.calling import list_numbers

from ..conftest import KEY, QUICK, SECRET
from ..test_parity import ASYNC, twins

#: An answer that every result can be read from.
ANYTHING = {
    "messageId": 1, "callId": "c1", "id": "v1", "status": "SUCCESSFUL", "numbers": [],
    "participants": [], "url": {"primary": "https://a.example"}, "number": {"numberType": "Mobile"},
    "type": "mt_text", "to": ["46700000000"], "from": "46700000001", "body": "Hi", "batch_id": "b1", "recipient": "46700000000",
    "number_of_recipients": 1, "number_of_messages": 1, "total_message_count": 1, "statuses": [], "code": 0,
}  # fmt: skip
NUMBER, SMS, SVAML = "+46700000000", VerificationMethod.SMS, Svaml("en-US").manage_call().hangup()
BATCH, PLAN = "01FC66621XXXXX119Z8PMV1QPQ", {"service_plan_id": "plan", "api_token": "token"}
PARTICIPANT = ("mute", "unmute", "hold", "resume", "kick")

Owner = Callable[[Any], Any]
#: Every verb: what it is a method of, given the client; its name; its arguments.
VERBS: list[tuple[Owner, str, tuple[Any, ...]]] = [
    (lambda s: s, "send", (list_numbers(),)),
    (lambda s: s.sms(NUMBER, "Hi"), "send", ()),
    (lambda s: s.sms, "get_status", ("1",)),
    (lambda s: s.verification(NUMBER), "initiate", (SMS,)),
    (lambda s: s.verification(NUMBER, code="1"), "report", (SMS,)),
    (lambda s: s.verification(id="v1"), "get", ()),
    (lambda s: s.verification(id="v1"), "wait", ()),
    (lambda s: s.callouts.tts(NUMBER, "Hi"), "call", ()),
    (lambda s: s.calls("c1"), "get", ()),
    (lambda s: s.calls("c1"), "update", (SVAML,)),
    (lambda s: s.calls("c1"), "send", (list_numbers(),)),
    (lambda s: s.calls("c1").leg("caller"), "update", (SVAML,)),
    (lambda s: s.conferences("r"), "get", ()),
    (lambda s: s.conferences("r"), "end", ()),
    *((lambda s: s.conferences("r").participant("c1"), name, ()) for name in PARTICIPANT),
    (lambda s: s.applications, "numbers", ()),
    (lambda s: s.applications, "assign", (NUMBER,)),
    (lambda s: s.applications, "unassign", (NUMBER,)),
    (lambda s: s.applications, "callbacks", ()),
    (lambda s: s.applications, "update_callbacks", ("https://a.example/cb",)),
    (lambda s: s.applications, "query_number", (NUMBER,)),
    (lambda s: s.messages(NUMBER, "Hi"), "send", ()),
    (lambda s: s.messages(NUMBER, "Hi"), "dry_run", ()),
    (lambda s: s.messages, "dry_run", (NUMBER, "Hi")),
    (lambda s: s.messages, "get", (BATCH,)),
    (lambda s: s.messages, "cancel", (BATCH,)),
    (lambda s: s.messages, "update", (BATCH,)),
    (lambda s: s.messages, "batch_report", (BATCH,)),
    (lambda s: s.messages, "report", (BATCH, NUMBER)),
    (lambda s: s.messages, "get_inbound", (BATCH,)),
]
KEYWORDS = {("Messages", "update"): {"text": "Hello"}}
#: After a failure these look for their client reference, which is another request: see their tests.
SEARCHING = {("Messages", "send_once"), ("MessagesDraft", "send_once")}
each_verb = pytest.mark.parametrize(
    ("owner", "name", "arguments"),
    VERBS,
    ids=[f"{n}-{verb}" for n, (_, verb, _) in enumerate(VERBS)],
)


def test_the_table_holds_every_verb(make_client) -> None:
    sinch = make_client(**PLAN)
    tabled = {(type(owner(sinch)).__name__.removeprefix("Async"), name) for owner, name, _ in VERBS}
    verbs = {
        (blocking.__name__, name)
        for blocking, asynchronous in map(twins, ASYNC)
        if issubclass(asynchronous, Bound | ClientBase)
        for name, member in inspect.getmembers(asynchronous, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    run_others = {("SinchClient", name) for name in ("close", "run", "raw")}

    always = {("SinchClient", "send")}
    assert tabled | always == (verbs - run_others - SEARCHING) | always


@each_verb
async def test_each_verb_takes_options_and_gives_its_whole_answer(
    owner, name, arguments, peer, make_client, settle
) -> None:
    peer.answers(ANYTHING, status=500)
    peer.answers(ANYTHING, status=201, headers={"X-Request-Id": "r1"})
    sinch = make_client(base_url=peer.url, **PLAN).with_options(
        headers={"X-Tenant": "7"}, retry=ONCE_MORE
    )
    thing = owner(sinch)
    keywords = KEYWORDS.get((type(thing).__name__.removeprefix("Async"), name), {})

    attempts = 2
    try:
        answer = await settle(sinch.raw(getattr(thing, name), *arguments, **keywords))
    except errors.ServerError:  # one that is not repeated by itself
        attempts = 1
        answer = await settle(sinch.raw(getattr(thing, name), *arguments, **keywords))
    plain = await settle(getattr(thing, name)(*arguments, **keywords))

    assert isinstance(answer, ApiAnswer)
    assert answer.value == plain
    assert (answer.status, answer.headers["x-request-id"]) == (201, "r1")
    assert b'"messageId"' in answer.body
    assert (answer.attempts, len(peer.seen)) == (attempts, 3)
    assert {request.headers["x-tenant"] for request in peer.seen} == {"7"}


ONCE_MORE = RetryPolicy(attempts=2, initial_delay=0, max_delay=0)


async def test_the_attempts_are_counted(peer, make_client, settle) -> None:
    for _ in range(QUICK.attempts - 1):
        peer.answers({}, status=500)
    peer.answers(ANYTHING)
    sinch = make_client(base_url=peer.url)

    assert (await settle(sinch.raw(sinch.sms.get_status, "1"))).attempts == QUICK.attempts


async def test_an_error_is_raised_as_by_the_verb_itself(peer, make_client, settle) -> None:
    peer.answers({"errorCode": 40400}, status=404)
    sinch = make_client(base_url=peer.url)

    with pytest.raises(errors.NotFound):
        await settle(sinch.raw(sinch.sms.get_status, message_id="1"))


async def test_what_is_no_verb_of_this_client_is_refused(make_client, settle) -> None:
    sinch, other = make_client(), make_client()
    draft = sinch.sms(NUMBER, "Hi")

    for wrong in (None, draft, draft.operation, other.sms(NUMBER, "Hi").send, lambda: None, print):
        with pytest.raises(errors.InvalidArgumentError, match=r"^verb must be"):
            await settle(sinch.raw(wrong))
    draft.operation()
    other.sms(NUMBER, "Hi").operation()


# --- options --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", [lambda s, **o: s.with_options(**o).sms, lambda s, **o: s.sms.with_options(**o)]
)
async def test_a_timeout_of_one_call(place, peer, make_client, settle) -> None:
    peer.stays_silent()
    sinch = make_client(base_url=peer.url)
    started = time.monotonic()

    with pytest.raises(errors.TimedOut):
        await settle(place(sinch, timeout=0.2, retry=RetryPolicy.none()).get_status("1"))

    assert time.monotonic() - started < 5  # the client's own is 20 seconds
    assert len(peer.seen) == 1
    assert sinch.config.timeout.total == 30


async def test_options_add_up_and_a_draft_keeps_them(peer, make_client, settle) -> None:
    peer.answers(ANYTHING)
    sinch = make_client(base_url=peer.url).with_options(timeout=7, headers={"X-A": "1"})
    draft = sinch.sms(NUMBER, "Hi").with_options(headers={"x-b": "2"}).with_cli("Shop")

    await settle(draft.with_options(retry=RetryPolicy.none()).send())
    await settle(sinch.sms(NUMBER, "Hi").send())

    first, second = (request.headers for request in peer.seen)
    assert (first["x-a"], first["x-b"]) == ("1", "2")
    assert second["x-a"] == "1"
    assert "x-b" not in second
    assert sinch.with_options(retry=RetryPolicy.none()).config.timeout.total == 7


async def test_a_timeout_of_one_call_covers_its_retries(peer, make_client, settle) -> None:
    peer.answers({}, status=429, headers={"Retry-After": "8"})
    sinch = make_client(base_url=peer.url, timeout=20)
    started = time.monotonic()

    with pytest.raises(errors.RateLimited):
        await settle(sinch.sms(NUMBER, "Hi").with_options(timeout=1).send())

    assert time.monotonic() - started < 5
    assert sinch.with_options(timeout=1).context.retry.deadline == 1
    assert sinch.with_options(headers={"X-A": "b"}).context.retry.deadline == 20
    own = sinch.with_options(timeout=1, retry=RetryPolicy(deadline=3))
    assert (own.context.retry.deadline, own.config.timeout.total) == (3, 1)


async def test_what_goes_out_is_signed_all_the_same(peer, make_client, settle) -> None:
    peer.answers(ANYTHING)
    sinch = make_client(base_url=peer.url)

    await settle(sinch.sms(NUMBER, "Hi").with_options(headers={"X-Tenant": "7"}).send())

    (seen,) = peer.seen
    text = string_to_sign(
        "POST", seen.target, seen.body, seen.headers["content-type"], seen.headers["x-timestamp"]
    )
    assert seen.headers["authorization"].endswith(":" + Credentials(KEY, SECRET).sign(text))


async def test_a_header_of_yours_replaces_that_of_the_draft_whatever_its_case(
    peer, make_client, settle
) -> None:
    peer.answers(ANYTHING)
    sinch = make_client(base_url=peer.url)
    draft = sinch.verification(NUMBER).with_language("es-ES")

    await settle(draft.with_options(headers={"ACCEPT-LANGUAGE": "fr-FR"}).initiate(SMS))

    assert peer.seen[0].raw.lower().count(b"accept-language") == 1
    assert peer.seen[0].headers["accept-language"] == "fr-FR"


@pytest.mark.parametrize(
    "headers",
    [
        *({name: "x"} for name in (
            "Authorization", "X-Timestamp", "content-type", "Content-Length", "HOST", "Accept",
            "accept-encoding", "Transfer-Encoding", "Connection", "User-Agent", "Expect", "Cookie",
        )),
        {"X A": "x"}, {"": "x"}, {"X-A": "a\r\nX-B: b"}, {"X-A": ""}, {"X-A": 7}, {7: "x"}, "X-A: b", ["X-A"],
    ],
    ids=str,
)  # fmt: skip
def test_headers_that_would_break_the_request_are_refused(headers, make_client) -> None:
    with pytest.raises(errors.ConfigurationError) as refused:
        make_client().with_options(headers=headers)

    assert refused.value.argument == "headers"


@pytest.mark.parametrize("options", [{"timeout": 0}, {"timeout": "2"}, {"retry": 3}], ids=str)
def test_options_are_checked_like_those_of_a_client(options, make_client) -> None:
    with pytest.raises(errors.ConfigurationError, match=next(iter(options))):
        make_client().sms.with_options(**options)


async def test_connections_are_shared_and_belong_to_the_first_client(
    peer, make_client, settle
) -> None:
    peer.answers(ANYTHING)
    sinch = make_client(base_url=peer.url)
    quick = sinch.with_options(timeout=2)

    await settle(sinch.sms.get_status("1"))
    await settle(quick.sms.get_status("1"))
    await settle(quick.close())
    await settle(sinch.sms.get_status("1"))
    assert peer.connections == 1

    await settle(sinch.close())
    with pytest.raises(errors.ClientStateError):
        await settle(quick.sms.get_status("1"))


def test_a_client_of_yours_keeps_what_it_adds(make_client) -> None:
    sinch = make_client()

    class Shop(type(sinch)):
        def __init__(self) -> None:
            super().__init__(KEY, SECRET)
            self.shop = "Main Street"

    shop = Shop()
    used_before = shop.sms
    twin = shop.with_options(timeout=1)

    assert type(twin) is Shop
    assert twin.shop == "Main Street"
    assert twin.sms is not used_before  # which sends with the options of the first client
    assert shop.sms is used_before
