"""``sinch explain``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs
import click

from sinch.cli.output import ExitCode, Failed, printable
from sinch.cli.session import Session, with_session

if TYPE_CHECKING:
    from sinch.callbacks.explanation import Explanation
    from sinch.cli.diagnosis import Mistake
    from sinch.cli.request_text import Pasted


@click.command()
@click.argument("source", metavar="[FILE|CURL]", default="-")
@click.option("--method", metavar="WORD", help="The method, where only headers are pasted.")
@click.option("--path", metavar="PATH", help="The path or URL at which it arrived.")
@click.option(
    "--body",
    "body_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The body as it came, byte by byte.",
)
@click.option(
    "--callback-url", metavar="URL", help="The URL that Sinch calls, where a proxy changes it."
)
@click.option("--at", "received", metavar="TIME", help="When it arrived (ISO 8601); default now.")
@with_session
def explain(
    session: Session,
    source: str,
    method: str | None,
    path: str | None,
    body_file: Path | None,
    callback_url: str | None,
    received: str | None,
) -> None:
    """Explain why a signature does not fit, or that it does.

    Exits with 1 when it does not.

    Give a request that was refused as a file, a curl line, or on standard input: a curl line, the
    whole request, or its headers alone. The secret is that of --profile, --env-file or the environment.

    \b
    Examples:
      sinch explain request.txt --callback-url https://example.com/api/sinch
      sinch explain "curl -X POST https://example.com/sinch -H 'Authorization: application ...' -d '{}'"
      pbpaste | sinch explain --path /sinch --body body.json
    """
    from sinch.cli.request_text import read_request
    from sinch.cli.why import explained

    text, here = _text(source)
    pasted = read_request(text, here)
    pasted = attrs.evolve(
        pasted,
        method=(method or pasted.method or "POST").upper(),
        url=path or pasted.url or _path_of(callback_url),
        body=pasted.body if body_file is None else body_file.read_bytes(),
    )
    credentials = session.config().credentials
    if credentials is None:
        raise Failed("There is no secret to check with", ExitCode.USAGE)
    found, mistakes = explained(pasted.delivery(), credentials, callback_url, _moment(received))
    _show(session, found, mistakes, pasted)
    if not found.accepted:
        raise SystemExit(ExitCode.NO)


def _show(
    session: Session, found: Explanation, mistakes: tuple[Mistake, ...], pasted: Pasted
) -> None:
    if session.output.as_json:
        session.output.value(
            {
                "accepted": found.accepted,
                "reason": None if found.reason is None else found.reason.value,
                "mistakes": [attrs.asdict(mistake) for mistake in mistakes],
                "signed": found.signed,
                "bodyBytes": len(pasted.body),
            }
        )
        return
    if found.accepted:
        click.secho("The signature fits.", fg="green", bold=True)
    else:
        click.secho(f"Refused: {printable(found.problem)}.", fg="red", bold=True)
    for mistake in mistakes:
        click.echo(f"  {click.style('why ', fg='yellow')}  {printable(mistake.what)}")
        click.echo(f"  {click.style('cure', fg='green')}  {printable(mistake.cure)}")
    if found.signed is not None:
        click.echo("\nWhat has to be signed here:")
        for line in found.signed.split("\n"):
            click.echo(f"  {click.style('|', fg='cyan')} {printable(line)}")
        click.echo(f"  (from {len(pasted.body)} bytes of body; secret of {session.source})")


def _text(source: str) -> tuple[str, Path | None]:
    if source == "-":
        if sys.stdin.isatty():
            click.echo("Paste the request, then Ctrl-D:", err=True)
        return sys.stdin.read(), Path.cwd()
    if source.lstrip().startswith("curl "):
        return source, Path.cwd()
    file = Path(source)
    try:
        # newlines as they are: they are part of what was signed
        return file.read_bytes().decode("utf-8", "surrogateescape"), file.parent
    except OSError as problem:
        raise Failed(f"{source}: {problem.strerror}", ExitCode.USAGE) from None


def _path_of(url: str | None) -> str | None:
    return None if url is None else urlsplit(url).path or "/"


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            "must be a time such as 2026-01-02T03:04:05Z", param_hint="--at"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
