# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Files in forms, as values."""

from __future__ import annotations

from typing import Any

import attrs

from .codec import expected


@attrs.frozen
class Upload:
    """A file to send in a form: its bytes, its name, and its type (told by the name, unless given)."""

    content: bytes = attrs.field(repr=False)
    name: str = "file"
    content_type: str = ""

    @property
    def type(self) -> str:
        """The content type that is sent."""
        import mimetypes  # slow to import, and hardly anybody sends files

        return self.content_type or mimetypes.guess_type(self.name)[0] or "application/octet-stream"


def read_upload(raw: Any) -> Upload:
    """A file of a form: bytes are a file without a name."""
    if isinstance(raw, Upload):
        return raw
    if isinstance(raw, bytes | bytearray):
        return Upload(bytes(raw))
    raise expected("a file", raw)
