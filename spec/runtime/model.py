"""What models have in common, and how they are read.

Two ways to read. Strictly: the first thing that is not as specified raises :class:`.Malformed`; so
servers read requests. Leniently, for what a server sends: a value that cannot be read costs that
value and no more. It becomes None (or, in an array, is left out), ``problems`` says where and why,
and ``raw`` keeps what was sent. Only the tag of a union, and what identifies the thing, is insisted
upon. Nearly everything is as specified, so the strict way is tried first and is the fast one.

Of what was just received, and nobody else holds on to, a field is read when it is first asked for:
programs look at few. See :meth:`Model.from_parsed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial, wraps
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from . import arguments
from .bounds import Bounds
from .choices import read_map
from .codec import (
    Malformed,
    fields_of,
    read_list,
    read_str,
    tag_of,
)

T = TypeVar("T")

_new, _set = object.__new__, object.__setattr__

Reader = Callable[[Any], Any]

TAG: tuple[str, Reader | None] = ("", None)
"""Stands for the property that tells what kind of object this is: text, and no field of the model."""


class Problem(NamedTuple):
    """Something in a payload that could not be read: a JSON pointer to it, and the reason."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Reading(NamedTuple):
    """How a model is read; see :func:`reads`."""

    readers: Mapping[str, tuple[str, Reader | None]]
    fields: Mapping[str, tuple[str, Reader | None]]
    folded: Mapping[str, str]
    required: tuple[tuple[str, str], ...]
    identifies: frozenset[str]
    if_missing: Mapping[str, Any]
    has_tag: bool
    lenient: bool
    takes_extra: bool | Reader
    fill: Callable[..., None]
    deprecated: tuple[str, ...] = ()
    bounds: Mapping[str, Bounds] = {}

    @property
    def needed(self) -> frozenset[str]:
        """The arguments that making a model in Python cannot do without."""
        return self.identifies.union(self.if_missing)


def _first_use(model: Any, name: str) -> Any:
    """Read a field of what :meth:`Model.from_parsed` made; all of them where one alone is not simple."""
    kind: Any = type(model)
    reading: Reading = kind._reading  # noqa: SLF001
    field = reading.fields.get(name)
    if field is None and name != "problems":
        problem = f"{kind.__name__!r} object has no attribute {name!r}"
        raise AttributeError(problem, name=name, obj=model)
    raw = model.raw
    if field is not None:
        wire, read = field
        value = raw.get(wire)
        if value is not None:
            try:
                value = read_str(value) if read is None else read(value)
            except Malformed:
                return _read_whole(model, name)
            _set(model, name, value)
            return value
        if raw.keys() <= reading.readers.keys():  # in no other spelling either
            value = getattr(_blank(kind), name)
            _set(model, name, value)
            return value
    return _read_whole(model, name)


def _read_whole(model: Any, name: str) -> Any:
    whole = type(model).from_wire(model.raw)
    for field in model.__attrs_attrs__:
        _set(model, field.name, getattr(whole, field.name))
    return getattr(whole, name)


@cache
def _blank(model: Any) -> Model:
    """A model of which nothing was sent."""
    reading: Reading = model._reading  # noqa: SLF001
    blank: Model = _new(model)
    reading.fill(blank, **{**dict.fromkeys(reading.identifies), **reading.if_missing})
    return blank


class Model:
    """What models have in common: they compare, hash and show by their fields, and are read alike.

    attrs would compile the three methods anew for each class, which is more than half of what it
    takes to import a module of models.
    """

    __slots__ = ()
    __attrs_attrs__: ClassVar[Any]
    _reading: ClassVar[Reading]

    @classmethod
    def from_wire(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`Malformed` with the path of what is wrong.

        Names match in any letter case; null is the same as absent. What a server sends is read
        leniently: ``problems`` lists what could not be read, and only the lack of what identifies
        the thing is an error. Models of requests are read as by :meth:`from_wire_strictly`.
        """
        try:
            return cls.from_wire_strictly(raw)
        except Malformed:
            if not cls._reading.lenient:
                raise
        from .lenient import leniently

        return leniently(cls, raw)

    @classmethod
    def from_parsed(cls, raw: Any) -> Self:
        """Do as :meth:`from_wire`, for an object that was just parsed and that nobody will change.

        What identifies the thing is read at once, every other field when it is first asked for.
        """
        reading = cls._reading
        if not reading.lenient or reading.takes_extra or raw.__class__ is not dict:
            return cls.from_wire(raw)
        model = _new(cls)
        _set(model, "raw", raw)
        for name in reading.identifies:
            wire, read = reading.fields[name]
            value = raw.get(wire)
            if read is not None or value.__class__ is not str:
                return cls.from_wire(raw)  # seldom: in another spelling, a number, or missing
            _set(model, name, value)
        return model

    if not TYPE_CHECKING:  # a checker would take it for permission to ask for anything
        __getattr__ = _first_use

    @classmethod
    def from_wire_strictly(cls, raw: Any) -> Self:
        """Read parsed JSON; raises :class:`Malformed` for anything that is not as specified.

        Names match in any letter case; null is the same as absent; unknown properties are no fault.
        """
        readers, _, folded, required, _, if_missing, has_tag, lenient, takes_extra, fill, *_ = (
            cls._reading
        )
        fields = raw if type(raw) is dict else fields_of(raw, readers, folded)
        values: dict[str, Any] = {}
        key = ""
        while True:
            try:
                for key, value in fields.items():
                    if value is not None:
                        python, read = readers[key]
                        if read is not None:
                            values[python] = read(value)
                        elif type(value) is str:
                            values[python] = value
                        else:
                            values[python] = read_str(value)
                break
            except KeyError:  # seldom: a property in another spelling, or one that is new
                if fields is not raw:
                    raise
                fields = fields_of(raw, readers, folded)
                values.clear()
            except Malformed as problem:
                raise problem.under(key) from None
        for python, wire in required:
            if python not in values:
                raise Malformed("is required", f"/{wire}")
        if if_missing:
            values = {**if_missing, **values}
        if has_tag:
            values.pop("", None)
        if lenient:
            values["raw"] = raw
        if takes_extra and fields is not raw:
            extra = extra_of(raw, folded)
            values["extra"] = extra if takes_extra is True else read_map(extra, takes_extra)
        model = _new(cls)
        fill(model, **values)
        return model

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        names = [field.name for field in self.__attrs_attrs__ if field.eq]
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        fields = (field for field in self.__attrs_attrs__ if field.eq and field.hash is not False)
        return hash((self.__class__, *(getattr(self, field.name) for field in fields)))

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{field.name}={(repr if field.repr is True else field.repr)(getattr(self, field.name))}"
            for field in self.__attrs_attrs__
            if field.repr
        )
        return f"{type(self).__qualname__}({shown})"


class Tagged(Generic[T]):
    """Reads a union: whichever member the tag names; letter case does not matter.

    ``if_missing`` is the tag of what has none; without it, an object needs one.
    """

    __slots__ = ("if_missing", "key", "members", "unknown")

    def __init__(
        self,
        key: str,
        members: Mapping[str, type[Model]],
        unknown: type[Any],
        if_missing: str | None = None,
    ) -> None:
        self.key = key
        self.members = members
        self.unknown = unknown
        self.if_missing = if_missing

    def member(self, raw: Any) -> type[Any]:
        """The class for an object; raises :class:`Malformed` when it has no tag."""
        tag = tag_of(raw, self.key, self.if_missing)
        found: type[Any] = self.members.get(tag, self.unknown)
        return found

    def __call__(self, raw: Any) -> T:
        """Read parsed JSON as the member's ``from_wire`` does."""
        found: T = self.member(raw).from_wire(raw)
        return found

    def strictly(self, raw: Any) -> T:
        """Read parsed JSON as the member's ``from_wire_strictly`` does."""
        found: T = self.member(raw).from_wire_strictly(raw)
        return found


def reads(
    model: type[Model],
    readers: Mapping[str, tuple[str, Reader | None]],
    *,
    required: tuple[str, ...] = (),
    identifies: tuple[str, ...] | None = None,
    if_missing: Mapping[str, Any] | None = None,
    aliases: Mapping[str, str] | None = None,
    lenient: bool = False,
    takes_extra: bool | Reader = False,
    deprecated: tuple[str, ...] = (),
    bounds: Mapping[str, Bounds] | None = None,
) -> None:
    """Tell a model how it is read, and have it check what Python code gives it.

    ``required`` are the fields that the specification promises, ``identifies`` those without which
    there is nothing to speak of (all of them, unless given), ``if_missing`` what stands in for
    others of them (None, unless given). ``aliases`` are other spellings, folded, and what they
    stand for. To give one of ``deprecated`` in Python is answered with a :class:`DeprecationWarning`.
    ``bounds`` are the limits of fields; what is read may be beyond them.
    """
    fill: Any = model.__init__
    model._reading = Reading(  # noqa: SLF001
        readers,
        {python: (wire, read) for wire, (python, read) in readers.items() if python},
        {wire.casefold(): wire for wire in readers} | dict(aliases or {}),
        tuple((python, wire) for wire, (python, _) in readers.items() if python in required),
        frozenset(required if identifies is None else identifies),
        if_missing or {},
        any(not python for python, _ in readers.values()),
        lenient,
        takes_extra,
        fill,
        deprecated,
        bounds or {},
    )

    @wraps(fill)
    def __init__(self: Model, *positional: Any, **given: Any) -> None:  # noqa: N807
        fill(self, *positional, **arguments.check(model, given))

    checked: Any = __init__
    model.__init__ = checked  # type: ignore[method-assign]


def list_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """A reader of arrays, from a reader of their elements."""
    return partial(read_list, read=read)


def masked(value: object) -> str:
    """How a secret shows in a repr: whether there is one."""
    return "None" if value is None else "'***'"


def names_only(value: Mapping[str, Any]) -> str:
    """How properties that nobody knows show in a repr: by name."""
    return f"<{', '.join(value)}>"


def extra_of(raw: Mapping[Any, Any], folded: Mapping[str, str]) -> dict[str, Any]:
    """Properties that have no field."""
    return {
        key: value
        for key, value in raw.items()
        if isinstance(key, str) and value is not None and key.casefold() not in folded
    }
