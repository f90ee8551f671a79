"""``python -m sinch``: the ``sinch`` command."""

if __name__ == "__main__":  # importing it starts nothing, and needs no extra
    from sinch.cli import main

    main(prog_name="sinch")
