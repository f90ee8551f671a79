"""Callbacks in Flask (the extra ``flask``).

.. code-block:: python

    app.add_url_rule("/sinch", view_func=callback_view(router))
    app.register_blueprint(callback_blueprint("/sinch", router))
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeAlias

from flask import Blueprint, Response, current_app, request

from sinch.callbacks import CallbackAnswer, CallbackRouter, Delivery
from sinch.errors import ConfigurationError
from sinch.web import http

View: TypeAlias = Callable[[], Response]


def callback_view(router: CallbackRouter, *, name: str = "sinch_callback") -> View:
    """Make a view function for ``app.add_url_rule(path, view_func=...)``; it brings its methods.

    ``name`` is the endpoint, and must differ when one application has several. Plain handlers run
    as they are. ``async`` ones need Flask's extra ``async``, and run in an event loop that lasts
    for one request; without the extra they are a :class:`~sinch.errors.ConfigurationError`.
    """
    http.check_router(router)

    def view() -> Response:
        answer = http.finish(_answer(router), request.method)
        return Response(answer.body, answer.status, dict(answer.headers))

    view.__name__ = view.__qualname__ = name
    # read by add_url_rule: every method arrives here, OPTIONS too
    settings: Any = view
    settings.methods = http.METHODS
    settings.provide_automatic_options = False
    return view


def callback_blueprint(path: str, router: CallbackRouter, *, name: str = "sinch") -> Blueprint:
    """Make a blueprint with the callbacks at ``path``; ``url_prefix`` goes in front as usual."""
    blueprint = Blueprint(name, __name__)
    blueprint.add_url_rule(path, view_func=callback_view(router))
    return blueprint


def _answer(router: CallbackRouter) -> CallbackAnswer:
    environ = request.environ
    early = http.wsgi_refusal(environ, router.max_body)
    if early is not None:
        return early
    delivery = Delivery(
        request.method,
        http.wsgi_path(environ),
        http.wsgi_headers(environ),
        _body(router.max_body),
        query=http.wsgi_query(environ),
    )
    if not router.has_async_handlers:
        return router.dispatch(delivery)
    if find_spec("asgiref") is None:
        raise ConfigurationError(
            "a callback handler is asynchronous: pip install 'flask[async]', or make it a plain "
            "function"
        )
    answer: CallbackAnswer = current_app.ensure_sync(router.dispatch_async)(delivery)
    return answer


def _body(max_body: int) -> bytes:
    if request.content_length is not None:
        return request.get_data()  # the length was checked; this way others can have it too
    body = http.read_body(request.stream.read, max_body)
    return body or request.get_data()  # something in front may have read it, and then kept it
