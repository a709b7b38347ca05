# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of the screens on the sample mail: what is drawn, at which size, after which keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.tui.picture import picture
from maintainer_kit.tui.queue.view_keys import NUMBERED
from tests.tui.driver import Screens, running


@dataclass(frozen=True, slots=True)
class Picture:
    """One file ``docs/pictures/NAME.svg``."""

    name: str
    size: tuple[int, int]
    theme: str
    keys: Sequence[str]
    sees: tuple[str, ...]
    """On the screen once it can be drawn."""


_TOPIC = ("j", "j", "j", "enter")
_DIFF = (*_TOPIC, "right_square_bracket", "right_curly_bracket")


def _looks(name: str, keys: Sequence[str], *sees: str) -> list[Picture]:
    """At three sizes, and in three sorts of colours."""
    looks = [((80, 24), "dark"), ((120, 40), "dark"), ((200, 60), "dark")]
    looks += [((80, 24), "light"), ((80, 24), "terminal")]
    return [
        Picture(f"{name}-{size[0]}x{size[1]}-{theme}", size, theme, keys, sees)
        for size, theme in looks
    ]


PICTURES = (
    *_looks("queue", (), "Your turn"),
    *_looks("topic", _DIFF, "@@ -43,6", " also by"),
    Picture("preview", (160, 40), "dark", ("tab", "j", "j", "j"), ("Reviewed-by: Anja",)),
    Picture("beside", (180, 50), "light", (*_DIFF, "vertical_line"), ("@@ -43,6", " also by")),
    Picture("help", (100, 60), "dark", ("question_mark",), ("Keys",)),
)


def _is_counted(screens: Screens) -> bool:
    """Whether the numbers of views that take longer are there; else they come at some time."""
    queue = screens.queue
    return {one.name for one in queue.views[:NUMBERED]} <= {*queue._counts.known}


async def draw(one: Picture) -> str:
    """The picture, in the home that ``MKIT_HOME`` names."""
    async with running(one.size, theme=one.theme) as screens:
        await screens.until(lambda: _is_counted(screens), "the numbers of the views")
        await screens.at_rest()
        for key in one.keys:
            await screens.press(key)
            await screens.at_rest()
        for words in one.sees:
            await screens.sees(words)
        await screens.at_rest()
        return picture(screens.app)
