"""``sinch completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes `sinch` in a shell.

    It goes into the shell's start file.

    \b
    Examples:
      echo 'eval "$(sinch completion bash)"' >> ~/.bashrc
      echo 'eval "$(sinch completion zsh)"' >> ~/.zshrc
      sinch completion fish > ~/.config/fish/completions/sinch.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"This click does not complete in {shell}.")
    root = context.find_root().command
    click.echo(kind(root, {}, "sinch", "_SINCH_COMPLETE").source())
