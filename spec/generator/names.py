"""Names in Python for what a specification calls by names of its own."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_DELIMITERS = r"\. _-"
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")

#: Names that a model has of its own.
OF_MODELS = frozenset(
    {"from_wire", "from_parsed", "from_wire_strictly", "to_wire", "WIRE_NAMES", "raw", "problems", "extra", "self",
     "raw_", "read_member"}
)  # fmt: skip
#: Names in the annotations of fields: a field of the same name would hide them from the next one.
OF_FIELDS = frozenset(
    {"attrs", "bool", "bytes", "classmethod", "date", "datetime", "dict", "float", "int", "object", "str",
     "timedelta", "tuple"}
)  # fmt: skip
#: What reads and writes values in the modules of operations.
READERS = frozenset(
    f"{verb}_{what}"
    for verb in ("read", "write")
    for what in (
        "any", "base64", "bool", "cli", "clock", "date", "datetime", "decimal", "float", "int", "milliseconds", "object",
        "seconds", "str", "strings", "text", "uuid", "message_id", "msisdn", "upload",
    )
)  # fmt: skip
#: Names that the modules of operations use.
OF_OPERATIONS = OF_FIELDS | READERS | frozenset(
    {"annotations", "answers", "body", "bytes_body", "deprecated", "either", "exactly", "form_body", "given",
     "import_module", "json_body", "json_text", "list", "list_of", "map_of", "multipart_body", "no_content",
     "nullable", "pages", "query", "segment", "text_body", "text_of", "type", "read_json", "read_content", "by_token", "by_link", "by_number", "by_offset", "_page",
     "read_plain", "element", "key", "value", "cookies", "within"}
)  # fmt: skip
CLASSES = frozenset(
    {"Any", "ApiAnswer", "Pairs", "Callable", "ClassVar", "Cli", "Decimal", "False", "Literal", "Malformed",
     "Mapping", "Model", "None", "OpenEnum", "OpenIntEnum", "Operation", "Paged", "Problem", "Self", "Server",
     "Bounds", "TAG", "TYPE_CHECKING", "Tagged", "True", "TypeAlias", "UUID", "Upload"}
) | frozenset(name for name in dir(builtins) if name[0].isupper())  # fmt: skip


#: What reads single values, such as ``read_int``.
READERS = frozenset(
    found
    for file in (Path(__file__).resolve().parents[1] / "runtime").glob("*.py")
    for found in re.findall(r"^def (read_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
)


def words(name: str) -> list[str]:
    """The words of a name, however it is written."""
    kept = "".join(c for c in name if c.isidentifier() or c.isdecimal() or c in _DELIMITERS)
    if any(c.isupper() for c in kept):
        kept = " ".join(re.split("([A-Z]?[a-z]+)", kept))
    return re.findall(rf"[^{re.escape(_DELIMITERS)}]+", kept)


def snake(name: str) -> str:
    """``applicationKey`` -> ``application_key``, never a keyword."""
    plain = "_".join(words(name.lstrip("_"))).lower()
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def reader_name(union: str) -> str:
    """What the reader of a union is called."""
    return f"read_{snake(union)}"


def identifier(name: str, prefix: str) -> str:
    """A snake case identifier for any name at all."""
    plain = snake(unicodedata.normalize("NFKC", name))
    if not plain.isidentifier():
        plain = snake(f"{prefix}_{plain}") if plain else prefix
    return plain if plain.isidentifier() else prefix


def class_name(name: str) -> str:
    """A class name for any name at all."""
    found = "".join(word if word.isupper() else word.capitalize() for word in words(name))
    found = unicodedata.normalize("NFKC", found)
    return (
        found
        if found.isidentifier()
        else f"Model{found}"
        if f"M{found}".isidentifier()
        else "Model"
    )


def constant(value: object, index: int) -> str:
    """The name of a value in an enumeration."""
    text = str(value)
    if isinstance(value, int):
        return f"MINUS_{-value}" if value < 0 else f"VALUE_{value}"
    found = "_".join(words(unicodedata.normalize("NFKC", text))).upper()
    found = re.sub(r"[^A-Z0-9_]", "", found)
    if not found:
        return {"": "EMPTY"}.get(text, f"VALUE_{index + 1}")
    return found if CONSTANT.fullmatch(found) else f"VALUE_{found}"


def unique(name: str, taken: Mapping[str, Any] | set[str] | frozenset[str], glue: str = "_") -> str:
    """The name, or the name with a number behind it, that is not taken yet."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name}{glue}{number}", number + 1
    return found


def python_name(wire: str, node: Mapping[str, Any]) -> str:
    """What a property or parameter is called in Python, unless something else is called so."""
    return str(node.get("x-python-name") or snake(wire))
