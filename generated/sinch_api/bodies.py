# Generated from spec/ by `python codegen.py`. Do not edit: the next run rewrites this file.
"""Bodies of requests that are not JSON: forms, forms with files, text and bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from .codec import dumps
from .parameters import query, text_of
from .uploads import Upload


class Body(bytes):
    """The bytes of a request that know their content type."""

    content_type: str = ""


def text_body(value: str) -> bytes:
    """A text, as UTF-8."""
    return value.encode()


def bytes_body(value: bytes) -> bytes:
    """Bytes, as they are."""
    return bytes(value)


def form_body(value: Mapping[str, Any]) -> bytes:
    """A form: each element of a list is a field of its own, an object is JSON."""
    fields = [
        (name, dumps(one).decode() if isinstance(one, Mapping) else one)
        for name, one in value.items()
    ]
    return query(*fields).replace("%20", "+").encode()


def multipart_body(value: Mapping[str, Any]) -> Body:
    """A form with files. The boundary comes from the content, so that a repeated request is the same."""
    parts = [part for name, one in value.items() for part in _parts(name, one)]
    boundary = hashlib.sha256(b"\x00".join(head + content for head, content in parts)).hexdigest()[
        :40
    ]
    mark = b"--" + boundary.encode()
    lines = b"".join(
        mark + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n" for head, content in parts
    )
    body = Body(lines + mark + b"--\r\n")
    body.content_type = f"multipart/form-data; boundary={boundary}"
    return body


def _parts(name: str, value: Any) -> Iterator[tuple[bytes, bytes]]:
    if value is None:
        return
    if isinstance(value, list | tuple):
        for one in value:
            yield from _parts(name, one)
        return
    head = f'Content-Disposition: form-data; name="{_escaped(name)}"'
    if isinstance(value, Upload):
        head += f'; filename="{_escaped(value.name)}"\r\nContent-Type: {value.type}'
        yield head.encode(), value.content
    elif isinstance(value, Mapping):
        yield f"{head}\r\nContent-Type: application/json".encode(), dumps(value)
    else:
        yield head.encode(), text_of(value).encode()


def _escaped(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
