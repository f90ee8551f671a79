"""The hotline of a small shop."""
