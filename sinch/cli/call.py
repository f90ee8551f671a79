"""``sinch call``."""

from __future__ import annotations

import click

from sinch.cli.output import wire_of
from sinch.cli.session import Session, with_session

from_option = click.option("--from", "cli", metavar="NUMBER", help="The number shown to them.")
at_option = click.option(
    "--at", metavar="URL", help="Where the call lives: callResourceUrl of its ICE event."
)


@click.group()
def call() -> None:
    """Place a call, look at it, end it."""


@call.command()
@click.argument("number")
@click.argument("text")
@from_option
@click.option("--locale", metavar="TAG", help="Language or voice; en-US unless given.")
@with_session
def say(session: Session, number: str, text: str, cli: str | None, locale: str | None) -> None:
    """Call NUMBER, read out TEXT, hang up.

    \b
    Examples:
      sinch call say +46700000000 "The server room is too hot"
      sinch call say +46700000000 "Hej" --locale sv-SE --from +46700000001
    """
    with session.client() as client:
        placed = client.callouts.tts(number, text, cli=cli, locale=locale).call()
    session.output.fields(wire_of(placed))


@call.command()
@click.argument("number")
@click.argument("source", metavar="FILE|MODULE:MENUS")
@click.option("--start", metavar="MENU", help="The menu to start with; default main.")
@from_option
@with_session
def menu(session: Session, number: str, source: str, start: str | None, cli: str | None) -> None:
    """Call NUMBER and run menus for whoever answers.

    SOURCE is SVAML or a list of menus in a JSON file, or menus in a module of yours. What they
    choose is sent to the callback URL of the application, as PIE.

    \b
    Examples:
      sinch call menu +46700000000 menus.json
      sinch call menu +46700000000 myapp.phone:MENUS --start opening-hours
    """
    from sinch.cli.loading import load_svaml, menus_of
    from sinch.core import checks
    from sinch.svaml import Svaml

    answered = load_svaml(source)
    _, first = menus_of(answered, source)
    answered["action"] = {**answered["action"], "mainMenu": start or first}
    connect = Svaml().ice().connect_pstn(checks.phone_number(number, "number"))
    connect = connect.with_anonymous_cli() if cli is None else connect.with_cli(cli)
    with session.client() as client:
        draft = client.callouts.custom(ice=connect, ace=_text(answered))
        session.output.fields(wire_of(draft.call()))


@call.command()
@click.argument("call_id")
@at_option
@with_session
def get(session: Session, call_id: str, at: str | None) -> None:
    """Say what is known of a call.

    \b
    Example:
      sinch call get 4398599d1ba84ef3bde0a82dfb61abed
    """
    with session.client() as client:
        one = client.calls(call_id)
        session.output.fields(wire_of((one.at(at) if at else one).get()))


@call.command()
@click.argument("call_id")
@at_option
@with_session
def hangup(session: Session, call_id: str, at: str | None) -> None:
    """End a call.

    \b
    Example:
      sinch call hangup 4398599d1ba84ef3bde0a82dfb61abed
    """
    from sinch.svaml import Svaml

    with session.client() as client:
        one = client.calls(call_id)
        (one.at(at) if at else one).update(Svaml().manage_call().hangup())
    session.output.done(f"The call {call_id} was told to hang up.", callId=call_id)


def _text(svaml: dict[str, object]) -> str:
    import json

    return json.dumps(svaml, ensure_ascii=False)
