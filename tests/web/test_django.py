"""What the Django adapter offers beyond the contract: views and signals."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import iscoroutinefunction
from django.db import connection, transaction
from django.test import AsyncRequestFactory, RequestFactory, override_settings

from sinch.callbacks import CallbackRouter, IceEvent
from sinch.errors import ConfigurationError
from sinch.web.django import (
    async_callback_view,
    callback_received,
    callback_router,
    callback_view,
    dice_received,
    ice_received,
)

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
OTHER_SECRET = "JViE5vDor0Sw3WllZka15Q=="
BOTH = {"APPLICATION_KEY": KEY, "APPLICATION_SECRET": SECRET}

pytestmark = pytest.mark.usefixtures("sinch_settings")


@pytest.fixture
def router() -> CallbackRouter:
    return callback_router()


class TestViews:
    def test_it_is_async_when_a_handler_is(self, router):
        assert not iscoroutinefunction(callback_view(router))
        assert iscoroutinefunction(async_callback_view(router))

        @router.ice
        async def incoming(event): ...

        assert iscoroutinefunction(callback_view(router))

    @pytest.mark.parametrize("make", [callback_view, async_callback_view])
    def test_it_is_exempt_from_csrf_and_login(self, router, make):
        view = make(router)
        assert view.csrf_exempt is True
        assert view.login_required is False

    @pytest.mark.parametrize("make", [callback_view, async_callback_view])
    def test_under_wsgi(self, router, make, ice, signed, post):
        router.ice(lambda event: {"action": {"name": "hangup"}})
        assert post(make(router), ice(), signed("/sinch", ice())).status_code == 200
        assert post(make(router), ice(), signed("/sinch", b"x")).status_code == 401

    @pytest.mark.parametrize("make", [callback_view, async_callback_view])
    async def test_under_asgi(self, router, make, ice, signed, apost):
        router.ice(lambda event: {"action": {"name": "hangup"}})
        assert (await apost(make(router), ice(), signed("/sinch", ice()))).status_code == 200
        assert (await apost(make(router), ice(), signed("/sinch", b"x"))).status_code == 401

    def test_an_async_handler_may_come_later(self, router, ice, signed, post):
        view = callback_view(router)
        seen = []

        @router.ice
        async def incoming(event):
            seen.append(event.call_id)

        assert post(view, ice(), signed("/sinch", ice())).status_code == 200
        assert seen == ["call-1"]

    def test_plain_handlers_of_an_async_view_share_the_thread_of_the_database(
        self, router, ice, signed, post
    ):
        seen = []
        router.ice(lambda event: seen.append(threading.current_thread()))
        post(async_callback_view(router), ice(), signed("/sinch", ice()))
        assert seen == [threading.main_thread()]

    def test_force_script_name_is_part_of_the_signed_path(self, router, ice, signed):
        with override_settings(FORCE_SCRIPT_NAME="/public"):
            request = RequestFactory().generic(
                "POST", "/sinch", ice(), **_environ(signed("/public/sinch", ice()))
            )
            assert callback_view(router)(request).status_code == 200

    @pytest.mark.parametrize("raw", [None, "/sinch", "/%73inch"])
    def test_force_script_name_may_be_the_name_of_the_route(self, router, ice, signed, raw):
        """The proxy gives "/sinch" of "/sinch/sinch" to a program that has the route "sinch"."""
        spelled = f"/sinch{raw or '/sinch'}"
        with override_settings(FORCE_SCRIPT_NAME="/sinch"):
            request = RequestFactory().generic(
                "POST",
                "/sinch",
                ice(),
                **_environ(signed(spelled, ice())),
                **({"RAW_URI": raw} if raw else {}),
            )
            assert (request.path, request.path_info) == ("/sinch/sinch", "/sinch")
            assert callback_view(router)(request).status_code == 200

    @pytest.mark.parametrize(("raw", "inner"), [("/sinch", ""), ("/sinch/sinch", "/sinch")])
    async def test_under_asgi_django_takes_the_prefix_off(self, router, ice, signed, raw, inner):
        with override_settings(FORCE_SCRIPT_NAME="/sinch"):
            content_type, *others = signed(raw, ice())
            request = AsyncRequestFactory().generic(
                "POST", raw, ice(), content_type[1], headers=dict(others)
            )
            assert request.path_info == inner
            assert (await async_callback_view(router)(request)).status_code == 200

    def test_a_body_that_was_kept_is_used(self, router, ice, signed):
        request = RequestFactory().generic(
            "POST", "/sinch", ice(), **_environ(signed("/sinch", ice()))
        )
        assert request.body
        assert callback_view(router)(request).status_code == 200

    def test_a_body_that_was_consumed_is_a_configuration_error(self, router, ice, signed):
        request = RequestFactory().generic(
            "POST", "/sinch", ice(), **_environ(signed("/sinch", ice()))
        )
        request.read()
        with pytest.raises(ConfigurationError, match="was read before"):
            callback_view(router)(request)

    def test_the_body_is_left_for_error_reports(self, router, ice, signed):
        request = RequestFactory().generic(
            "POST", "/sinch", ice(), **_environ(signed("/sinch", ice()))
        )
        callback_view(router)(request)
        assert request.body == ice()

    @override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
    def test_a_lower_limit_of_django_is_a_413(self, router, ice, signed, post):
        assert post(callback_view(router), ice(), signed("/sinch", ice())).status_code == 413

    async def test_asgi_without_a_length(self, router, ice, signed):
        request = AsyncRequestFactory().generic("POST", "/sinch", ice(), headers=None)
        request.META.pop("CONTENT_LENGTH")
        request.scope["headers"] = [
            (n.lower().encode(), v.encode()) for n, v in signed("/sinch", ice())
        ]
        assert (await async_callback_view(router)(request)).status_code == 200

    @pytest.mark.parametrize("fails", [False, True])
    def test_atomic_requests_roll_back_what_a_broken_handler_wrote(
        self, router, ice, signed, fails, monkeypatch, post
    ):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE calls (id TEXT)")

        @router.ice
        def incoming(event):
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO calls VALUES ('x')")
            if fails:
                raise RuntimeError("broken")

        monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
        try:
            response = post(callback_view(router), ice(), signed("/sinch", ice()))
            with connection.cursor() as cursor:
                written = cursor.execute("SELECT count(*) FROM calls").fetchone()[0]
        finally:
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE calls")
        assert (response.status_code, written) == ((500, 0) if fails else (200, 1))
        assert not transaction.get_connection().in_atomic_block


def _environ(headers: Any) -> dict[str, str]:
    content_type, authorization, timestamp = (value for _, value in headers)
    return {
        "content_type": content_type,
        "HTTP_AUTHORIZATION": authorization,
        "HTTP_X_TIMESTAMP": timestamp,
    }


class TestSignals:
    @pytest.fixture
    def received(self) -> Iterator[list[Any]]:
        got: list[Any] = []

        def receiver(**what: Any) -> None:
            got.append(what)

        for signal in (ice_received, dice_received, callback_received):
            signal.connect(receiver)
        yield got
        for signal in (ice_received, dice_received, callback_received):
            signal.disconnect(receiver)

    @pytest.mark.parametrize("make", [callback_view, async_callback_view])
    def test_each_event_sends_its_own_and_the_common_one(
        self, router, received, make, ice, signed, post
    ):
        post(make(router), ice("c"), signed("/sinch", ice("c")))
        assert [what["signal"] for what in received] == [ice_received, callback_received]
        assert received[0]["event"].call_id == "c"
        assert received[0]["sender"] is IceEvent
        assert received[0]["request"].path == "/sinch"

    def test_what_is_not_verified_sends_none(self, router, received, ice, signed, post):
        post(callback_view(router), ice(), signed("/sinch", b"x"))
        assert received == []

    def test_an_unknown_event_sends_the_common_one(self, router, received, signed, post):
        body = b'{"event":"newEvent"}'
        post(callback_view(router), body, signed("/sinch", body))
        assert [what["signal"] for what in received] == [callback_received]

    def test_a_broken_receiver_changes_nothing(self, router, ice, signed, caplog, post):
        def broken(**_: Any) -> None:
            raise RuntimeError("broken")

        ice_received.connect(broken)
        try:
            response = post(callback_view(router), ice(), signed("/sinch", ice()))
        finally:
            ice_received.disconnect(broken)
        assert response.status_code == 200
        assert "broken" in caplog.text
