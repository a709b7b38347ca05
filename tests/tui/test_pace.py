# SPDX-License-Identifier: GPL-2.0-or-later
"""Garbage is looked for while nobody types."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest
from textual._styles_cache import StylesCache
from textual.color import Color

from maintainer_kit.model.message.subject import parse_subject
from maintainer_kit.tui.work.pace import _LATEST, Pace


class _Loop:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    threshold, turn, enabled = gc.get_threshold(), sys.getswitchinterval(), gc.isenabled()
    yield
    gc.set_threshold(*threshold)
    sys.setswitchinterval(turn)
    (gc.enable if enabled else gc.disable)()
    gc.unfreeze()


def _begun() -> Pace:
    pace = Pace()
    pace.begin()
    return pace


def _old_garbage() -> weakref.ref[_Loop]:
    kept = _Loop()
    gone = weakref.ref(kept)
    gc.collect(0)
    del kept
    return gone


def test_at_rest_all_garbage_goes() -> None:
    pace = _begun()
    pace.look(1)
    gone = _old_garbage()
    assert gone() is not None
    assert not pace.look(2), "somebody types"
    assert gone() is not None
    assert pace.look(2)
    assert gone() is None


def test_where_nothing_was_made_nothing_is_looked_for() -> None:
    pace = _begun()
    gc.collect(0)
    pace.look(1)
    assert pace.look(1)
    assert not any(pace.look(1) for _ in range(_LATEST + 1))


def test_who_types_on_and_on_does_not_put_it_off_for_ever() -> None:
    pace = _begun()
    gone = _old_garbage()
    looked = [pace.look(key) for key in range(_LATEST)]
    assert looked == [False] * (_LATEST - 1) + [True]
    assert gone() is None


def test_what_widgets_drew_that_are_gone_is_let_go() -> None:
    pace = _begun()
    drawn = StylesCache()
    drawn.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    gone = weakref.ref(drawn)
    del drawn
    gc.collect(0)
    assert gone() is not None, "Textual keeps it"
    pace.look(1)
    pace.look(1)
    assert gone() is None


def test_what_is_remembered_of_much_mail_is_forgotten() -> None:
    pace = _begun()
    for at in range(300):
        parse_subject(f"[PATCH {at}/300] one of many")
    gc.collect(0)
    pace.look(1)
    assert parse_subject.cache_info().currsize >= 300
    assert pace.look(1)
    assert parse_subject.cache_info().currsize == 0
    parse_subject("[PATCH] one")
    gc.collect(0)
    assert pace.look(1)
    assert parse_subject.cache_info().currsize == 1, "a few are kept"
