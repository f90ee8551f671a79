"""``sinch sandbox``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from sinch.cli.output import Output
from sinch.cli.session import with_json

if TYPE_CHECKING:
    from sinch.sandbox import Sandbox

SECRET: Final = "SINCH_APPLICATION_SECRET"  # noqa: S105 - the name of a variable
TOKEN: Final = "SINCH_API_TOKEN"  # noqa: S105 - as above
WEBHOOK: Final = "SINCH_WEBHOOK_SECRET"


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0 picks a free one.")
@click.option("--key", help="Application key that clients use; made up by default.")
@click.option("--secret", help="Application secret that clients use; made up by default.")
@click.option(
    "--service-plan",
    metavar="ID",
    help="Service plan of the SMS REST API that clients use; made up by default.",
)
@click.option("--token", help="API token of the service plan; made up by default.")
@click.option(
    "--webhook-secret",
    help="What callbacks of the service plan are signed with; made up by default.",
)
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
    help="Where your app takes callbacks: of calls, verifications, SMS and delivery reports.",
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
    help="Keep messages, batches, verifications, numbers and callback URLs in this file.",
)
@click.option("--quiet", is_flag=True, help="Do not print each request and callback.")
@click.option("--open", "opens", is_flag=True, help="Open the page in a browser.")
@with_json
def sandbox(
    output: Output,
    port: int,
    key: str | None,
    secret: str | None,
    service_plan: str | None,
    token: str | None,
    webhook_secret: str | None,
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
            service_plan_id=service_plan,
            api_token=token,
            webhook_secret=webhook_secret,
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
        given = {SECRET: secret, TOKEN: token, WEBHOOK: webhook_secret}
        hidden = [name for name, value in given.items() if value is not None]
        _start_screen(output, running, callback_url, hidden, quiet=quiet)
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
    output: Output, running: Sandbox, callback_url: str | None, hidden: list[str], *, quiet: bool
) -> None:
    """Where it is, and what to copy; a secret that was given is not repeated."""
    variables = {
        "SINCH_BASE_URL": running.url,
        "SINCH_APPLICATION_KEY": running.application_key,
        SECRET: running.application_secret,
        "SINCH_SERVICE_PLAN_ID": running.service_plan_id,
        TOKEN: running.api_token,
        WEBHOOK: running.webhook_secret,
    }
    variables = {name: value for name, value in variables.items() if name not in hidden}
    if output.as_json:
        output.value({"kind": "ready", "url": running.url, "environment": variables})
        return
    click.echo(f"Sinch sandbox on {click.style(running.url, bold=True)}")
    click.echo(f"Phones, traffic and menus: {running.url}/ (in a browser; --open opens it)\n")
    for name, value in variables.items():
        click.echo(f"export {name}={value}")
    for name in hidden:
        click.echo(f"# and {name}, which you gave")
    click.echo(
        f"\nCallbacks go to {callback_url}."
        if callback_url
        else "\nCallbacks go nowhere yet: --callback-url URL, or `sinch callbacks set URL`."
    )
    click.echo("Ctrl-C stops it." if quiet else "Ctrl-C stops it; requests and callbacks follow.\n")
