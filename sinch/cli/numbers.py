"""``sinch numbers``."""

from __future__ import annotations

import click

from sinch.cli.output import wire_of
from sinch.cli.session import Session, with_session

app_option = click.option(
    "--app", "application_key", metavar="KEY", help="Another application of the same account."
)
capability_option = click.option(
    "--for", "capability", type=click.Choice(["voice", "sms"]), help="For calls or for messages."
)


@click.group()
def numbers() -> None:
    """List the numbers of the account, assign them, look one up."""


@numbers.command("list")
@with_session
def list_(session: Session) -> None:
    """List the numbers of the account, and the application of each.

    \b
    Example:
      sinch numbers list --json
    """
    with session.client() as client:
        found = client.applications.numbers()
    session.output.rows([wire_of(number) for number in found], "The account has no numbers.")


@numbers.command()
@click.argument("number", nargs=-1, required=True)
@capability_option
@app_option
@with_session
def assign(
    session: Session, number: tuple[str, ...], capability: str | None, application_key: str | None
) -> None:
    """Assign one or more numbers of the account to the application.

    \b
    Example:
      sinch numbers assign +46700000001 +46700000002 --for voice
    """
    with session.client() as client:
        client.applications.assign(number, application_key=application_key, capability=capability)
    session.output.done(f"Assigned {', '.join(number)}.", numbers=list(number))


@numbers.command()
@click.argument("number")
@capability_option
@app_option
@with_session
def unassign(
    session: Session, number: str, capability: str | None, application_key: str | None
) -> None:
    """Take a number away from the application.

    \b
    Example:
      sinch numbers unassign +46700000001
    """
    with session.client() as client:
        client.applications.unassign(number, application_key=application_key, capability=capability)
    session.output.done(f"Unassigned {number}.", numbers=[number])


@numbers.command()
@click.argument("number")
@with_session
def query(session: Session, number: str) -> None:
    """Say country, kind and price of any number. Sinch has marked this as deprecated.

    \b
    Example:
      sinch numbers query +46700000000
    """
    with session.client() as client:
        session.output.fields(wire_of(client.applications.query_number(number)))
