# SPDX-License-Identifier: GPL-2.0-or-later
"""Lazy classes behave as those of ``dataclasses`` do."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from functools import cached_property, partial
from typing import Any

import pytest

from maintainer_kit.lazy.dataclass import dataclass as lazily
from maintainer_kit.lazy.dataclass import field as lazy_field
from maintainer_kit.lazy.dataclass import replace as lazy_replace

_KINDS = [{"frozen": frozen, "slots": slots} for frozen in (False, True) for slots in (False, True)]


def _both(**kind: bool) -> list[type[Any]]:
    standard = _class(dataclasses.dataclass, dataclasses.field, **kind)
    return [_class(lazily, lazy_field, **kind), standard]


def _class(make: Callable[..., Any], field: Callable[..., Any], **kind: bool) -> type[Any]:
    class Box:
        """A box."""

        name: str
        size: int = 3
        things: list[str] = field(default_factory=list)
        mark: str = field(default="m", compare=False, repr=False)

        @property
        def twice(self) -> int:
            return self.size * 2

        def __post_init__(self) -> None:
            if self.size < 0:
                raise ValueError(self.name)

    made = make(**kind)(Box)
    assert isinstance(made, type)
    return made


def _told(act: Callable[[], object]) -> object:
    """What comes of it, or the sort of its failure."""
    try:
        return act()
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("kind", _KINDS)
def test_it_does_what_the_standard_one_does(kind: dict[str, bool]) -> None:
    def answers(box: type[Any]) -> list[object]:
        one = box("a", things=["x"])
        return [
            repr(one),
            one == box("a", 3, ["x"], mark="other"),
            one == box("b", 3, ["x"]),
            one == "a",
            box("a").things is box("a").things,
            one.twice,
            repr(replace(one, size=5)),
            [(f.name, f.type, f.compare) for f in fields(box)],
            dataclasses.asdict(one),
            box.__match_args__,
            box.__name__,
            box.__qualname__,
            box.__doc__,
            getattr(box, "size", None) if not kind["slots"] else None,
            hasattr(one, "__dict__"),
            _told(lambda: hash(one)),
            _told(lambda: box("a", -1)),
            _told(box),
            _told(lambda: box("a", colour="red")),
            _told(lambda: setattr(one, "size", 4)),
            _told(lambda: delattr(one, "size")),
            _told(lambda: setattr(one, "colour", "red")) if not kind["slots"] else None,
        ]

    lazy, standard = map(answers, _both(**kind))
    assert lazy == standard


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("first", [repr, lambda one: one == one, lambda one: {**{}, "k": one}])
def test_any_method_may_be_the_first(kind: dict[str, bool], first: Callable[[Any], object]) -> None:
    made = _class(lazily, lazy_field, **kind)
    one = object.__new__(made)
    for name, value in (("name", "a"), ("size", 1), ("things", []), ("mark", "")):
        object.__setattr__(one, name, value)
    first(one)
    assert one == made("a", 1)


def test_frozen_ones_can_be_keys() -> None:
    @lazily(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 0

    assert {Point(1): "a"}[Point(1, 0)] == "a"
    assert hash(Point(1)) == hash(Point(1, 0))


def test_own_methods_stay() -> None:
    @lazily(frozen=True)
    class Name:
        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Name) and self.text.lower() == other.text.lower()

        def __hash__(self) -> int:
            return hash(self.text.lower())

    assert Name("A") == Name("a")
    assert len({Name("A"), Name("a")}) == 1


def test_properties_are_worked_out_once_in_a_frozen_one() -> None:
    @lazily(frozen=True)
    class Text:
        words: tuple[str, ...]

        @cached_property
        def joined(self) -> list[str]:
            return ["".join(self.words)]

    one = Text(("a", "b"))
    assert one.joined is one.joined
    with pytest.raises(FrozenInstanceError):
        one.words = ()  # type: ignore[misc]


def test_patterns_match_it_by_position() -> None:
    @lazily
    class Pair:
        left: int
        right: int

    match Pair(1, 2):
        case Pair(1, right):
            assert right == 2
        case _:
            pytest.fail("no match")


def test_threads_may_meet_at_the_first_instance() -> None:
    made = _class(lazily, lazy_field, frozen=True, slots=True)
    found: list[object] = []
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        found.append(made("a") == made("a", 3))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert found == [True] * 8


def test_a_field_of_the_standard_is_refused() -> None:
    class Mixed:
        things: list[str] = dataclasses.field(default_factory=list)

    with pytest.raises(TypeError, match="things"):
        lazily(Mixed)


@pytest.mark.parametrize("kind", _KINDS)
def test_replacing_values(kind: dict[str, bool]) -> None:
    for box in _both(**kind):
        one = box("a", things=["x"], mark="n")
        other = lazy_replace(one, size=5)
        assert (other.name, other.size, other.things, other.mark) == ("a", 5, ["x"], "n")
        assert other == replace(one, size=5)
        assert other.things is one.things
        assert _told(partial(lazy_replace, one, size=-1)) is ValueError
        assert _told(partial(lazy_replace, one, height=1)) is TypeError
