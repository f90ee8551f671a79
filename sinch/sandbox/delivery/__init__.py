"""Callbacks on their way to the app: what is sent, where it may go, what goes wrong on purpose."""
