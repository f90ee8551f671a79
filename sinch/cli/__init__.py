"""The ``sinch`` command: one file of this package for each group of commands.

A new group is a file here and a line in :data:`COMMANDS`; nothing of it is imported before somebody
calls it, so that ``sinch --help`` and completion stay quick and a group whose extra is not
installed is in nobody's way.
"""

from __future__ import annotations

try:
    import click
    import rich  # pyright: ignore[reportUnusedImport]  # noqa: F401  commands print with it
except ModuleNotFoundError as missing:
    if missing.name not in {"click", "rich"}:
        raise
    raise SystemExit(
        f"The sinch command needs {missing.name}, which is not installed. Install it with:\n"
        "    pip install 'sinch-server-sdk[cli]'"
    ) from None

from sinch.cli.lazy import Command, LazyGroup

#: NAME: where its click command is, its line in ``sinch --help``, and the extra it stands on.
COMMANDS = {
    "check": Command(
        "sinch.cli.check:check",
        "Find out what is wrong with keys, clock, proxy, certificates, callback URLs or the installation.",
    ),
    "messages": Command(
        "sinch.cli.messages:messages",
        "Send to many numbers with a service plan, and follow what becomes of it.",
    ),
    "sms": Command("sinch.cli.sms:sms", "Send an SMS, ask what became of it, count its parts."),
    "verify": Command(
        "sinch.cli.verify:verify", "Verify numbers: start, report a code, see how it stands."
    ),
    "call": Command("sinch.cli.call:call", "Place a call, look at it, end it."),
    "conference": Command(
        "sinch.cli.conference:conference", "See who is in a room; mute, hold, kick; end it."
    ),
    "numbers": Command(
        "sinch.cli.numbers:numbers", "List the numbers of the account, assign them, look one up."
    ),
    "callbacks": Command(
        "sinch.cli.callbacks:callbacks", "See or set where Sinch sends the callbacks of calls."
    ),
    "listen": Command(
        "sinch.cli.listen:listen", "Receive callbacks, show each live, and hand them to your app."
    ),
    "replay": Command(
        "sinch.cli.replay:replay",
        "Send recorded callbacks again, signed anew, and show what changed in the answers.",
    ),
    "trigger": Command(
        "sinch.cli.trigger:trigger",
        "Send your app a signed callback, and judge its answer as Sinch would.",
    ),
    "explain": Command(
        "sinch.cli.explain:explain", "Explain why a signature does not fit, or that it does."
    ),
    "sign": Command("sinch.cli.sign:sign", "Print the headers that sign a request."),
    "svaml": Command(
        "sinch.cli.svaml:svaml", "Check answers to calls for mistakes, and draw menus."
    ),
    "bulk": Command(
        "sinch.cli.bulk:bulk",
        "Send to many, from a journal that survives: run, watch, pause, export.",
    ),
    "sandbox": Command(
        "sinch.cli.sandbox:sandbox", "Run a local Sinch to develop and test against."
    ),
    "demo": Command(
        "sinch.cli.demo:demo",
        "Walk through every product against a local sandbox, blocking and asyncio.",
    ),
    "migrate": Command(
        "sinch.cli.migrate:migrate",
        "List what a program uses of the official sinch 1.x, Twilio or Sinch for .NET, and what it becomes here.",
    ),
    "completion": Command(
        "sinch.cli.completion:completion", "Print the script that completes `sinch` in a shell."
    ),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 no (failed, refused, findings), 2 wrong use or settings, "
    "3 Sinch refused, 4 nothing was sent, 5 it may have been done.",
)
@click.version_option(package_name="sinch-server-sdk", prog_name="sinch")
def main() -> None:
    """Tools for building on Sinch, and for those who operate it.

    Keys are read from SINCH_APPLICATION_KEY and SINCH_APPLICATION_SECRET, an --env-file or a
    --profile; SINCH_BASE_URL points every command at a sandbox.
    """
