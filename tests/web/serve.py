"""One framework under its real server, in a process of its own: ``serve.py NAME SOCKET``."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import socket
import sys
import threading
import time
from typing import Any

from sinch.callbacks import (
    CallbackContext,
    CallbackRouter,
    CallbackVerifier,
    IceEvent,
    MemorySeenStore,
    MessagesVerifier,
    RecipientReportSms,
)
from sinch.svaml import Svaml

KEY = "669E367E-6BBA-48AB-AF15-266871C28135"
SECRET = "BeIukql3pTKJ8RGL5zo0DA=="
MESSAGES_SECRET = "SMSWebhooksSecret"
OTHER_KEY = "5F5C418A-0F91-4BBC-8234-A9BF5EDDAD97"
OTHER_SECRET = "JViE5vDor0Sw3WllZka15Q=="


def with_handlers(router: CallbackRouter) -> CallbackRouter:
    @router.ice
    def incoming(event: IceEvent, svaml: Svaml) -> object:
        if event.call_id == "boom":
            raise RuntimeError("the handler broke")
        if event.call_id.startswith("slow"):
            time.sleep(0.05)
        return svaml.ice().say(event.call_id).hangup()

    return router


def with_context(router: CallbackRouter, *, asynchronous: bool = False) -> CallbackRouter:
    """Answers with what it is told about the request."""

    def told(context: CallbackContext) -> dict[str, object]:
        return {
            "application_key": context.application_key,
            "tenant": context.headers["X-CB-Tenant"],
            "path": context.path,
            "query": dict(context.query),
            "body": hashlib.sha256(context.body).hexdigest(),
            "received_at": context.received_at.isoformat(),
        }

    if asynchronous:

        @router.ice
        async def incoming(event: IceEvent, request: CallbackContext) -> dict[str, object]:
            await asyncio.sleep(0)
            return told(request)

    else:

        @router.ice
        def answer(event: IceEvent, context: CallbackContext) -> dict[str, object]:
            return told(context)

    return router


def routers(plain: CallbackRouter | None = None) -> dict[str, CallbackRouter]:
    verifier = CallbackVerifier(KEY, SECRET)
    plain = with_handlers(plain or CallbackRouter(verifier, svaml=Svaml()))
    stripped = CallbackVerifier(KEY, SECRET, public_path_prefix="/public")
    remembering = CallbackVerifier(KEY, SECRET, seen=MemorySeenStore())
    asynchronous = CallbackRouter(verifier, svaml=Svaml())

    @asynchronous.ice
    async def incoming(event: IceEvent, svaml: Svaml) -> object:
        await asyncio.sleep(0.01)
        return svaml.ice().say(event.call_id).hangup()

    both = CallbackVerifier({KEY: SECRET, OTHER_KEY: OTHER_SECRET})
    patient = CallbackRouter(CallbackVerifier(KEY, SECRET, seen=MemorySeenStore()))

    @patient.ice
    async def lingering(event: IceEvent) -> object:
        print(f"the handler has {event.call_id}", file=sys.stderr, flush=True)
        await asyncio.sleep(0.5)
        return {"action": {"name": "hangup"}}

    texts = CallbackRouter(
        verifier, messages=MessagesVerifier(MESSAGES_SECRET, basic=("sinch", "pass word"))
    )

    @texts.recipient_report
    def told(event: RecipientReportSms) -> None:
        if event.recipient == "+46700000666":
            raise RuntimeError("the handler broke")

    @texts.ice
    def hang_up(event: IceEvent) -> object:
        return {"action": {"name": "hangup"}}

    return {
        "/texts": texts,
        "/sinch/callbacks": plain,
        "/sinch/slash/": plain,
        "/sinch/café": plain,
        "/stripped": with_handlers(CallbackRouter(stripped, svaml=Svaml())),
        "/seen": with_handlers(CallbackRouter(remembering, svaml=Svaml())),
        "/async": asynchronous,
        "/lingering": patient,
        "/context": with_context(CallbackRouter(both)),
        "/context/async": with_context(CallbackRouter(both), asynchronous=True),
        "/mounted/inner": plain,
    }


# --- applications ---------------------------------------------------------------------------------


def django_urls() -> list[Any]:
    from django.urls import include, path

    from sinch.web.django import async_callback_view, callback_router, callback_view

    urls = []
    for number, (where, router) in enumerate(routers(callback_router(svaml=Svaml())).items()):
        # a plain view and an async one must do the same
        make = async_callback_view if number % 2 and where != "/seen" else callback_view
        if where == "/mounted/inner":
            urls.append(path("mounted/", include([path("inner", make(router))])))
        else:
            urls.append(path(where[1:], make(router)))
    return urls


def anonymous(get_response: Any) -> Any:
    """Everybody is a stranger; stands for sessions and AuthenticationMiddleware."""
    from django.contrib.auth.models import AnonymousUser
    from django.utils.deprecation import MiddlewareMixin

    class Anonymous(MiddlewareMixin):
        def process_request(self, request: Any) -> None:
            request.user = AnonymousUser()

    return Anonymous(get_response)


anonymous.sync_capable = anonymous.async_capable = True  # type: ignore[attr-defined]


def configure_django() -> None:
    import django
    from django.conf import settings

    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="x",
        ROOT_URLCONF=type("Urls", (), {"urlpatterns": django_urls()}),
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "sinch.web.django.SinchConfig",
        ],
        MIDDLEWARE=[
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            f"{__name__}.anonymous",
            "django.contrib.auth.middleware.LoginRequiredMiddleware",
        ],
        SINCH={"APPLICATION_KEY": KEY, "APPLICATION_SECRET": SECRET},
    )
    django.setup()


def django_wsgi() -> Any:
    configure_django()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def django_asgi() -> Any:
    configure_django()
    from django.core.asgi import get_asgi_application

    return get_asgi_application()


def starlette_routes() -> list[Any]:
    from starlette.routing import Mount

    from sinch.web.starlette import callback_route

    found = routers()
    inner = found.pop("/mounted/inner")
    routes = [callback_route(path, router, name=path) for path, router in found.items()]
    return [*routes, Mount("/mounted", routes=[callback_route("/inner", inner)])]


def starlette_asgi() -> Any:
    from starlette.applications import Starlette

    return Starlette(routes=starlette_routes())


def fastapi_asgi() -> Any:
    from fastapi import Depends, FastAPI, HTTPException

    from sinch.web.starlette import callback_route, reply_response, verified_event

    app = FastAPI()
    found = routers()
    sub = FastAPI()
    sub.router.routes.append(callback_route("/inner", found.pop("/mounted/inner")))
    app.mount("/mounted", sub)
    for path, router in found.items():
        app.router.routes.append(callback_route(path, router))
    verified = verified_event(CallbackVerifier(KEY, SECRET))

    @app.post("/dependency")
    async def incoming(event: Any = Depends(verified)) -> Any:  # noqa: B008
        match event:
            case IceEvent():
                return reply_response(Svaml().ice().say(event.call_id).hangup())
        return {}

    once = verified_event(CallbackVerifier(KEY, SECRET, seen=MemorySeenStore()))

    @app.post("/dependency/seen")
    async def fragile(event: Any = Depends(once)) -> Any:  # noqa: B008
        if event.call_id == "boom":
            raise RuntimeError("the endpoint broke")
        if event.call_id == "gone":
            raise HTTPException(410)
        return {}

    return app


def flask_wsgi() -> Any:
    from flask import Flask

    from sinch.web.flask import callback_blueprint, callback_view

    app = Flask(__name__)
    found = routers()
    inner = callback_blueprint("/inner", found.pop("/mounted/inner"))
    app.register_blueprint(inner, url_prefix="/mounted")
    for number, (path, router) in enumerate(found.items()):
        app.add_url_rule(path, view_func=callback_view(router, name=f"sinch_{number}"))
    return app


def aiohttp_app() -> Any:
    from aiohttp import web

    from sinch.web.aiohttp import callback_routes

    app, sub = web.Application(), web.Application()
    found = routers()
    sub.add_routes(callback_routes("/inner", found.pop("/mounted/inner")))
    for path, router in found.items():
        app.add_routes(callback_routes(path, router))
    app.add_subapp("/mounted", sub)
    return app


# --- servers --------------------------------------------------------------------------------------


def gunicorn(app: Any, listening: socket.socket) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            self.cfg.set("bind", f"fd://{listening.fileno()}")
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("threads", 8)
            self.cfg.set("graceful_timeout", 1)
            if "control_socket_disable" in self.cfg.settings:  # newer ones make a file elsewhere
                self.cfg.set("control_socket_disable", True)

        def load(self) -> Any:
            return app

    Server().run()


def wsgiref(app: Any, listening: socket.socket) -> None:
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Threaded(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    server = Threaded(listening.getsockname(), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = listening.getsockname()
    server.setup_environ()
    server.set_app(app)
    server.serve_forever()


def werkzeug(app: Any, listening: socket.socket) -> None:
    from werkzeug.serving import make_server

    make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno()).serve_forever()


def uvicorn(app: Any, listening: socket.socket) -> None:
    import uvicorn as package

    config = package.Config(app, lifespan="off", log_level="warning", timeout_graceful_shutdown=1)
    package.Server(config).run(sockets=[listening])


def hypercorn(app: Any, listening: socket.socket) -> None:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    config = Config()
    config.bind = [f"fd://{listening.fileno()}"]
    config.graceful_timeout = 1
    asyncio.run(serve(app, config))


def aiohttp(app: Any, listening: socket.socket) -> None:
    from aiohttp import web

    web.run_app(app, sock=listening, print=None, shutdown_timeout=1)


SERVERS = {
    "django-gunicorn": (django_wsgi, gunicorn),
    "django-wsgiref": (django_wsgi, wsgiref),
    "django-uvicorn": (django_asgi, uvicorn),
    "starlette-uvicorn": (starlette_asgi, uvicorn),
    "fastapi-hypercorn": (fastapi_asgi, hypercorn),
    "aiohttp": (aiohttp_app, aiohttp),
    "flask-werkzeug": (flask_wsgi, werkzeug),
    "flask-gunicorn": (flask_wsgi, gunicorn),
}


def leave_with_parent() -> None:
    """End when the tests do, however they end: they hold the other end of our input."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    logging.basicConfig()
    threading.Thread(target=leave_with_parent, daemon=True).start()
    make_app, run = SERVERS[sys.argv[1]]
    run(make_app(), socket.socket(fileno=int(sys.argv[2])))
