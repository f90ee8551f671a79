"""``sinch listen``."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

from sinch.cli.output import ExitCode, Failed, printable
from sinch.cli.session import Session, with_session

if TYPE_CHECKING:
    from aiohttp import web

    from sinch.cli.exchange import Exchange
    from sinch.cli.posting import Answered
    from sinch.core.signing import Credentials

_OF_THE_CONNECTION: Final = frozenset(
    [
        "connection",
        "keep-alive",
        "host",
        "content-length",
        "transfer-encoding",
        "upgrade",
        "te",
        "trailer",
        "expect",
        "proxy-connection",
        "accept-encoding",
    ]
)
_MOST: Final = 256 * 1024


@click.command()
@click.option("--forward", metavar="URL", help="Your app, such as http://127.0.0.1:8000/sinch.")
@click.option("--port", type=click.IntRange(0, 65535), default=4242, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--record",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Append every exchange to this file, for `sinch replay`.",
)
@click.option("--count", type=click.IntRange(1), metavar="N", help="Stop after so many callbacks.")
@with_session
def listen(
    session: Session,
    forward: str | None,
    port: int,
    host: str,
    record: Path | None,
    count: int | None,
) -> None:
    """Receive callbacks, show each live, and hand them to your app.

    Every line shows event, call, answer, milliseconds and whether the signature is genuine, with
    what is probably wrong where it is not. Point a tunnel or the sandbox's --callback-url here.
    Where your app lives under another path than was called, what is genuine is signed anew for it;
    what is not goes on unchanged, so that your app can refuse it.

    \b
    Examples:
      sinch listen --forward http://127.0.0.1:8000/sinch --record calls.jsonl
      sinch listen --json --count 1
    """
    from sinch.cli.exchange import Recorder, line_of
    from sinch.cli.posting import check_url

    if forward is not None:
        check_url(forward, "--forward")
    credentials = session.config().credentials
    if credentials is None:
        raise Failed("There is no secret to check signatures with", ExitCode.USAGE)
    recorder = None if record is None else Recorder(record)

    def show(exchange: Exchange) -> None:
        if recorder is not None:
            recorder.add(exchange)
        if session.output.as_json:
            session.output.value(exchange.to_json())
            return
        click.echo(line_of(exchange))
        for hint in exchange.hints:
            click.echo(f"         {click.style('why', fg='yellow')} {printable(hint)}")

    def ready(url: str) -> None:
        if session.output.as_json:
            click.echo(f"listening on {url}", err=True)
            return
        click.secho(f"Listening on {url}", bold=True)
        click.echo(
            f"Forwarding to {forward}"
            if forward
            else "Not forwarding: callbacks are answered {}, which hangs up. Add --forward URL."
        )
        if record is not None:
            click.echo(f"Recording to {record} (numbers and texts included)")

    relay = Relay(credentials, forward, show)
    try:
        asyncio.run(_serve(relay, host, port, ready, count))
    except OSError as problem:
        raise Failed(
            f"Cannot listen on {host} port {port}: {problem.strerror or problem}"
        ) from None
    except KeyboardInterrupt:
        pass
    finally:
        if recorder is not None:
            recorder.close()


class Relay:
    """Takes callbacks, checks and forwards them; ``show`` gets each exchange."""

    def __init__(
        self, credentials: Credentials, forward: str | None, show: Callable[[Exchange], None]
    ) -> None:
        self.credentials = credentials
        self.forward = forward
        self.show = show
        self.seen = asyncio.Semaphore(0)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request as the app does."""
        from aiohttp import web

        from sinch.callbacks.delivery import Delivery
        from sinch.cli.exchange import Exchange
        from sinch.cli.posting import Unanswered
        from sinch.cli.why import explained

        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        delivery = Delivery(request.method, request.raw_path, request.raw_headers, body)
        found, mistakes = await asyncio.to_thread(explained, delivery, self.credentials)
        genuine = found.reason is None
        answered: Answered | None = None
        failure = ""
        if self.forward is not None:
            try:
                answered = await asyncio.to_thread(self._pass_on, request, body, genuine)
            except Unanswered as problem:
                failure = str(problem)
        self.show(
            Exchange(
                at=datetime.now(UTC).isoformat(timespec="milliseconds"),
                method=request.method,
                path=request.raw_path,
                headers=dict(request.headers),
                body=body,
                signature="genuine" if found.reason is None else found.reason.value,
                hints=tuple(f"{mistake.what}; {mistake.cure}" for mistake in mistakes),
                to=self.forward,
                status=None if answered is None else answered.status,
                answer=b"" if answered is None else answered.body,
                failure=failure,
                seconds=0.0 if answered is None else answered.seconds,
            )
        )
        self.seen.release()
        if answered is None:
            return web.Response(
                status=502 if failure else 200, body=b"{}", content_type="application/json"
            )
        response = web.Response(status=answered.status, body=answered.body)
        if answered.content_type:
            response.headers["Content-Type"] = answered.content_type
        return response

    def _pass_on(self, request: web.BaseRequest, body: bytes, genuine: bool) -> Answered:
        from sinch.cli.posting import post
        from sinch.testing.signing import signed_request

        url = self.forward or ""
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in _OF_THE_CONNECTION
        }
        path = urlsplit(url).path or "/"
        if genuine and path != request.raw_path.partition("?")[0]:
            kind = request.headers.get("Content-Type", "application/json; charset=utf-8")
            signed = signed_request(body, path, credentials=self.credentials, content_type=kind)
            names = {name.lower() for name in signed.headers}
            headers = {n: v for n, v in headers.items() if n.lower() not in names}
            headers |= signed.headers
        return post(url, headers, body)


async def _body(request: web.BaseRequest) -> bytes | None:
    """All of it, or None where it is too large."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.content.iter_any():
        size += len(chunk)
        if size > _MOST:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


async def _serve(
    relay: Relay, host: str, port: int, ready: Callable[[str], None], count: int | None
) -> None:
    from aiohttp import web

    runner = web.ServerRunner(web.Server(relay.handle, access_log=None))
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address = runner.addresses[0]
        name = f"[{address[0]}]" if ":" in address[0] else address[0]
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):  # of other systems: Ctrl-C still works
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, stop.set)
        ready(f"http://{name}:{address[1]}")
        stopped = asyncio.create_task(stop.wait())
        if count is None:
            await stopped
            return
        enough = asyncio.create_task(_seen(relay.seen, count))
        await asyncio.wait({stopped, enough}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await runner.cleanup()


async def _seen(semaphore: asyncio.Semaphore, count: int) -> None:
    for _ in range(count):
        await semaphore.acquire()
