# SPDX-License-Identifier: GPL-2.0-or-later
"""``dataclass``, ``field`` and ``replace``, whose work is put off until it is needed.

The standard ones compile up to eight functions for each class, about a millisecond, and import
``inspect``: more than all else that a program does which imports eighty classes and makes
instances of twenty. For classes that inherit from none, with fields that are all arguments; frozen
instances with slots can be neither copied nor pickled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

Class = type[Any]

_FIELDS = "__dataclass_fields__"
_NOTHING: Any = object()


class _Field(NamedTuple):
    """What ``field`` was told."""

    default: Any = _NOTHING
    default_factory: Any = _NOTHING
    repr: bool = True
    compare: bool = True

    @property
    def standard(self) -> Any:
        """As ``dataclasses`` has it."""
        from dataclasses import field

        given = {one: value for one, value in self._asdict().items() if value is not _NOTHING}
        return field(**given)


def _lazy_dataclass(
    cls: Class | None = None, /, *, frozen: bool = False, slots: bool = False
) -> Class | Callable[[Class], Class]:
    if cls is None:
        return lambda given: _prepared(given, frozen, slots)
    return _prepared(cls, frozen, slots)


def _prepared(cls: Class, frozen: bool, slots: bool) -> Class:
    """The class with all that ``dataclasses`` would give it, or a stand-in for it."""
    own = vars(cls)
    known = {name: _field_of(own, name) for name in own.get("__annotations__", ())}
    later = _Later(known, frozen)
    made = _with_slots(cls, tuple(known)) if slots else cls
    later.made = made
    for name, one in known.items():
        if not slots and one.default is _NOTHING and name in own:
            delattr(made, name)
        elif not slots and one.default is not _NOTHING:
            setattr(made, name, one.default)
    for name, method in later.methods(own).items():
        setattr(made, name, method)
    return made


def _field_of(own: Mapping[str, Any], name: str) -> _Field:
    value = own.get(name, _NOTHING)
    if type(value).__module__ == "dataclasses":
        raise TypeError(f"{name}: field is to be that of {__name__}")
    return value if isinstance(value, _Field) else _Field(value)


def _with_slots(cls: Class, names: tuple[str, ...]) -> Class:
    """The class made anew, as slots cannot be added."""
    left = {*names, "__dict__", "__weakref__"}
    space = {name: value for name, value in vars(cls).items() if name not in left}
    kind: Any = type(cls)
    made: Class = kind(cls.__name__, cls.__bases__, {**space, "__slots__": names})
    made.__qualname__ = cls.__qualname__
    return made


class _Later:
    """What is known of a class until more of it is asked for."""

    made: Class

    def __init__(self, known: Mapping[str, _Field], frozen: bool) -> None:
        self._known, self._frozen = known, frozen

    def methods(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """What the class is given, save what it has."""
        equal, hashed = _by_value([name for name, one in self._known.items() if one.compare])
        found: dict[str, Any] = {
            "__init__": self._first_init,
            "__repr__": self._first_repr,
            "__eq__": equal,
            # As the standard has it: what may change and is compared by value has no hash.
            "__hash__": hashed if self._frozen else None,
        }
        found = {name: method for name, method in found.items() if name not in own}
        if self._frozen:
            found |= {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
        return {**found, "__match_args__": tuple(self._known), _FIELDS: _FieldsLater(self)}

    @property
    def _first_init(self) -> Callable[..., None]:
        def call(*values: Any, **named: Any) -> None:
            self.made.__init__ = _init(self._known, self._frozen, self.made)
            self.made.__init__(*values, **named)

        return call

    @property
    def _first_repr(self) -> Callable[[Any], str]:
        def call(one: Any) -> str:
            self.made.__repr__ = self.standard().__repr__
            return repr(one)

        return call

    def standard(self) -> Class:
        """A class like this one, made by ``dataclasses``."""
        import dataclasses

        space = {name: one.standard for name, one in self._known.items()}
        space |= {one: getattr(self.made, one) for one in ("__module__", "__annotations__")}
        bare: Class = type(self.made.__name__, (), {**space, "__doc__": ""})
        return dataclasses.dataclass(init=False, eq=False)(bare)


class _FieldsLater:
    """Answers ``dataclasses.fields`` and its like, which know a class by this attribute."""

    def __init__(self, later: _Later) -> None:
        self._later = later

    def __get__(self, instance: object, owner: Class) -> Any:
        known = getattr(self._later.standard(), _FIELDS)
        setattr(self._later.made, _FIELDS, known)
        return known


def _by_value(names: list[str]) -> tuple[Callable[..., Any], Callable[[Any], int]]:
    """``__eq__`` and ``__hash__`` by the values of fields."""
    values: Callable[[Any], Any]
    if len(names) > 1:
        values = attrgetter(*names)
    else:

        def values(one: Any) -> tuple[Any, ...]:
            return tuple([getattr(one, name) for name in names])

    def __eq__(self: Any, other: object) -> Any:
        return (
            values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented
        )

    def __hash__(self: Any) -> int:
        return hash(values(self))

    return __eq__, __hash__


def _replace(one: Any, /, **changes: Any) -> Any:
    """A copy with other values, of any class whose fields are all arguments."""
    kind = type(one)
    return kind(**{name: getattr(one, name) for name in kind.__match_args__} | changes)


def _init(known: Mapping[str, _Field], frozen: bool, made: Class) -> Callable[..., None]:
    """``__init__``, as the standard one is."""
    space: dict[str, Any] = {"_set": object.__setattr__, "_nothing": _NOTHING}
    heads, lines = [], []
    for name, one in known.items():
        value = name
        space[f"_default_{name}"] = one.default
        if has_factory := one.default_factory is not _NOTHING:
            space[f"_make_{name}"] = one.default_factory
            value = f"_make_{name}() if {name} is _nothing else {name}"
        has_default = has_factory or one.default is not _NOTHING
        heads.append(f"{name}=_default_{name}" if has_default else name)
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    lines += ["self.__post_init__()"] if hasattr(made, "__post_init__") else []
    body = "\n ".join(lines or ["pass"])
    exec(f"def __init__(self, {', '.join(heads)}):\n {body}", space)  # names of our own fields
    init: Callable[..., None] = space["__init__"]
    return init


def _refuse_set(self: object, name: str, value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    dataclass, field, replace = _lazy_dataclass, _Field, _replace
