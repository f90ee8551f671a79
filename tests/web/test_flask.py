"""What the Flask adapter does beyond the contract."""

from __future__ import annotations

from typing import Any

import flask
import pytest

from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.errors import ConfigurationError
from sinch.web import flask as adapter
from sinch.web.flask import callback_blueprint, callback_view


@pytest.fixture
def router(key, secret) -> CallbackRouter:
    return CallbackRouter(CallbackVerifier(key, secret))


def post(app: flask.Flask, body: bytes, headers: Any, path: str = "/sinch", **environ: Any) -> Any:
    overrides = {"environ_overrides": environ}
    return app.test_client().post(path, data=body, headers=headers, **overrides)


@pytest.fixture
def app(router) -> flask.Flask:
    app = flask.Flask(__name__)
    app.add_url_rule("/sinch", view_func=callback_view(router))
    return app


def test_handlers_have_flask_s_context(app, router, ice, signed):
    seen: list[str] = []
    router.ice(lambda event: seen.append(flask.request.path))
    assert post(app, ice(), signed("/sinch", ice())).status_code == 200
    assert seen == ["/sinch"]


def test_async_handlers_have_it_too(app, router, ice, signed):
    seen: list[str] = []

    @router.ice
    async def incoming(event):
        seen.append(flask.request.path)

    assert post(app, ice(), signed("/sinch", ice())).status_code == 200
    assert seen == ["/sinch"]


def test_async_handlers_need_the_extra(app, router, ice, signed, monkeypatch):
    @router.ice
    async def incoming(event): ...

    monkeypatch.setattr(adapter, "find_spec", lambda name: None)
    app.testing = True
    with pytest.raises(ConfigurationError, match=r"flask\[async\]"):
        post(app, ice(), signed("/sinch", ice()))


def test_several_views_need_names(app, router):
    with pytest.raises(AssertionError):
        app.add_url_rule("/other", view_func=callback_view(router))
    app.add_url_rule("/other", view_func=callback_view(router, name="other"))


def test_a_blueprint_with_a_prefix(router, ice, signed):
    app = flask.Flask(__name__)
    app.register_blueprint(callback_blueprint("/sinch", router), url_prefix="/hooks")
    assert post(app, ice(), signed("/hooks/sinch", ice()), "/hooks/sinch").status_code == 200


def test_a_body_that_was_read_before_is_there_still(app, ice, signed):
    app.before_request(lambda: flask.request.get_data() and None)
    assert post(app, ice(), signed("/sinch", ice())).status_code == 200


def test_a_lower_limit_of_the_application_holds(app, ice, signed):
    app.config["MAX_CONTENT_LENGTH"] = 10
    assert post(app, ice(), signed("/sinch", ice())).status_code == 413


def test_the_prefix_of_a_proxy_that_flask_knows(app, ice, signed):
    from werkzeug.middleware.proxy_fix import ProxyFix

    app.wsgi_app = ProxyFix(app.wsgi_app, x_prefix=1)  # type: ignore[method-assign]
    headers = [*signed("/public/sinch", ice()), ("X-Forwarded-Prefix", "/public")]
    assert post(app, ice(), headers).status_code == 200


@pytest.mark.parametrize(("prefix", "signed_path"), [("/sinch", "/sinch/sinch"), ("", "/sinch")])
def test_a_prefix_of_the_same_name_as_the_route(app, ice, signed, prefix, signed_path):
    from werkzeug.middleware.proxy_fix import ProxyFix

    app.wsgi_app = ProxyFix(app.wsgi_app, x_prefix=1)  # type: ignore[method-assign]
    headers = [*signed(signed_path, ice()), ("X-Forwarded-Prefix", prefix)]
    assert post(app, ice(), headers, RAW_URI="/sinch").status_code == 200
