"""``sinch sandbox``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sinch.cli.output import Output
from sinch.cli.session import with_json

if TYPE_CHECKING:
    from sinch.sandbox import Sandbox


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0 picks a free one.")
@click.option("--key", help="Application key that clients use; made up by default.")
@click.option("--secret", help="Application secret that clients use; made up by default.")
@click.option(
    "--number",
    "numbers",
    multiple=True,
    metavar="+E164",
    help="A number of the account; may be repeated. Default +46700000001.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Anything but loopback opens the sandbox to the network.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A host name clients may use, such as a container's; may be repeated.",
)
@click.option(
    "--callback-url",
    metavar="URL",
    help="Where your app takes callbacks of calls, verifications and incoming SMS.",
)
@click.option(
    "--fallback-url", metavar="URL", help="Where voice callbacks go when --callback-url fails."
)
@click.option(
    "--allow-callback-host",
    "callback_hosts",
    multiple=True,
    metavar="NAME",
    help="Another host that callbacks may go to, besides loopback and those of the two URLs; "
    "may be repeated, * is any.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="KIND[,NAME=VALUE...]",
    help="Something that goes wrong from the start, such as lost-response,match=/v1/sms,times=1; "
    "may be repeated.",
)
@click.option(
    "--state",
    "state_file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Keep messages, verifications, numbers and callback URLs in this file.",
)
@click.option("--quiet", is_flag=True, help="Do not print each request and callback.")
@click.option("--open", "opens", is_flag=True, help="Open the page in a browser.")
@with_json
def sandbox(
    output: Output,
    port: int,
    key: str | None,
    secret: str | None,
    numbers: tuple[str, ...],
    host: str,
    hosts: tuple[str, ...],
    callback_url: str | None,
    fallback_url: str | None,
    callback_hosts: tuple[str, ...],
    faults: tuple[str, ...],
    state_file: str | None,
    quiet: bool,
    opens: bool,
) -> None:
    """Run a local Sinch to develop and test against.

    It plays the phones too: open its address in a browser, or see /_sandbox. Every request and
    callback is printed on one line. Ctrl-C stops it.

    \b
    Examples:
      sinch sandbox --port 8080 --callback-url http://127.0.0.1:8000/sinch --open
      sinch sandbox --quiet --fault lost-response,match=/v1/sms,times=1
    """
    # here, because other commands need no server
    from sinch.sandbox import Sandbox
    from sinch.sandbox.platform.state import DEFAULT_NUMBER
    from sinch.sandbox.storage.state_file import StateFileError

    try:
        made = Sandbox(
            key=key,
            secret=secret,
            port=port,
            numbers=numbers or (DEFAULT_NUMBER,),
            host=host,
            hosts=hosts,
            callback_url=callback_url,
            fallback_url=fallback_url,
            callback_hosts=callback_hosts,
            state_file=state_file,
        )
        made.add_faults(*faults)
    except StateFileError as problem:
        raise click.ClickException(f"{problem}.") from None
    except ValueError as problem:
        raise click.UsageError(f"{problem}.") from None

    def ready(running: Sandbox) -> None:
        _start_screen(output, running, callback_url, hides_secret=secret is not None, quiet=quiet)
        if not quiet:
            from sinch.cli.request_lines import watcher

            running.state.events.watch(watcher(output))
        if opens:
            click.launch(running.url)

    try:
        made.serve(ready)
    except StateFileError as problem:
        raise click.ClickException(f"{problem}.") from None
    except OSError as problem:
        raise click.ClickException(
            f"Cannot listen on {host} port {port}: {problem.strerror or problem}."
        ) from None


def _start_screen(
    output: Output, running: Sandbox, callback_url: str | None, *, hides_secret: bool, quiet: bool
) -> None:
    """Where it is, and what to copy; a secret that was given is not repeated."""
    variables = {
        "SINCH_BASE_URL": running.url,
        "SINCH_APPLICATION_KEY": running.application_key,
        **({} if hides_secret else {"SINCH_APPLICATION_SECRET": running.application_secret}),
    }
    if output.as_json:
        output.value({"kind": "ready", "url": running.url, "environment": variables})
        return
    click.echo(f"Sinch sandbox on {click.style(running.url, bold=True)}")
    click.echo(f"Phones, traffic and menus: {running.url}/ (in a browser; --open opens it)\n")
    for name, value in variables.items():
        click.echo(f"export {name}={value}")
    if hides_secret:
        click.echo("# and SINCH_APPLICATION_SECRET, which you gave")
    click.echo(
        f"\nCallbacks go to {callback_url}."
        if callback_url
        else "\nCallbacks go nowhere yet: --callback-url URL, or `sinch callbacks set URL`."
    )
    click.echo("Ctrl-C stops it." if quiet else "Ctrl-C stops it; requests and callbacks follow.\n")
