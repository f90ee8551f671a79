"""``sinch conference``."""

from __future__ import annotations

import click

from sinch.cli.output import wire_of
from sinch.cli.session import Session, with_session


@click.group()
def conference() -> None:
    """See who is in a room; mute, hold, kick; end it."""


@conference.command("list")
@click.argument("room")
@with_session
def list_(session: Session, room: str) -> None:
    """List who is in ROOM. The ids are those of their calls.

    \b
    Example:
      sinch conference list standup --json
    """
    with session.client() as client:
        found = client.conferences(room).get()
    rows = [wire_of(participant) for participant in found.participants]
    session.output.rows(rows, f"Nobody is in {room}.")


def _command(name: str, done: str, help_text: str) -> None:
    @conference.command(name, help=help_text, short_help=help_text.partition("\n")[0])
    @click.argument("room")
    @click.argument("call_id")
    @with_session
    def one(session: Session, room: str, call_id: str) -> None:
        with session.client() as client:
            getattr(client.conferences(room).participant(call_id), name)()
        session.output.done(f"{call_id} {done} {room}.", room=room, callId=call_id, command=name)


for _name, _done, _what in (
    ("kick", "was removed from", "Remove one participant from ROOM."),
    ("mute", "is no longer heard in", "Let ROOM no longer hear one participant."),
    ("unmute", "is heard again in", "Let ROOM hear one participant again."),
    ("hold", "is on hold, out of", "Take one participant out of the conversation."),
    ("resume", "is back in", "Bring one participant back from hold."),
):
    _command(
        _name,
        _done,
        f"{_what}\n\n\b\nExample:\n  sinch conference {_name} standup 4398599d1ba84ef3bde0a82d",
    )


@conference.command()
@click.argument("room")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_session
def end(session: Session, room: str, yes: bool) -> None:
    """Remove everybody from ROOM, which ends the conference.

    \b
    Example:
      sinch conference end standup --yes
    """
    if not yes:
        click.confirm(f"Remove everybody from {room}?", abort=True, err=True)
    with session.client() as client:
        client.conferences(room).end()
    session.output.done(f"{room} has ended.", room=room)
