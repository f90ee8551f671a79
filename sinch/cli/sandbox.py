"""``sinch sandbox``."""

from __future__ import annotations

import click


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
def sandbox(
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
) -> None:
    """Run a local Sinch to develop and test against.

    It plays the phones too: open its address in a browser, or see /_sandbox. Ctrl-C stops it.
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
        lines = [f"Sinch sandbox on {running.url}"]
        if key is None:
            lines.append(f"SINCH_APPLICATION_KEY={running.application_key}")
        if secret is None:
            lines.append(f"SINCH_APPLICATION_SECRET={running.application_secret}")
        print("\n".join(lines), flush=True)

    try:
        made.serve(ready)
    except StateFileError as problem:
        raise click.ClickException(f"{problem}.") from None
    except OSError as problem:
        raise click.ClickException(
            f"Cannot listen on {host} port {port}: {problem.strerror or problem}."
        ) from None
