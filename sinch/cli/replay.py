"""``sinch replay``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from sinch.cli.output import ExitCode, Failed, printable
from sinch.cli.session import Session, with_session

if TYPE_CHECKING:
    from sinch.cli.exchange import Exchange


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--only", multiple=True, metavar="EVENT", help="This kind of event only; may be repeated."
)
@click.option("--to", metavar="URL", help="Your app; default is where they went when recorded.")
@with_session
def replay(session: Session, file: Path, only: tuple[str, ...], to: str | None) -> None:
    """Send recorded callbacks again, signed anew, and show what changed in the answers.

    FILE is what `sinch listen --record FILE` wrote. Exits with 1 when an answer changed.

    \b
    Examples:
      sinch replay calls.jsonl
      sinch replay calls.jsonl --only ice --only pie --to http://127.0.0.1:8000/sinch
    """
    from sinch.cli.exchange import read_recording
    from sinch.cli.posting import check_url

    credentials = session.config().credentials
    if credentials is None:
        raise Failed("There is no secret to sign with", ExitCode.USAGE)
    if to is not None:
        check_url(to, "--to")
    wanted = {event.casefold() for event in only}
    recorded = [one for one in read_recording(file) if not wanted or one.event.casefold() in wanted]
    if not recorded:
        raise Failed(f"{file} holds nothing {'of that kind ' if wanted else ''}to send")
    changed = 0
    for one in recorded:
        url = to or one.to
        if url is None:
            raise Failed(
                "These were recorded without --forward: say where to send them with --to URL",
                ExitCode.USAGE,
            )
        status, differences = _again(one, url, credentials)
        changed += bool(differences)
        if session.output.as_json:
            session.output.value(
                {
                    "event": one.event,
                    "subject": one.subject,
                    "was": one.status,
                    "is": status,
                    "changes": differences,
                }
            )
        else:
            _show(one, status, differences)
    if not session.output.as_json:
        click.echo(f"{len(recorded)} sent, {changed} answered differently")
    if changed:
        raise SystemExit(ExitCode.NO)


def _again(one: Exchange, url: str, credentials: Any) -> tuple[int | None, list[str]]:
    from sinch.cli.posting import Unanswered, post
    from sinch.testing.signing import signed_request

    headers = {name.lower(): value for name, value in one.headers.items()}
    kind = headers.get("content-type", "application/json; charset=utf-8")
    path = urlsplit(url).path or "/"
    request = signed_request(one.body, path, credentials=credentials, content_type=kind)
    try:
        answered = post(url, request.headers, request.body)
    except Unanswered as problem:
        return None, [str(problem)]
    if one.status is None:  # nothing to compare with
        return answered.status, []
    return answered.status, list(differences(one, answered.status, answered.body))


def differences(one: Exchange, status: int, answer: bytes) -> Iterator[str]:
    """What is other than it was, one line each."""
    if status != one.status:
        yield f"status: {one.status} → {status}"
    before, after = _json(one.answer), _json(answer)
    if before is _NO_JSON or after is _NO_JSON:
        if one.answer != answer:
            yield f"body: {_short(one.answer.decode('utf-8', 'replace'))} → " + _short(
                answer.decode("utf-8", "replace")
            )
        return
    yield from _differences(before, after, "")


def _differences(before: Any, after: Any, where: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            place = f"{where}/{name}"
            if name not in after:
                yield f"{place}: {_short(before[name])} is gone"
            elif name not in before:
                yield f"{place}: {_short(after[name])} is new"
            else:
                yield from _differences(before[name], after[name], place)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(one, other, f"{where}/{index}")
    elif before != after:
        yield f"{where or '/'}: {_short(before)} → {_short(after)}"


_NO_JSON: Any = object()


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return _NO_JSON


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return repr(text) if isinstance(value, str) and len(text) <= 80 else text[:80]


def _show(one: Exchange, status: int | None, found: list[str]) -> None:
    verdict = click.style("changed", fg="red") if found else click.style("same", fg="green")
    click.echo(
        f"{click.style(printable(one.event)[:28].ljust(12), bold=True)} "
        f"{printable(one.subject)[:36].ljust(10)} {one.status or '-'} → {status or '-'}  {verdict}"
    )
    for line in found:
        click.echo(f"             {printable(line)}")
