"""``sinch callbacks``."""

from __future__ import annotations

import click

from sinch.cli.output import wire_of
from sinch.cli.session import Session, with_session

app_option = click.option(
    "--app", "application_key", metavar="KEY", help="Another application of the same account."
)


@click.group()
def callbacks() -> None:
    """See or set where Sinch sends the callbacks of calls."""


@callbacks.command()
@app_option
@with_session
def show(session: Session, application_key: str | None) -> None:
    """Show where callbacks of calls go.

    \b
    Example:
      sinch callbacks show
    """
    with session.client() as client:
        found = client.applications.callbacks(application_key=application_key)
    session.output.fields(wire_of(found))


@callbacks.command("set")
@click.argument("url")
@click.option("--fallback", metavar="URL", help="Where they go when the first does not answer.")
@app_option
@with_session
def set_(session: Session, url: str, fallback: str | None, application_key: str | None) -> None:
    """Send callbacks of calls to URL from now on.

    \b
    Example:
      sinch callbacks set https://example.com/sinch --fallback https://example.org/sinch
    """
    with session.client() as client:
        client.applications.update_callbacks(url, fallback, application_key=application_key)
    session.output.done(f"Callbacks go to {url}.", primary=url, fallback=fallback)
