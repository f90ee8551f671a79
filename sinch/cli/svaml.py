"""``sinch svaml``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sinch.cli.output import ExitCode, Failed, Output, printable
from sinch.cli.session import with_json


@click.group()
def svaml() -> None:
    """Check answers to calls for mistakes, and draw menus."""


@svaml.command()
@click.argument("sources", metavar="FILE|MODULE:NAME...", nargs=-1, required=True)
@click.option(
    "--for",
    "event",
    type=click.Choice(["ice", "ace", "pie"]),
    help="The event that it answers; then what Sinch refuses there is found as well.",
)
@with_json
def lint(output: Output, sources: tuple[str, ...], event: str | None) -> None:
    """Find what Sinch refuses, and what it accepts but is most likely a mistake.

    Takes JSON files, - for standard input, or menus, replies and functions in modules of yours.
    Exits with 1 when anything was found.

    \b
    Examples:
      sinch svaml lint answer.json --for ice
      sinch svaml lint myapp.phone:MENUS myapp.phone:greeting
    """
    from sinch.cli.loading import load_svaml

    found = {source: _findings(load_svaml(source), event) for source in sources}
    if output.as_json:
        output.value(
            [
                {"source": source, "where": where, "message": message, "code": code}
                for source, findings in found.items()
                for where, message, code in findings
            ]
        )
    else:
        for source, findings in found.items():
            for where, message, code in findings:
                place = click.style(f"{source}{where and '#' + where}", bold=True)
                click.echo(f"{place}: {printable(message)} {click.style(f'({code})', dim=True)}")
        many = sum(map(len, found.values()))
        click.echo(f"{many} found" if many else "Nothing found.")
    if any(found.values()):
        raise SystemExit(ExitCode.NO)


@svaml.command()
@click.argument("source", metavar="FILE|MODULE:MENUS")
@click.option("-o", "--output", "file", metavar="FILE", help="Write there; the name says the form.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "mermaid"]),
    help="Default: by name, else mermaid.",
)
@click.option("--start", metavar="MENU", help="The menu to begin at; default is what it says.")
def draw(source: str, file: str | None, form: str | None, start: str | None) -> None:
    """Draw menus as SVG or as a Mermaid flow chart.

    \b
    Examples:
      sinch svaml draw menus.json > menus.mmd
      sinch svaml draw myapp.phone:MENUS -o menus.svg
    """
    from sinch.cli.loading import load_svaml, menus_of
    from sinch.svaml.drawing import menu_map
    from sinch.svaml.mermaid import flow_chart

    menus, first = menus_of(load_svaml(source), source)
    chosen = form or ("svg" if file is not None and file.endswith(".svg") else "mermaid")
    drawn = (menu_map if chosen == "svg" else flow_chart)(menus, start or first)
    if file is None or file == "-":
        click.echo(drawn, nl=False)
        return
    try:
        Path(file).write_text(drawn, encoding="utf-8")
    except OSError as problem:
        raise Failed(f"{file}: {problem.strerror}", ExitCode.USAGE) from None
    print(f"{len(menus)} menus drawn into {file}", file=sys.stderr)


def _findings(wire: dict[str, object], event: str | None) -> list[tuple[str, str, str]]:
    import json

    from sinch.engine import EngineSettings
    from sinch.engine.validation import IllegalSvaml, read_script
    from sinch.errors import SvamlError
    from sinch.svaml.linting import lint as find

    found: list[tuple[str, str, str]] = []
    if event is not None:
        try:
            read_script(json.dumps(wire).encode(), event, EngineSettings())
        except IllegalSvaml as problem:
            found.append(("", str(problem), f"refused-for-{event}"))
    try:
        found += [(one.where, one.message, one.code.value) for one in find(wire)]
    except SvamlError as problem:
        found.append(("", str(problem), "no-svaml"))
    except (KeyError, TypeError, AttributeError) as problem:
        found.append(("", f"a part of it is missing or of another type: {problem}", "no-svaml"))
    return found
