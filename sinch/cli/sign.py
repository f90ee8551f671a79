"""``sinch sign``."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from sinch.cli.output import ExitCode, Failed
from sinch.cli.session import Session, with_session


@click.command()
@click.argument("method")
@click.argument("url", metavar="URL|PATH")
@click.option("--body", metavar="FILE", help="The body; - is standard input. None unless given.")
@click.option(
    "--content-type",
    metavar="TYPE",
    help="Signed and sent as it stands; application/json; charset=utf-8 where there is a body.",
)
@click.option("--at", "moment", metavar="TIME", help="x-timestamp as it is to be; default now.")
@with_session
def sign(
    session: Session,
    method: str,
    url: str,
    body: str | None,
    content_type: str | None,
    moment: str | None,
) -> None:
    """Print the headers that sign a request.

    One stands on a line; what was signed is on standard error.

    They are valid for a few minutes only. The path is signed as it stands, percent-encoded, without query.

    \b
    Examples:
      sinch sign GET /v1/configuration/numbers
      sinch sign POST https://example.com/sinch --body event.json > headers.txt
      curl -H @headers.txt -H "Content-Type: application/json; charset=utf-8" \\
        --data-binary @event.json https://example.com/sinch
    """
    from sinch.core.signing import authorization, string_to_sign, timestamp, utc_now

    credentials = session.config().credentials
    if credentials is None:
        raise Failed("There is no secret to sign with", ExitCode.USAGE)
    content = _content(body)
    kind = content_type or ("application/json; charset=utf-8" if content else "")
    path = urlsplit(url).path or "/"
    now = moment or timestamp(utc_now())
    text = string_to_sign(method, path, content, kind, now)
    headers = {
        **({"Content-Type": kind} if kind else {}),
        "x-timestamp": now,
        "Authorization": authorization(credentials.application_key, credentials.sign(text)),
    }
    if session.output.as_json:
        session.output.value({"headers": headers, "signed": text})
        return
    for name, value in headers.items():
        click.echo(f"{name}: {value}")
    for line in text.split("\n"):
        click.echo(f"  {click.style('|', fg='cyan')} {line}", err=True)


def _content(body: str | None) -> bytes:
    if body is None:
        return b""
    try:
        return sys.stdin.buffer.read() if body == "-" else Path(body).read_bytes()
    except OSError as problem:
        raise Failed(f"{body}: {problem.strerror}", ExitCode.USAGE) from None
