# SPDX-License-Identifier: GPL-2.0-or-later
"""Python's collector of garbage and its threads, set for somebody who waits at a screen."""

from __future__ import annotations

import gc
import sys
from functools import _lru_cache_wrapper

from textual._styles_cache import StylesCache

_YOUNG = 5_000
"""Objects that are made before the young ones are looked at: a paint makes some thousands."""
_TURN = 0.0005
"""Seconds for which another thread may go on while the screens want to. They wait that long again
after each look for keys, of which a key takes ten; Python's own 5 ms would be seen."""
_LATEST = 20
"""Looks after which the rest is done although somebody types."""
_ROOMS = tuple(f"maintainer_kit.model.{room}." for room in ("mail", "message", "patch", "queue"))
_KEPT = 256
"""Entries of what they remember that are worth keeping."""


class Pace:
    """All garbage is looked for when nobody waits: that takes as long as a paint or two."""

    def __init__(self) -> None:
        self._keys = -1
        """How many had been typed at the last look."""
        self._looks = 0
        self._collected = 0
        """How often the young were collected until all were."""

    def begin(self) -> None:
        """After the first paint: what start-up made stays. See cli/screen.py, which put the
        collector off."""
        gc.freeze()
        gc.enable()
        gc.set_threshold(_YOUNG, 20, 1_000)
        sys.setswitchinterval(_TURN)
        from maintainer_kit.tui.work.heap import use_few_heaps  # ctypes: not before that paint

        use_few_heaps()

    def look(self, keys: int) -> bool:
        """Called now and then with how many keys were typed by now; whether garbage was sought."""
        self._looks += 1
        at_rest, self._keys = keys == self._keys, keys
        young = gc.get_stats()[0]["collections"]
        if young == self._collected or not (at_rest or self._looks >= _LATEST):
            return False
        from maintainer_kit.tui.work.heap import give_back

        self._looks = 0
        # By widgets, with all that these drew: a thousand stay that are gone from the screen.
        StylesCache.get_inner_outer.cache_clear()
        _forget_mail()
        gc.collect()
        give_back()
        self._collected = gc.get_stats()[0]["collections"]
        return True


def _forget_mail() -> None:
    """What the model remembers of names, subjects and lists makes an import of much mail quick; the
    screens see little at a time, and for days."""
    rooms = [one for name, one in list(sys.modules.items()) if name.startswith(_ROOMS)]
    for room in rooms:
        for known in list(vars(room).values()):
            if isinstance(known, _lru_cache_wrapper) and known.cache_info().currsize > _KEPT:
                known.cache_clear()
