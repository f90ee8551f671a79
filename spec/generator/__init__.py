"""The parts of ``codegen.py``: bundling the documents, typing them, preparing template data."""
