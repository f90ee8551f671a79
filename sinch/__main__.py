"""``python -m sinch``: the ``sinch`` command."""

from sinch.cli import main

main(prog_name="sinch")
