"""The file of ``--state``: what outlives a run."""
